"""What the evidence tells in parts, `12 died in Alba and 28 in Brent`, or as a part of a whole, `100 of the 160 homes`.

A figure may be their sum, or what is left. That does not make it true: `40 were killed` may be said of the dead and the
hurt. It is no other figure in the place of the source's own, either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.figures.amounts import Figure
from generator.figures.manner import HEDGE
from generator.figures.units import COUNT, TEMPERATURE, TIMES
from generator.model.patterns import late
from generator.trace.context import stem
from generator.trace.deriving import fits
from generator.trace.matching import Candidate

_MOST = 4
"""Parts of a sum."""
_WHAT = late(r"\s(?:more\s(?=[a-z]))?(?P<what>[a-z]+)")
_NO_MORE = frozenset("more in at on from near for by to during after before outside last".split())
"""What stands behind a number that counts what the one before it does: `and 28 in Brent`."""
_OF = late(rf"(?:\s[a-z]+){{0,2}}?\s(?:out\s)?of\s(?:(?:the|its|their|his|her|all)\s){{0,2}}{HEDGE}")
_OF_WHICH = late(rf"[^.;\d]{{0,40}},\s(?P<before>of\s(?:which|whom|them)\s)?{HEDGE}")
_BEHIND = late(r"(?:\s[a-z]+)?\sof\s(?:which|whom|them)\b")
"""What tells of a number behind another one that it is a part of that: `160 homes, 100 of which burned`."""


def of_parts(item: Figure, rival: Candidate) -> str:
    """What a figure may come to of those that stand with one in the evidence, in words; empty where it does not."""
    there = rival.item
    if not isinstance(there, Figure) or there.dimension in (TIMES, TEMPERATURE) or item.is_range:
        return ""
    told = {f.start: f for f in rival.reading.items(rival.number) if isinstance(f, Figure) and not f.is_range}
    figures = [told[start] for start in sorted(told) if told[start].dimension == there.dimension]
    for parts in _sums(rival.sentence, figures):
        if there in parts and fits(item, sum(part.low for part in parts)):
            return f"it may be {' and '.join(part.text for part in parts)} together, and that is not said there"
    for whole, part in _wholes(rival.sentence, figures):
        if there in (whole, part) and fits(item, whole.low - part.low):
            return f"it may be what {part.text} leave of {whole.text}, and that is not said there"
    return ""


def _sums(sentence: str, figures: Sequence[Figure]) -> Iterator[Sequence[Figure]]:
    """Two figures or more that count the same thing, those that stand between them too."""
    for at, first in enumerate(figures):
        alike = [first, *(other for other in figures[at + 1 :] if _counts_the_same(sentence, first, other))]
        yield from (alike[:count] for count in range(2, min(len(alike), _MOST) + 1))


def _counts_the_same(sentence: str, one: Figure, other: Figure) -> bool:
    """Whether a figure counts what an earlier one does, by what is said right behind them; money and shares may."""
    if one.dimension != COUNT:
        return True
    mine, its = _WHAT.match(sentence, one.end), _WHAT.match(sentence, other.end)
    return its is None or its["what"] in _NO_MORE or (mine is not None and stem(mine["what"]) == stem(its["what"]))


def _wholes(sentence: str, figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Each two figures side by side of which one is the whole of the other, which comes second here."""
    for one, other in pairwise(figures):
        if _OF.fullmatch(sentence, one.end, other.start):
            yield other, one
            continue
        found = _OF_WHICH.fullmatch(sentence, one.end, other.start)
        if found and (found["before"] or _BEHIND.match(sentence, other.end)):
            yield one, other
