"""The drawing: a page of a newspaper, 1200 by 630 pixels, in the site's type.

What is drawn in grey becomes a few shades of its colour, of which all share one palette; so the bytes are few, and the
same wherever the same versions of Pillow and zlib draw them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain, takewhile
from math import ceil, floor
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from generator.cards.face import Face
from generator.cards.lines import Step, fit
from generator.cards.png import png
from generator.cards.typeface import Typeface

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN
TOP, BOTTOM = 166, 540
"""Between these the kicker and the headline stand, a little above the middle."""
KICKER = 60
"""The height of the kicker with the space below it."""
SIZES = (120, 108, 96, 88, 80, 72, 64, 56, 50)
"""Of a headline, in pixels; the largest at which it fits is taken."""
LEADING = 1.08
SMALL = 30
"""The size of all that is not the headline or the masthead."""
Colour = tuple[int, int, int]
Line = tuple[float, float, str]
"""The left end of a line of letters, the height of its base, and its text."""
PAPER, INK, SOFT, ACCENT = (255, 253, 248), (28, 26, 23), (86, 80, 73), (140, 28, 19)
COLOURS = {INK: 7, ACCENT: 4, SOFT: 4}
"""Each with the number of its shades, from faint to full. With the paper they are 16, which fit into half a byte."""

FILES = "{}.woff2", "{}-ext.woff2", "{}-vietnamese.woff2"
"""Of a cut: the letters of western Europe, the others of Europe, those of Vietnamese."""


@dataclass(frozen=True, slots=True)
class Type:
    """The type of the site: the newsletter's own files, those of the theme, and behind them those of other scripts."""

    display: Typeface
    text: Typeface
    _fit: set[str] = field(default_factory=set, repr=False, compare=False)
    """What was looked at before and can be shown."""

    @classmethod
    def of(cls, own: Path | None) -> Type:
        home = Path(str(files("generator")))
        folders = (*((own,) if own else ()), home / "theme/assets/citewire/fonts")
        others = sorted((home / "cards/fonts").glob("*.woff2"))
        display, text = (Typeface((*_cut(name, folders), *others)) for name in ("display", "serif"))
        return cls(display, text)

    def fingerprint(self) -> str:
        return " ".join(f"{path.name}:{path.stat().st_size}" for path in (*self.display.files, *self.text.files))

    def lacks(self, text: str) -> str:
        """The letters of a text that cannot be set, each once. What is no letter (an emoji) can be left out."""
        return "".join(letter for letter in dict.fromkeys(text) if letter not in self._fit and not self._fits(letter))

    def _fits(self, letter: str) -> bool:
        is_letter = unicodedata.category(letter)[0] in "LMN"
        if is_letter and not (self.display.has(letter) and self.text.has(letter)):
            return False
        self._fit.add(letter)
        return True


def _cut(name: str, folders: Sequence[Path]) -> Iterator[Path]:
    """The files of a cut that are there, folder by folder."""
    found = (folder / file.format(name) for folder in folders for file in FILES)
    return (path for path in found if path.is_file())


def draw(face: Face, type_: Type) -> bytes:
    """The card as PNG."""
    card = _frame(_set(face.masthead, type_.display), type_).copy()
    top = _headline(card, face, type_)
    text = type_.text
    _set_lines(card, text, SMALL, [(MARGIN, top - KICKER + 26, _set(face.kicker, text))], ACCENT, 0.4)
    _set_lines(card, text, SMALL, [(MARGIN, 592, face.note)], SOFT)
    for base, words in ((104, face.date), (592, face.address)):
        _set_lines(card, text, SMALL, [(WIDTH - MARGIN - text.length(words, SMALL), base, words)], SOFT)
    card.putpalette(_palette())  # what was grey is a place in it now
    return png(card)


def _set(text: str, typeface: Typeface) -> str:
    """A text without the signs that the typeface has not."""
    return " ".join("".join(letter for letter in text if letter.isspace() or typeface.has(letter)).split())


def _step(typeface: Typeface, size: int, lines: int, width: float) -> Step:
    return Step(size, lines, width, lambda text: typeface.length(text, size))


@lru_cache(8)
def _frame(masthead: str, type_: Type) -> Image.Image:
    """What all cards show: the masthead, the double rule below it, and the rule above the foot."""
    card = Image.new("L", SIZE)
    steps = [_step(type_.display, size, 1, ROOM - 320) for size in (56, 48, 40, 32)]
    step, lines = fit(masthead, steps)
    _set_lines(card, type_.display, step.size, [(MARGIN, 104, lines[0])], INK)
    for top, height in ((128, 2), (133, 2), (552, 1)):
        ImageDraw.Draw(card).rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + height - 1), _shades(INK)[255])
    return card


def _headline(card: Image.Image, face: Face, type_: Type) -> int:
    """The headline, and where it begins, in pixels from above."""
    room = BOTTOM - TOP - KICKER
    steps = [_step(type_.display, size, int(room / (size * LEADING)), ROOM) for size in SIZES]
    step, lines = fit(_set(face.headline, type_.display), steps)
    top = TOP + KICKER + int((room - len(lines) * step.size * LEADING) * 0.4)
    base = top + step.size * 0.74
    placed = [(MARGIN, base + number * step.size * LEADING, line) for number, line in enumerate(lines)]
    _set_lines(card, type_.display, step.size, placed, INK)
    return top


def _set_lines(
    card: Image.Image, typeface: Typeface, size: int, lines: Sequence[Line], colour: Colour, bolder: float = 0
) -> None:
    """Set lines on a sheet in grey, as large as they need, which becomes shades of a colour on the card."""
    left, top, right, bottom = box = _room(typeface, size, lines)
    sheet = Image.new("L", (right - left, bottom - top))
    for at, base, text in lines:
        typeface.draw(sheet, at - left, base - top, text, size, bolder)
    card.paste(ImageChops.lighter(card.crop(box), sheet.point(_shades(colour))), box)


def _room(typeface: Typeface, size: int, lines: Sequence[Line]) -> tuple[int, int, int, int]:
    """The part of the card that lines need, with what letters reach above, below and beside their lines."""
    left, right = min(at for at, _, _ in lines), max(at + typeface.length(text, size) for at, _, text in lines)
    top, bottom = min(base for _, base, _ in lines), max(base for _, base, _ in lines)
    reach = (max(0, left - size), max(0, top - 1.5 * size), min(WIDTH, right + size), min(HEIGHT, bottom + size))
    return floor(reach[0]), floor(reach[1]), ceil(reach[2]), ceil(reach[3])


@cache
def _shades(colour: Colour) -> list[int]:
    """Places in the palette for grey from 0 to 255; the first place is the paper's."""
    before = sum(COLOURS[other] for other in takewhile(lambda other: other != colour, COLOURS))
    levels = [round(value / 255 * COLOURS[colour]) for value in range(256)]
    return [level and before + level for level in levels]


@cache
def _palette() -> list[int]:
    """The paper, and behind it each colour from faint to full."""
    mixed = (_mixed(colour, level / shades) for colour, shades in COLOURS.items() for level in range(1, shades + 1))
    return [*PAPER, *chain.from_iterable(mixed)]


def _mixed(colour: Colour, share: float) -> Iterator[int]:
    """A colour on paper."""
    return (round(p + (c - p) * share) for p, c in zip(PAPER, colour, strict=True))
