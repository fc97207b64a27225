"""Several font files used as one typeface: each letter is taken from the first file that has it.

The site's own files come first, since a card should look like the site. Letters are set one after the other
(`Layout.BASIC`), since a better engine is not on every machine. So scripts whose letters join (Arabic, Devanagari)
cannot be set; in return, a letter looks the same everywhere, and is drawn only once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, lru_cache, partial
from math import ceil, floor
from pathlib import Path

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont
Letter = tuple[Image.Image, int, int]
"""A letter in grey, and the position of its upper left corner."""


@cache
def _font(path: Path, size: int) -> Font:
    try:
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:  # which names no file
        raise OSError(error.errno, str(error), str(path)) from error


@cache
def _has(path: Path, letter: str) -> bool:
    """Whether a font has a letter: one that it lacks looks like one that no font has."""
    font = _font(path, 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


class Typeface(Struct, frozen=True, eq=False):
    """The files of one cut, in order of preference."""

    files: tuple[Path, ...]

    def has(self, letter: str) -> bool:
        return _has_any(self, letter)

    def length(self, text: str, size: int) -> float:
        """The width of a text set at a size, in pixels."""
        return _length(self, size, text)

    def measure(self, size: int) -> Callable[[str], float]:
        """`length` at one size, for callers that ask often."""
        return partial(_length, self, size)

    def stamps(self, left: float, base: float, text: str, size: int, bolder: float = 0) -> Iterator[Letter]:
        """A line set from `left` on the base line. Its strokes are made bolder by `bolder` pixels on each side."""
        for letter, path, at in self.placed(text, size):
            drawn, across, down = _drawn(path, size, letter, bolder)
            if drawn:
                yield drawn, round(left + at) + across, round(base) + down

    def placed(self, text: str, size: int) -> Iterator[tuple[str, Path, float]]:
        """Each letter with its file and place, in pixels. Spaces and signs stay with the letters before them."""
        number, before, at = 0, "", 0.0
        for letter in text:
            number, away, wide = _next(self, size, number, before, letter)
            yield letter, self.files[number], at + away
            at += away + wide
            before = letter


@cache
def _next(typeface: Typeface, size: int, last: int, before: str, letter: str) -> tuple[int, float, float]:
    """The number of a letter's file, how far the letter before moves it (kerning), and its width.

    Files are given by their numbers in the typeface.
    """
    files = typeface.files
    keeps = not letter.isalpha() and _has(files[last], letter)
    number = last if keeps else next((number for number, path in enumerate(files) if _has(path, letter)), 0)
    away = _closer(files[number], size, before, letter) if number == last and before else 0
    return number, away, _wide(files[number], size, letter)


@cache
def _has_any(typeface: Typeface, letter: str) -> bool:
    return any(_has(path, letter) for path in typeface.files)


@lru_cache(16384)
def _length(typeface: Typeface, size: int, text: str) -> float:
    placed = list(typeface.placed(text, size))
    return placed[-1][2] + _wide(placed[-1][1], size, placed[-1][0]) if placed else 0


@cache
def _wide(path: Path, size: int, letter: str) -> float:
    return _font(path, size).getlength(letter)


def _closer(path: Path, size: int, before: str, letter: str) -> float:
    """How far the letter before moves a letter, in pixels (kerning); negative if closer."""
    font = _font(path, size)
    return font.getlength(before + letter) - font.getlength(before) - font.getlength(letter)


@lru_cache(4096)
def _drawn(path: Path, size: int, letter: str, bolder: float) -> tuple[Image.Image | None, int, int]:
    """A letter, and where its box begins relative to its place on the base line; None if nothing is visible."""
    font = _font(path, size)
    box = font.getbbox(letter, anchor="ls", stroke_width=bolder)
    left, top, right, bottom = (floor(box[0]) - 1, floor(box[1]) - 1, ceil(box[2]) + 1, ceil(box[3]) + 1)
    drawn = Image.new("L", (right - left, bottom - top))
    ImageDraw.Draw(drawn).text((-left, -top), letter, 255, font, "ls", stroke_width=bolder)
    return (drawn, left, top) if drawn.getbbox() else (None, 0, 0)
