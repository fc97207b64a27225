"""Figures that the evidence tells in parts: `24 houses on Monday and nine more on Tuesday` are 33 houses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.model.patterns import late
from generator.model.tracing import Operation
from generator.trace.deriving import Computed, computed_from, fits
from generator.trace.evidence import Evidence

_ADDS = late(r"\b(?:more|others|another|further|additional|plus)\b")
_MORE_BEHIND = late(r"(?:\s[a-z-]+){0,2}?\s(?:more|others|further|additional)\b(?!\sthan)")
_MORE_BEFORE = late(r"\b(?:another|a\sfurther|an\sadditional|plus)\s\Z")


def added(claim: Figure, support: Sequence[Evidence]) -> Computed | None:
    """The two figures of one sentence of the evidence that come to a claim, where a word there says that one is added.

    A small count could be the sum of any two.
    """
    if claim.weak or claim.is_range:
        return None
    for kept in support:
        for part, index, reading in kept.readings:
            for number, sentence in enumerate(reading.sentences):
                if _ADDS.search(sentence) and (pair := _parts(claim, sentence, reading.items(number))):
                    bounds = [reading.bounds_of(number, of) for of in pair]
                    places = tuple([kept.place(part, index, *span) for span in bounds])
                    return replace(computed_from(Operation.SUM, *pair), places=places)
    return None


def _parts(claim: Figure, sentence: str, items: Sequence[object]) -> tuple[Figure, Figure] | None:
    figures = [item for item in items if isinstance(item, Figure) and not item.is_range]
    for one, other in pairwise(figures):
        is_more = _MORE_BEFORE.search(sentence, one.end, other.start) or _MORE_BEHIND.match(sentence, other.end)
        if is_more and one.dimension == other.dimension == claim.dimension and fits(claim, one.low + other.low):
            return one, other
    return None
