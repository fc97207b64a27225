"""Exchange rates: `¥158.20 to the dollar`, `USD/JPY 158.20`, `87.2 pence per euro`.

The direction of such a figure means nothing by itself: the yen falls when the dollar rises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from generator.figures.amounts import Figure, in_unit
from generator.figures.units import COUNT, CURRENCIES, CURRENCY_WORDS

_PAIR = re.compile(r"(?<![A-Z])(?P<of>[A-Z]{3})\s?/\s?(?P<money>[A-Z]{3})(?![A-Z])")
_FOR_ONE = re.compile(
    r"\s(?:to|per|for)\s(?:(?:the|an?|one|each)\s)?(?:U\.?S\.?\s)?(?P<of>dollar|euro|pound|franc|yen|yuan|lira)\b"
)
_WORD = re.compile(r"[A-Za-z]+")


def _pair(text: str) -> str:
    """The currency that a text quotes another one in by a pair of codes; empty if there is none."""
    found = _PAIR.search(text) if "/" in text else None
    return found["money"] if found and {found["of"], found["money"]} <= CURRENCIES.keys() else ""


def without_way(text: str, figures: Sequence[Figure]) -> Sequence[Figure]:
    """Return the figures of a text, without directions if it has an exchange rate."""
    is_one = _pair(text) or any(_FOR_ONE.match(text, figure.end) for figure in figures)
    if not is_one:
        return figures
    return [
        replace(figure, direction=0, came=0, changed=0)
        if figure.dimension == COUNT or figure.dimension in CURRENCIES
        else figure
        for figure in figures
    ]


def in_money(text: str, figure: Figure) -> Iterator[Figure]:
    """Yield a bare number that is an exchange rate in each currency that it may be in."""
    if money := _pair(text):
        yield in_unit(figure, money, 1.0)
    elif told := _FOR_ONE.match(text, figure.end):
        words = {CURRENCY_WORDS[word].dimension for word in _WORD.findall(text) if word in CURRENCY_WORDS}
        for dimension in sorted(words - {CURRENCY_WORDS[told["of"]].dimension}):
            yield in_unit(figure, dimension, 1.0)
