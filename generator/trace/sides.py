"""Which of two figures is whose, by the words that a sentence has beside one of them and not beside the other.

In `412 patients on the drug were admitted, against 598 on placebo` the words beside the first figure (`patients`,
`admitted`) hold for both, while those beside the second only set it apart. So the words of the second, here and in the
evidence, are looked for beside the figures of the other sentence. Where each figure has a date of its own (`60 in June
after 80 in May`), or one of two alternatives a rate (`$100 a day or $1,000`), these count before all words.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator.figures.comparing import follows
from generator.figures.dates import MONTHS, WEEKDAYS, Day
from generator.figures.manner import HEDGE
from generator.figures.rates import rates
from generator.figures.read import Measured
from generator.texts.patterns import late
from generator.trace.context import CLAUSE_END, stem, stems_at
from generator.trace.matching import Candidate
from generator.trace.reading import in_order

_CUTS = (
    late(rf"{CLAUSE_END}|\s(?:vs\.?|compared\s(?:with|to))\s|\sagainst(?=\s[\d$€£])"),  # but not `48 against` in a vote
    late(r"\s(?:from|to|than|then)\s"),
)
"""Separators of two figures in one sentence, and those used if none of the first kind is between them."""

_TIMES = frozenset(stem(word) for word in MONTHS | WEEKDAYS)


class Sides(Enum):
    """Whether two figures of a sentence are in the same roles as in a sentence of the evidence."""

    SAME = "the words beside them are those of the evidence"
    CHANGED_ROUND = "the words beside each are those of the other one"
    UNKNOWN = "no words tell, or they tell both"


class _Pair(NamedTuple):
    """The words beside each of two figures, without those beside both."""

    own: frozenset[str]
    theirs: frozenset[str]
    is_own_first: bool

    def of(self, is_own: bool) -> frozenset[str]:
        return self.own if is_own else self.theirs


def sides(
    sentence: str, items: Sequence[Measured], one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]
) -> Sides:
    """Compare the roles of two figures with those in the evidence, if it has both in one sentence."""
    (item, own), (beside, theirs) = one, other
    if not own.stands_with(theirs):
        return Sides.UNKNOWN
    if (by_rates := _by_rates(sentence, one, other)) is not Sides.UNKNOWN:
        return by_rates
    there = own.reading.alike(own.item, own.number)
    if (by_dates := _by_dates(sentence, items, there, one, other)) is not Sides.UNKNOWN:
        return by_dates
    mine = _pair(sentence, [each for each in items if each.dimension == item.dimension], item, beside)
    its = _pair(own.sentence, there, own.item, theirs.item)
    if mine is None or its is None:
        return Sides.UNKNOWN
    straight = crossed = 0
    for told, held in ((mine, its), (its, mine)):
        is_own = not told.is_own_first
        straight += not told.of(is_own).isdisjoint(held.of(is_own))
        crossed += not told.of(is_own).isdisjoint(held.of(not is_own))
    if straight and not crossed:
        return Sides.SAME
    return Sides.CHANGED_ROUND if crossed == 2 and not straight else Sides.UNKNOWN


_OR = late(rf"\bor\s{HEDGE}\Z")


def _by_rates(sentence: str, one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> Sides:
    """Whether two alternatives have the rates that they have in the evidence.

    `$100 for each day or $1,000` is one claim with `$1,000 or $100 a day`, whoever is told of beside either.
    """
    if not _are_alternatives(sentence, one[0], other[0]):
        return Sides.UNKNOWN
    if not _are_alternatives(one[1].sentence, one[1].item, other[1].item):
        return Sides.UNKNOWN
    here = [rates(sentence, item.end) for item, _ in (one, other)]
    there = [rates(told.sentence, told.item.end) for _, told in (one, other)]
    if here[0] == here[1] or there not in (here, here[::-1]):
        return Sides.UNKNOWN
    return Sides.SAME if here == there else Sides.CHANGED_ROUND


def _are_alternatives(sentence: str, one: Measured, other: Measured) -> bool:
    first, second = in_order((one, other))
    return _OR.search(sentence, first.end, second.start) is not None


_SAYS = late(r"\b(?:that|said|says?|saying|told|reported|announced|published|expected|who|which|when)\b")
"""Words between a date and a figure of another time: `in May it said that 60 came`."""


def _by_dates(
    sentence: str,
    items: Sequence[Measured],
    there: Sequence[Measured],
    one: tuple[Measured, Candidate],
    other: tuple[Measured, Candidate],
) -> Sides:
    """Compare the roles of two figures by the dates that both sentences give to each."""
    (item, own), (beside, theirs) = one, other
    told = _dated(sentence, [each for each in items if each.dimension in (item.dimension, "date")])
    held = _dated(own.sentence, [*there, *own.reading.of_dimension("date", own.number)]) if told else {}
    if not {item.start, beside.start} <= told.keys() or not {own.item.start, theirs.item.start} <= held.keys():
        return Sides.UNKNOWN
    days, its = (told[item.start], told[beside.start]), (held[own.item.start], held[theirs.item.start])
    if _are_same(days, its, own):
        return Sides.SAME
    return Sides.CHANGED_ROUND if _are_same(days, its[::-1], own) else Sides.UNKNOWN


def _dated(sentence: str, items: Sequence[Measured]) -> dict[int, Measured]:
    """Map the start of each figure to its date, if figures and dates alternate; empty otherwise."""
    row = in_order(items)
    first, second = row[::2], row[1::2]
    if len(first) != len(second) or not first:
        return {}
    if any(_SAYS.search(sentence, one.end, other.start) for one, other in zip(first, second, strict=True)):
        return {}
    figures, days = (second, first) if isinstance(first[0], Day) else (first, second)
    if not all(isinstance(day, Day) for day in days) or any(isinstance(figure, Day) for figure in figures):
        return {}
    return {figure.start: day for figure, day in zip(figures, days, strict=True)}


def _are_same(days: Sequence[Measured], its: Sequence[Measured], there: Candidate) -> bool:
    """Whether dates are those of the evidence in the same order, and none fits both."""
    follow = [bool(follows(day, each, there.kept.year_of(each, day, there.sentence))) for day in days for each in its]
    return follow == [True, False, False, True]


def _pair(sentence: str, items: Sequence[Measured], own: Measured, theirs: Measured) -> _Pair | None:
    """The words beside two figures, if something separates them; `items` are the figures of their dimension."""
    cuts = _cuts(sentence, tuple((each.start, each.end) for each in in_order(items)))
    first, second = (_part(sentence, cuts, item.start) for item in (own, theirs))
    if first == second:
        return None
    mine, its = (stems_at(sentence, *part) for part in (first, second))
    if mine.isdisjoint(_TIMES) or its.isdisjoint(_TIMES):  # `in October` applies to both
        mine, its = mine - _TIMES, its - _TIMES
    return _Pair(mine - its, its - mine, own.start < theirs.start)


@lru_cache(maxsize=256)
def _cuts(sentence: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, ...]:
    """Where a sentence separates its figures. Cached, because each figure is held against each of the others."""
    found = (_cut(sentence, one[1], other[0]) for one, other in pairwise(spans))
    return tuple([cut for cut in found if cut])


def _cut(sentence: str, start: int, end: int) -> int:
    """Offset at which the words of the second of two figures begin; 0 if nothing separates them."""
    found = ([cut.start() for cut in cuts.finditer(sentence, start, end)] for cuts in _CUTS)
    return next((cuts[-1] for cuts in found if cuts), 0)


def _part(sentence: str, cuts: Sequence[int], at: int) -> tuple[int, int]:
    since = max((cut for cut in cuts if cut <= at), default=0)
    return since, min((cut for cut in cuts if cut > at), default=len(sentence))
