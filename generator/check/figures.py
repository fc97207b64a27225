"""Numbers in a text: how much, of what, and how exactly it is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.check.language import language, primary
from generator.check.reading import NEAR

_SCALES = {
    "thousand": 3,
    "k": 3,
    "million": 6,
    "mn": 6,
    "m": 6,
    "billion": 9,
    "bn": 9,
    "b": 9,
    "trillion": 12,
    "tn": 12,
}
_SCALES |= {"t": 12}
_UNITS = {"$": "$", "usd": "$", "dollars": "$", "us$": "$", "€": "€", "eur": "€", "euros": "€", "£": "£", "gbp": "£"}
_UNITS |= {"pounds": "£", "¥": "¥", "yen": "¥", "rmb": "rmb", "yuan": "rmb", "%": "%", "percent": "%", "per cent": "%"}
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALE = r"(?:[ \u00a0-]?(thousand|million|billion|trillion)\b|([ \u00a0]?(?:bn|mn|tn|[KMBT])|[kmb])\b)"
_FIGURE = re.compile(
    rf"({_NUMBER}){_SCALE}?"
    rf"(?:(?: ?[-–—] ?| to )(?:US\$|[$€£¥])?({_NUMBER}){_SCALE}?)?"
    r"(?:[ \u00a0]?(%)|[ \u00a0-](per ?cent|dollars|euros|pounds|yen|yuan|USD|EUR|GBP|RMB)\b)?"
)
_BEFORE = re.compile(r"(US\$|[$€£¥]|\b(?:USD|EUR|GBP|RMB)[ \u00a0])\Z")
_IN_A_NAME = re.compile(r"[\w.,/:@-]\Z")
_WORDS = re.compile(r"[a-z]+(?:-[a-z]+)?")
_YEARS = range(1900, 2101)
_DIGITS_KEPT = 2
"""Of a round number, as many leading digits are meant: 220,000 may be 221,400, and 100 is not 140."""


class Figure(NamedTuple):
    """A number as it was written."""

    written: str
    start: int
    value: float
    unit: str
    """`$`, `€`, `%` and the like; empty where none is said."""
    step: float
    """What a difference of one in its last digit means."""

    def admits(self, other: Figure) -> bool:
        """Whether the other is this figure, or one that rounds to it."""
        if self.unit != other.unit and (self.unit == "%" or other.unit == "%" or (self.unit and other.unit)):
            return False
        return abs(self.value - other.value) <= self.step * 0.5000001


@lru_cache(maxsize=NEAR)
def figures(text: str, tag: str) -> tuple[Figure, ...]:
    """The figures of a text that are written in digits. `tag` is the language's, for what a comma means.

    Of a range both ends are figures. A number inside a name (`GPT-5.5`, `H100`, `1.14.1`) is none.
    """
    comma_is_point = primary(tag) not in _POINTS
    found: list[Figure] = []
    for match in _FIGURE.finditer(text):
        before = text[max(0, match.start() - 4) : match.start()]
        sign = _BEFORE.search(before)
        if not _IN_A_NAME.search(before[: sign.start()] if sign else before):
            found += _figures_of(match, sign[1] if sign else "", comma_is_point)
    return tuple(found)


def _figures_of(match: re.Match[str], sign: str, comma_is_point: bool) -> Iterator[Figure]:
    """The figure of a match, or the two of a range, of which the first takes the scale of the second."""
    first, long, short, second, long2, short2, percent, behind = match.groups()
    unit = _UNITS.get((sign or percent or behind or "").strip().lower().replace("percent", "per cent"), "")
    last = (long2 or short2 or "").strip().lower() if second else ""
    scale = (long or short or last).strip().lower()
    written, start = sign + match[0].strip(), match.start() - len(sign)
    for number, word in ((first, scale), (second, last or scale)):
        plain = _plain(number or "", comma_is_point)
        if plain:
            yield Figure(written, start, float(plain) * 10 ** _SCALES.get(word, 0), unit, _step(plain, word, unit))


def _plain(number: str, comma_is_point: bool) -> str:
    """A number with a point before its decimals and nothing else; empty when it is none (`1.14.1`)."""
    if comma_is_point:
        number = number.translate(_SWAPPED)
    plain = number.replace(",", "")
    return "" if plain.count(".") > 1 else plain


def _step(plain: str, scale: str, unit: str) -> float:
    """What a difference of one means in the last digit that counts. Noughts at the end of a round number do not."""
    whole, _, decimals = plain.partition(".")
    exponent = _SCALES.get(scale, 0) - len(decimals)
    is_year = not scale and not unit and len(whole) == 4 and int(whole) in _YEARS
    if not decimals and not is_year:
        zeros = len(whole) - len(whole.rstrip("0"))
        exponent += max(0, min(zeros, len(whole) - _DIGITS_KEPT))
    return 10.0**exponent


_SWAPPED = str.maketrans(".,", ",.")
_POINTS = frozenset(("en", "ja", "ko", "zh", "he", "th", "hi"))
"""Languages that write a point before decimals."""


def spelled(text: str, tag: str) -> Iterator[float]:
    """The numbers that a text spells out, such as `seven` and `twenty-one`."""
    known = language(tag)
    if known is None:
        return
    for word in _WORDS.findall(text.lower()):
        tens, _, ones = word.partition("-")
        if tens in known.numbers:
            yield known.numbers[tens] + known.numbers.get(ones, 0)


def missing(heading: str, texts: Sequence[str], tag: str) -> Iterator[Figure]:
    """The figures of a heading that no text has, not even more exactly."""
    for figure in figures(heading, tag):
        as_written = re.compile(rf"(?<![\d.,-]){re.escape(figure.written)}(?![.,]?\d)")  # as a rule it stands there so
        if not any(as_written.search(text) for text in texts) and not _is_meant(figure, texts, tag):
            yield figure


def _is_meant(figure: Figure, texts: Sequence[str], tag: str) -> bool:
    if any(figure.admits(other) for text in texts for other in figures(text, tag)):
        return True
    return any(abs(value - figure.value) < 1e-9 for text in texts for value in spelled(text, tag))
