"""Lists of things with as many figures: `Sales and profit rose 8% and 12%, respectively`.

The words around the figures of such a list are shared, and only their order tells which are whose. So each figure is
judged in a sentence of its own: `Sales rose 8%`, `profit rose 12%`. Lists of names are left to `trace.owners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from generator.figures.amounts import Figure, inheriting
from generator.figures.manner import FALLS, HEDGE, RISES
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.figures.units import COUNT
from generator.texts.patterns import late

_VERBS = "was were is are came reached totalled totaled stood amounted hit had has have made of for at"
_NO_THING = "|".join([*RISES, *FALLS, *_VERBS.split(), "and", "or", "but", "while", "as", "than"])
_WORD = rf"(?!(?:{_NO_THING})\b)[a-z][\w’'-]*"
_THING = rf"{_WORD}(?:\s{_WORD}){{0,2}}"
_ARTICLE, _NOUN = r"[Dd](?:er|ie|as|en|em)\s", r"[A-ZÄÖÜ][\w-]+"
_THINGS = late(
    rf"(?:\A(?:(?:Both|The|Its|Their)\s)?|\b)(?P<things>(?:\A[A-Z][\w’'-]*(?:\s{_WORD}){{0,2}}|{_THING})"
    rf"(?:,\s{_THING}){{0,2}},?\sand\s{_THING})(?P<rest>\s(?:{_NO_THING})\b[^.,;:\d]{{0,40}})\Z"
)
"""Matches before the first figure of a list, behind the list of what they are of."""
_GERMAN = frozenset(("beziehungsweise", "bzw", "respektive"))
_IN_GERMAN = late(
    rf"(?P<things>(?:{_ARTICLE})?{_NOUN}(?:,\s(?:{_ARTICLE})?{_NOUN}){{0,2}}\s(?:und|sowie)\s(?:{_ARTICLE})?{_NOUN})"
    r"(?P<rest>\s[^.,;:\d]{0,60})\Z"
)
"""The same in German, where a word like `beziehungsweise` shows the list, since every noun could be a thing."""
_NEXT_THING = re.compile(r",?\s(?:and|und|sowie)\s|,\s")
_NEXT = late(rf"(?:,?\sand|,|,?\s(?:beziehungsweise|bzw\.|respektive))\s(?:by\s|to\s|at\s|um\s|auf\s)?{HEDGE}")


def apart(sentence: str, items: Sequence[Measured]) -> Iterator[tuple[str, Mapping[int, Measured]]]:
    """Yield the sentences in which the figures of a sentence are to be judged, with these figures by their numbers.

    Of an ordinary sentence this is itself with all of them. Each figure stands where it stands in the sentence.
    """
    found = _listed(sentence, items)
    if found is None:
        yield sentence, dict(enumerate(items))
        return
    run, told = found
    things = _NEXT_THING.split(told["things"])
    behind = sentence[items[run[-1]].end :]
    in_units = {figure.start: figure for figure in inheriting(sentence, items, None)}
    for number, thing in zip(run, things, strict=True):
        item = items[number]
        before = f"{sentence[: told.start('things')]}{thing}{told['rest']}"[-item.start :].rjust(item.start)
        until = items[run[-1]].end - item.end
        yield (
            f"{before}{sentence[item.start : item.end]}{' ' * until}{behind}",
            {number: in_units.get(item.start, item)},
        )
    if others := {number: item for number, item in enumerate(items) if number not in run}:
        yield sentence, others


_FAR = 150
"""A list of things begins at most so many characters before its first figure."""


def _listed(sentence: str, items: Sequence[Measured]) -> tuple[range, re.Match[str]] | None:
    """The numbers of a list of figures that goes with a list of as many things before it, and that list."""
    if " and " not in sentence and words_of(sentence).isdisjoint(_GERMAN):
        return None
    is_next = [_is_next(sentence, one, other) for one, other in pairwise(items)]
    first = is_next.index(True) if True in is_next else len(items)
    behind = (is_next[first:].index(False) if False in is_next[first:] else len(is_next) - first) + first + 1
    if first == len(items) or behind == first:
        return None
    start = items[first].start
    is_german = not words_of(sentence[start : items[behind - 1].start]).isdisjoint(_GERMAN)
    told = (_IN_GERMAN if is_german else _THINGS).search(sentence, max(0, start - _FAR), start)
    is_list = told is not None and len(_NEXT_THING.split(told["things"])) == behind - first
    return (range(first, behind), told) if told and is_list else None


def _is_next(sentence: str, one: Measured, other: Measured) -> bool:
    if not isinstance(one, Figure) or not isinstance(other, Figure) or one.is_range or other.is_range:
        return False
    return one.dimension in (COUNT, other.dimension) and _NEXT.fullmatch(sentence, one.end, other.start) is not None
