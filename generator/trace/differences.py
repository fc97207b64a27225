"""Differences and multiples between a figure of the sentence and one that only the evidence has.

`$8.71 billion, some $300 million more than forecast`, where the evidence has a forecast of $8.40 billion beside it. The
other figure must be beside the first one in the evidence, and a word must say what is computed: trying all pairs would
find any number.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.manner import CHANGES, HEDGE, HOW_FAR
from generator.figures.read import Measured
from generator.figures.units import COUNT, PERCENT, POINTS, TEMPERATURE, TIMES
from generator.model.tracing import Place
from generator.texts.patterns import late
from generator.trace.deriving import Computed, computed_from, fits, how_far, turned_round
from generator.trace.evidence import Evidence
from generator.trace.matching import Candidate, candidates
from generator.trace.pairs import compared, is_just_part_of

_BEFORE = late(
    rf"\b(?:by|um|(?:{'|'.join(CHANGES)}|plus|minus|difference|gap|margin|shortfall|lead|advantage|premium)\sof)\s{HEDGE}\Z"
)
_AS_MUCH = late(r"\s(?:as\s(?:much|many|high|large|big|long|far)|what|the|its|more|higher|larger|that)\b")
_LEFT = late(r"\b(?:still|remain\w*|left|not|no|only|others?|without|unaffected|rest|escaped|survived|kept)\b")


def apart(
    claim: Figure, sentence: str, items: Sequence[Measured], before: Sequence[Measured], support: Sequence[Evidence]
) -> Computed | None:
    """Compute the claim from a figure of the sentence or the one before, and another beside it in the evidence.

    A result in the other direction (`less than` for `more than`) shows the claim wrong.
    """
    behind = HOW_FAR.match(sentence, claim.end)
    way = 0 if behind is None else bool(behind["more"]) - bool(behind["less"])
    is_apart = behind is not None or _BEFORE.search(sentence, 0, claim.start) is not None
    is_times = claim.dimension == TIMES and _AS_MUCH.match(sentence, claim.end) is not None
    whole = _whole(claim, sentence, items)
    if not (is_apart or is_times or whole):
        return None
    turned: Computed | None = None
    for anchor in (whole,) if whole else _anchors(claim, sentence, items) or _anchors(claim, sentence, before):
        sign = way if claim.start > anchor.start and anchor in items else 0
        if anchor.start > claim.end and anchor.came == claim.changed:
            sign = claim.changed  # `rose by 4.7 points to 64.2%`
        for own, other, place in _pairs(claim, anchor, sentence, support):
            if sign * (own.low - other.low) >= 0:
                return replace(computed_from(how_far(claim), anchor, other), places=(None, place))
            if turned is None and behind and sentence.startswith(" than ", behind.end()):
                told = turned_round(how_far(claim), anchor, other, "less" if sign > 0 else "more")
                turned = replace(told, places=(None, place))
    return turned


def _pairs(
    claim: Figure, anchor: Figure, sentence: str, support: Sequence[Evidence]
) -> Iterator[tuple[Figure, Figure, Place]]:
    """Figures of the sentence as the evidence has them, with each figure beside them that is the claim away.

    The third item is the place of the other figure.
    """
    for there in (c for c in candidates(anchor, sentence, support) if c.how):
        earlier = [before for before, _ in compared(there.sentence, there.reading.alike(there.item, there.number))]
        if anchor.start < claim.start and there.item in earlier:
            continue  # `75, ten less than before` where the source has `85, up from 75`
        for other, number in _with(there, is_near=claim.dimension not in (TIMES, PERCENT)):
            own = there.item
            if isinstance(own, Figure) and own.low and other.low and fits(claim, _between(claim, own, other)):
                bounds = there.reading.bounds_of(number, other)
                yield own, other, there.kept.place(there.part, there.index, *bounds)


def _between(claim: Figure, own: Figure, other: Figure) -> float:
    """How far two figures are apart in the claim's dimension."""
    if claim.dimension == TIMES:
        return own.low / other.low
    return abs(own.low - other.low) / (other.low / 100 if claim.dimension == PERCENT else 1.0)


def _anchors(claim: Figure, sentence: str, items: Sequence[Measured]) -> list[Figure]:
    """The figures that a claim may be measured from."""
    wanted = PERCENT if claim.dimension == POINTS else claim.dimension
    if claim.dimension == COUNT and sentence.startswith(" degrees", claim.end):
        wanted = TEMPERATURE
    sized = [i for i in items if isinstance(i, Figure) and i is not claim and not (i.is_range or i.weak)]
    if claim.dimension in (TIMES, PERCENT):
        return [item for item in sized if item.dimension not in (TIMES, PERCENT, POINTS)]
    return [item for item in sized if item.dimension == wanted]


def _whole(claim: Figure, sentence: str, items: Sequence[Measured]) -> Figure | None:
    """The whole of a claim that is what is left of it: `some 500 of the 2,600 trains still run`."""
    for item in items:
        if isinstance(item, Figure) and item.start > claim.end and item.dimension == claim.dimension:
            is_part = is_just_part_of(sentence, claim, item) and item.low > claim.low
            return item if is_part and _LEFT.search(sentence) else None
    return None


def _with(there: Candidate, is_near: bool) -> Iterator[tuple[Figure, int]]:
    """Figures of the same dimension in a candidate's sentence, and in those beside it if `is_near`.

    Each comes with the number of its sentence.
    """
    sentences = (there.number, there.number + 1, there.number - 1) if is_near else (there.number,)
    for item, number in there.reading.by_dimension.get(there.item.dimension, ()):
        is_another = isinstance(item, Figure) and item is not there.item and number in sentences
        if is_another and isinstance(item, Figure) and not (item.is_range or item.weak):
            yield item, number
