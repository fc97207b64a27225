"""The number of a claim in another unit: `€1.2 billion` where a sentence has $1.2 billion."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from msgspec.structs import replace

from generator.figures.amounts import Figure, counts_nothing, in_unit
from generator.figures.read import Measured
from generator.figures.units import CONFUSED, COUNT, CURRENCIES, DOLLARS, PERCENT, POINTS
from generator.texts.patterns import late
from generator.trace.evidence import Evidence
from generator.trace.matching import Candidate, best, candidates, of_dimensions
from generator.trace.reading import Reading
from generator.trace.thresholds import ABOUT_IT, COUNTED, NEAR_IT

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


_LARGE = 1e5


def in_no_unit(
    item: Measured, sentence: str, items: Sequence[Measured], support: Sequence[Evidence]
) -> list[Candidate]:
    """Where the evidence has the number of a figure, and one of the two leaves the unit to its reader.

    `44 million` of takings are the source's €44 million, and the €120 million that somebody wanted its `120 million`,
    where the words around them tell of one thing. What `now 380` means is told by the `640 naira` of the same sentence,
    not here.
    """
    if not isinstance(item, Figure) or item.is_range or item.weak:
        return []
    if item.dimension in CURRENCIES and item.low >= _LARGE:
        bare = replace(item, dimension=COUNT, low=item.low / item.factor, high=item.high / item.factor, factor=1.0)
        return [c for c in candidates(bare, sentence, support) if _may_be_of(item.dimension, c) and _is_about(c)]
    if not counts_nothing(sentence, item):
        return []
    told = (other for kept in support for *_, reading in kept.readings for other in _with_unit(item, reading))
    named = {other.dimension for other in items}
    units = sorted({(other.dimension, other.factor) for other in told if other.dimension not in named})
    found = [c for unit in units for c in candidates(in_unit(item, *unit), sentence, support)]
    return [c for c in found if _is_about(c)]


def _is_about(there: Candidate) -> bool:
    """Whether enough words are shared, or none can be, since the evidence is in another language."""
    return there.likeness >= COUNTED or there.kept.is_foreign


def _with_unit(item: Figure, reading: Reading) -> Iterator[Figure]:
    """The figures of a kept text that have the number of a bare one, and a unit."""
    for dimension, items in reading.by_dimension.items():
        for other, _ in items if dimension not in (COUNT, PERCENT, POINTS) else ():
            if isinstance(other, Figure) and _is_the_number(item, other):
                yield other


def _may_be_of(currency: str, there: Candidate) -> bool:
    """Whether a large bare number of the evidence may be of a currency: its source tells of no other money."""
    if not isinstance(there.item, Figure) or there.item.low < _LARGE or not counts_nothing(there.sentence, there.item):
        return False
    named = {name for *_, reading in there.kept.readings for name in reading.by_dimension}
    return named & CURRENCIES.keys() <= {currency}


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
