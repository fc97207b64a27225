"""Changes given the wrong way round: from the end to the start, or as more where the source has less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.figures.amounts import Figure
from generator.figures.comparing import SAME, value
from generator.figures.dates import Day
from generator.figures.manner import LESS, MORE
from generator.figures.read import Measured
from generator.figures.screen import words_in, words_of
from generator.figures.units import PERCENT
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.context import stem, stems
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
    r"\b(?:left|leaves|kept|keeps|held|holds|maintained|unchanged|steady|stay(?:s|ed)|remain(?:s|ed))\b[^.;:\d]{0,40}\sat\s(?:(?:about|around)\s)?\Z"
)
_EARLIER = frozenset("had has have been since after earlier previously before last".split())
"""Words that may mark an earlier change in the same sentence."""
_CHANGES = frozenset(
    """raised raise raises rose risen rise rises hiked lifted cut cuts lowered reduced increased fell fallen""".split()
)
_LEAVES = frozenset("left leaves kept keeps held holds unchanged steady stays stayed remains remained".split())


def is_turned(case: Case) -> str:
    """How the source gives a change that the sentence gives the other way round; empty if it does not."""
    item, fitting = case.item, case.fitting
    if word := _other_extreme(case):
        return f"the source has “{word}”"
    if not isinstance(item, Figure) or not fitting:
        return ""
    if told := _from_its_end(case):
        return told
    if item.came and words_of(case.text).isdisjoint(_LEAVES) and all(map(_is_held, fitting)):
        return f"the source has it held at {fitting[0].item.text}"
    return _than(case)


_EXTREMES = {
    word: (kind, way)
    for kind, pair in enumerate(
        (
            "highest most largest biggest höchste höchsten/lowest least fewest smallest niedrigste niedrigsten",
            "strongest stärkste stärksten/weakest schwächste schwächsten",
            "best beste besten/worst schlechteste schlechtesten",
            "fastest/slowest",
            "warmest hottest/coldest",
            "longest/shortest",
            "wettest/driest",
        )
    )
    for way, words in enumerate(pair.split("/"))
    for word in words.split()
}
"""Superlatives, each with its kind and which of two opposites it is."""
_STEMS = frozenset(map(stem, _EXTREMES))
_NO_NOUNS = frozenset("the its their his her our der die das".split())
"""What may stand before a superlative either way."""


def _other_extreme(case: Case) -> str:
    """The superlative that all of the evidence has beside a time, if the sentence has its opposite in the same words.

    With other words it may be true: bond prices are the lowest where yields are the highest.
    """
    if case.item.dimension not in ("date", "month") or words_of(case.text).isdisjoint(_EXTREMES):
        return ""
    if _STEMS.issuperset(stems(case.text[: case.item.start])):  # `It was the highest since May`
        return ""
    told = {_turned_to(case.text, there.sentence) for there in case.fitting}
    return told.pop() if len(told) == 1 else ""


def _turned_to(sentence: str, other: str) -> str:
    """The superlative at which a sentence and the start of another one are different; empty if that is not all."""
    mine, theirs = ([word for word in words_in(text) if word not in _NO_NOUNS] for text in (sentence, other))
    if any(sum(word in _EXTREMES for word in words) != 1 for words in (mine, theirs)) or len(mine) > len(theirs):
        return ""
    different = [pair for pair in zip(mine, theirs, strict=False) if pair[0] != pair[1]]
    if len(different) != 1 or not set(different[0]) <= _EXTREMES.keys() or not _NOT.isdisjoint(mine):
        return ""
    (kind, way), its = (_EXTREMES[word] for word in different[0])
    return different[0][1] if its == (kind, 1 - way) else ""


_NOT = frozenset("no not never kein keine nicht nie".split())


def _from_its_end(case: Case) -> str:
    """The values before and after in the evidence, if the sentence has them the other way round."""
    item, own = case.item, case.own
    if own is None or not isinstance(item, Figure):
        return ""
    read: Sequence[Measured] = case.items
    if item.dimension != own.item.dimension:  # the 2,1 of `von 2,1 auf 2,4 Prozent`
        read = [case.question.in_units.get(each.start, [each])[-1] for each in case.items]
    told = _told(case.text, read, own.item.dimension == PERCENT)
    mine = next((pair for pair in told if item.start in (pair[0].start, pair[1].start)), None)
    pairs = [(there.item, pair) for there in case.fitting for pair in _pairs_at(there)]
    if mine:
        turned = [pair for _, pair in pairs if _are_one(mine, pair[::-1])]
        right = [pair for _, pair in pairs if _are_one(mine, pair)]
    else:  # `fell to 48,000`
        turned = [pair for there, pair in pairs if item.came and there is pair[0]]
        right = [pair for there, pair in pairs if there is not pair[0]]
    if not turned or right or len(pairs) < len(case.fitting):
        return ""
    if any(_goes_on(there, case, mine) for there in case.fitting):
        return ""
    return f"in the source it goes from {turned[0][0].text} to {turned[0][1].text}"


def _goes_on(there: Candidate, case: Case, mine: Pair | None) -> bool:
    """Whether a change of the evidence may not be the one of the sentence: it goes back, or has one before it."""
    items = there.reading.items(there.number)
    figures = [item for item in items if isinstance(item, Figure)]
    for before, now in _pairs_at(there):
        last = max(before.start, now.start)
        if any(item.start > last and value(item) == value(before) for item in figures):
            return True
        if mine is None and (_is_named(now, case) or _is_dated(items, before, now, case.items)):
            return True
    return False


def _is_named(now: Figure, case: Case) -> bool:
    """Whether the sentence has the end of a change too: `fell to 10 million, and then rose to 12 million`."""
    others = (item for item in case.items if isinstance(item, Figure) and item.came and item is not case.item)
    return any(value(item) == value(now) for item in others)


def _is_dated(items: Sequence[Measured], before: Figure, now: Figure, mine: Sequence[Measured]) -> bool:
    """Whether the sentence has the day of the start of a change: `dropped to 10 million in 2024`."""
    first, last = sorted((before.start, now.start))
    days = [item for item in items if isinstance(item, Day) and first < item.start < last]
    told = [item for item in mine if isinstance(item, Day)]
    return any(
        (one.year and one.year == day.year) or (one.month and one.month == day.month) for one in told for day in days
    )


def _told(sentence: str, items: Sequence[Measured], of_percent: bool) -> Iterator[Pair]:
    """The two figures of `from 3 to 4`, `to 4 from 3`, or `4, after 3`, as before and after."""
    figures = [item for item in items if isinstance(item, Figure)]
    for pair in (from_to(sentence, figures, of_percent), to_from(sentence, figures)):
        if pair:
            yield pair
    for before, now in compared(sentence, figures, of_percent):
        if _WAS.search(sentence, now.end, before.start):
            yield before, now


_WAS = late(r"\b(?:from|after|compared|nach)\b")
"""Shows that the second of two figures came earlier; two figures `against` each other have no order in time."""


def _pairs_at(there: Candidate) -> Iterator[Pair]:
    """The pairs of before and after in a sentence of the evidence."""
    items, of_percent = there.reading.items(there.number), there.item.dimension == PERCENT
    yield from _told(there.sentence, items, of_percent)


def _are_one(one: Pair, other: tuple[Figure, ...]) -> bool:
    return value(one[0]) != value(one[1]) and [value(each) for each in one] == [value(each) for each in other]


def _is_held(there: Candidate) -> bool:
    """Whether the evidence only says that something was left at this level, with no change anywhere."""
    is_left = _HELD.search(there.sentence, 0, there.item.start) is not None
    if not is_left or there.how != SAME or not words_of(there.sentence).isdisjoint(_EARLIER):
        return False
    return not any(_tells_change(there, at) for at in range(len(there.reading.sentences)) if at != there.number)


def _tells_change(there: Candidate, number: int) -> bool:
    """Whether another sentence has an earlier change or one of such an amount; `two wanted a cut` is neither."""
    words = words_of(there.reading.sentences[number])
    is_change = not words.isdisjoint(_CHANGES)
    return is_change and (not words.isdisjoint(_EARLIER) or bool(there.reading.alike(there.item, number)))


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
