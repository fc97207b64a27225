"""Check that the pictures of stories can be shown, and find what the pages need to know of their files."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path, PurePath

from generator.cache import Cache
from generator.files import fault_of_link, stamp_of
from generator.load.kept import KeptFiles
from generator.load.shapes import Pen
from generator.load.shelf import LINK_HINT
from generator.model.content import Image
from generator.pictures.facts import MOST_PIXELS, UNKNOWN, Seen, pictured
from generator.texts.slips import likely

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
LIMIT = 2 * 1024 * 1024
"""Most bytes of a picture that goes out as it was saved; larger ones make pages slow."""
LIMIT_OF_ORIGINALS = 32 * 1024 * 1024
"""Most bytes of one of which smaller versions are made: as many as a camera saves."""
MOST_OF_A_SIDE = 30_000
"""Most pixels of a side. A picture has no more, even if its header says so."""
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_WHERE = ("image", "file")


class Pictures:
    """The pictures of a folder. An unchanged one is not opened again.

    `are_made` says whether smaller versions are made of them, for which Pillow must be there.
    """

    def __init__(self, folder: Path, cache: Cache | None, *, are_made: bool = False) -> None:
        self._folder, self._cache, self._are_made = folder, cache, are_made
        self.unchanged: set[str] = set()
        """Names of the requested pictures that have not changed since they were cached."""

    @cached_property
    def _kept(self) -> KeptFiles[Seen]:
        """What pictures have shown, by file name, read from the cache only if a story has a picture."""
        return KeptFiles(self._cache, "pictures", Seen)

    def shown(self, image: Image, pen: Pen) -> Image:
        """A story's picture with what its file shows; if it cannot be shown, the pen notes why."""
        name = image.file
        if fault := self._fault(name):
            pen.note("bad-image", _WHERE, *fault)
            return image
        stamp = stamp_of((self._folder / name).stat())
        seen = self._kept.unchanged(name, stamp)
        if seen and seen.was_looked_at == self._are_made:
            self.unchanged.add(name)
            return pictured(image, seen, stamp[0])
        seen = _read(self._folder / name, self._are_made)
        if fault := _fault_of(name, seen, stamp[0]):
            pen.note("bad-image", _WHERE, *fault)
            return image
        self._kept.keep(name, stamp, seen)
        return pictured(image, seen, stamp[0])

    def save(self) -> None:
        """Cache what the requested pictures have shown."""
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
        return _too_much(name, path.stat().st_size, LIMIT_OF_ORIGINALS if self._are_made else LIMIT)

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


def _too_much(name: str, size: int, limit: int) -> tuple[str, str] | None:
    if size <= limit:
        return None
    return f"`{name}` has {size // 1024} KB; at most {limit // 1024} fit", "Make it smaller."


def _fault_of(name: str, seen: Seen, size: int) -> tuple[str, str] | None:
    """A fault that shows when a picture is opened, and what to do; None if there is none. `size` is in bytes."""
    if seen.width * seen.height > MOST_PIXELS:
        what = f"`{name}` has {seen.width * seen.height // 10**6} million pixels; at most {MOST_PIXELS // 10**6} fit"
        return what, "Make it smaller."
    if seen == UNKNOWN:
        return f"`{name}` cannot be read as a picture", "Save it anew from your picture editor."
    return None if seen.digest else _too_much(name, size, LIMIT)


def _read(path: Path, are_made: bool) -> Seen:
    """What a picture shows when it is opened."""
    if are_made:
        from generator.pictures.opening import look  # noqa: PLC0415 - it needs Pillow

        seen = look(path.read_bytes())
    else:
        import imagesize  # noqa: PLC0415 - it imports HTTP and TLS modules

        width, height = imagesize.get(str(path))
        seen = Seen(int(width), int(height))
    return seen if 0 < seen.width <= MOST_OF_A_SIDE and 0 < seen.height <= MOST_OF_A_SIDE else UNKNOWN
