"""Totals over some years of a yearly amount, and yearly amounts of a total over some years.

`1.2 million tonnes a year for ten years` is 12 million over ten years. The sentence has one of the two, and the
evidence the other; the one over some years names them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.manner import HEDGE
from generator.figures.rates import rates, rates_around
from generator.figures.read import Measured
from generator.figures.units import PERCENT, POINTS, TIMES
from generator.model.tracing import Operation
from generator.texts.patterns import late
from generator.trace.case import Question
from generator.trace.deriving import Computed, computed_from, fits
from generator.trace.matching import Candidate, candidates
from generator.trace.reckoning import MONTHS
from generator.trace.thresholds import NEAR_IT

_OVER = late(
    rf"(?:\s(?!(?:and|but|or|while|from|to|than)\b)[a-z-]+){{0,4}}?\s(?:over|in|for|across|within|during)\s"
    rf"(?:(?:the|its|next|past|coming|last|first)\s){{0,2}}{HEDGE}"
)
_MONTH = "month"
_NO_AMOUNTS = (PERCENT, POINTS, TIMES, _MONTH, "second")
"""Dimensions that do not add up from year to year."""


def by_the_year(claim: Figure, question: Question) -> Computed | None:
    """Compute a claim from an amount that the evidence gives for another period; None if there is none."""
    if claim.dimension in _NO_AMOUNTS or claim.is_range or claim.weak:
        return None
    sentence = question.text
    span = span_of(sentence, claim, question.items)
    each = _months(rates(sentence, claim.end))
    if span is None and each is None:
        return None
    for there in candidates(claim, sentence, question.support):
        amount = there.item
        if there.how or there.likeness < NEAR_IT or not isinstance(amount, Figure) or amount.is_range:
            continue
        if span:
            every = _months(rates_around(there.sentence, amount.start, amount.end))
            if every and fits(claim, amount.low * span.low / every):
                return replace(computed_from(Operation.PRODUCT, amount, span), places=(there.place, None))
        elif each and (found := _spread(claim, there, each)):
            return found
    return None


def _spread(claim: Figure, there: Candidate, each: float) -> Computed | None:
    """A yearly claim from an amount that the evidence gives over some years."""
    items = there.reading.items(there.number)
    span = span_of(there.sentence, there.item, items)
    amount = there.item
    if span is None or not isinstance(amount, Figure) or not fits(claim, amount.low * each / span.low):
        return None
    bounds = there.reading.bounds_of(there.number, span)
    places = there.place, there.kept.place(there.part, there.index, *bounds)
    return replace(computed_from(Operation.SPREAD, amount, span), places=places)


def span_of(sentence: str, amount: Measured, items: Sequence[Measured]) -> Figure | None:
    """The years that a sentence gives right behind an amount; None if there are none."""
    for span in _spans(items):
        if span.start > amount.end and _OVER.fullmatch(sentence, amount.end, span.start):
            return span
    return None


def _spans(items: Sequence[Measured]) -> Iterator[Figure]:
    for item in items:
        if isinstance(item, Figure) and item.dimension == _MONTH and not item.is_range and item.low:
            yield item


def _months(measures: frozenset[str]) -> float | None:
    """The period of an amount in months, if there is exactly one."""
    found = [MONTHS[name] for name in measures if name in MONTHS]
    return found[0] if len(found) == 1 else None
