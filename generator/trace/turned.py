"""Changes given the wrong way round: from the end to the start, or as more where the source has less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.figures.amounts import Figure
from generator.figures.comparing import SAME, value
from generator.figures.manner import LESS, MORE
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.figures.units import PERCENT
from generator.model.patterns import late
from generator.trace.case import Case
from generator.trace.matching import Candidate
from generator.trace.pairs import compared, from_to, to_from

Pair = tuple[Figure, Figure]
"""The values before and after a change."""

_THAN = late(
    rf"(?:\s[a-z-]+)??\s(?:(?P<more>{'|'.join(MORE)})|(?P<less>{'|'.join(LESS)}))\s(?:than\s)?"
    r"(?:(?:in|for|a|an|the|its|their|what|was|had|been|same)\s){0,4}(?:[\w–-]+\s){0,4}?"
    r"(?P<anchor>year|month|week|quarter|average|usual|normal|expected|forecast|planned|scheduled|feared|hoped|target|(?:19|20)\d\d(?![-–]))\b"
)
"""How far something is from what it is compared with."""
_HELD = late(
    r"\b(?:left|leaves|kept|keeps|held|holds|maintained|unchanged|steady)\b[^.;:\d]{0,40}\sat\s(?:(?:about|around)\s)?\Z"
)
_EARLIER = frozenset("had has have been since after earlier previously before last".split())
"""Words that may mark an earlier change in the same sentence."""


def is_turned(case: Case) -> str:
    """How the source gives a change that the sentence gives the other way round; empty if it does not."""
    item, fitting = case.item, case.fitting
    if not isinstance(item, Figure) or not fitting:
        return ""
    if told := _from_its_end(case):
        return told
    if item.came and all(_is_held(there) for there in fitting):
        return f"the source has it held at {fitting[0].item.text}"
    return _than(case)


def _from_its_end(case: Case) -> str:
    """The values before and after in the evidence, if the sentence has them the other way round."""
    item, own = case.item, case.own
    if own is None or not isinstance(item, Figure):
        return ""
    mine = next((pair for pair in _told(case.text, case.items, item.dimension == PERCENT) if item in pair), None)
    pairs = [(there.item, pair) for there in case.fitting for pair in _pairs_at(there)]
    if mine:
        turned = [pair for _, pair in pairs if _are_one(mine, pair[::-1])]
        right = [pair for _, pair in pairs if _are_one(mine, pair)]
    else:  # `fell to 48,000`
        turned = [pair for there, pair in pairs if item.came and there is pair[0]]
        right = [pair for there, pair in pairs if there is not pair[0]]
    if not turned or right or len(pairs) < len(case.fitting):
        return ""
    return f"in the source it goes from {turned[0][0].text} to {turned[0][1].text}"


def _told(sentence: str, items: Sequence[Measured], of_percent: bool) -> Iterator[Pair]:
    """The two figures of `from 3 to 4`, `to 4 from 3`, or `4, after 3`, as before and after."""
    figures = [item for item in items if isinstance(item, Figure)]
    for pair in (from_to(sentence, figures, of_percent), to_from(sentence, figures)):
        if pair:
            yield pair
    for before, now in compared(sentence, figures, of_percent):
        if _WAS.search(sentence, now.end, before.start):
            yield before, now


_WAS = late(r"\b(?:from|after|compared)\b")
"""Shows that the second of two figures came earlier; two figures `against` each other have no order in time."""


def _pairs_at(there: Candidate) -> Iterator[Pair]:
    """The pairs of before and after in a sentence of the evidence."""
    items, of_percent = there.reading.items(there.number), there.item.dimension == PERCENT
    yield from _told(there.sentence, items, of_percent)


def _are_one(one: Pair, other: tuple[Figure, ...]) -> bool:
    return value(one[0]) != value(one[1]) and [value(each) for each in one] == [value(each) for each in other]


def _is_held(there: Candidate) -> bool:
    """Whether the evidence only says that something was left at this level, with no change."""
    is_left = _HELD.search(there.sentence, 0, there.item.start) is not None
    return is_left and there.how == SAME and words_of(there.sentence).isdisjoint(_EARLIER)


def _than(case: Case) -> str:
    """What the evidence has, `less` or `more`, where the sentence has the opposite for the same amount."""
    mine = _THAN.match(case.text, case.item.end)
    if mine is None:
        return ""
    theirs = [_THAN.match(there.sentence, there.item.end) for there in case.fitting]
    if not all(
        found and found["anchor"] == mine["anchor"] and bool(found["more"]) != bool(mine["more"]) for found in theirs
    ):
        return ""
    return f"the source has it {theirs[0]['more'] or theirs[0]['less']}" if theirs[0] else ""
