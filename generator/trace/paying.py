"""For what an amount is paid: one a month is none a year, one for a thousand none for a million."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.rates import counted, is_another, is_of_another_number, phrase, rate_end, rates_around
from generator.trace.matching import Candidate, best


def rate_of(sentence: str, item: Figure, own: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """The place in the evidence that has another amount, or this amount for another measure; None where all agrees."""
    mine, words = rates_around(sentence, item.start, item.end), phrase(sentence, item.end)
    number = counted(sentence, item.end)
    if not mine and not words and number is None:
        return None
    fitting = [candidate for candidate in found if candidate.how]
    if mine and all(is_another(mine, rates_around(c.sentence, c.item.start, c.item.end)) for c in fitting):
        return own
    if number and all(is_of_another_number(number, counted(c.sentence, c.item.end)) for c in fitting):
        return own
    if not words or any(_may_be_one(phrase(c.sentence, c.item.end), words) for c in fitting):
        return None
    return best([c for c in found if not c.how and phrase(c.sentence, c.item.end) == words])


def _may_be_one(one: str, other: str) -> bool:
    """Whether two phrases may tell the same: one says nothing, or goes on where the other ends (`share next year`)."""
    few, many = sorted((one, other), key=len)
    return not few or f"{many} ".startswith(f"{few} ")


def told_of(candidate: Candidate) -> str:
    """An amount of the evidence with what it is for: `$15 per million output tokens`."""
    item, sentence = candidate.item, candidate.sentence
    return sentence[item.start : rate_end(sentence, item.end)]
