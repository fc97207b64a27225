"""Who has more: `won with 67,418 votes to 66,214` has its numbers in the order in which its source has them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.manner import HEDGE
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.figures.units import COUNT
from generator.model.patterns import late
from generator.trace.matching import Candidate

_TO = late(rf"(?:\svotes?)?\sto\s{HEDGE}")
_BEFORE = re.compile(r"\b(?:from|rose|grew|fell|cut|raised|up|down)\b[^.;]*\Z")
_WON = frozenset("won win wins winning beat beats elected reelected victory winner".split())
_LOST = frozenset("lost lose loses losing loser beaten defeat defeats defeated behind trailed trailing trails".split())


def is_turned_round(number: int, sentence: str, items: Sequence[Measured], chosen: Sequence[Candidate | None]) -> bool:
    """Whether a count of votes stands with another one in the order that is not that of its source.

    Only where both tell it of the winner, or both of the loser.
    """
    way = _way(sentence) if " to " in sentence else 0
    for at in (number - 1, number) if way else ():
        pair = (chosen[at], chosen[at + 1]) if 0 <= at < len(items) - 1 else (None, None)
        if pair[0] is None or pair[1] is None or not pair[0].stands_with(pair[1]):
            continue
        there = pair[0].sentence
        is_here = are_told_as_votes(sentence, items[at], items[at + 1])
        if is_here and _way(there) == way and are_told_as_votes(there, pair[1].item, pair[0].item):
            return True
    return False


def _way(sentence: str) -> int:
    """Whether a sentence speaks of who won, 1, or of who lost, -1; 0 where of neither or both."""
    words = words_of(sentence)
    return (not words.isdisjoint(_WON)) - (not words.isdisjoint(_LOST))


def are_told_as_votes(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether two counts stand as `67,418 votes to 66,214`."""
    are_counts = all(
        isinstance(item, Figure) and item.dimension == COUNT and not item.is_range for item in (one, other)
    )
    if not are_counts or one.start > other.start or _TO.fullmatch(sentence, one.end, other.start) is None:
        return False
    return _BEFORE.search(sentence, max(0, one.start - 40), one.start) is None
