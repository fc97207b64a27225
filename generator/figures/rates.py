"""Rates: an amount per month, per kilowatt-hour, per million output tokens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.figures.manner import HEDGE
from generator.figures.units import SCALES
from generator.texts.patterns import late

_NAMES = {
    "hour": "hour hourly hr h Stunde stündlich",
    "day": "day daily Tag täglich",
    "week": "week weekly Woche wöchentlich",
    "month": "month monthly mo Monat monatlich",
    "quarter": "quarter quarterly",
    "year": "year yearly annum annually yr annual Jahr jährlich",
    "decade": "decade Jahrzehnt",
    "century": "century Jahrhundert",
    "kilowatt-hour": "kilowatt-hour kWh",
    "megawatt-hour": "megawatt-hour MWh",
    "gigawatt-hour": "gigawatt-hour GWh",
    "kilogram": "kilogram kilo kg",
    "tonne": "tonne",
    "gram": "gram",
    "barrel": "barrel",
    "litre": "litre liter",
    "gallon": "gallon",
    "hectare": "hectare ha",
    "acre": "acre",
    "mile": "mile",
    "kilometre": "kilometre kilometer km",
    "minute": "minute",
    "second": "second",
}
_KINDS = (
    {"minute", "second", "hour", "day", "week", "month", "quarter", "year", "decade", "century"},
    {"kilowatt-hour", "megawatt-hour", "gigawatt-hour"},
    {"gram", "kilogram", "tonne", "litre", "gallon", "barrel"},
    {"hectare", "acre"},
    {"mile", "kilometre"},
)
_OF = {word: name for name, words in _NAMES.items() for word in words.split()}
_EACH = r"(?:per|an?|each|every|for\seach|(?:im|pro|je|am)\s(?=[A-Z])|/)\s?"
_RATE = late(
    rf"(?:\s?{_EACH}(?P<each>{'|'.join(sorted(_OF, key=len, reverse=True)).replace('-', '[- ]')})"
    r"(?![\w-]|\s(?:19|20)\d\d|\s(?:ago|earlier|before|later)\b)"
    r"|\s(?P<alone>hourly|daily|weekly|monthly|quarterly|annually|yearly|täglich|wöchentlich|monatlich|jährlich)\b)"
)
_STEP = late(rf"\s?{_EACH}(?!(?:{'|'.join(_OF)})\b)[a-z]+")
_PHRASE = late(
    r"\s(?:per|an?|for\s(?:an?|each|every))\s(?P<of>[A-Za-z0-9-]+(?:\s(?!and\b|or\b|for\b|in\b|on\b|to\b|from\b|with\b)[a-z]+){0,3})"
)
_COUNTED = late(
    r"(?:\s(?:per|an?|each|every|for\s(?:an?|each|every|one))\s|\s?/\s?|\sfor\s(?=\d|hundred\b|thousand\b|million\b|billion\b))"
    r"(?:(?P<number>(?!(?:19|20)\d\d\b)\d[\d,]*(?:\.\d+)?)(?!\d))?"
    r"\s?(?:(?P<scale>hundred|thousand|million|billion|[kKMB])(?:Tok|(?![A-Za-z])))?"
    r"(?P<of>(?:\s?(?!(?:and|or|for|in|on|to|from|with|of|at|per|an?|the)\b)[a-z]+){0,3})"
)
_NOUN = late(
    r"(?:(?:\sof)?\s(?!(?:an?|per|each|every|and|or|in|on|of|for|to|than)\b)[a-z-]+){1,2}(?=\s(?:an?|per|each|every)\s)"
)
_BEFORE = late(
    r"\b(?P<measure>(?i:hourly|daily|weekly|monthly|annual|yearly))\s(?:[a-z-]+\s){1,2}"
    rf"(?:(?:is|was|were|are|of|at|to|from|increases|increased|rose|fell|by|will\sbe)\s){{1,3}}{HEDGE}\Z"
)
_OTHER_NUMBER = 2.0
"""Numbers of things that differ by at least this factor are not roundings of each other."""


class Counted(NamedTuple):
    """The number of things that an amount is for: a thousand tokens, one token, a million of something unnamed."""

    number: float
    of: frozenset[str]
    end: int


def counted(text: str, end: int) -> Counted | None:
    """Return the number of things that the amount ending at an offset is for; None if this is not said."""
    found = _COUNTED.match(text, end)
    if found is None or not (found["number"] or found["scale"] or found["of"]):
        return None
    number = float(found["number"].replace(",", "")) if found["number"] else 1.0
    words = frozenset(word.removesuffix("s") for word in found["of"].split())
    return Counted(number * SCALES.get(found["scale"] or "", 1.0), words, found.end())


def is_of_another_number(one: Counted, other: Counted | None) -> bool:
    """Whether two amounts are for different numbers of the same things: one per thousand tokens, one per million."""
    if other is None or max(one.number, other.number) < _OTHER_NUMBER * min(one.number, other.number):
        return False
    if one.of and other.of:
        return not one.of.isdisjoint(other.of)
    return 1.0 not in (one.number, other.number)  # `$3/M` and `$3 for a thousand tokens`


def rates(text: str, end: int) -> frozenset[str]:
    """Return the measures of the rate behind an amount that ends at an offset: `month`, `kilowatt-hour`."""
    return frozenset(name for name, _ in _measures(text, end) if name)


def rates_around(text: str, start: int, end: int) -> frozenset[str]:
    """The same with words between, or with the measure first: `31,400 cars a week`, `the annual cost is $3`."""
    if found := rates(text, end):
        return found
    if (noun := _NOUN.match(text, end)) and (found := rates(text, noun.end())):
        return found
    before = _BEFORE.search(text, max(0, start - 70), start)
    return frozenset((_OF[before["measure"].lower()],)) if before else frozenset()


def rate_end(text: str, end: int) -> int:
    """Return the end of the words for what an amount is for."""
    found = _PHRASE.match(text, end)
    number = counted(text, end)
    ends = [at for _, at in _measures(text, end)]
    if not ends and (noun := _NOUN.match(text, end)):
        ends = [at for _, at in _measures(text, noun.end())]  # `0.2 degrees per decade`
    return max(end, *ends, found.end() if found else end, number.end if number else end)


def _measures(text: str, at: int) -> Iterator[tuple[str, int]]:
    while found := _RATE.match(text, at) or _STEP.match(text, at):
        at, known = found.end(), found.groupdict()  # other measures have no name here
        yield (_OF[(known["each"] or known["alone"]).replace(" ", "-")] if known else ""), at


def is_another(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two amounts are for different measures of one kind: one per month, one per year."""
    return any((one & kind) and (other & kind) and not (one & other & kind) for kind in _KINDS)


def phrase(text: str, end: int) -> str:
    """Return the words behind `per`: `million output tokens`; empty if there are none."""
    found = _PHRASE.match(text, end)
    return found["of"].lower() if found else ""
