"""The pictures of stories: whether they can be shown, and their sizes, which a page must know before they are there."""

from __future__ import annotations

import re
import time
from pathlib import Path

from generator.cache import YOUNG, Buckets, Cache
from generator.load.kept import Stamp, stamp_of
from generator.load.shapes import Pen

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif")
LIMIT = 2 * 1024 * 1024
"""Bytes of one picture; larger ones make a slow page."""
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*\Z")
_WHERE = ("image", "file")
_UNKNOWN = 0, 0


class Pictures:
    """Those of a folder. The size of one that did not change is not read again."""

    def __init__(self, folder: Path, cache: Cache | None) -> None:
        self._folder, self._cache = folder, cache
        self._kept: Buckets[tuple[Stamp, int, int]] | None = None
        self._now: dict[str, tuple[Stamp, int, int]] = {}

    def size(self, name: str, pen: Pen) -> tuple[int, int]:
        """Width and height in pixels; 0 and 0 for what cannot be shown, and the pen has noted why."""
        if fault := self._fault(name):
            pen.note("bad-image", _WHERE, *fault)
            return _UNKNOWN
        if self._kept is None:
            self._kept = Buckets(self._cache, "pictures", tuple[Stamp, int, int])
        stamp, known = stamp_of((self._folder / name).stat()), self._kept.before.get(name)
        size = known[1:] if known and known[0] == stamp else _read(self._folder / name)
        if size == _UNKNOWN:
            what = f"`{name}` cannot be read as a picture"
            pen.note("bad-image", _WHERE, what, "Save it anew from your picture editor.")
        else:
            self._now[name] = (stamp, *size)
        return size

    def save(self) -> None:
        """Keep the sizes that were asked for, but for those of files that may be written again within this tick."""
        oldest = time.time_ns() - YOUNG
        if self._kept is not None:
            self._kept.save({name: entry for name, entry in self._now.items() if max(entry[0][1:]) < oldest})

    def _fault(self, name: str) -> tuple[str, str] | None:
        """What is wrong with a picture that need not be opened for that, and what to do."""
        path = self._folder / name
        if not _NAME.match(name):
            what = f"`{name}` is not the name of a file in images/"
            return what, "Write the file's name alone, in letters, digits, dots and hyphens."
        if path.suffix.lower() not in SUFFIXES:
            return f"`{name}` is not a kind of picture that every reader shows", f"Use one of {', '.join(SUFFIXES)}."
        if not path.is_file():
            return f"there is no file images/{name}", "Put the picture there, or take `image` out."
        if (size := path.stat().st_size) > LIMIT:
            return f"`{name}` has {size // 1024} KB; at most {LIMIT // 1024} fit", "Make it smaller."
        return None


def _read(path: Path) -> tuple[int, int]:
    import imagesize  # noqa: PLC0415 - it imports what speaks HTTP and TLS

    width, height = imagesize.get(str(path))
    return (int(width), int(height)) if width > 0 and height > 0 else _UNKNOWN
