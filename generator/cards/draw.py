"""The drawing: a page of a newspaper, 1200 by 630 pixels, in the site's type.

Ink, accent and soft grey are drawn as three layers of grey, and become one picture with a palette of a few shades of
each; so the bytes are few, and the same wherever the same version of Pillow draws them. Letters are set one after the
other as the font says (`Layout.BASIC`): a better engine is not on every machine.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from generator.cards.face import Face
from generator.cards.lines import Step, fit

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
PAPER, INK, SOFT, ACCENT = (255, 253, 248), (28, 26, 23), (86, 80, 73), (140, 28, 19)
SHADES = 10
"""Of each colour, from paper to full."""

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True, slots=True)
class Type:
    """The fonts of the site: the newsletter's own where it has any, else those of the theme."""

    display: Path
    text: Path

    @classmethod
    def of(cls, own: Path | None) -> Type:
        theirs = Path(str(files("generator"))) / "theme/assets/citewire/fonts"
        return cls(*(_first(name, own, theirs) for name in ("display.woff2", "serif.woff2")))

    def fingerprint(self) -> str:
        return " ".join(f"{path.name}:{path.stat().st_size}" for path in (self.display, self.text))

    def shows(self, letters: str) -> bool:
        """Whether both fonts have all these letters. What is no letter (an emoji) can be left out."""
        return all(_has(path, letter) for path in (self.display, self.text) for letter in set(_needed(letters)))


def _first(name: str, own: Path | None, theirs: Path) -> Path:
    return own / name if own and (own / name).is_file() else theirs / name


def _needed(letters: str) -> str:
    return "".join(letter for letter in letters if unicodedata.category(letter)[0] in "LMN")


@cache
def _font(path: Path, size: int) -> Font:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


@cache
def _measure(path: Path, size: int) -> Callable[[str], float]:
    return lru_cache(4096)(_font(path, size).getlength)


@cache
def _has(path: Path, letter: str) -> bool:
    """Whether a font has a letter: what it has not looks like what no font has."""
    font = _font(path, 40)
    return bytes(font.getmask(letter)) != bytes(font.getmask("\uffff"))


def draw(face: Face, type_: Type) -> bytes:
    """The card as PNG."""
    ink, accent, soft = (Image.new("L", SIZE) for _ in range(3))
    _frame(ImageDraw.Draw(ink), face, type_)
    top = _headline(ImageDraw.Draw(ink), face, type_)
    text = _font(type_.text, 30)
    kicker = _set(face.kicker, type_.text)
    ImageDraw.Draw(accent).text((MARGIN, top - KICKER + 26), kicker, 255, text, "ls", stroke_width=0.4)
    small = ImageDraw.Draw(soft)
    small.text((WIDTH - MARGIN, 104), face.date, 255, text, "rs")
    small.text((MARGIN, 592), face.note, 255, text, "ls")
    small.text((WIDTH - MARGIN, 592), face.address, 255, text, "rs")
    return _png(((ink, INK), (accent, ACCENT), (soft, SOFT)))


def _set(text: str, path: Path) -> str:
    """A text without the signs that the font has not."""
    return " ".join("".join(letter for letter in text if letter.isspace() or _has(path, letter)).split())


def _frame(pen: ImageDraw.ImageDraw, face: Face, type_: Type) -> None:
    """The masthead, the double rule below it, and the rule above the foot."""
    steps = [Step(size, 1, ROOM - 320, _measure(type_.display, size)) for size in (56, 48, 40, 32)]
    step, lines = fit(_set(face.masthead, type_.display), steps)
    pen.text((MARGIN, 104), lines[0], 255, _font(type_.display, step.size), "ls")
    for top, height in ((128, 2), (133, 2), (552, 1)):
        pen.rectangle((MARGIN, top, WIDTH - MARGIN - 1, top + height - 1), 255)


def _headline(pen: ImageDraw.ImageDraw, face: Face, type_: Type) -> int:
    """The headline, and where it begins, in pixels from above."""
    room = BOTTOM - TOP - KICKER
    steps = [Step(size, int(room / (size * LEADING)), ROOM, _measure(type_.display, size)) for size in SIZES]
    step, lines = fit(_set(face.headline, type_.display), steps)
    top = TOP + KICKER + int((room - len(lines) * step.size * LEADING) * 0.4)
    font = _font(type_.display, step.size)
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + step.size * (0.74 + number * LEADING)), line, 255, font, "ls")
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
