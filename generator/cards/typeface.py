"""A typeface in several files: each letter is set in the first of them that has it.

The site's own files come first, since a card is to look like the site; what they lack comes from the files behind them.
Letters are set one after the other as the font says (`Layout.BASIC`): a better engine is not on every machine. So
scripts whose letters join (Arabic, Devanagari) cannot be set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

Font = ImageFont.FreeTypeFont


@cache
def _font(path: Path, size: int) -> Font:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _has(path: Path, letter: str) -> bool:
    """Whether a font has a letter: what it has not looks like what no font has."""
    font = _font(path, 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


@dataclass(frozen=True, slots=True)
class Typeface:
    """The files of one cut, the most wanted first."""

    files: tuple[Path, ...]

    def has(self, letter: str) -> bool:
        return any(_has(path, letter) for path in self.files)

    def length(self, text: str, size: int) -> float:
        """How wide a text is set at a size, in pixels."""
        return _length(self, text, size)

    def draw(self, pen: ImageDraw.ImageDraw, left: float, base: float, text: str, size: int, bolder: float = 0) -> None:
        """Set a line from `left` on the base line. `bolder` pixels are put around its strokes."""
        for path, run in self._runs(text):
            font = _font(path, size)
            pen.text((left, base), run, 255, font, "ls", stroke_width=bolder)
            left += font.getlength(run)

    def _runs(self, text: str) -> Iterator[tuple[Path, str]]:
        """Stretches of a text, each with its file. Blanks and signs stay with the letters before them."""
        paths: list[Path] = []
        for letter in text:
            last = paths[-1] if paths else self.files[0]
            keeps = not letter.isalpha() and _has(last, letter)
            paths.append(last if keeps else next((p for p in self.files if _has(p, letter)), self.files[0]))
        for path, run in groupby(zip(paths, text, strict=True), key=lambda pair: pair[0]):
            yield path, "".join(letter for _, letter in run)


@lru_cache(16384)
def _length(typeface: Typeface, text: str, size: int) -> float:
    return sum(_font(path, size).getlength(run) for path, run in typeface._runs(text))
