"""Check that the pictures of stories can be shown, and find their sizes for the pages."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple

from generator.cache import Cache
from generator.files import fault_of_link, stamp_of
from generator.load.kept import KeptFiles
from generator.load.shapes import Pen
from generator.load.shelf import LINK_HINT
from generator.texts.slips import likely

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
LIMIT = 2 * 1024 * 1024
"""Most bytes of a picture; larger ones make pages slow."""
MOST_PIXELS = 30_000
"""Most pixels of a side. A picture within `LIMIT` has no more, even if its header says so."""
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_WHERE = ("image", "file")


class Size(NamedTuple):
    """The size of a picture, in pixels."""

    width: int
    height: int


_UNKNOWN = Size(0, 0)


class Pictures:
    """The pictures of a folder. The size of an unchanged one is not read again."""

    def __init__(self, folder: Path, cache: Cache | None) -> None:
        self._folder, self._cache = folder, cache
        self.standing: set[str] = set()
        """Names of the requested pictures that have not changed since they were cached."""

    @cached_property
    def _kept(self) -> KeptFiles[Size]:
        """Sizes by file name, read from the cache only if a story has a picture."""
        return KeptFiles(self._cache, "pictures", Size)

    def size(self, name: str, pen: Pen) -> Size:
        """The size of a picture; (0, 0) if it cannot be shown, and then the pen notes why."""
        if fault := self._fault(name):
            pen.note("bad-image", _WHERE, *fault)
            return _UNKNOWN
        stamp = stamp_of((self._folder / name).stat())
        if known := self._kept.standing(name, stamp):
            self.standing.add(name)
            return known
        size = _read(self._folder / name)
        if size == _UNKNOWN:
            what = f"`{name}` cannot be read as a picture"
            pen.note("bad-image", _WHERE, what, "Save it anew from your picture editor.")
        else:
            self._kept.keep(name, stamp, size)
        return size

    def save(self) -> None:
        """Cache the sizes that were requested."""
        if "_kept" in self.__dict__:
            self._kept.save()

    def _fault(self, name: str) -> tuple[str, str] | None:
        """A fault that shows without opening the picture, and what to do; None if there is none."""
        path = self._folder / name
        if not _NAME.match(name):
            return f"`{name}` is not the name of a file in images/", self._hint_of_name(name)
        if path.suffix.lower() not in SUFFIXES:
            return f"`{name}` is not a kind of picture that every reader shows", f"Use one of {', '.join(SUFFIXES)}."
        if path.is_symlink() and (fault := fault_of_link(str(path), str(self._folder.parent))):
            return f"images/{name}: {fault}", LINK_HINT
        if not path.is_file():
            near = likely(name.lower(), self._there)
            meant = f"Did you mean `{self._there[near]}`? " if near else ""
            return f"there is no file images/{name}", f"{meant}Put the picture there, or take `image` out."
        if (size := path.stat().st_size) > LIMIT:
            return f"`{name}` has {size // 1024} KB; at most {LIMIT // 1024} fit", "Make it smaller."
        return None

    def _hint_of_name(self, name: str) -> str:
        alone, rule = PurePath(name).name, "in letters, digits, dots and hyphens"
        if (self._folder / alone).is_file() and _NAME.match(alone):
            return f"Write the file's name alone: {alone}."
        if (
            alone == name
            and (self._folder / name).is_file()
            and (near := re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-"))
        ):
            return f"Rename the file, and write its name {rule}: {near}."
        return f"Write the file's name alone, {rule}."

    @cached_property
    def _there(self) -> dict[str, str]:
        """The names of the pictures, by lower-case name."""
        return {path.name.lower(): path.name for path in sorted(self._folder.glob("*")) if _NAME.match(path.name)}


def _read(path: Path) -> Size:
    import imagesize  # noqa: PLC0415 - it imports HTTP and TLS modules

    width, height = imagesize.get(str(path))
    return Size(int(width), int(height)) if 0 < width <= MOST_PIXELS and 0 < height <= MOST_PIXELS else _UNKNOWN
