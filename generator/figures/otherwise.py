"""Other readings of a figure: `203 pounds` is money or a weight, `4C` a room or a temperature.

A claim is reread if the evidence has nothing like its obvious reading, a figure of the evidence always.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from generator.figures import amounts, scores
from generator.figures.amounts import Figure, in_unit
from generator.figures.dates import Day
from generator.figures.exchange import in_money
from generator.figures.labels import Label, numbers, squeezed
from generator.figures.manner import below_zero, hedge_of
from generator.figures.units import (
    COUNT,
    CURRENCIES,
    OF_CENTS,
    PERCENT,
    POINTS,
    POUND,
    TEMPERATURE,
    TIMES,
    UNITS,
    YEAR,
    Unit,
)
from generator.texts.patterns import late


def otherwise(text: str, items: Iterable[object]) -> Iterator[Figure | Day | Label]:
    """Yield the other readings of a sentence's figures."""
    for item in items:
        if not isinstance(item, Figure):
            yield from numbers((item,))
            yield from _after(text, item)
            yield from scores.otherwise(text, item)
        elif (read := _BY_DIMENSION.get(item.dimension)) is not None:
            yield from read(text, item)


_COUNTED = late(r"\s(?:[a-zäöüß]+\s)?(?:[a-z]+s\b(?<!\bwas)(?<!\bis)(?<!\bhas)|people\b|[A-ZÄÖÜ][a-zäöüß]+)")
"""Matches behind a count: `some 2000 people`, `rund 2000 vergleichbare Verfahren`."""
_NTH = re.compile(r"\s(?:minute|hour|day|week|month|year)\b")


def _after(text: str, item: object) -> Iterator[Figure]:
    """`In the 71st minute` is after 71 minutes, the sixth week follows nearly six, and `some 2000` may be no year."""
    if isinstance(item, Label) and item.dimension == "rank" and (named := _NTH.match(text, item.end)):
        unit, number = UNITS[named[0].strip()], float(item.key)
        size = number * unit.factor
        yield Figure(item.start, item.end, item.text, unit.dimension, size, size, unit.factor, unit.factor, unit.factor)
    if not isinstance(item, Day) or not item.text.isdigit() or not _COUNTED.match(text, item.end):
        return
    if hedge := hedge_of(text, item.start, item.end):
        yield Figure(item.start, item.end, item.text, COUNT, size := float(item.text), size, 1.0, 1.0, hedge=hedge)


_OLD = re.compile(r"[\s-]old\b")
_YOUNGER = late(r"\b(?:younger|jünger)\s(?:than|als)\s\Z", re.IGNORECASE)


def _ages(text: str, item: Figure) -> Iterator[Figure]:
    """The bare number of `a 30-year-old`, or of `younger than 30 years`: other texts have a man of 30."""
    if item.factor == YEAR and (
        _OLD.match(text, item.end)
        or _IN_GERMAN.search(item.text)
        or _YOUNGER.search(text, max(0, item.start - len("younger than ")), item.start)
    ):
        yield _bare(item)


_IN_GERMAN = re.compile(r"[Jj]ährige[rnsm]?\Z")


def _bare(item: Figure) -> Figure:
    by = 1 / item.factor
    low, high, step, coarse = (part * by for part in (item.low, item.high, item.step, item.coarse))
    return replace(item, dimension=COUNT, low=low, high=high, step=step, coarse=coarse, factor=1.0)


_CLOSE = re.compile(r"\d[ms]\Z")
_LONG = re.compile(r"\s(?:tall|high|long|wide|deep|above|below|away|apart|underwater)\b")


def _millions(text: str, item: Figure) -> Iterator[Figure]:
    """`300m, against 250m` may be millions."""
    if item.factor == 1.0 and _CLOSE.search(item.text) and not _LONG.match(text, item.end):
        low, high, step, coarse = (part * 1e6 for part in (item.low, item.high, item.step, item.coarse))
        yield replace(item, dimension=COUNT, low=low, high=high, step=step, coarse=coarse)


def _several(text: str, item: Figure) -> Iterator[Figure]:
    """`The 5090s` are several of the 5090."""
    if item.factor == 1.0 and _CLOSE.search(item.text):
        yield replace(item, dimension=COUNT)


def _pages(text: str, item: Figure) -> Iterator[Figure]:
    """`288 pp` may be pages."""
    if item.text.endswith("pp"):
        yield _bare(item)


def _times(text: str, item: Figure) -> Iterator[Figure]:
    """Something done 14 times is a count, unless something is 14 times as large."""
    if not item.weak and item.text.endswith("times"):
        yield _bare(item)


def _pounds(text: str, item: Figure) -> Iterator[Figure]:
    """`203 pounds` may be a weight."""
    if item.text.endswith(("pound", "pounds")):
        yield in_unit(_bare(item), "gram", POUND)


_OF_A_DOLLAR = late(r"\s(?:of|on|in|out\sof)\s(?:each|every|the|a)\s(?:[a-z]+\s)?(?:dollar|euro)\b")


def _cents(text: str, item: Figure) -> Iterator[Figure]:
    """Cents of other currencies, and the share in `9 cents of each dollar`."""
    if item.text.endswith(("cent", "cents", "¢", "Cent")):
        for currency in OF_CENTS:
            if currency != item.dimension:
                yield replace(item, dimension=currency)
        if _OF_A_DOLLAR.match(text, item.end):
            yield replace(_bare(item), dimension=PERCENT)


_LETTERS = re.compile(r"(?<![\w-])(?P<letters>[A-Z]{2,3})\s\Z")


def _flight(text: str, item: Figure) -> Iterator[Label]:
    """`BA 2490` may be the flight `BA2490`."""
    before = _LETTERS.search(text, max(0, item.start - 5), item.start) if item.text.isdigit() else None
    if before and before["letters"] not in CURRENCIES:
        start = before.start()
        yield Label(start, item.end, text[start : item.end], "version", squeezed(before["letters"] + item.text))


_AGED = late(
    r"\b(?:[Aa]ged?|[Aa]ges|im\sAlter\svon|(?:old|young)est(?:\s[a-z]+){0,3})\s(?:(?:of|from|between|under|over)\s)?\Z"
)
_AGED_LONG = len("youngest of them was over ")
"""Matches before an age in years: `children aged 6 to 11`, `the oldest is 81`."""
_DEGREES = {"C": (Unit(TEMPERATURE),), "F": (Unit(TEMPERATURE, 5 / 9, 32.0),)}
_ANY_DEGREES = _DEGREES["C"] + _DEGREES["F"]
_IN_DEGREES = re.compile(r"(?:(?<=\d)(?P<letter>[CF])(?!\w)|[\s-]?(?:degrees?|[Gg]rad|°)(?![\w]))")


def is_in_mere_degrees(text: str, item: object) -> bool:
    """Whether a temperature is in unspecified degrees, which may be those of an angle, too."""
    if not isinstance(item, Figure) or item.dimension != TEMPERATURE:
        return False
    found = _IN_DEGREES.match(text, item.end)
    return found is not None and not found["letter"]


def _counts(text: str, item: Figure) -> Iterator[Figure | Day | Label]:
    """Other readings of a bare number: `220C` and `17 degrees` as temperatures, 158.20 as the price of a dollar."""
    if item.is_range:
        yield from scores.otherwise(text, item)
    yield from in_money(text, item)
    if _AGED.search(text, max(0, item.start - _AGED_LONG), item.start):
        yield in_unit(item, "month", YEAR)
    yield from _flight(text, item)
    if text.startswith((" point", " Punkt"), item.end):  # percentage points, if the evidence has no points of a score
        yield in_unit(item, POINTS, 1.0)
    found = _IN_DEGREES.match(text, item.end)
    for unit in _DEGREES.get(found["letter"], _ANY_DEGREES) if found else ():
        sign = item.text[0] in "-−–"
        below = 1 if sign else below_zero(text, item.start, item.end)
        low, there = amounts.degrees(item.low * unit.factor, unit, below)
        step, coarse = item.step * unit.factor, item.coarse * unit.factor
        high = low if not item.is_range else amounts.degrees(item.high * unit.factor, unit, below)[0]
        span = item.start, item.end, item.text
        yield Figure(*span, TEMPERATURE, low, high, step, coarse, unit.factor, item.hedge, item.direction, below=there)


_BY_DIMENSION: dict[str, Callable[[str, Figure], Iterator[Figure | Day | Label]]] = {
    COUNT: _counts,
    "month": _ages,
    "metre": _millions,
    "second": _several,
    POINTS: _pages,
    TIMES: _times,
    "GBP": _pounds,
    "USD": _cents,
    "EUR": _cents,
}
