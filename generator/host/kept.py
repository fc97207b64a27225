"""What the host gave the last time: while nothing of it has changed, it is not started.

MkDocs takes as long to start as all else that a build with nothing to do takes. What it gives follows from its
configuration, the folders that it reads and the packages that are installed, so long as nobody else's code has a hand
in it; where that cannot be told, nothing is kept. The chrome also shows something of the newsletter
(`Masthead.made_of`).
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import msgspec

from generator.dress import Chrome, Slot
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.site import Site
from generator.pipeline import Host, HostFile, Project
from generator.project import configuration
from generator.render.masthead import Masthead

YOUNG = 2_000_000_000
"""Nanoseconds. A file as young as this may be written again within the same tick of its clock."""
MOST = 64_000_000
"""Bytes of the host's files above which they are not kept a second time."""
_ABOUT, _FILES = "host/about.msgpack", "host/files.msgpack"
_OF_PYTHON = b"python/"
"""In a tag of YAML that calls somebody's code."""
_SHOWS_MORE = re.compile(r"\bbuild_date|\brandom\b|\bsite\b")
"""In a template of the newsletter's own: the day of the build, chance, or anything of the site."""
_EXTENSIONS = frozenset(
    (
        "abbr admonition attr_list codehilite def_list extra fenced_code footnotes legacy_attrs legacy_em md_in_html "
        "meta nl2br sane_lists smarty tables toc wikilinks pymdownx.arithmatex pymdownx.betterem pymdownx.caret "
        "pymdownx.critic pymdownx.details pymdownx.highlight pymdownx.inlinehilite pymdownx.keys pymdownx.magiclink "
        "pymdownx.mark pymdownx.smartsymbols pymdownx.superfences pymdownx.tabbed pymdownx.tasklist pymdownx.tilde"
    ).split()
)
"""Extensions of Markdown that read nothing but the page."""
_WITH_VERSIONS = (".dist-info", ".egg-info", ".pth")
"""Endings of what an installer puts beside a package."""


class NotKeptError(Exception):
    """Something is wanted of the host that it has not been asked for yet."""


@dataclass(frozen=True, slots=True)
class About:
    """What the host gave, but for the bytes of its files."""

    key: str
    """Stands for all that the host was made from."""
    shown: str
    """Stands for what the chrome shows of the newsletter."""
    site_url: str
    chromes: dict[str, list[tuple[str, bytes]]]
    """By kind and depth; a piece is the name of a slot, or text."""
    files: dict[str, str]
    """The digests of its files, by path."""
    ordinary: tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """What the host gave, looked up as it is asked for."""

    project: Project
    about: About

    def host(self, site: Site) -> Host:
        """The host, to a site of which the chrome shows what it showed. Raises `NotKeptError`, as the chrome may."""
        if shown(site) != self.about.shown:
            raise NotKeptError
        files = {path: HostFile(digest, partial(self._file, path)) for path, digest in self.about.files.items()}
        return Host(self._chrome, files, self.about.ordinary)

    def _chrome(self, kind: str, depth: int) -> Chrome:
        try:
            pieces = self.about.chromes[f"{kind} {depth}"]
        except KeyError as error:
            raise NotKeptError from error
        return self._chromes.setdefault((kind, depth), _chrome(pieces))

    @cached_property
    def _chromes(self) -> dict[tuple[str, int], Chrome]:
        """One value for each kind, so that its fingerprint is taken once."""
        return {}

    def _file(self, path: str) -> bytes:
        data = self._bytes.get(path, b"")
        if fingerprint(data.hex()) != self.about.files[path]:
            raise NotKeptError
        return data

    @cached_property
    def _bytes(self) -> dict[str, bytes]:
        try:
            return msgspec.msgpack.decode(self.project.cache.read(_FILES), type=dict[str, bytes])
        except msgspec.MsgspecError as error:
            raise NotKeptError from error


def remembered(project: Project, key: str | None) -> Kept | None:
    """What is kept of the host under a key."""
    data = project.cache.read(_ABOUT) if key else b""
    try:
        about = msgspec.msgpack.decode(data, type=About) if data else None
    except msgspec.MsgspecError:
        return None
    return Kept(project, about) if about and about.key == key else None


def keep(
    project: Project,
    key: str | None,
    site: Site,
    host: Host,
    chromes: Mapping[tuple[str, int], Chrome],
) -> None:
    """Keep what the host gave, where it follows from what the key stands for and from nothing else."""
    if key is None or shows_more(project):
        return
    data = {path: file.read() for path, file in host.files.items()}
    if sum(map(len, data.values())) > MOST:
        return
    pieces = {f"{kind} {depth}": list(map(_piece, chrome.pieces)) for (kind, depth), chrome in chromes.items()}
    digests = {path: file.digest for path, file in host.files.items()}
    about = About(key, shown(site), site.base_url, pieces, digests, host.ordinary)
    project.cache.write(_FILES, msgspec.msgpack.encode(data))
    project.cache.write(_ABOUT, msgspec.msgpack.encode(about))


def shown(site: Site) -> str:
    """Stands for what the chrome shows of a newsletter."""
    return Fingerprints("").of(Masthead(site).made_of)


def _piece(piece: bytes | Slot) -> tuple[str, bytes]:
    return (piece.value, b"") if isinstance(piece, Slot) else ("", piece)


def _chrome(pieces: Iterable[tuple[str, bytes]]) -> Chrome:
    return Chrome(tuple(Slot(slot) if slot else text for slot, text in pieces))


def key_of(config: Path, project: Project, site_dir: Path | None, strict: bool) -> str | None:
    """Stands for all that the host's part of a build is made from; None where that cannot be told."""
    found, texts = configuration(config)
    folders = [folder for folder in (project.pages, project.custom_dir) if folder]
    if _has_code(found, texts):
        return None
    stamps = [stamp for folder in folders for stamp in _stamps(str(folder))]
    if max((time_ for *_, time_ in stamps), default=0) > time.time_ns() - YOUNG:
        return None
    return fingerprint(
        *(str(config.resolve()), str(site_dir and site_dir.absolute()), str(strict), sys.version, str(Path.home())),
        *(text.decode("utf-8", "replace") for text in texts),
        repr(found),  # with the values of the environment that it names
        *(f"{path} {size} {changed} {touched}" for path, size, changed, touched in stamps),
        *_packages(),
    )


def _has_code(found: Mapping[str, Any], texts: Iterable[bytes]) -> bool:
    """Whether code that nobody here knows has a hand in what the host makes."""
    theme = found.get("theme")
    return bool(
        set(_names(found.get("plugins"))) != {"citewire"}
        or found.get("hooks")
        or (theme.get("name") if isinstance(theme, dict) else theme) != "material"
        or {name.removeprefix("markdown.extensions.") for name in _names(found.get("markdown_extensions"))}
        - _EXTENSIONS
        or any(_OF_PYTHON in text for text in texts)
    )


def _names(entries: Any) -> Iterator[str]:
    """The names in a list of the configuration, whose entries may be names or mappings from a name to its options."""
    for entry in entries or ():
        yield from (str(name) for name in (entry if isinstance(entry, dict) else (entry,)))


def shows_more(project: Project) -> bool:
    """Whether a template of the newsletter's own shows what no key stands for."""
    folder = project.custom_dir
    files = [file for file in folder.rglob("*") if file.suffix in {".html", ".xml", ".txt"}] if folder else []
    return any(_SHOWS_MORE.search(file.read_text("utf-8", "replace")) for file in files)


def _stamps(folder: str) -> Iterator[tuple[str, int, int, int]]:
    """Of each file below a folder: its path, size, and the times of its last changes."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir():
            yield from _stamps(entry.path)
        else:
            stat = entry.stat()
            yield entry.path, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def _packages() -> Iterator[str]:
    """The packages that are installed, with their versions."""
    for folder in sys.path:
        with suppress(OSError):
            yield from sorted(e.path for e in os.scandir(folder or ".") if e.name.endswith(_WITH_VERSIONS))
