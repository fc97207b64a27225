"""Whose figure is whose, where the evidence tells the same of two names in sentences of one shape.

As in `Aldane had revenue of $8.2 billion. Corvex had revenue of $5.1 billion.`
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.figures.amounts import Figure
from generator.figures.comparing import follows, value
from generator.figures.read import Measured
from generator.figures.screen import words_in, words_of
from generator.texts.patterns import places_whole
from generator.trace.case import Case
from generator.trace.context import stems, stems_at
from generator.trace.matching import Candidate
from generator.trace.owners import names_in
from generator.trace.reading import Reading


def told_of_another(case: Case) -> str:
    """The name that has a figure wherever the evidence has it, if the sentence's only name has another one there.

    Only if the evidence says the same of both in the same words, and the sentence says it too.
    """
    mine, item = _only_name(case), case.item
    if not mine or not isinstance(item, Figure) or item.weak or item.is_range:
        return ""
    found = ""
    for there in case.fitting:
        told = _told_of(there.reading, there.number, there.item.start)
        if told is None or _are_one(told[0], mine) or not told[1] or not told[1] <= set(stems(case.text)):
            return ""
        if not _has_its_own(mine, told[1], item, there):
            return ""
        found = found or told[0]
    return found


_MAY_BE_ELSES = frozenset("it its they their he his she her we our you your who whose which that".split())
"""Words before a figure that may mean its owner, whom another sentence names."""
_BESIDE_IT = frozenset("to from by with against over than on unlike like after before behind per".split())
"""Words before a name that stands beside the owner."""


def _only_name(case: Case) -> str:
    """The one name of a sentence, before the figure in its clause; empty if it has none, several, or others meant.

    A word that opens the sentence and is small in the evidence is none.
    """
    there = case.fitting[0].sentence if case.fitting else ""
    names = [found for found in names_in(case.text) if not _has_word(there, found[2][:1].lower() + found[2][1:])]
    if len(names) != 1:
        return ""
    ((start, end, name),) = names
    before = case.text[: case.item.start]
    is_apart = end > case.item.start or _CLAUSE.search(before, end) is not None
    is_beside = not _BESIDE_IT.isdisjoint((*words_in(before[:start])[-1:], *words_in(name)[:1]))
    return "" if is_apart or is_beside or not words_of(before).isdisjoint(_MAY_BE_ELSES) else name


_CLAUSE = re.compile(r"[,;:()–—]")


def _has_word(text: str, word: str) -> bool:
    return any(True for _ in places_whole(word, text))


def _told_of(reading: Reading, number: int, start: int) -> tuple[str, frozenset[str]] | None:
    """The only name before a figure of a sentence, and the words between the two; None if there is not just one."""
    sentence = reading.sentences[number]
    names = [(end, name) for at, end, name in names_in(sentence)]
    if len(names) != 1 or names[0][0] > start:
        return None
    return names[0][1], stems_at(sentence, names[0][0], start)


def _has_its_own(mine: str, words: frozenset[str], item: Figure, there: Candidate) -> bool:
    """Whether a sentence of the evidence has another figure of this name in the same words."""
    for other, number in _alike(item, there):
        told = _told_of(there.reading, number, other.start)
        if told and _are_one(told[0], mine) and told[1] == words:
            return True
    return False


def _alike(item: Figure, there: Candidate) -> Iterator[tuple[Measured, int]]:
    for other, number in there.reading.by_dimension.get(there.item.dimension, ()):
        is_elsewhere = number != there.number and isinstance(other, Figure) and not other.is_range
        if is_elsewhere and value(other) != value(there.item) and not follows(item, other):
            yield other, number


def _are_one(one: str, other: str) -> bool:
    mine, its = (frozenset(name.lower().split()) for name in (one, other))
    return mine <= its or its <= mine
