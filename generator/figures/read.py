"""All figures of a text: dates first, then labels and shares, then the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import chain, pairwise

from msgspec.structs import replace

from generator.figures import (
    amounts,
    clock,
    compounds,
    dates,
    exchange,
    fractions,
    identifiers,
    labels,
    scores,
)
from generator.figures.amounts import Figure
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.manner import way_to
from generator.figures.otherwise import otherwise
from generator.figures.screen import has_digit, is_strange, words_in
from generator.figures.spans import Spans
from generator.texts.patterns import late

Measured = Figure | Day | Label
"""Anything with a number in it."""


def measured(text: str, decimal_comma: bool = False) -> tuple[Measured, ...]:
    """Return every figure, date and label of a text in reading order, none inside another or in an address."""
    if "://" in text:
        text = _ADDRESS.sub(lambda address: " " * len(address[0]), text)
    if not has_digit(text) and is_without_words(text):
        return ()
    found: list[Measured] = []
    left, taken = text, Spans()
    for finder in (identifiers.find, clock.find, dates.find, scores.find, _labels(decimal_comma), fractions.find):
        new = [item for item in finder(left) if taken.take(item.start, item.end)]
        if new:
            left = _blanked(left, new)
            found += new
    amounts_found = tuple(amounts.find(left, decimal_comma))
    told = [_come_to(figure, text) for figure in compounds.joined(text, amounts_found)]
    found += exchange.without_way(text, _in_other_words(text, told))
    return tuple(sorted(found, key=lambda item: item.start))


_ADDRESS = late(r"https?://[!#-;=?-~]+")


@lru_cache(maxsize=512)
def of_sentence(sentence: str, decimal_comma: bool = False) -> tuple[Measured, ...]:
    """The same of a sentence of ours, cached because rules read it as well as tracing."""
    return measured(sentence, decimal_comma)


_OR = re.compile(r",\sor\s")


def _in_other_words(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures, with the second of `down $1.42, or 1.9%` in the direction of the first."""
    for at, (one, other) in enumerate(pairwise(figures), 1):
        if one.direction and not (other.direction or other.came) and _OR.fullmatch(text, one.end, other.start):
            figures[at] = replace(other, direction=one.direction)
    return figures


def _come_to(figure: Figure, text: str) -> Figure:
    """A figure with the direction of the change to it or by it, which may be that of a multiple (`doubled to 80`)."""
    came, changed = way_to(text, figure.start)
    return replace(figure, came=came, changed=changed) if came or changed else figure


def is_bare(text: str) -> bool:
    """Whether a quick look shows that a text has no figure, nor any that `with_ranges` adds."""
    return not has_digit(text) and is_without_words(text) and not is_strange(text)


def is_without_words(text: str) -> bool:
    """Whether a text has none of the words by which a figure without digits is known."""
    return _BEGINNINGS.isdisjoint(words_in(text))


def _labels(decimal_comma: bool) -> Callable[[str], Iterator[Label]]:
    return partial(labels.find, decimal_comma=decimal_comma)


_BEGINNINGS = amounts.BEGINNINGS | dates.BEGINNINGS | labels.BEGINNINGS | fractions.BEGINNINGS
"""A figure without digits has one of these words."""


def with_ranges(text: str, items: tuple[Measured, ...]) -> tuple[Measured, ...]:
    """Return the figures of a sentence with their other readings.

    `From 3 to 15 seconds` is a range, `two of three` a share, an age a number, and `40m` may be 40 million.
    """
    if not items:
        return (*fractions.of_them(text), *dates.alone(text, items), *labels.quarters(text), *_untold(text))
    figures_only = [item for item in items if isinstance(item, Figure)]
    pairs = pairwise(figures_only)
    ranges = (found for pair in pairs for way in (amounts.joined, amounts.within) if (found := way(text, *pair)))
    told = chain(
        dates.alone(text, items), otherwise(text, items), scores.in_evidence(text, items), labels.quarters(text)
    )
    return (*items, *ranges, *fractions.of_them(text), *told, *_untold(text))


def _untold(text: str) -> Iterator[Measured]:
    """Figures of evidence without a number of their own: a million in `per million`, five in `the fifth straight`."""
    yield from amounts.scaled(text)
    yield from amounts.in_a_row(text)
    yield from amounts.months(text)
    yield from scores.goalless(text)


def _blanked(text: str, found: list[Measured]) -> str:
    for item in found:
        text = text[: item.start] + " " * (item.end - item.start) + text[item.end :]
    return text
