"""Figures that the evidence gives in parts, `12 died in Alba and 28 in Brent`, or as part of a whole, `100 of the 160`.

The claimed figure may be the sum, or the remainder. That does not make it true (`40 were killed` may mix the dead and
the hurt), but the source's own figure does not contradict it either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.figures.amounts import Figure
from generator.figures.manner import HEDGE, LESS, MORE
from generator.figures.rates import rates_around
from generator.figures.read import Measured
from generator.figures.units import COUNT, PERCENT, POINTS, TEMPERATURE, TIMES
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.context import stem
from generator.trace.deriving import fits
from generator.trace.matching import Candidate
from generator.trace.pairs import compared, is_part_of
from generator.trace.reading import in_order
from generator.trace.reckoning import IN_ALL
from generator.trace.rivals import is_change

_MOST = 4
"""Most parts of a sum."""
_WHAT = late(r"\s(?:more\s(?=[a-z]))?(?P<what>[a-z]+)")
_NO_MORE = frozenset(
    (*MORE, *LESS, *"than in at on from near for by to of and during after before outside last".split())
)
"""Words that may follow a number which counts the same as the one before it: `and 28 in Brent`."""
_OF_WHICH = late(rf"[^.\d]{{0,60}}[,;]\s(?P<before>of\s(?:which|whom|them)\s)?{HEDGE}")
_INCLUDING = late(rf"[^.;\d]{{0,30}}?\b(?:including|counting|of\swhich|with)\s[^.;,\d]{{0,40}}?{HEDGE}")
"""Matches between a number and one that it includes: `€6.4 billion including debt of €1.1 billion`."""
_BEHIND = late(r"(?:\s[a-z]+)?\sof\s(?:which|whom|them|the\s[a-z]+s)\b")
"""Matches behind a number that is part of the one before it: `160 homes, 100 of which burned`."""


def of_parts(item: Figure, sentence: str, rival: Candidate) -> str:
    """Say in words how a figure may come from the rival and the figures beside it; empty if it does not."""
    there = rival.item
    if not isinstance(there, Figure) or there.dimension in (TIMES, TEMPERATURE) or item.is_range:
        return ""
    figures = _figures(rival, rival.number)
    for parts in _sums(rival.sentence, figures):
        if there in parts and fits(item, sum(part.low for part in parts)):
            return _TOGETHER.format(" and ".join(part.text for part in parts))
    for whole, part in _wholes(rival.sentence, figures):
        if there in (whole, part) and fits(item, whole.low - part.low):
            return f"it may be what {part.text} leave of {whole.text}, and that is not said there"
    if away := _away(item, rival):
        return away
    for other in _beside(rival) if IN_ALL.search(sentence) else ():
        if fits(item, there.low + other.low):
            return _TOGETHER.format(f"{there.text} and {other.text}")
    return ""


def _away(item: Figure, there: Candidate) -> str:
    """Say how a figure may be a level of a sentence of the evidence before or after a change; empty if it is none.

    Shares change by points.
    """
    figures: Sequence[Measured] = _figures(there, there.number)
    if there.item.dimension == PERCENT:
        figures = in_order((*figures, *there.reading.of_dimension(POINTS, there.number)))
    for level, by in _changes(there.sentence, [figure for figure in figures if isinstance(figure, Figure)]):
        if any(fits(item, value) for value in (level.low + by.low, abs(level.low - by.low))):
            return f"it may be what is {by.text} from {level.text}, and that is not said there"
    return ""


def reckoned(case: Case) -> str:
    """Say in words how a figure may come from two figures of one sentence of the evidence; empty if it does not.

    It may be how far they are apart, or one of them as often as another figure of the text says, or, of what comes
    anew each month or year, over a longer time.
    """
    item = case.item
    if not isinstance(item, Figure) or item.is_range or item.weak or item.dimension in (TIMES, TEMPERATURE):
        return ""
    mine = _every(case.text, item)
    for there in case.there:
        each = there.item
        if not isinstance(each, Figure) or each.is_range or each.weak or not each.low:
            continue
        for other in _figures(there, there.number):
            if other.low > each.low and fits(item, other.low - each.low):
                return f"it may be what {each.text} leave of {other.text}, and that is not said there"
        if away := _away(item, there):
            return away
        its = _every(there.sentence, each)
        for number in case.items if its or _OF_EACH.search(there.sentence) else ():
            if isinstance(number, Figure) and number is not item and fits(item, each.low * number.low / number.factor):
                return f"it may be {each.text} times {number.text}, and that is not said there"
        if its and its.isdisjoint(mine) and any(fits(item, each.low * many) for many in _PERIODS):
            return f"it may be {each.text} over a longer time, and that is not said there"
    return ""


_TIME = re.compile(r"\b(?:an?|per|each|every)\s(?P<time>day|week|month|quarter|year)\b")
_OF_EACH = re.compile(r"\b(?:each|every|per|apiece)\b")
_PERIODS = (12.0, 52.0, 365.0, 4.0)
"""Months, weeks, days and quarters of a year."""
_TOGETHER = "it may be {} together, and that is not said there"


def _every(sentence: str, amount: Figure) -> frozenset[str]:
    """The times for which a sentence may tell an amount: `$1,050 on average in a month`, `$20 monthly`."""
    return rates_around(sentence, amount.start, amount.end) | {found["time"] for found in _TIME.finditer(sentence)}


def _figures(rival: Candidate, number: int) -> Sequence[Figure]:
    """The figures of a sentence that have the rival's dimension, in reading order."""
    items = rival.reading.alike(rival.item, number)
    told = {item.start: item for item in items if isinstance(item, Figure) and not item.is_range}
    return [told[start] for start in sorted(told)]


def _beside(rival: Candidate) -> Iterator[Figure]:
    """The figures of the sentences before and after the rival's."""
    for number in (rival.number - 1, rival.number + 1):
        if 0 <= number < len(rival.reading.sentences):
            yield from _figures(rival, number)


def _sums(sentence: str, figures: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """Runs of two or more figures that count the same thing, without gaps; none if any are compared."""
    if any(True for pair in pairwise(figures) for _ in compared(sentence, pair, pair[0].dimension == PERCENT)):
        return
    if row := _listed(sentence, figures):
        yield row
    for at, first in enumerate(figures):
        alike = [first, *(other for other in figures[at + 1 :] if _counts_the_same(sentence, first, other))]
        sums = (alike[:count] for count in range(2, min(len(alike), _MOST) + 1))
        yield from (parts for parts in sums if first.dimension != PERCENT or sum(part.low for part in parts) <= _WHOLE)


_WHOLE = 100.0


_IN_A_LIST, _LAST_IN_LIST = late(r"\s[a-z]+,?\s(?:and\s)?"), late(r"\s[a-z]+\s[a-z]+s\b")
_FEWEST_LISTED = 3


def _listed(sentence: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """The figures of a list of kinds of one thing: `six gold, four silver and five bronze medals`."""
    for start in range(len(figures) - _FEWEST_LISTED + 1):
        row = list(figures[start : start + 1])
        for other in figures[start + 1 :]:
            if not _IN_A_LIST.fullmatch(sentence, row[-1].end, other.start):
                break
            row.append(other)
        if len(row) >= _FEWEST_LISTED and _LAST_IN_LIST.match(sentence, row[-1].end):
            return row
    return ()


def _counts_the_same(sentence: str, one: Figure, other: Figure) -> bool:
    """Whether `other` counts the same as `one` before it, by the word right behind each; anything but counts may."""
    if one.dimension != COUNT:
        return True
    mine, its = _WHAT.match(sentence, one.end), _WHAT.match(sentence, other.end)
    return its is None or its["what"] in _NO_MORE or (mine is not None and stem(mine["what"]) == stem(its["what"]))


def _wholes(sentence: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of a whole and its part, with at most one figure between them."""
    for one, other in (*pairwise(figures), *zip(figures, figures[2:], strict=False)):
        found = _OF_WHICH.fullmatch(sentence, one.end, other.start)
        is_behind = found and (found["before"] or _BEHIND.match(sentence, other.end))
        if is_behind or _is_in_it(sentence, one, other):
            yield one, other
        elif is_part_of(sentence, one, other):
            yield other, one
        for two in compared(sentence, (one, other), one.dimension == PERCENT):
            yield max(two, key=_size), min(two, key=_size)


def _is_in_it(sentence: str, whole: Figure, part: Figure) -> bool:
    """Whether a sentence says that an amount includes the one behind it."""
    is_larger = whole.dimension != COUNT and whole.low > part.low
    return is_larger and _INCLUDING.fullmatch(sentence, whole.end, part.start) is not None


def _changes(sentence: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of a level and a change or difference near it: `34 seats, 11 fewer`."""
    for at, by in enumerate(figures):
        for level in (*figures[max(0, at - 2) : at], *figures[at + 1 : at + 2]) if is_change(sentence, by) else ():
            if not is_change(sentence, level) and _counts_the_same(sentence, *in_order((level, by))):
                yield level, by


def _size(figure: Figure) -> float:
    return figure.low
