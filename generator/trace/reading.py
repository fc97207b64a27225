"""A kept text with its sentences and its figures, read once."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Set
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import TypeVar

from msgspec import Struct

from generator.figures.amounts import Figure, inheriting
from generator.figures.dates import Day
from generator.figures.numerals import has_decimal_comma
from generator.figures.read import Measured, is_bare, measured, with_ranges
from generator.figures.screen import matches, words_of
from generator.texts.abbreviations import FIRST, STOPS, STOPS_ALONE, is_abbreviated
from generator.texts.patterns import late

_SENTENCE_END = late(rf"(?<=[{STOPS}])[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[{FIRST}])|[{STOPS_ALONE}]|\n+")


_STOP = re.compile(rf"[{STOPS}{STOPS_ALONE}\n]")
"""A sentence can only end beside one of these."""


_NUMBER = itemgetter(1)
Read = TypeVar("Read", bound=Measured)


def in_order(figures: Iterable[Read]) -> list[Read]:
    """Figures of a sentence in reading order."""
    return sorted(figures, key=attrgetter("start"))


class Sentences(Struct, frozen=True):
    """The sentences of a kept text."""

    bounds: tuple[tuple[int, int], ...]
    """Start and end of each sentence, as offsets in the text."""
    sentences: tuple[str, ...]

    def sentence_at(self, at: int) -> int:
        """The number of the sentence that has an offset."""
        return next((n for n, (start, end) in enumerate(self.bounds) if start <= at < end), len(self.bounds) - 1)

    def has_one_of(self, words: Set[str]) -> bool:
        """Whether the text has one of these words anywhere."""
        return any(not words.isdisjoint(words_of(sentence)) for sentence in self.sentences)


class Reading(Sentences, frozen=True):
    """The sentences of a kept text, and its figures, each in its sentence."""

    by_dimension: Mapping[str, tuple[tuple[Measured, int], ...]]
    """The figures of each dimension, with the number of the sentence of each."""
    years: frozenset[int]
    """Every year that the text names."""

    def items(self, number: int) -> list[Measured]:
        """The figures of a sentence in reading order."""
        return in_order(item for dimension in self.by_dimension for item in self.of_dimension(dimension, number))

    def alike(self, item: Measured, number: int) -> list[Measured]:
        """The figures of a sentence that have the dimension of a figure."""
        return self.of_dimension(item.dimension, number)

    def of_dimension(self, dimension: str, number: int) -> list[Measured]:
        """The figures of a sentence that have a dimension."""
        table = self.by_dimension.get(dimension, ())  # sorted by sentence, of which there may be thousands
        first = bisect_left(table, number, key=_NUMBER)
        return [each for each, _ in table[first : bisect_right(table, number, first, key=_NUMBER)]]

    def bounds_of(self, number: int, item: Measured) -> tuple[int, int]:
        """Start and end of a figure of a sentence, as offsets in the text."""
        start = self.bounds[number][0]
        return start + item.start, start + item.end


def sentences_in(text: str) -> Sentences:
    """The sentences of a text whose language is not told. Its figures are not read, which takes far longer."""
    return _sentences(text, has_decimal_comma(text, None))


@lru_cache(maxsize=512)
def _sentences(text: str, has_ordinals: bool) -> Sentences:
    bounds = _bounds(text, has_ordinals)
    return Sentences(bounds, tuple([text[start:end] for start, end in bounds]))


@lru_cache(maxsize=512)
def read(text: str, language: str | None = None) -> Reading:
    """Read a passage, a title or a snapshot. Cached by text, because many sentences cite the same source."""
    comma = has_decimal_comma(text, language)
    parts = _sentences(text, comma)
    bounds, sentences = parts.bounds, parts.sentences
    if is_bare(text):
        return Reading(bounds, sentences, {}, frozenset())
    table: dict[str, list[tuple[Measured, int]]] = {}
    last: Figure | None = None
    for number, sentence in enumerate(sentences):
        items = measured(sentence, comma)
        for item in (*with_ranges(sentence, items), *inheriting(sentence, items, last)):
            table.setdefault(item.dimension, []).append((item, number))
        last = next((i for i in reversed(items) if isinstance(i, Figure) and i.dimension), None)
    years = frozenset(item.year for item, _ in table.get("date", ()) if isinstance(item, Day) and item.year)
    return Reading(bounds, sentences, {name: tuple(items) for name, items in table.items()}, years)


def _bounds(text: str, has_ordinals: bool) -> tuple[tuple[int, int], ...]:
    stops = [place for stop in _STOP.finditer(text) for place in stop.span()]
    if not stops:
        return ((0, len(text)),)
    found, start = [], 0
    for end in matches(_SENTENCE_END, text, stops):
        if end.end() > start and text[start : end.start()].strip() and not _is_short(text, start, end, has_ordinals):
            found.append((start, end.end()))
            start = end.end()
    if text[start:].strip() or not found:
        found.append((start, len(text)))
    return tuple(found)


_SMALL_NUMBER = re.compile(r"(?:\A|\s)\d{1,2}\Z")


def _is_short(text: str, start: int, end: re.Match[str], has_ordinals: bool) -> bool:
    """Whether a possible end of a sentence is the full stop of an abbreviation, an ordinal, or an item's number.

    Ordinals have a full stop in languages with a decimal comma: `2. Liga`.
    """
    stop = end.start() - 1
    if text[stop] != "." or "\n" in end[0]:
        return False
    number = _SMALL_NUMBER.search(text[max(start, stop - 3) : stop])
    if number and (has_ordinals or not text[start : stop - 2].strip()):
        return True
    return is_abbreviated(text, start, stop)
