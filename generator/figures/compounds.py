"""Measures in two parts: `3 hours and 52 minutes`, `5 ft 11 in`, `7 pounds 4 ounces`, `64.5 × 51 cm`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.figures.amounts import Figure, in_unit
from generator.figures.manner import hedge_of
from generator.figures.units import COUNT, POUND, UNITS
from generator.texts.patterns import late

_PARTED = frozenset(("second", "month", "gram", "metre"))
_FOOT, _INCH = 0.3048, 0.0254
_AND = frozenset((" ", "", " and ", " und ", ", ", ", and "))
_BY = re.compile(r"\s?[x×]\s?")
_OFF_BY = re.compile(r"\s?±\s?")
_POUNDS = re.compile(r"\bpounds?\Z")
_INCHES = re.compile(r"\s?in\b\.?(?=\s?[),.;:]|\s\(|\s(?:tall|high|long|wide|deep)\b|\s*\Z)")
_COUNTED = re.compile(r"\s[a-z]+s\b")
_MARKED = late(r"(?P<feet>\d{1,2})\s?['’′]\s?(?P<inches>\d{1,2}(?:\.\d)?)\s?(?:[\"”″]|'')")


def joined(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """Yield the figures of a text, with the parts of one measure joined into one."""
    one: Figure | None = None
    for figure in _of_one_unit(text, figures):
        both = _both(text, one, figure) if one else None
        if both is None:
            if one:
                yield one
            both = _with_single(text, figure) if figure.dimension in _PARTED else None
        one = both or figure
    if one:
        yield one


_SINGLE = late(
    r"\b(?:one|(?:after|by|for|in|within|is|was|took|takes|lasts?|lasted|about|nearly|almost|over|under|than|least|just)\s(?=an?\s))"
    r"(?P<all>(?P<article>an?)?\s?(?P<unit>[a-z]{3,6}))\s(?P<and>and\s)?\Z",
    re.IGNORECASE,
)
_NO_PART = late(r"\s(?:later|earlier|ago|after|before|of)\b")
"""Matches behind a measure that starts anew: `waited for an hour, and 10 minutes later`."""


def _with_single(text: str, other: Figure) -> Figure | None:
    """Join `an hour and 20 minutes`, whose first part is not found as a figure; None if there is no such part."""
    found = _SINGLE.search(text, max(0, other.start - 24), other.start)
    unit = UNITS.get(found["unit"].lower()) if found else None
    if found is None or unit is None or (found["article"] and not found["and"]) or _NO_PART.match(text, other.end):
        return None
    start, end = found.start() if found[0].lower().startswith("one") else found.start("all"), found.end("unit")
    one = Figure(start, end, text[start:end], COUNT, 1.0, 1.0, 1.0, 1.0, hedge=hedge_of(text, start, end))
    return _both(text, in_unit(one, unit.dimension, unit.factor), other)


def _of_one_unit(text: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures, with the first of `64.5 × 51 cm` and of `12.3 ± 0.4 years` in the unit of the last."""
    if "×" not in text and "±" not in text and "x" not in text:
        return figures
    found = list(figures)
    for at in range(len(found) - 2, -1, -1):
        one, other = found[at : at + 2]
        if one.dimension == COUNT != other.dimension and _OFF_BY.fullmatch(text, one.end, other.start):
            found[at] = in_unit(one, other.dimension, other.factor)
        if one.dimension == COUNT and other.dimension == "metre" and _BY.fullmatch(text, one.end, other.start):
            found[at] = in_unit(one, "metre", other.factor)
    return found


def _both(text: str, one: Figure, other: Figure) -> Figure | None:
    """Two figures as one measure; None if they are separate."""
    if one.is_range or other.is_range or other.hedge:
        return None
    if feet_and_inches := _feet_and_inches(text, one, other):
        return feet_and_inches
    if one.dimension == "GBP" and other.dimension == "gram" and _POUNDS.search(one.text):
        one = in_unit(one, "gram", POUND)
    between = text[one.end : other.start]
    if one.dimension != other.dimension or one.dimension not in _PARTED or between not in _AND:
        return None
    is_whole = abs(one.low / one.factor - round(one.low / one.factor)) < 1e-6
    if not is_whole or not other.factor < one.factor or not other.low < one.factor * (1 - 1e-9):
        return None
    if one.dimension == "metre" and between.strip():
        return None
    return _together(text, one, other, other.end)


def _feet_and_inches(text: str, one: Figure, other: Figure) -> Figure | None:
    """Join `6 ft 4 in`, `six feet two` or `6'4"`, whose inches are not a unit elsewhere."""
    if other.dimension != COUNT or other.low >= 12:
        return None
    if one.dimension == COUNT and (marked := _MARKED.match(text, one.start)) and marked.start("inches") == other.start:
        return _together(text, in_unit(one, "metre", _FOOT), in_unit(other, "metre", _INCH), marked.end())
    is_foot = one.dimension == "metre" and one.factor == _FOOT and text[one.end : other.start] == " "
    if not is_foot or _COUNTED.match(text, other.end):
        return None
    inches = _INCHES.match(text, other.end)
    return _together(text, one, in_unit(other, "metre", _INCH), inches.end() if inches else other.end)


def _together(text: str, one: Figure, other: Figure, end: int) -> Figure:
    return replace(
        one,
        end=end,
        text=text[one.start : end],
        low=one.low + other.low,
        high=one.high + other.high,
        step=other.step,
        coarse=other.coarse,
        factor=other.factor,
        weak=False,
    )
