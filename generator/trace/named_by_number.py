"""Things called by their number alone, where the evidence has the full name: `the 737` for the Boeing 737."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.labels import Label
from generator.figures.read import Measured
from generator.figures.units import COUNT
from generator.model.tracing import Place
from generator.trace.evidence import Evidence

_THE = re.compile(r"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Bb]oth)\s\Z")
_COUNTS = re.compile(r"\s[a-z]+s\b(?<!\bis)(?<!\bwas)(?<!\bhas)(?<!\bcosts)(?<!\bruns)")


def named_so(item: Measured, sentence: str, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has a name that ends with the number of the sentence; None if nowhere."""
    if isinstance(item, Label):
        return _spelled_so(item, support) if item.dimension == "version" else None
    if not isinstance(item, Figure) or item.dimension != COUNT or not item.text.isdigit() or len(item.text) < 2:
        return None
    if not _THE.search(sentence, 0, item.start) or _COUNTS.match(sentence, item.end):
        return None
    for kept in support:
        for part, index, reading in kept.readings:
            for label, number in reading.by_dimension.get("version", ()):
                if re.search(rf"(?<!\d){item.text}\Z", label.text):
                    start = reading.bounds[number][0]
                    return kept.place(part, index, start + label.start, start + label.end)
    return None


def _spelled_so(name: Label, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has a numbered name verbatim, though there its number reads as a count."""
    for kept in support:
        for part, index, text in kept.texts:
            if name.text in text and (found := re.search(rf"(?<!\w){re.escape(name.text)}(?!\w|[.,-]\d)", text)):
                return kept.place(part, index, *found.span())
    return None
