"""What the figures of one sentence say of each other: none is said twice, exactly and rounded, or in one list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.comparing import ROUNDED, SAME
from generator.figures.dates import Day
from generator.figures.read import Measured
from generator.trace.context import ends_a_clause
from generator.trace.matching import Candidate
from generator.trace.reading import in_order

_LISTED = frozenset(("and", "or", ",", "-", "–", ", and", ", or"))
_BREATH = _LISTED | {"to", "of the", "of its", "of their", "of his", "of her"}


def value(item: Measured) -> object:
    """What makes two figures one."""
    if isinstance(item, Figure):
        return item.dimension, item.low, item.high
    return (item.year, item.month, item.day, item.part, item.minute) if isinstance(item, Day) else item.key


def are_listed(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether two figures stand in a list or a span, `14% and 17%`, so that only their order tells which is which."""
    between = _between(sentence, one, other)
    return between in _LISTED or (between == "to" and isinstance(one, Day) and isinstance(other, Day))


def _between(sentence: str, one: Measured, other: Measured) -> str:
    first, second = in_order((one, other))
    return sentence[first.end : second.start].strip()


def is_said_exactly(chosen: Candidate, number: int, others: Sequence[Candidate | None]) -> bool:
    """Whether a figure that only rounds to a claim is said by another claim of the sentence as it is.

    Who writes `12.7% in one account and 13% in another` does not mean the same 12.7% twice.
    """
    if chosen.how != ROUNDED:
        return False
    theirs = (c for at, c in enumerate(others) if c and at != number and c.how == SAME)
    return any(value(other.item) == value(chosen.item) for other in theirs)


def company(own: Candidate, number: int, chosen: Sequence[Candidate | None]) -> int:
    """How many other claims of the sentence stand in the very sentence of the evidence: `rose 12% to $184.60`."""
    return sum(own.stands_with(other) for at, other in enumerate(chosen) if other and at != number)


def in_clause(own: Candidate, number: int, chosen: Sequence[Candidate | None]) -> int:
    """How many other claims of the sentence stand in the very clause of the evidence: a price beside its weight."""
    others = (other for at, other in enumerate(chosen) if other and at != number and own.stands_with(other))
    pairs = (in_order((own.item, other.item)) for other in others)
    return sum(not ends_a_clause(own.sentence, first.end, second.start) for first, second in pairs)


def is_said_twice(number: int, sentence: str, items: Sequence[Measured], chosen: Sequence[Candidate | None]) -> bool:
    """Whether a list or a score has a figure twice (`9 to 9`) which its place in the evidence has once.

    What stands there in other digits (`0.5 gigawatts, or 500 megawatts`) is the same figure told once more.
    """
    own = chosen[number]
    if own is None:
        return False
    for at in (number - 1, number + 1):
        beside = chosen[at] if 0 <= at < len(items) else None
        if (
            beside
            and value(items[at]) == value(items[number])
            and _digits(items[at]) == _digits(items[number])
            and _between(sentence, items[at], items[number]) in _BREATH
        ):
            return not any(has_twice(candidate) for candidate in (own, beside))
    return False


def _digits(item: Measured) -> str:
    return re.sub(r"\D", "", item.text)


def has_twice(candidate: Candidate) -> bool:
    """Whether the sentence of the evidence has the same figure in another place too."""
    there = candidate.reading.alike(candidate.item, candidate.number)
    same = {item.start for item in there if value(item) == value(candidate.item)}
    return len(same) > 1
