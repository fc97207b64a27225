"""Cut a card into strips (rows of pixels that belong together), which are drawn and compressed once for many cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from typing import NamedTuple

from msgspec import Struct
from PIL import Image, ImageChops

from generator.cards.png import Piece, blank, piece


class Sheet(Struct, frozen=True, dict=True, eq=False):
    """Some rows in places of the palette."""

    rows: Image.Image
    """The picture of the rows: as wide as the card and the columns that stand before each line of a PNG."""

    @cached_property
    def piece(self) -> Piece:
        """The rows compressed, when they are first asked for."""
        return piece(self.rows)


class Strip(NamedTuple):
    """A sheet in its place."""

    top: int
    """Where its first row stands on the card, in pixels from the top."""
    sheet: Sheet

    @property
    def bottom(self) -> int:
        return self.top + self.sheet.rows.height


def joined(strips: Iterable[Strip]) -> Strip:
    """Strips as one. Where two of them show something, one sees the later place in the palette."""
    return reduce(_joined, strips)


def _joined(one: Strip, other: Strip) -> Strip:
    top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    rows = Image.new("P", (one.sheet.rows.width, bottom - top))
    rows.paste(one.sheet.rows, (0, one.top - top))
    box = 0, other.top - top, rows.width, other.bottom - top
    rows.paste(ImageChops.lighter(rows.crop(box), other.sheet.rows), box)
    return Strip(top, Sheet(rows))


def pieces(strips: Iterable[Strip], width: int, height: int) -> Iterator[Piece]:
    """All rows of a card: the strips, and what is blank between them."""
    at = 0
    for strip in _apart(strips):
        if at < strip.top:
            yield blank(width, strip.top - at)
        yield strip.sheet.piece
        at = strip.bottom
    if at < height:
        yield blank(width, height - at)


def _apart(strips: Iterable[Strip]) -> list[Strip]:
    """The strips from above, joined where one reaches into another."""
    found: list[Strip] = []
    for strip in sorted(strips, key=lambda strip: strip.top):
        reaches = found and found[-1].bottom > strip.top
        found.append(joined((found.pop(), strip)) if reaches else strip)
    return found
