"""Two figures that one sentence of the evidence compares, from which a claim may be computed.

`$8.4 billion, compared with $7.0 billion a year earlier`; `€1.2bn (2025: €1.0bn)`; `$650 million, above its $500
million target`. Only if a word says that they are compared: trying all pairs would find any number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from generator.figures.amounts import Figure
from generator.figures.manner import HEDGE
from generator.figures.read import Measured
from generator.figures.units import PERCENT
from generator.texts.patterns import late
from generator.trace.reading import Reading

_BEFORE = late(
    r"(?:\s(?:[A-Za-z][A-Za-z’'-]*|(?:19|20)\d\d)){0,8},?\s(?:(?:up|down)\sfrom|from|nach|gegenüber|compared\s(?:with|to)|versus|vs\.?|against|instead\sof|after|above|below|(?:that|which)\swas"
    r"|(?:miss|beat|topp?|exceed|surpass)(?:ed|ing)?\s(?:[a-z’']+\s){0,3}?(?:of|for))\s"
    rf"(?:(?:an?|the|its)\s(?:[a-z]+\s){{1,2}}of\s)?{HEDGE}\Z|\s\((?:in\s)?(?:19|20)\d\d(?:[/–-]\d\d)?:\s\Z|(?:\s[a-z]+)?\s\((?:up|down)\sfrom\s\Z"
)
_COMPARES = late(
    r"\b(?:from|von|nach|gegenüber|compared|versus|vs|against|instead|after|above|below|that\swas|which\swas|missed|missing|beat|beating|topped|topping|exceeded|exceeding|surpassed)\b|\((?:in\s)?(?:19|20)\d\d(?:[/–-]\d\d)?:"
)


def comparing(reading: Reading) -> Iterator[tuple[int, str, list[Measured]]]:
    """The sentences of a kept text that compare, each with its number and its figures in reading order."""
    for number, sentence in enumerate(reading.sentences):
        if _COMPARES.search(sentence):
            yield number, sentence, reading.items(number)


def compared(sentence: str, items: Sequence[Measured], of_percent: bool = False) -> Iterator[tuple[Figure, Figure]]:
    """Pairs of one dimension that a sentence compares: first the earlier value or the target, then the actual one.

    Both are in percent if `of_percent`, neither otherwise: two shares differ by points, not by a share of each other.
    """
    told = (item for item in items if isinstance(item, Figure) and not item.is_range and not item.weak)
    for figures in _alike(item for item in told if (item.dimension == PERCENT) == of_percent):
        for at, (now, before) in enumerate(pairwise(figures)):
            if not _BEFORE.fullmatch(sentence, now.end, before.start):
                continue
            if at and _are_told_in_two(sentence, figures[at - 1 : at + 3]):
                yield before, figures[at - 1]
                yield figures[at + 2], now
            else:
                yield before, now


_IN_OTHER_WORDS = late(rf"(?:\s[a-z]+)?,\sor\s{HEDGE}")


def _are_told_in_two(sentence: str, four: Sequence[Figure]) -> bool:
    """Whether both compared amounts are given twice.

    As in `$412 million, or $1.07 a share, compared with $388 million, or 99 cents`.
    """
    if len(four) < 4:
        return False
    pairs = four[:2], four[2:]
    return all(_IN_OTHER_WORDS.fullmatch(sentence, one.end, other.start) for one, other in pairs)


_OF = rf"\s(?:out\s)?of\s(?:(?:the|its|their|his|her|all|some|usual|planned|total|[A-Za-z]+[’']s)\s){{0,3}}{HEDGE}"
_PART_OF, _WHOLE = late(rf"(?P<what>(?:\s[a-z]+){{0,2}}?){_OF}"), late(rf"{_OF}\Z")


def is_part_of(sentence: str, part: Measured, whole: Measured) -> bool:
    """Whether one figure is part of another: `100 of the 160 homes`, `100 homes of the 160`."""
    return _PART_OF.fullmatch(sentence, part.end, whole.start) is not None


def is_just_part_of(sentence: str, part: Measured, whole: Measured) -> bool:
    """The same without a word for the part between them, where one like `ahead` may be instead."""
    found = _PART_OF.fullmatch(sentence, part.end, whole.start)
    return found is not None and not found["what"]


_VON = late(r"(?:\s\w+)?\s(?:von|der)\s(?:den\s|ihren\s|seinen\s|insgesamt\s|rund\s){0,2}")
_CAME_TO = late(r"\b(?:auf|um)\s(?:\w+\s){0,2}\Z")
"""The same in German, and before a number from which `von` leads back: `40 von 160`, `sank auf 40 von 160`."""
_OF_THE = late(rf"(?:\A|\s)[Oo]f\s(?:the\s)?{HEDGE}\Z")
_OF_WHICH = late(rf"(?:\s[a-z-]+){{0,4}},\s{HEDGE}")
"""Match before a whole, and between it and its part: `Of the 250 patients, 75`."""


def parting(reading: Reading) -> Iterator[tuple[int, str, list[Measured]]]:
    """The sentences of a kept text that may have a part and its whole, each with its number and its figures."""
    for number, sentence in enumerate(reading.sentences):
        if "of " in sentence or "Of " in sentence or " von " in sentence or " der " in sentence:
            yield number, sentence, reading.items(number)


def dating(reading: Reading) -> Iterator[tuple[int, str, list[Measured]]]:
    """The sentences of a kept text with two dates or more, each with its number and its dates."""
    for number, sentence in enumerate(reading.sentences):
        days = reading.of_dimension("date", number)
        if len(days) > 1:
            yield number, sentence, days


def part_and_whole(sentence: str, items: Sequence[Measured]) -> Iterator[tuple[Figure, Figure]]:
    """Counts and what they are part of, but those in small words: `two of the four` are told in so many places."""
    figures = [item for item in items if isinstance(item, Figure) and not item.is_range and not item.weak]
    for one, other in pairwise(figures):
        if one.dimension != other.dimension:
            continue
        if one.low < other.low and (is_part_of(sentence, one, other) or _is_german_part(sentence, one, other)):
            yield one, other
        elif one.low > other.low and _is_before_its_part(sentence, one, other):
            yield other, one


def _is_german_part(sentence: str, part: Figure, whole: Figure) -> bool:
    is_between = _VON.fullmatch(sentence, part.end, whole.start) is not None
    return is_between and _CAME_TO.search(sentence, 0, part.start) is None


def _is_before_its_part(sentence: str, whole: Figure, part: Figure) -> bool:
    is_between = _OF_WHICH.fullmatch(sentence, whole.end, part.start) is not None
    return is_between and _OF_THE.search(sentence, 0, whole.start) is not None


_IS_PART = late(r"(?:\s[a-z]+){0,2}\s(?:out\s)?of\s(?:them|which|whom|those|these|the|its|their|his|her|all|\d)\b")


def is_told_as_part(sentence: str, item: Measured) -> bool:
    """Whether a figure is part of something: `87 of them`, `11 of the vaccinated`."""
    return _IS_PART.match(sentence, item.end) is not None


def is_whole(sentence: str, item: Measured) -> bool:
    """Whether a figure is the whole that another one is part of: `of the 160 homes`."""
    return _WHOLE.search(sentence, 0, item.start) is not None


_NEAR = 40
"""`from` stands at most so far before its figure."""
_FROM_TO = late(rf"\b(?:from|von)\s{HEDGE}\Z", re.IGNORECASE)
TO = late(rf"[^.;]{{0,60}}?\b(?:to|auf)\s{HEDGE}\Z", re.IGNORECASE)
_FROM = late(rf"[^.;\d]{{0,30}}?\bfrom\s{HEDGE}\Z", re.IGNORECASE)


_LEADS_TO = ("rom ", "rom\n", "von ", "Von ")


def from_to(sentence: str, items: Sequence[Measured], of_percent: bool = False) -> tuple[Figure, Figure] | None:
    """Two figures of one dimension in the form `from A to B`, both in percent or neither."""
    if not any(word in sentence for word in _LEADS_TO):
        return None
    figures = [item for item in items if isinstance(item, Figure) and (item.dimension == PERCENT) == of_percent]
    if found := _that_stand_so(sentence, pairwise(figures)):
        return found
    for item in figures:  # `from $4 to $5` may be read as one range
        if item.is_range and _FROM_TO.search(sentence, max(0, item.start - _NEAR), item.start):
            return _half(item, item.low), _half(item, item.high)
    return _that_stand_so(sentence, _neighbours(figures))


def _that_stand_so(sentence: str, pairs: Iterable[tuple[Figure, Figure]]) -> tuple[Figure, Figure] | None:
    """The first two figures of one dimension in the form `from A to B`."""
    for first, second in pairs:
        if first.dimension == second.dimension and not first.is_range and not second.is_range:
            between = sentence[first.end : second.start]
            if _FROM_TO.search(sentence, max(0, first.start - _NEAR), first.start) and TO.fullmatch(between):
                return first, second
    return None


def _neighbours(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Adjacent figures of each dimension: the eight of `from 12 years to eight` is years."""
    for alike in _alike(figure for figure in figures if not figure.is_range):
        yield from pairwise(alike)


def _alike(figures: Iterable[Figure]) -> Iterable[list[Figure]]:
    """Figures by their dimension."""
    by_dimension: dict[str, list[Figure]] = {}
    for figure in figures:
        by_dimension.setdefault(figure.dimension, []).append(figure)
    return by_dimension.values()


def to_from(sentence: str, items: Sequence[Measured]) -> tuple[Figure, Figure] | None:
    """Two figures of one dimension in the form `to B from A`, the earlier first."""
    figures = [item for item in items if isinstance(item, Figure) and not item.is_range]
    for last, first in pairwise(figures):
        if last.dimension == first.dimension and last.came and _FROM.fullmatch(sentence[last.end : first.start]):
            return first, last
    return None


def _half(of: Figure, value: float) -> Figure:
    return Figure(of.start, of.end, of.text, of.dimension, value, value, of.step, of.coarse, of.factor)
