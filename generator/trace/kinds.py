"""Kinds of one quantity that exclude each other: of two, the one in all places of the evidence is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.texts.patterns import late
from generator.trace.excluding import CERTAIN, LIKELY, Kind
from generator.trace.matching import Candidate

_FAR, _BESIDE = 90, re.compile(r"[^,;:.()\d]*(?:,\sfrom\s)?\Z")
_BEHIND = re.compile(r"[^,;:.()\d]{0,40}")

_KNOWN = frozenset().union(*(kind.known_by for kind in (*CERTAIN, *LIKELY)))
"""Without one of these words no kind is told."""


def of_another_kind(sentence: str, item: Figure, found: Sequence[Candidate], kinds: Sequence[Kind]) -> str:
    """Say as what all places of the evidence have a figure, if the words beside it are of another kind: `median`."""
    words = words_of(sentence) & _KNOWN
    for kind in kinds if words else ():
        if words.isdisjoint(kind.known_by) or not kind.mine.search(beside(sentence, item)):
            continue
        fitting = [candidate for candidate in found if candidate.how] if not kind.other.search(sentence) else []
        if fitting and all(_is_other(candidate, kind) for candidate in fitting):
            return f"it as {kind.name}"
    return ""


_TOO = late(
    r"\b(?:as|so)\s(?:did|do|does|was|were|has|have|will)\b|(?<!-)\b(?:like|match(?:ed|es|ing)|in\sline|same|pace|mirror\w*"
    r"|equal\w*|as\swith|likewise|ebenso|genauso|ebenfalls|auch|wie)\b(?!-)",
    re.IGNORECASE,
)
"""Shows that a figure is told of another thing too: `Profit rose 12%, as did revenue`."""


def _is_other(candidate: Candidate, kind: Kind) -> bool:
    words = where_told(candidate, kind.other, kind.mine, kind.is_beside)
    if not words or not words_of(words).isdisjoint(kind.tells):
        return False
    there, number = candidate.reading.sentences, candidate.number
    return not any(_TOO.search(sentence) for sentence in there[number : number + 2])


def where_told(candidate: Candidate, other: re.Pattern[str], mine: re.Pattern[str], is_beside: bool = False) -> str:
    """The words of the evidence that have the other qualifier of a figure and not this one; empty if none do.

    Those beside the figure, or unless it `is_beside` and where they have neither, its sentence.
    """
    near = beside(candidate.sentence, candidate.item)
    has_either = other.search(near) or mine.search(near)
    words = near if has_either or is_beside else candidate.sentence
    return words if other.search(words) is not None and mine.search(words) is None else ""


def beside(sentence: str, item: Measured) -> str:
    """The words right before a figure in its clause, and those behind it."""
    before = _BESIDE.search(sentence, max(0, item.start - _FAR), item.start)
    behind = _BEHIND.match(sentence, item.end)
    return f"{before[0] if before else ''} | {behind[0] if behind else ''}"
