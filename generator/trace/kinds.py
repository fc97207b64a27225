"""Kinds of one quantity that exclude each other: of two, the one in all places of the evidence is right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.texts.patterns import late
from generator.trace.excluding import EXCLUDING, Kind
from generator.trace.matching import Candidate

_FAR, _BESIDE = 90, re.compile(r"[^,;:.()\d]*(?:,\sfrom\s)?\Z")
_BEHIND = re.compile(r"[^,;:.()\d]{0,40}")

_KNOWN = frozenset().union(*(kind.known_by for kind in EXCLUDING))
"""Without one of these words no kind is told."""


def of_another_kind(sentence: str, item: Figure, found: Sequence[Candidate]) -> str:
    """Say which qualifier all places of the evidence have, if the one beside the figure is the opposite: `median`."""
    words = words_of(sentence) & _KNOWN
    for kind in EXCLUDING if words else ():
        if words.isdisjoint(kind.known_by) or not kind.mine.search(beside(sentence, item)):
            continue
        fitting = [candidate for candidate in found if candidate.how] if not kind.other.search(sentence) else []
        if fitting and all(_is_other(candidate, kind) for candidate in fitting):
            return f"the source has it as {kind.name}"
    return ""


_TOO = late(
    r"[^.;]{0,40}\b(?:(?:as|so)\s(?:did|do|does|was|were|has|have|will)|(?<!-)like(?!-)|match(?:ed|es|ing)|in\sline|ebenso|genauso)\b"
)
"""Matches behind a figure that is told of another thing too: `Profit rose 12%, as did revenue`."""


def _is_other(candidate: Candidate, kind: Kind) -> bool:
    words = where_told(candidate, kind.other, kind.mine, kind.is_beside)
    if not words or not words_of(words).isdisjoint(kind.tells):
        return False
    return _TOO.match(candidate.sentence, candidate.item.end) is None


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
