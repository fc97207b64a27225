"""What the figures of one sentence say of each other: none is said twice, exactly and rounded, or in one list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.comparing import ROUNDED, SAME, value
from generator.figures.dates import Day
from generator.figures.read import Measured
from generator.trace.case import Case
from generator.trace.context import ends_a_clause
from generator.trace.matching import Candidate
from generator.trace.reading import in_order

_LISTED = frozenset(("and", "or", ",", "-", "–", ", and", ", or"))
_BREATH = _LISTED | {"to", "of the", "of its", "of their", "of his", "of her"}


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


def company(there: Candidate, beside: Sequence[Candidate]) -> int:
    """How many figures beside a claim stand in one sentence of the evidence with another: `rose 12% to $184.60`."""
    return sum(there.stands_with(other) for other in beside)


def in_clause(there: Candidate, beside: Sequence[Candidate]) -> int:
    """How many figures beside a claim stand in one clause of the evidence with another: a price beside its weight."""
    pairs = (in_order((there.item, other.item)) for other in beside if there.stands_with(other))
    return sum(not ends_a_clause(there.sentence, first.end, second.start) for first, second in pairs)


def is_said_twice(case: Case) -> bool:
    """Whether a list or a score has a figure twice (`9 to 9`) which its place in the evidence has once.

    What stands there in other digits (`0.5 gigawatts, or 500 megawatts`) is the same figure told once more.
    """
    own, item = case.own, case.item
    if own is None:
        return False
    for at in (case.number - 1, case.number + 1):
        other, beside = (case.items[at], case.chosen[at]) if 0 <= at < len(case.items) else (item, None)
        is_same = beside and value(other) == value(item) and _digits(other) == _digits(item)
        if beside and is_same and _between(case.text, other, item) in _BREATH:
            return not any(has_twice(candidate) for candidate in (own, beside))
    return False


def _digits(item: Measured) -> str:
    return re.sub(r"\D", "", item.text)


def has_twice(candidate: Candidate) -> bool:
    """Whether the sentence of the evidence has the same figure in another place too."""
    there = candidate.reading.alike(candidate.item, candidate.number)
    same = {item.start for item in there if value(item) == value(candidate.item)}
    return len(same) > 1
