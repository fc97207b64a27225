"""How the figures of a sentence constrain each other: none is given twice, exact and rounded or in one list."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.comparing import ROUNDED, SAME, value
from generator.figures.dates import Day
from generator.figures.read import Measured
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.context import ends_a_clause, stems, stems_at
from generator.trace.matching import Candidate, shared_words
from generator.trace.reading import in_order

_LISTED = frozenset(("and", "or", ",", "-", "–", ", and", ", or"))
_OF_THEM = frozenset(("of the", "of its", "of their", "of his", "of her"))
_BREATH = _LISTED | _OF_THEM | {"to"}


def are_listed(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether two figures are in a list or a span, `14% and 17%`, so that only their order tells them apart."""
    between = _between(sentence, one, other)
    return between in _LISTED or (between == "to" and isinstance(one, Day) and isinstance(other, Day))


def _between(sentence: str, one: Measured, other: Measured) -> str:
    first, second = in_order((one, other))
    return sentence[first.end : second.start].strip()


def is_said_exactly(chosen: Candidate, number: int, others: Sequence[Candidate | None]) -> bool:
    """Whether a figure that only rounds to one claim is given exactly by another claim of the sentence.

    `12.7% in one account and 13% in another` does not mean the same 12.7% twice.
    """
    if chosen.how != ROUNDED:
        return False
    theirs = (c for at, c in enumerate(others) if c and at != number and c.how == SAME)
    return any(value(other.item) == value(chosen.item) for other in theirs)


def company(there: Candidate, beside: Sequence[Candidate]) -> int:
    """How many figures beside a claim share a sentence of the evidence with a candidate: `rose 12% to $184.60`."""
    return sum(there.stands_with(other) for other in beside)


def in_clause(there: Candidate, beside: Sequence[Candidate]) -> int:
    """How many figures beside a claim share a clause of the evidence with a candidate: a price beside its weight."""
    pairs = (in_order((there.item, other.item)) for other in beside if there.stands_with(other))
    return sum(not ends_a_clause(there.sentence, first.end, second.start) for first, second in pairs)


def is_said_twice(case: Case) -> bool:
    """Whether a list or a score has a figure twice (`9 to 9`) that its place in the evidence has once.

    The same amount in other digits (`0.5 gigawatts, or 500 megawatts`) is one figure, given once more.
    """
    own, item = case.own, case.item
    if own is None:
        return False
    for at in (case.number - 1, case.number + 1):
        other, beside = (case.items[at], case.chosen[at]) if 0 <= at < len(case.items) else (item, None)
        is_same = beside and value(other) == value(item) and _digits(other) == _digits(item)
        if beside and is_same and (between := _between(case.text, other, item)) in _BREATH:
            is_all = between.startswith("of ") and any(map(_tells_all, (own, beside)))
            return not is_all and not any(has_twice(candidate) for candidate in (own, beside))
    return False


_ALL_BEFORE = late(r"\b(?:all(?:\sof)?|each\sof|every\sone\sof)\s(?:(?:the|its|their|his|her)\s)?\Z", re.IGNORECASE)


def _tells_all(there: Candidate) -> bool:
    """Whether a figure of the evidence is all there are: `all nine judges` are nine of the nine."""
    return _ALL_BEFORE.search(there.sentence, 0, there.item.start) is not None


def all_of_them(case: Case) -> Candidate | None:
    """Where the evidence has all where the sentence has a part: `eight of the nine judges` are not all nine.

    Only if it says of all of them whatever the sentence says of the part, and does not have the part.
    """
    behind = case.number + 1
    whole = case.chosen[behind] if behind < len(case.items) else None
    if whole is None or not case.is_whole or case.fitting:
        return None
    if _between(case.text, case.item, case.items[behind]) not in _OF_THEM:
        return None
    words = stems_at(case.text, case.items[behind].end, len(case.text))
    if _MUST.search(whole.sentence) or not words <= set(stems(whole.sentence)):
        return None
    said = shared_words(case.items[behind], case.text, whole) - stems_at(case.text, 0, case.item.start)
    return whole if len(said) >= _SAID_OF_ALL and _tells_all(whole) and whole.how == SAME else None


_MUST = re.compile(r"\b(?:must|should|needs?|ha(?:ve|s)\sto|may|can)\b")
"""What all must do is not what they do."""
_SAID_OF_ALL = 2
"""Words that both share behind the part: what is counted, and what is said of it."""


def _digits(item: Measured) -> str:
    return re.sub(r"\D", "", item.text)


def has_twice(candidate: Candidate) -> bool:
    """Whether the candidate's sentence has the same figure in another place too."""
    there = candidate.reading.alike(candidate.item, candidate.number)
    same = {item.start for item in there if value(item) == value(candidate.item)}
    return len(same) > 1
