"""All figures of a text, read once: dates first, then labels, then what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise

from generator.trace import dates, figures, fractions, labels
from generator.trace.dates import Day
from generator.trace.figures import Figure
from generator.trace.labels import Label
from generator.trace.numerals import has_decimal_comma

Measured = Figure | Day | Label
"""Anything with a number in it."""

_SENTENCE_END = re.compile(
    r"(?<=[.!?…])(?<!\s\d\.)(?<!\s\d\d\.)(?<!\b[A-Z]\.)(?<!Mio\.)(?<!Mrd\.)(?<!\bRs\.)(?<!\bNo\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bDr\.)(?<!\bSt\.)(?<!U\.S\.)[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[A-Z0-9À-ÞА-Я$€£¥])|[。！？]|\n+"
)


def measured(text: str, decimal_comma: bool = False) -> tuple[Measured, ...]:
    """Every figure, date and label of a text in reading order, none inside another."""
    if not _HAS_ANY.search(text):
        return ()
    found: list[Measured] = []
    left = text
    for finder in (dates.find, _labels(decimal_comma), fractions.find):
        for item in finder(left):
            if not any(item.start < other.end and other.start < item.end for other in found):
                found.append(item)
        left = _blanked(text, found)
    found += figures.find(left, decimal_comma)
    return tuple(sorted(found, key=lambda item: item.start))


def _labels(decimal_comma: bool) -> Callable[[str], Iterator[Label]]:
    return partial(labels.find, decimal_comma=decimal_comma)


_HAS_ANY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty"
    r"|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|third|quarter|fifth|twice|\w+fold|doubl\w+"
    r"|tripl\w+|halv\w+|first|second|tenth|early|mid|late)\b|\b(?:in|by|since|until|from|of)\s(?:J|F|M|A|S|O|N|D)[a-z]+",
    re.IGNORECASE,
)


def with_ranges(text: str, items: tuple[Measured, ...]) -> tuple[Measured, ...]:
    """The figures of a sentence, and with them each `from 3 to 15 seconds` as the range that it is too."""
    figures_only = [item for item in items if isinstance(item, Figure)]
    pairs = pairwise(figures_only)
    return (*items, *(found for pair in pairs if (found := figures.joined(text, *pair))))


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
    sentences: tuple[str, ...]
    by_dimension: Mapping[str, tuple[tuple[Measured, int], ...]]
    """The figures of each dimension, with the number of the sentence of each."""
    years: frozenset[int]
    """Every year that the text names."""

    def sentence_at(self, at: int) -> int:
        """The number of the sentence in which an offset lies."""
        return next((n for n, (start, end) in enumerate(self.bounds) if start <= at < end), len(self.bounds) - 1)


@lru_cache(maxsize=4096)
def read(text: str, language: str | None = None) -> Reading:
    """Read a passage, a title or a snapshot. Kept by its text, since sources are cited by many sentences."""
    bounds = _bounds(text)
    comma = has_decimal_comma(text, language)
    table: dict[str, list[tuple[Measured, int]]] = {}
    sentences = tuple(text[start:end] for start, end in bounds)
    last: Figure | None = None
    for number, sentence in enumerate(sentences):
        items = measured(sentence, comma)
        for item in (*with_ranges(sentence, items), *figures.inheriting(sentence, items, last)):
            table.setdefault(item.dimension, []).append((item, number))
        last = next((i for i in reversed(items) if isinstance(i, Figure) and i.dimension), None)
    years = frozenset(item.year for item, _ in table.get("date", ()) if isinstance(item, Day) and item.year)
    return Reading(text, bounds, sentences, {name: tuple(items) for name, items in table.items()}, years)


def _bounds(text: str) -> tuple[tuple[int, int], ...]:
    found, start = [], 0
    for end in _SENTENCE_END.finditer(text):
        if end.end() > start and text[start : end.start()].strip():
            found.append((start, end.end()))
            start = end.end()
    if text[start:].strip() or not found:
        found.append((start, len(text)))
    return tuple(found)
