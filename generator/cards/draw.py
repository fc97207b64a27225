"""Draw a card: a page of a newspaper, 1200 by 630 pixels, in the site's type.

A card uses a few shades of each colour and so a small palette. Its file is small, and has the same bytes wherever the
same versions of Pillow and zlib make it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain, takewhile
from math import ceil, floor
from pathlib import Path

from PIL import Image, ImageDraw

from generator.cards.face import Face
from generator.cards.lines import Step, fit
from generator.cards.png import BEFORE, png
from generator.cards.strips import Sheet, Strip, joined, pieces
from generator.cards.typeface import Typeface
from generator.files import PACKAGE
from generator.model.permalinks import CARD_SIZE

WIDTH, HEIGHT = CARD_SIZE
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
TOP, BOTTOM = 166, 540
"""The space for kicker and headline, a little above the middle."""
KICKER = 60
"""The height of the kicker and the space below it."""
SIZES = (120, 108, 96, 88, 80, 72, 64, 56, 50)
"""Sizes of a headline, in pixels; the largest that fits is used."""
LEADING = 1.08
SMALL = 30
"""The size of everything but the headline and the masthead."""
Colour = tuple[int, int, int]
Line = tuple[float, float, str]
"""The left end of a line of letters, the height of its base line, and its text."""
PAPER, INK, SOFT, ACCENT = (255, 253, 248), (28, 26, 23), (86, 80, 73), (140, 28, 19)
COLOURS = {INK: 7, ACCENT: 4, SOFT: 4}
"""Each colour with the number of its shades, from faint to full: 16 with the paper, so half a byte. The most used
colour comes first, because its shades need not be shifted in the palette."""

# A card is drawn on two sheets. Pillow keeps their memory for the next card, since allocating it anew would take a
# quarter of a card's time (https://pillow.readthedocs.io/en/stable/reference/block_allocator.html).
Image.core.set_blocks_max(2)  # type: ignore[attr-defined]

FILES = "{}.woff2", "{}-ext.woff2", "{}-vietnamese.woff2"
"""File names of a cut: letters of western Europe, those of the rest of Europe, those of Vietnamese."""


@dataclass(frozen=True, slots=True)
class Type:
    """The site's type: the newsletter's own files, then the theme's, then those of other scripts."""

    display: Typeface
    text: Typeface
    _fit: set[str] = field(default_factory=set, repr=False, compare=False)
    """Letters already found to be available."""

    @classmethod
    def of(cls, own: Path | None) -> Type:
        folders = (*((own,) if own else ()), PACKAGE / "theme/assets/citewire/fonts")
        others = sorted((PACKAGE / "cards/fonts").glob("*.woff2"))
        display, text = (Typeface((*_cut(name, folders), *others)) for name in ("display", "serif"))
        return cls(display, text)

    def fingerprint(self) -> str:
        return " ".join(f"{path.name}:{path.stat().st_size}" for path in (*self.display.files, *self.text.files))

    def lacks(self, text: str) -> str:
        """The letters of a text that cannot be set, each once. Signs that are no letters (an emoji) can be left out."""
        return "".join(letter for letter in dict.fromkeys(text) if letter not in self._fit and not self._fits(letter))

    def _fits(self, letter: str) -> bool:
        is_letter = unicodedata.category(letter)[0] in "LMN"
        if is_letter and not (self.display.has(letter) and self.text.has(letter)):
            return False
        self._fit.add(letter)
        return True


def _cut(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """The existing files of a cut, folder by folder."""
    found = (folder / file.format(name) for folder in folders for file in FILES)
    return (path for path in found if path.is_file())


def draw(face: Face, type_: Type) -> bytes:
    """The card as PNG."""
    top, headline = _headline(face.headline, type_)
    kicker = _kicker(face.kicker, type_)
    strips = (
        _head(face.masthead, face.date, type_),
        *(strip._replace(top=strip.top + top - KICKER + 26) for strip in kicker),
        *headline,
        _foot(face.note, face.address, type_),
    )
    return png(*CARD_SIZE, _palette(), pieces(strips, *CARD_SIZE))


def _set(text: str, typeface: Typeface) -> str:
    """A text without the signs that the typeface lacks."""
    return " ".join("".join(letter for letter in text if letter.isspace() or typeface.has(letter)).split())


def _step(typeface: Typeface, size: int, lines: int, width: float) -> Step:
    return Step(size, lines, width, typeface.measure(size))


@lru_cache(64)
def _head(masthead: str, date: str, type_: Type) -> Strip:
    """The masthead with the date, and the double rule below it."""
    steps = [_step(type_.display, size, 1, ROOM - 320) for size in (56, 48, 40, 32)]
    step, lines = fit(_set(masthead, type_.display), steps)
    rules = [_rule(top, height, INK) for top, height in ((128, 2), (133, 2))]
    name = _strip(type_.display, step.size, [(MARGIN, 104, lines[0])], INK)
    return joined((*rules, *name, *_at_the_right(date, 104, type_.text)))


@lru_cache(64)
def _foot(note: str, address: str, type_: Type) -> Strip:
    """The rule above the foot, and the foot below it."""
    said = _strip(type_.text, SMALL, [(MARGIN, 592, note)], SOFT)
    return joined((_rule(552, 1, INK), *said, *_at_the_right(address, 592, type_.text)))


@lru_cache(64)
def _kicker(text: str, type_: Type) -> list[Strip]:
    """The line above the headline, placed as if its base line were the top of the card."""
    return _strip(type_.text, SMALL, [(MARGIN, 0, _set(text, type_.text))], ACCENT, 0.4)


def _headline(text: str, type_: Type) -> tuple[int, list[Strip]]:
    """The headline's distance from the top, in pixels, and the headline."""
    room = BOTTOM - TOP - KICKER
    steps = [_step(type_.display, size, int(room / (size * LEADING)), ROOM) for size in SIZES]
    step, lines = fit(_set(text, type_.display), steps)
    top = TOP + KICKER + int((room - len(lines) * step.size * LEADING) * 0.4)
    base = top + step.size * 0.74
    placed = [(MARGIN, base + number * step.size * LEADING, line) for number, line in enumerate(lines)]
    return top, _strip(type_.display, step.size, placed, INK)


def _at_the_right(text: str, base: int, typeface: Typeface) -> list[Strip]:
    return _strip(typeface, SMALL, [(WIDTH - MARGIN - typeface.length(text, SMALL), base, text)], SOFT)


def _rule(top: int, height: int, colour: Colour) -> Strip:
    rows = Image.new("P", (BEFORE + WIDTH, height))
    rows.paste(_before(colour) + COLOURS[colour], (BEFORE + MARGIN, 0, BEFORE + WIDTH - MARGIN, height))
    return Strip(top, Sheet(rows))


def _strip(typeface: Typeface, size: int, lines: Sequence[Line], colour: Colour, bolder: float = 0) -> list[Strip]:
    """Lines set on a sheet in shades of a colour; empty if nothing would be visible."""
    stamps = [each for left, base, text in lines for each in typeface.stamps(BEFORE + left, base, text, size, bolder)]
    if not stamps:
        return []
    bases = [base for _, base, _ in lines]
    top = max(floor(min(bases) - 1.5 * size), min(y for _, _, y in stamps))
    bottom = min(ceil(max(bases) + size), max(y + letter.height for letter, _, y in stamps))
    sheet = Image.new("P", (BEFORE + WIDTH, bottom - top))
    stamp = ImageDraw.Draw(sheet).bitmap
    for letter, x, y in stamps:
        stamp((x, y - top), letter, COLOURS[colour])
    sheet.paste(0, (0, 0, BEFORE, sheet.height))
    if before := _before(colour):
        sheet = sheet.point([shade and before + shade for shade in range(256)])
    return [Strip(top, Sheet(sheet))]


@cache
def _before(colour: Colour) -> int:
    """The palette place before the colour's first shade; place 0 is the paper's."""
    return sum(COLOURS[other] for other in takewhile(lambda other: other != colour, COLOURS))


@cache
def _palette() -> list[int]:
    """The paper, then each colour from faint to full."""
    mixed = (_mixed(colour, level / shades) for colour, shades in COLOURS.items() for level in range(1, shades + 1))
    return [*PAPER, *chain.from_iterable(mixed)]


def _mixed(colour: Colour, share: float) -> Iterator[int]:
    """A colour mixed with the paper."""
    return (round(p + (c - p) * share) for p, c in zip(PAPER, colour, strict=True))
