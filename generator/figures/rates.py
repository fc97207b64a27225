"""What an amount is for: a month, a kilowatt-hour, a million output tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMES = {
    "hour": "hour hourly hr h",
    "day": "day daily",
    "week": "week weekly",
    "month": "month monthly mo",
    "quarter": "quarter quarterly",
    "year": "year yearly annum annually yr annual",
    "kilowatt-hour": "kilowatt-hour kWh",
    "megawatt-hour": "megawatt-hour MWh",
    "gigawatt-hour": "gigawatt-hour GWh",
    "kilogram": "kilogram kilo kg",
    "tonne": "tonne",
    "gram": "gram",
    "barrel": "barrel",
    "litre": "litre liter",
    "gallon": "gallon",
    "mile": "mile",
    "kilometre": "kilometre kilometer km",
    "minute": "minute",
    "second": "second",
}
_KINDS = (
    {"minute", "second", "hour", "day", "week", "month", "quarter", "year"},
    {"kilowatt-hour", "megawatt-hour", "gigawatt-hour"},
    {"gram", "kilogram", "tonne"},
    {"litre", "gallon", "barrel"},
    {"mile", "kilometre"},
)
_OF = {word: name for name, words in _NAMES.items() for word in words.split()}
_EACH = r"(?:per|an?|each|every|for\seach|/)\s?"
_RATE = re.compile(
    rf"(?:\s?{_EACH}(?P<each>{'|'.join(sorted(_OF, key=len, reverse=True))})(?![\w-])"
    r"|\s(?P<alone>hourly|daily|weekly|monthly|quarterly|annually|yearly)\b)"
)
_STEP = re.compile(rf"\s?{_EACH}(?!(?:{'|'.join(_OF)})\b)[a-z]+")
_PHRASE = re.compile(
    r"\s(?:per|an?|for\s(?:an?|each|every))\s(?P<of>[A-Za-z0-9-]+(?:\s(?!and\b|or\b|for\b|in\b|on\b|to\b|from\b|with\b)[a-z]+){0,3})"
)


def rates(text: str, end: int) -> frozenset[str]:
    """The measures for which an amount that ends at an offset is: `month`, `kilowatt-hour`."""
    return frozenset(name for name, _ in _measures(text, end) if name)


def rate_end(text: str, end: int) -> int:
    """Where the words end that say what an amount is for."""
    found = _PHRASE.match(text, end)
    ends = [at for _, at in _measures(text, end)]
    return max(end, *ends, found.end() if found else end)


def _measures(text: str, at: int) -> Iterator[tuple[str, int]]:
    while found := _RATE.match(text, at) or _STEP.match(text, at):
        at = found.end()
        yield (_OF[found["each"] or found["alone"]] if found.re is _RATE else ""), at


def is_another(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two amounts are for different measures of one kind: one a month, one a year."""
    return any((one & kind) and (other & kind) and not (one & other & kind) for kind in _KINDS)


def phrase(text: str, end: int) -> str:
    """The words behind `per`, as they stand: `million output tokens`; empty without it."""
    found = _PHRASE.match(text, end)
    return found["of"].lower() if found else ""
