"""Find sentences of a page that could serve as evidence: those with figures, and those with quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.texts.abbreviations import FIRST, STOPS, is_abbreviated
from generator.texts.quoting import is_short

LIMIT = 20
"""Passages that are offered: more would not fit on a screen."""
_SHORTEST, _LONGEST = 25, 400
"""Characters. The loader allows 1000; anything longer than a few lines is no longer a quotation."""

_BREAK = re.compile(rf"(?<=[{STOPS}])[\"”’)]?\s+(?=[\"“‘(]?[{FIRST}])")
_FIGURE = re.compile(r"\d")
_STRONG_FIGURE = re.compile(
    r"[$€£¥₩]\s?\d|\d\s?(?:%|percent|per cent|billion|million|trillion|bn\b|m\b|GW|MW|GB|km)"
    r"|\d[\d,]*\.\d|\d{1,3}(?:,\d{3})+"
)
_QUOTATION = re.compile(r"[“\"«][^”\"»]{12,}[”\"»]")


def sentences(paragraphs: Iterable[str]) -> list[str]:
    """The sentences of a page in order, without duplicates."""
    found: dict[str, None] = {}
    for paragraph in paragraphs:
        pending = ""
        for piece in _BREAK.split(paragraph):
            pending = f"{pending} {piece}".strip()
            if len(pending) > _LONGEST or not (pending.endswith(".") and is_abbreviated(pending, 0, len(pending) - 1)):
                found.setdefault(pending)
                pending = ""
        if pending:
            found.setdefault(pending)
    return list(found)


def offered(paragraphs: Iterable[str]) -> list[str]:
    """The most telling sentences, in the order of the page."""
    ranked = [
        (-weight, place, sentence)
        for place, sentence in enumerate(sentences(paragraphs))
        if _SHORTEST <= len(sentence) <= _LONGEST and is_short(sentence) and (weight := _weight(sentence))
    ]
    return [sentence for _, _, sentence in sorted(sorted(ranked)[:LIMIT], key=lambda found: found[1])]


def _weight(sentence: str) -> int:
    """How much a sentence could prove: money, shares and amounts most, then quotations, then any figure."""
    strong = 3 * bool(_STRONG_FIGURE.search(sentence))
    return strong + 2 * bool(_QUOTATION.search(sentence)) + bool(_FIGURE.search(sentence))
