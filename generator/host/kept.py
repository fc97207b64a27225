"""The output of MkDocs, kept in the cache, so that it need not be started if nothing that affects it has changed.

Starting MkDocs takes longer than most builds. Its output depends on its key (`host.key`), and on what the chrome shows
of the newsletter (`Masthead.made_of`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, partial

import msgspec
from msgspec import Struct

from generator.dress import Chrome, Chromes, Here, Slot
from generator.files import bytes_of
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.site import Site
from generator.production import Host, HostFile
from generator.project import Project
from generator.render.masthead import Masthead

MOST = 64_000_000
"""Most bytes of the host's files. If they have more, nothing is kept, since it would be a second copy."""
_ABOUT, _FILES = "host/about.msgpack", "host/files.msgpack"
_SHOWS_MORE = re.compile(r"\bbuild_date|\brandom\b|\bsite\b")
"""Things that the newsletter's own templates may show and no key covers: the day, chance, or anything of the site."""
_HERE = "here"
"""Kind of a kept piece that is a `Here` of a link, not a slot."""


class NotKeptError(Exception):
    """Some output of the host that is needed was not kept, or has changed since."""


class About(Struct, frozen=True):
    """The output of the host, without the bytes of its files."""

    key: str
    """Fingerprint of everything the output was made from (`host.key`)."""
    shown: str
    """Fingerprint of what the chrome shows of the newsletter."""
    site_url: str
    chromes: dict[str, list[tuple[str, bytes]]]
    """The pieces of each chrome, by kind and depth: pairs of slot (empty for plain text) and text."""
    files: dict[str, str]
    """The digests of the host's files, by path."""
    ordinary: tuple[str, ...]


class KeptHost(Struct, frozen=True, dict=True):
    """A host made from kept output. Chromes and files are looked up on demand."""

    project: Project
    about: About

    def host(self, site: Site) -> Host:
        """Return the host for a site. Raises `NotKeptError`, now or later, if something needed was not kept."""
        if masthead_print(site) != self.about.shown:
            raise NotKeptError
        files = {path: HostFile(digest, partial(self._file, path)) for path, digest in self.about.files.items()}
        return Host(Chromes(self._chrome), files, self.about.ordinary)

    def _chrome(self, kind: str, depth: int) -> Chrome:
        try:
            pieces = self.about.chromes[f"{kind} {depth}"]
        except KeyError as error:
            raise NotKeptError from error
        return _chrome(pieces)

    def _file(self, path: str) -> bytes:
        data = self._bytes.get(path, b"")
        if fingerprint(data.hex()) != self.about.files[path]:
            raise NotKeptError
        return data

    @cached_property
    def _bytes(self) -> dict[str, bytes]:
        try:
            return msgspec.msgpack.decode(self.project.cache.read(_FILES), type=dict[str, bytes])
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise NotKeptError from error


def remembered(project: Project, key: str | None) -> KeptHost | None:
    """Return the kept output of the host for a key, or None."""
    about = project.cache.value(_ABOUT, msgspec.msgpack.Decoder(About).decode) if key else None
    return KeptHost(project, about) if about and about.key == key else None


def keep(project: Project, key: str | None, site: Site, host: Host) -> None:
    """Keep the output of the host, unless something that the key does not cover can change it.

    Only chromes that were used are kept.
    """
    if key is None or shows_more(project):
        return
    data = {path: file.read() for path, file in host.files.items()}
    if sum(map(len, data.values())) > MOST:
        return
    chromes = host.chrome_of.known.items()
    pieces = {f"{kind} {depth}": list(map(_piece, chrome.pieces)) for (kind, depth), chrome in chromes}
    digests = {path: file.digest for path, file in host.files.items()}
    about = About(key, masthead_print(site), site.base_url, pieces, digests, host.ordinary)
    project.cache.write(_FILES, msgspec.msgpack.encode(data))
    project.cache.write(_ABOUT, msgspec.msgpack.encode(about))


def masthead_print(site: Site) -> str:
    """Fingerprint of what the chrome shows of a newsletter."""
    return Fingerprints("").of(Masthead(site).made_of)


def _piece(piece: bytes | Slot | Here) -> tuple[str, bytes]:
    if isinstance(piece, Here):
        return _HERE, piece.path.encode()
    return (piece.value, b"") if isinstance(piece, Slot) else ("", piece)


def _chrome(pieces: Iterable[tuple[str, bytes]]) -> Chrome:
    return Chrome(
        tuple(Here(text.decode()) if slot == _HERE else Slot(slot) if slot else text for slot, text in pieces)
    )


def shows_more(project: Project) -> bool:
    """Whether one of the newsletter's own templates shows something that the key does not cover."""
    folder = project.custom_dir
    files = [file for file in folder.rglob("*") if file.suffix in {".html", ".xml", ".txt"}] if folder else []
    return any(_SHOWS_MORE.search(bytes_of(file).decode("utf-8", "replace")) for file in files)
