"""All figures of a text, read once: dates first, then labels, then what is left."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.trace import dates, figures, fractions, labels
from generator.trace.context import Words, words_of
from generator.trace.dates import Day
from generator.trace.figures import Figure
from generator.trace.labels import Label
from generator.trace.numerals import has_decimal_comma

Measured = Figure | Day | Label
"""Anything with a number in it."""

_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9À-ÞА-Я$€£¥])|[。！？]|\n+")


def measured(text: str, decimal_comma: bool = False) -> tuple[Measured, ...]:
    """Every figure, date and label of a text in reading order, none inside another."""
    if not _HAS_ANY.search(text):
        return ()
    found: list[Measured] = []
    left = text
    for finder in (dates.find, labels.find, fractions.find):
        for item in finder(left):
            if not any(item.start < other.end and other.start < item.end for other in found):
                found.append(item)
        left = _blanked(text, found)
    found += figures.find(left, decimal_comma)
    return tuple(sorted(found, key=lambda item: item.start))


_HAS_ANY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|third|quarter|fifth|twice|\w+fold|doubl\w+"
    r"|tripl\w+|halv\w+|first|second|tenth)\b|\b(?:in|by|since|until|from|of)\s(?:J|F|M|A|S|O|N|D)[a-z]+",
    re.IGNORECASE,
)


def _blanked(text: str, found: list[Measured]) -> str:
    for item in found:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text


@dataclass(frozen=True, slots=True)
class Reading:
    """A kept text with its figures, each in its sentence."""

    text: str
    bounds: tuple[tuple[int, int], ...]
    """Of its sentences."""
    by_dimension: Mapping[str, tuple[tuple[Measured, int], ...]]
    """The figures of each dimension, with the number of the sentence of each."""
    years: frozenset[int]
    """Every year that the text names."""
    versions: frozenset[str]

    def sentence_at(self, at: int) -> int:
        """The number of the sentence in which an offset lies."""
        return next((n for n, (start, end) in enumerate(self.bounds) if start <= at < end), len(self.bounds) - 1)

    def sentence(self, number: int) -> str:
        start, end = self.bounds[number]
        return self.text[start:end].strip()

    def words(self, number: int) -> Words:
        return words_of(self.text[slice(*self.bounds[number])])


@lru_cache(maxsize=4096)
def read(text: str, language: str | None = None) -> Reading:
    """Read a passage, a title or a snapshot. Kept by its text, since sources are cited by many sentences."""
    bounds = _bounds(text)
    comma = has_decimal_comma(text, language)
    table: dict[str, list[tuple[Measured, int]]] = {}
    years = set()
    for number, (start, end) in enumerate(bounds):
        for item in measured(text[start:end], comma):
            table.setdefault(item.dimension, []).append((item, number))
            if isinstance(item, Day) and item.year:
                years.add(item.year)
    versions = frozenset(item.key for item, _ in table.get("version", ()) if isinstance(item, Label))
    frozen = {dimension: tuple(items) for dimension, items in table.items()}
    return Reading(text, bounds, frozen, frozenset(years), versions)


def _bounds(text: str) -> tuple[tuple[int, int], ...]:
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if end.end() > start and text[start : end.start()].strip():
            found.append((start, end.end()))
            start = end.end()
    if text[start:].strip() or not found:
        found.append((start, len(text)))
    return tuple(found)
