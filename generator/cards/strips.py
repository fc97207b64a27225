"""Cut a card into strips (rows of pixels that belong together), which are drawn and compressed once for many cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, reduce
from typing import NamedTuple

from msgspec import Struct
from PIL import Image, ImageChops

from generator.cards.png import Piece, blank, piece


class Sheet(Struct, frozen=True, dict=True, eq=False):
    """Some rows of palette places."""

    rows: Image.Image
    """The picture of the rows, as wide as the card and the columns before each line of a PNG."""

    @cached_property
    def piece(self) -> Piece:
        """The rows compressed, once they are needed."""
        return piece(self.rows)


class Strip(NamedTuple):
    """A sheet at its place on the card."""

    top: int
    """The distance of its first row from the top of the card, in pixels."""
    sheet: Sheet

    @property
    def bottom(self) -> int:
        return self.top + self.sheet.rows.height


def joined(strips: Iterable[Strip]) -> Strip:
    """Strips merged into one. Where two overlap, the later palette place wins."""
    return reduce(_joined, strips)


def _joined(one: Strip, other: Strip) -> Strip:
    top, bottom = min(one.top, other.top), max(one.bottom, other.bottom)
    rows = Image.new("P", (one.sheet.rows.width, bottom - top))
    rows.paste(one.sheet.rows, (0, one.top - top))
    box = 0, other.top - top, rows.width, other.bottom - top
    rows.paste(ImageChops.lighter(rows.crop(box), other.sheet.rows), box)
    return Strip(top, Sheet(rows))


def pieces(strips: Iterable[Strip], width: int, height: int) -> Iterator[Piece]:
    """All rows of a card: the strips, and the blank rows between them."""
    at = 0
    for strip in _apart(strips):
        if at < strip.top:
            yield blank(width, strip.top - at)
        yield strip.sheet.piece
        at = strip.bottom
    if at < height:
        yield blank(width, height - at)


def _apart(strips: Iterable[Strip]) -> list[Strip]:
    """The strips from the top, merged where they overlap."""
    found: list[Strip] = []
    for strip in sorted(strips, key=lambda strip: strip.top):
        reaches = found and found[-1].bottom > strip.top
        found.append(joined((found.pop(), strip)) if reaches else strip)
    return found
