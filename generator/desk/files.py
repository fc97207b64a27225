"""Find and read the files of the content folder quickly, without parsing them."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from generator.files import bytes_of, entries, fault_of_link, name_here
from generator.load.days import day_meant
from generator.texts.slips import likely

STORIES, EDITIONS, SCHEMAS = "stories", "editions", ".schemas"
_MARK = "\ufeff"


class DeskError(Exception):
    """A request that cannot be carried out. The message says why, and what to do instead."""


def slug_in(name: str) -> str:
    """The slug in a name that may also be a file."""
    return Path(name).name.removesuffix(".yml")


def read_text(path: Path) -> str:
    """The text of a file with its original line ends. Raises `DeskError` if it is not UTF-8."""
    try:
        return bytes_of(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise DeskError(f"{name_here(path)} is not UTF-8: save it as UTF-8 in your editor") from error


def text_there(path: Path) -> str | None:
    """The same; None if there is no such file."""
    return read_text(path) if path.exists() else None


def without_mark(text: str) -> tuple[str, str]:
    """The byte order mark at the start of a text, and the rest."""
    return (_MARK, text[1:]) if text.startswith(_MARK) else ("", text)


def items(content: Path, folder: str) -> dict[str, Path]:
    """The files of stories or editions by slug, sorted by name."""
    return {slug: Path(path) for slug, path in _paths(content, folder).items()}


def _paths(content: Path, folder: str) -> dict[str, str]:
    """Like `items`, but as texts: in an archive, making a `Path` of each takes longer than finding them all.

    Links are followed as far as a build follows them.
    """
    top, within = f"{content}/{folder}", str(content)
    if os.path.islink(top) and fault_of_link(top, within):  # noqa: PTH114 - it is a text here
        return {}
    paths = (path.rpartition("/") for path, entry in entries(top, within) if entry and path.endswith(".yml"))
    return {name.removesuffix(".yml"): f"{below}/{name}" for name, below in sorted((name, at) for at, _, name in paths)}


def item(content: Path, name: str) -> tuple[str, Path]:
    """The folder and the file of a story or an edition, by slug or file. Raises `DeskError`."""
    slug = slug_in(name)
    for folder in (STORIES, EDITIONS):
        path = _paths(content, folder).get(slug)
        if path:
            return folder, Path(path)
    if _is_withdrawn(content, slug):
        raise DeskError(f"`{slug}` is withdrawn: withdrawn.yml has its record")
    known = [*_paths(content, EDITIONS), *_paths(content, STORIES)]
    raise DeskError(f"there is no story or edition `{slug}`{near(slug, known)}")


def _is_withdrawn(content: Path, slug: str) -> bool:
    file = content / "withdrawn.yml"
    is_there = file.is_file() and not fault_of_link(str(file), str(content))
    key = re.compile(rf"(?m)^['\"]?(?:{EDITIONS}/)?{re.escape(slug)}['\"]?[ ]*:")
    return is_there and key.search(read_text(file)) is not None


def like(content: Path, name: str) -> Path | None:
    """The file of the story or edition of a name that may also be a file, or of one much like it."""
    slug, known = slug_in(name), {**_paths(content, EDITIONS), **_paths(content, STORIES)}
    close = slug if slug in known else likely(slug, known, _ALIKE)
    return Path(known[close]) if close else None


_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ALIKE_DAYS = 0.9
"""Least similarity of two days, all of which are alike."""
_ALIKE = 0.75
"""Least similarity of a name to that of a file that is proposed for it."""


def near(word: str, known: Iterable[str]) -> str:
    """The end of a message about an unknown word, suggesting the likely one; empty if there is none."""
    close = likely(word, known, _ALIKE_DAYS if _DAY.match(word) else 0.6)
    return f"; did you mean `{close}`?" if close else ""


def day_words(text: str) -> str:
    """How to write a day that somebody wrote in another form; with an example if it is not certain which is meant."""
    return f"write it as {day_meant(text) or '2026-04-11'}"


def is_edition(content: Path, path: Path) -> bool:
    """Whether a file is an edition's, wherever the newsletter is: in `~/editions/mine` not every file is."""
    return path.is_relative_to(content / EDITIONS)


def containing(content: Path, word: str, but: Container[str] = ()) -> Iterator[tuple[Path, str]]:
    """Files of stories and editions that contain a word, with their text. Fast: nothing is parsed.

    `but` are slugs of stories known not to contain it, which are not read.
    """
    wanted = word.encode()
    for folder in (STORIES, EDITIONS):
        for slug, path in _paths(content, folder).items():
            if folder == STORIES and slug in but:
                continue
            file = Path(path)
            data = bytes_of(file)
            if wanted in data:
                yield file, data.decode("utf-8", "replace")


def block_of(text: str, name: str) -> re.Match[str] | None:
    """A top-level field with all its lines, found without parsing; None if there is none."""
    return re.search(rf"(?ms)^([\"']?){name}\1:.*?(?=^[^\s#-]|\Z)", text)


def field_of(data: str, name: str) -> str | None:
    """The plain value of a top-level field, found without parsing; None if there is none."""
    found = re.search(rf"(?m)^([\"']?){name}\1[ \t]*:[ \t]+([^\s#][^\n#]*)", data)
    return found[2].strip().strip("\"'") if found else None
