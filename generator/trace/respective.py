"""Lists of things with as many figures: `Sales and profit rose 8% and 12%, respectively`.

The words around the figures of such a list are shared, and only their order tells which are whose. So each figure is
judged in a sentence of its own: `Sales rose 8%`, `profit rose 12%`. Lists of names are left to `trace.owners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.figures.amounts import Figure
from generator.figures.manner import FALLS, HEDGE, RISES
from generator.figures.read import Measured
from generator.texts.patterns import late

_VERBS = "was were is are came reached totalled totaled stood amounted hit had has have made of for at"
_NO_THING = "|".join([*RISES, *FALLS, *_VERBS.split(), "and", "or", "but", "while", "as", "than"])
_WORD = rf"(?!(?:{_NO_THING})\b)[a-z][\w’'-]*"
_THING = rf"{_WORD}(?:\s{_WORD}){{0,2}}"
_THINGS = late(
    rf"(?:\A(?:(?:Both|The|Its|Their)\s)?|\b)(?P<things>(?:\A[A-Z][\w’'-]*(?:\s{_WORD}){{0,2}}|{_THING})"
    rf"(?:,\s{_THING}){{0,2}},?\sand\s{_THING})(?P<rest>\s(?:{_NO_THING})\b[^.,;:\d]{{0,40}})\Z"
)
"""Matches before the first figure of a list, behind the list of what they are of."""
_NEXT_THING = re.compile(r",?\sand\s|,\s")
_NEXT = late(rf"(?:,?\sand|,)\s(?:by\s|to\s|at\s)?{HEDGE}")


def apart(sentence: str, items: Sequence[Measured]) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the sentences in which the figures of a sentence are to be judged, with the numbers of these figures.

    Of an ordinary sentence this is itself with all of them. Each figure stands where it stands in the sentence.
    """
    found = _listed(sentence, items)
    if found is None:
        yield sentence, tuple(range(len(items)))
        return
    run, told = found
    things = _NEXT_THING.split(told["things"])
    behind = sentence[items[run[-1]].end :]
    for number, thing in zip(run, things, strict=True):
        item = items[number]
        before = f"{sentence[: told.start('things')]}{thing}{told['rest']}"[-item.start :].rjust(item.start)
        until = items[run[-1]].end - item.end
        yield f"{before}{sentence[item.start : item.end]}{' ' * until}{behind}", (number,)
    if others := tuple(number for number in range(len(items)) if number not in run):
        yield sentence, others


_FAR = 150
"""A list of things begins at most so many characters before its first figure."""


def _listed(sentence: str, items: Sequence[Measured]) -> tuple[range, re.Match[str]] | None:
    """The numbers of a list of figures that goes with a list of as many things before it, and that list."""
    if " and " not in sentence:
        return None
    is_next = [_is_next(sentence, one, other) for one, other in pairwise(items)]
    first = is_next.index(True) if True in is_next else len(items)
    behind = (is_next[first:].index(False) if False in is_next[first:] else len(is_next) - first) + first + 1
    if first == len(items) or behind == first:
        return None
    start = items[first].start
    told = _THINGS.search(sentence, max(0, start - _FAR), start)
    is_list = told is not None and len(_NEXT_THING.split(told["things"])) == behind - first
    return (range(first, behind), told) if told and is_list else None


def _is_next(sentence: str, one: Measured, other: Measured) -> bool:
    are_alike = isinstance(one, Figure) and isinstance(other, Figure) and one.dimension == other.dimension
    return are_alike and _NEXT.fullmatch(sentence, one.end, other.start) is not None
