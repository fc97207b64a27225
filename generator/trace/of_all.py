"""Shares of a part told as shares of the whole: 34% of the smartphone sales is not 34% of all sales."""

from __future__ import annotations

from generator.figures.amounts import Figure
from generator.figures.screen import words_in, words_of
from generator.figures.units import PERCENT
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.context import stem

_OF_ALL = late(
    r"\sof\s(?:(?:the|its|their|his|her)\s)?(?:all|total|overall)\s(?:(?:the|its|their)\s)?(?P<noun>[a-z]+)\b"
)
_OF_PART = late(
    r"\sof\s(?:(?:the|its|their|his|her|all)\s)?(?P<part>(?:[a-z-]+\s){1,2}?)(?P<noun>[a-z]+)\b(?!\s[a-z]+s\b)"
)
_NO_PART = frozenset(
    """all total overall entire whole global worldwide world group company net gross annual yearly consolidated combined
    the its their his her our new such these those and or of to in for who that""".split()
)
"""Words before a noun that do not make a part of it."""


def of_a_part(case: Case) -> str:
    """What the evidence has a share of, if it is a part of that of which the sentence has the share; else empty."""
    item = case.item
    mine = _OF_ALL.match(case.text, item.end) if item.dimension == PERCENT and isinstance(item, Figure) else None
    if mine is None or not case.fitting:
        return ""
    told = [_OF_PART.match(there.sentence, there.item.end) for there in case.fitting]
    for found in told:
        words = words_in(found["part"]) if found else []
        if found is None or stem(found["noun"]) != stem(mine["noun"]) or not _NO_PART.isdisjoint(words):
            return ""
        if not {stem(word) for word in words_of(case.text)}.isdisjoint(map(stem, words)):
            return ""
    return f"{told[0]['part']}{told[0]['noun']}" if told[0] else ""
