"""The number of a claim in another unit: `€1.2 billion` where a sentence has $1.2 billion."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from generator.figures.amounts import Figure
from generator.figures.read import Measured
from generator.figures.units import CONFUSED, COUNT, CURRENCIES, DOLLARS, PERCENT, POINTS
from generator.texts.patterns import late
from generator.trace.evidence import Evidence
from generator.trace.matching import Candidate, best, of_dimensions
from generator.trace.thresholds import ABOUT_IT, NEAR_IT

_NO_DIGIT = re.compile(r"\D")
_BARE = late(r"\$(?<![A-Z]\$)|(?i:(?<!U\.S\.\s)(?<!US\s)(?<![a-z]an\s)(?<!kong\s)\bdollars?)\b")


def in_another_unit(item: Measured, sentence: str, support: Sequence[Evidence]) -> Candidate | None:
    """The figure of the evidence that has the claim's number in another unit of its kind, in the most similar words."""
    if not isinstance(item, Figure) or item.is_range or item.weak or not item.low:
        return None
    confused = CONFUSED.get(item.dimension)
    others = _that_have_number(item, confused, support) if confused else ()
    if not others:
        return None
    return best([c for c in of_dimensions(item, sentence, support, others) if _is_the_number(item, c.item)])


def _that_have_number(item: Figure, confused: Set[str], support: Sequence[Evidence]) -> list[str]:
    """The dimensions in which the evidence has the number; usually none, which saves comparing words."""
    tables = (reading.by_dimension for kept in support for *_, reading in kept.readings)
    return sorted(
        {
            dimension
            for table in tables
            for dimension in confused & table.keys()
            if any(_is_the_number(item, other) for other, _ in table[dimension])
        }
    )


def has_unit_there(item: Measured, support: Sequence[Evidence]) -> bool:
    """Whether a bare count has a unit in the evidence: `five minutes of work and 45 in the oven`, `people over 70`."""
    if not isinstance(item, Figure) or item.dimension != COUNT:
        return False
    tables = (reading.by_dimension for kept in support for *_, reading in kept.readings)
    return any(_is_the_number(item, other) for table in tables for items in table.values() for other, _ in items)


def is_unit_of_it(item: Measured, other: Candidate) -> bool:
    """Whether the words around it show that the other unit is meant; short numbers and spans are in every text."""
    is_money_or_share = item.dimension in CURRENCIES or item.dimension in (PERCENT, POINTS)
    is_long = len(_NO_DIGIT.sub("", item.text).rstrip("0")) > 1
    return other.likeness >= (NEAR_IT if is_money_or_share and is_long else ABOUT_IT)


def _is_the_number(item: Figure, other: Measured) -> bool:
    if not isinstance(other, Figure) or other.is_range or other.weak:
        return False
    if abs(item.low / item.factor - other.low / other.factor) > 1e-9 * abs(item.low / item.factor):
        return False
    are_dollars = {item.dimension, other.dimension} <= DOLLARS
    return not (are_dollars and any(_BARE.search(figure.text) for figure in (item, other)))
