"""Which files of a picture go out, judged by its size; nothing here opens a picture.

A picture that was looked at goes out under its own name, at most `PLAIN_WIDTH` pixels wide, for everything but pages:
feeds, mail, books, and where a page is shared. Pages show WebP in the width that fits the reader's screen.
"""

from __future__ import annotations

from typing import NamedTuple

from msgspec.structs import replace

from generator.model.content import Image
from generator.model.permalinks import PLAIN_WIDTH

STEPS = 640, 960, 1280
"""Widths for pages, in pixels. 640: the whole width of a phone with two pixels to a point, and the column of an edition
on a desktop. 960: a small phone with three, and a story on a desktop. 1280: a large phone with three, and the column of
an edition or of the front page on a desktop with two. Without it both would load what is meant for the widest."""
WIDEST = 1600
"""The picture of a story, 800 points wide, on a desktop with two pixels to a point. No page shows more."""
LIGHT = 48 * 1024
"""Bytes up to which a picture has no smaller versions, since they would hardly be sooner there."""
MOST_PIXELS = 128_000_000
"""Of one picture: more than cameras have, and half a gigabyte of memory."""
TALLEST = 16_383
"""Most pixels of a side in WebP."""
_APART = 0.85
"""A step that is nearer than that to the widest version is left out."""


class Seen(NamedTuple):
    """What the file of a picture has shown."""

    width: int
    """Pixels, as it is shown: a camera held upright notes that in the file."""
    height: int
    digest: str = ""
    """The digest of its bytes; empty if it goes out as it is, since it moves or nobody looked at it."""
    is_photo: bool = False
    """Whether it is drawn with so many colours and so few even areas that JPEG suits it."""
    is_known_to_all: bool = True
    """Whether mail programs show its format."""
    was_looked_at: bool = False
    """Whether it was opened with Pillow."""


UNKNOWN = Seen(0, 0)


def pictured(image: Image, seen: Seen, weight: int) -> Image:
    """A story's picture, with all that pages need to know of its files. `weight` is the bytes of its file."""
    if not seen.digest:
        return replace(image, width=seen.width, height=seen.height, weight=weight)
    width, height = scaled((seen.width, seen.height), PLAIN_WIDTH)
    widths = _widths(seen) if weight > LIGHT else ()
    has_jpeg = not seen.is_known_to_all or (seen.is_photo and bool(widths) and not _is_jpeg(image.file))
    return replace(image, width=width, height=height, widths=widths, has_jpeg=has_jpeg, digest=seen.digest)


def scaled(size: tuple[int, int], most: int) -> tuple[int, int]:
    """Width and height of a picture that is at most so wide; it is never blown up."""
    width = min(size[0], most)
    return width, max(1, round(size[1] * width / size[0]))


def _widths(seen: Seen) -> tuple[int, ...]:
    """The widths of the versions for pages, ascending."""
    widest = min(seen.width, WIDEST)
    steps = (*(step for step in STEPS if step < widest * _APART), widest)
    return tuple(step for step in steps if scaled((seen.width, seen.height), step)[1] <= TALLEST)


def _is_jpeg(file: str) -> bool:
    return file.lower().endswith((".jpg", ".jpeg"))
