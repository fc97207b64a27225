"""The figures of the newsletter's own texts: which of them say the same, and which a heading has alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec.structs import replace

from generator.check.reading import NEAR
from generator.figures.amounts import Figure
from generator.figures.comparing import follows
from generator.figures.dates import Day
from generator.figures.numerals import has_decimal_comma
from generator.figures.read import Measured, measured
from generator.figures.units import COUNT, PERCENT, POINTS
from generator.trace.markup import covered

_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=NEAR)
def measures(text: str, tag: str) -> tuple[Measured, ...]:
    """All that a text of Markdown measures, dates or numbers. `tag` is its language's, for what a comma means."""
    return measured(covered(text)[0], has_decimal_comma(text, tag))


def figures(text: str, tag: str) -> tuple[Figure, ...]:
    """The figures of a text that are written in digits. A day, a time of day, a version or a rank is none."""
    return tuple(item for item in measures(text, tag) if isinstance(item, Figure) and _DIGIT.search(item.text))


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures may be one: the same, or one the other rounded. A bare number may be one of any unit."""
    return any(_stands_for(a, b) or _stands_for(b, a) for a in _ends(one) for b in _ends(other))


def missing(heading: str, texts: Sequence[str], tag: str) -> Iterator[Figure | Day]:
    """The figures and years of a heading that no text has, not even more exactly, and days to which all give others."""
    if not _DIGIT.search(heading):
        return
    items: tuple[Figure | Day, ...] = (*figures(heading, tag), *_years(heading, tag))
    yield from _misdated(heading, texts, tag)
    for item in items:
        as_written = any(_stands_in(text, item.text) for text in texts)  # as a rule it does
        if not as_written and not _is_meant(item, texts, tag):
            yield item


_BEFORE, _BEHIND = re.compile(r"[\d.,-]"), re.compile(r"[.,]?\d")
"""What makes a figure part of another one."""


def _stands_in(text: str, figure: str) -> bool:
    """Whether a text has a figure as it is written, and not as part of a longer one."""
    at = text.find(figure)
    while at >= 0:
        if not (at and _BEFORE.match(text, at - 1)) and not _BEHIND.match(text, at + len(figure)):
            return True
        at = text.find(figure, at + 1)
    return False


def _years(text: str, tag: str) -> Iterator[Day]:
    for item in measures(text, tag):
        if isinstance(item, Day) and item.month is None and item.year is not None:
            yield item


def _misdated(heading: str, texts: Sequence[str], tag: str) -> Iterator[Day]:
    """The days and months of a heading which the texts have in other years alone. Those that they lack do not count."""
    dated = [item for item in measures(heading, tag) if isinstance(item, Day) and item.month and item.year]
    there = [other for text in texts for other in measures(text, tag) if isinstance(other, Day)] if dated else []
    for item in dated:
        same = [other for other in there if (other.month, other.day) == (item.month, item.day)]
        if same and all(other.year for other in same) and item.year not in {other.year for other in there}:
            yield item


def _is_meant(item: Figure | Day, texts: Sequence[str], tag: str) -> bool:
    others = [other for text in texts for other in measures(text, tag)]
    if isinstance(item, Day):
        return any(isinstance(other, Day) and follows(item, other) for other in others)
    ends = [end for other in others if isinstance(other, Figure) for end in _ends(other)]
    return all(any(_stands_for(end, other) for other in ends) for end in _ends(item))


def _ends(figure: Figure) -> tuple[Figure, ...]:
    """A figure, or the two ends of a range."""
    return (replace(figure, high=figure.low), replace(figure, low=figure.high)) if figure.is_range else (figure,)


def _stands_for(claim: Figure, other: Figure) -> bool:
    if claim.dimension != other.dimension:
        if COUNT not in (claim.dimension, other.dimension) or {PERCENT, POINTS} & {claim.dimension, other.dimension}:
            return False
        claim, other = _bare(claim), _bare(other)
    return bool(follows(claim, other))


def _bare(figure: Figure) -> Figure:
    """The number alone, as it is written before its unit."""
    by = figure.factor
    low, high, step, coarse = figure.low / by, figure.high / by, figure.step / by, figure.coarse / by
    return replace(figure, dimension=COUNT, low=low, high=high, step=step, coarse=coarse, factor=1.0)
