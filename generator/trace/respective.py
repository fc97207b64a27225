"""Lists of things with as many figures: `Sales and profit rose 8% and 12%, respectively`.

The words around the figures of such a list are shared, and only their order tells which are whose. So each figure is
judged in a sentence of its own: `Sales rose 8%`, `profit rose 12%`. Lists of names are left to `trace.owners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from generator.figures.amounts import Figure, inheriting
from generator.figures.manner import FALLS, RISES, direction_of
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.figures.units import COUNT
from generator.texts.patterns import late

_VERBS = "was were is are came reached totalled totaled stood amounted hit had has have made of for at"
_NO_THING = frozenset((*RISES, *FALLS, *_VERBS.split(), "and", "or", "but", "while", "as", "than"))
"""Words that are no part of a thing; one of them follows the list: a pattern of all would take long to compile."""
_LAST_WORDS = re.compile(r"[^.;:\d]*\Z")
_WORD = re.compile(r"[^\W\d_][\w’'-]*|,")
_LONGEST, _MOST = 3, 4
"""Most words of a thing, and most things of a list."""
_ARTICLE, _NOUN = r"[Dd](?:er|ie|as|en|em)\s", r"[A-ZÄÖÜ][\w-]+"
_GERMAN = frozenset(("beziehungsweise", "bzw", "respektive"))
_IN_GERMAN = late(
    rf"(?P<things>(?:{_ARTICLE})?{_NOUN}(?:,\s(?:{_ARTICLE})?{_NOUN}){{0,2}}\s(?:und|sowie)\s(?:{_ARTICLE})?{_NOUN})"
    r"(?P<rest>\s[^.,;:\d]{0,60})\Z"
)
"""Matches a list of things in German before its first figure. A word like `beziehungsweise` behind it shows the list,
since every noun could be a thing."""
_NEXT_THING = re.compile(r",?\s(?:and|und|sowie)\s|,\s")
_NEXT = late(
    r"(?:,?\sand|,|,?\s(?:beziehungsweise|bzw\.|respektive))\s(?:by\s|to\s|at\s|um\s|auf\s)?"
    r"(?:about\s|around\s|nearly\s|almost\s|over\s|some\s|rund\s|etwa\s)?"
)


def apart(sentence: str, items: Sequence[Measured]) -> Iterator[tuple[str, Mapping[int, Measured]]]:
    """Yield the sentences in which the figures of a sentence are to be judged, with these figures by their numbers.

    Of an ordinary sentence this is itself with all of them. Each figure stands where it stands in the sentence.
    """
    found = _listed(sentence, items)
    if found is None:
        yield sentence, dict(enumerate(items))
        return
    run, things, first, rest = found
    behind = sentence[items[run[-1]].end :]
    in_units = {figure.start: figure for figure in inheriting(sentence, items, None)}
    for number, thing in zip(run, things, strict=True):
        item = items[number]
        before = f"{sentence[:first]}{thing}{rest}"[-item.start :].rjust(item.start)
        until = items[run[-1]].end - item.end
        alone = f"{before}{sentence[item.start : item.end]}{' ' * until}{behind}"
        told = in_units.get(item.start, item)
        yield alone, {number: replace(told, direction=direction_of(alone, item.start, item.end))}
    if others := {number: item for number, item in enumerate(items) if number not in run}:
        yield sentence, others


_FAR = 150
"""A list of things begins at most so many characters before its first figure."""


def _listed(sentence: str, items: Sequence[Measured]) -> tuple[range, list[str], int, str] | None:
    """The numbers of a list of figures that goes with a list of as many things before it, these things, and more.

    The last two are where the things begin in the sentence, and the words between them and the figures.
    """
    if " and " not in sentence and words_of(sentence).isdisjoint(_GERMAN):
        return None
    is_next = [_is_next(sentence, one, other) for one, other in pairwise(items)]
    if True not in is_next:
        return None
    first = is_next.index(True)
    behind = (is_next[first:].index(False) if False in is_next[first:] else len(is_next) - first) + first + 1
    start = items[first].start
    if words_of(sentence[start : items[behind - 1].start]).isdisjoint(_GERMAN):
        things, at, rest = _things(sentence, start)
    else:
        told = _IN_GERMAN.search(sentence, max(0, start - _FAR), start)
        things, at, rest = (_NEXT_THING.split(told["things"]), told.start(), told["rest"]) if told else ([], 0, "")
    return (range(first, behind), things, at, rest) if len(things) == behind - first else None


def _things(sentence: str, start: int) -> tuple[list[str], int, str]:
    """The things of a list before an offset, where they begin, and the words behind them; else none."""
    since = max(0, start - _FAR)
    clause = _LAST_WORDS.search(sentence, since, start)
    words = [*_WORD.finditer(sentence, clause.start(), start)] if clause else []
    ands = [at for at, word in enumerate(words) if word[0] == "and"]
    verb = next((at for at, word in enumerate(words) if ands and at > ands[-1] and word[0] in _NO_THING), 0)
    if not verb or any(word[0] == "," for word in words[verb:]):
        return [], 0, ""
    spans = [(ands[-1] + 1, verb)]
    behind = ands[-1]
    while behind > 0 and len(spans) < _MOST:
        end = behind - 1 if words[behind - 1][0] == "," else behind
        begin = end
        while begin and end - begin < _LONGEST and words[begin - 1][0] != "," and words[begin - 1][0] not in _NO_THING:
            begin -= 1
        spans.append((begin, end))
        if not begin or words[begin - 1][0] != ",":
            break
        behind = begin
    if any(begin == end or not _is_thing(words[begin:end]) for begin, end in spans) or verb - spans[0][0] > _LONGEST:
        return [], 0, ""
    things = [sentence[words[begin].start() : words[end - 1].end()] for begin, end in reversed(spans)]
    return things, words[spans[-1][0]].start(), sentence[words[verb - 1].end() : start]


def _is_thing(words: Sequence[re.Match[str]]) -> bool:
    """Whether words have no capital, but for the first of a sentence: names are told by another way."""
    return all(word[0][0].islower() or word.start() == 0 for word in words)


def _is_next(sentence: str, one: Measured, other: Measured) -> bool:
    if not isinstance(one, Figure) or not isinstance(other, Figure) or one.is_range or other.is_range:
        return False
    return one.dimension in (COUNT, other.dimension) and _NEXT.fullmatch(sentence, one.end, other.start) is not None
