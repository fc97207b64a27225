"""Rates: an amount a month is not one a year, and one per thousand is not one per million."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.rates import counted, is_another, is_of_another_number, phrase, rate_end, rates, rates_around
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.figures.units import PERCENT
from generator.texts.patterns import late
from generator.trace.matching import Candidate, best


def rate_of(sentence: str, item: Figure, own: Candidate, found: Sequence[Candidate]) -> Candidate | None:
    """The place in the evidence of another amount, or of this one for another measure; None if all agrees."""
    if told := _of_all_or_each(sentence, item, [candidate for candidate in found if candidate.how]):
        return told
    mine, words = _rates(sentence, item), phrase(sentence, item.end)
    number = counted(sentence, item.end)
    if not mine and not words and number is None:
        return None
    fitting = [candidate for candidate in found if candidate.how]
    if mine and all(is_another(mine, _rates(c.sentence, c.item)) for c in fitting):
        return own
    if number and all(is_of_another_number(number, counted(c.sentence, c.item.end)) for c in fitting):
        return own
    if not words or any(_may_be_one(phrase(c.sentence, c.item.end), words) for c in fitting):
        return None
    return best([c for c in found if not c.how and phrase(c.sentence, c.item.end) == words])


def _rates(sentence: str, item: Measured) -> frozenset[str]:
    """The measures of an amount; none of a change in percent, which is that of a monthly rent in any time."""
    if isinstance(item, Figure) and item.dimension == PERCENT and item.changed:
        return frozenset()
    return rates_around(sentence, item.start, item.end)


_EACH = frozenset(("each", "apiece"))
_ALL = frozenset(("all", "total", "altogether", "together", "combined"))
_IN_ALL = late(
    r"(?:\s(?!(?:and|but|or|while|for|from|than)\b)[a-z-]+){0,2}?\s(?:in\s(?:all|total)|altogether|together|combined)\b"
)
_FOR_EACH = late(r"(?:\s(?!(?:and|but|or|while|from|than)\b)[a-z-]+){0,2}?\s(?:each|apiece)\b")
_ALL_BEFORE = late(r"\b(?:a\s(?:combined|total\sof)|an?\saggregate(?:\sof)?|altogether|in\s(?:all|total),?)\s[$€£¥]?\Z")


def _of_all_or_each(sentence: str, item: Figure, fitting: Sequence[Candidate]) -> Candidate | None:
    """Where the evidence has an amount for each, or per day, and the sentence has it in all; or the reverse."""
    words = words_of(sentence)
    if words.isdisjoint(_EACH) and words.isdisjoint(_ALL):
        return None
    if _IN_ALL.match(sentence, item.end) or _ALL_BEFORE.search(sentence, 0, item.start):
        is_other = all(_FOR_EACH.match(c.sentence, c.item.end) or rates(c.sentence, c.item.end) for c in fitting)
    elif _FOR_EACH.match(sentence, item.end):
        is_other = all(
            _IN_ALL.match(c.sentence, c.item.end) or _ALL_BEFORE.search(c.sentence, 0, c.item.start) for c in fitting
        )
    else:
        return None
    return best(fitting) if fitting and is_other else None


def _may_be_one(one: str, other: str) -> bool:
    """Whether two phrases may mean the same: one is empty, or continues the other (`share next year`)."""
    few, many = sorted((one, other), key=len)
    return not few or f"{many} ".startswith(f"{few} ")


def told_of(candidate: Candidate) -> str:
    """An amount of the evidence with its rate: `$15 per million output tokens`."""
    item, sentence = candidate.item, candidate.sentence
    each = _FOR_EACH.match(sentence, item.end) or _IN_ALL.match(sentence, item.end)
    whole = _ALL_BEFORE.search(sentence, 0, item.start)
    start = whole.start() if whole else item.start
    return sentence[start : max(rate_end(sentence, item.end), each.end() if each else 0)]
