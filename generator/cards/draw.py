"""The drawing: a page of a newspaper, 1200 by 630 pixels, in the site's type.

Ink, accent and soft grey are drawn as three layers of grey, and become one picture with a palette of a few shades of
each; so the bytes are few, and the same wherever the same version of Pillow draws them.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw

from generator.cards.face import Face
from generator.cards.lines import Step, fit
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
PAPER, INK, SOFT, ACCENT = (255, 253, 248), (28, 26, 23), (86, 80, 73), (140, 28, 19)
SHADES = 10
"""Of each colour, from paper to full."""

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
    ink, accent, soft = (Image.new("L", SIZE) for _ in range(3))
    _frame(ImageDraw.Draw(ink), face, type_)
    top = _headline(ImageDraw.Draw(ink), face, type_)
    text = type_.text
    text.draw(ImageDraw.Draw(accent), MARGIN, top - KICKER + 26, _set(face.kicker, text), SMALL, 0.4)
    small = ImageDraw.Draw(soft)
    text.draw(small, MARGIN, 592, face.note, SMALL)
    for base, words in ((104, face.date), (592, face.address)):
        text.draw(small, WIDTH - MARGIN - text.length(words, SMALL), base, words, SMALL)
    return _png(((ink, INK), (accent, ACCENT), (soft, SOFT)))


def _set(text: str, typeface: Typeface) -> str:
    """A text without the signs that the typeface has not."""
    return " ".join("".join(letter for letter in text if letter.isspace() or typeface.has(letter)).split())


def _step(typeface: Typeface, size: int, lines: int, width: float) -> Step:
    return Step(size, lines, width, lambda text: typeface.length(text, size))


def _frame(pen: ImageDraw.ImageDraw, face: Face, type_: Type) -> None:
    """The masthead, the double rule below it, and the rule above the foot."""
    steps = [_step(type_.display, size, 1, ROOM - 320) for size in (56, 48, 40, 32)]
    step, lines = fit(_set(face.masthead, type_.display), steps)
    type_.display.draw(pen, MARGIN, 104, lines[0], step.size)
    for top, height in ((128, 2), (133, 2), (552, 1)):
        pen.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + height - 1), 255)


def _headline(pen: ImageDraw.ImageDraw, face: Face, type_: Type) -> int:
    """The headline, and where it begins, in pixels from above."""
    room = BOTTOM - TOP - KICKER
    steps = [_step(type_.display, size, int(room / (size * LEADING)), ROOM) for size in SIZES]
    step, lines = fit(_set(face.headline, type_.display), steps)
    top = TOP + KICKER + int((room - len(lines) * step.size * LEADING) * 0.4)
    for number, line in enumerate(lines):
        type_.display.draw(pen, MARGIN, top + step.size * (0.74 + number * LEADING), line, step.size)
    return top


def _png(layers: Sequence[tuple[Image.Image, tuple[int, int, int]]]) -> bytes:
    """Layers that do not touch as one picture: each has its own shades in the palette, behind the paper's."""
    indexed = Image.new("L", SIZE)
    palette = [*PAPER]
    for number, (layer, colour) in enumerate(layers):
        indexed = ImageChops.lighter(indexed, layer.point(_shades(number)))
        palette += (channel for level in range(1, SHADES + 1) for channel in _mixed(colour, level))
    picture = Image.frombytes("P", SIZE, indexed.tobytes())
    picture.putpalette(palette)
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=6)  # 9 takes ten times as long for a tenth of the bytes
    return out.getvalue()


@cache
def _shades(number: int) -> list[int]:
    """Places in the palette for the greys of a layer, from 0 to 255; the first is the paper's."""
    levels = [round(value / 255 * SHADES) for value in range(256)]
    return [level and number * SHADES + level for level in levels]


def _mixed(colour: tuple[int, int, int], level: int) -> tuple[int, ...]:
    """A colour on paper, from faint (1) to full (`SHADES`)."""
    return tuple(round(p + (c - p) * level / SHADES) for p, c in zip(PAPER, colour, strict=True))
