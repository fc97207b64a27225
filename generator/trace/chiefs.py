"""Executive offices: a firm's finance chief in the evidence is not its chief executive.

An office has many wordings (`CFO Dana Pine`, `Pine, the chief financial officer`), and a firm has one of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from generator.figures.screen import words_of
from generator.model.tracing import Place
from generator.texts.patterns import late, places_whole
from generator.trace.evidence import Evidence, are_legible

_AREAS = {
    form: area
    for area, forms in {
        "E": "executive",
        "F": "financial finance",
        "O": "operating operations",
        "T": "technology technical",
        "I": "information investment",
        "medical": "medical",
        "science": "scientific science",
        "legal": "legal",
        "marketing": "marketing",
        "commercial": "commercial",
        "economist": "economist",
    }.items()
    for form in forms.split()
}
"""Areas of chiefs by the words for them: the letter of the office where it has a common one (`CFO`), else a word."""
_WORDS = "|".join(_AREAS)
_OFFICE = (
    rf"(?<!\w)(?P<office>(?i:chief\s(?P<chief>{_WORDS})(?:\sofficer)?|(?P<head>{_WORDS})\s(?:chief|director(?!\s(?:of|for)\b)|head))"
    r"|C(?P<letter>[EFOTI])O)(?!\w)"
)
_NAMES = r"(?:[A-ZÀ-Þ][\w.’'-]*\s){0,3}"
_BEFORE = late(rf"{_OFFICE},?\s{_NAMES}\Z")
_BEHIND = late(rf",\s(?:(?:the|its|their|his|her|a)\s|{_NAMES}[A-ZÀ-Þ][\w-]*[’']s?\s)?{_OFFICE}")
_ANY = late(_OFFICE)
_NAMED_BEFORE = late(r"[A-ZÀ-Þ][\w’'-]+,\s(?:(?:the|its|their|his|her|a)\s)?\Z")
_NAMED_BEHIND = late(r"\s[A-ZÀ-Þ]|,\s(?:[A-ZÀ-Þ][\w.’'-]*\s?){1,4}[,.;)]")
_NOT_NOW = late(r"\b(?i:former|formerly|then|ex|one-?time|interim|acting|deputy|new|next|incoming|outgoing)[\s-]\Z")
_MOVING = frozenset("promoted takes taking took helm succeeds succeeded succeed top managing until leads named".split())
"""Words of a text in which somebody changes office, perhaps to the one in the sentence."""
_FIRST_NAME = late(r"(?P<name>[A-ZÀ-Þ][\w’-]+)\s\Z")
_BY = frozenset("chief head director ceo cfo coo cto cio".split())
"""A sentence without any of these words names no such office."""
_BEFORE_NAMES = _BY | {*_AREAS, "officer"}
_NEAR = 60


def of_another_chief(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence gives the person at some offsets another of these offices, and never that of the sentence.

    None if it has the sentence's office without a name beside it: that may be this person.
    """
    if words_of(sentence).isdisjoint(_BY):
        return None
    mine = _held(sentence, sentence.rfind(" ", start, end) + 1 or start, end)
    told = {_area(office) for office in mine if not _is_not_now(sentence, office)}
    if len(told) != 1 or not are_legible(support):
        return None
    found: Place | None = None
    for kept in support:
        for part, index, text in kept.texts:
            if not _MOVING.isdisjoint(words_of(text)):
                return None
            for first, last, office in _offices_of(sentence[start:end], text):
                if _area(office) in told or _is_not_now(text, office):
                    return None
                span = min(first, office.start("office")), max(last, office.end("office"))
                found = found or kept.place(part, index, *span)
            if not told.isdisjoint(_open_in(text)):
                return None
    return found


def _offices_of(called: str, text: str) -> Iterator[tuple[int, int, re.Match[str]]]:
    """The offices right beside a person's last name, with its offsets, unless another first name precedes it."""
    *firsts, last = called.split()
    for start in places_whole(last, text):
        before = _FIRST_NAME.search(text, max(0, start - _NEAR), start)
        is_anothers = before and firsts and before["name"] not in firsts and before["name"].lower() not in _BEFORE_NAMES
        for office in () if is_anothers else _held(text, start, start + len(last)):
            yield start, start + len(last), office


def _is_not_now(text: str, office: re.Match[str]) -> bool:
    """Whether an office is one that somebody had or will have."""
    start = office.start("office")
    return _NOT_NOW.search(text, max(0, start - _NEAR), start) is not None


def _held(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The offices right beside a name at some offsets."""
    told = _BEFORE.search(text, max(0, start - _NEAR), start), _BEHIND.match(text, end)
    return [office for office in told if office]


@lru_cache(maxsize=512)
def _open_in(text: str) -> frozenset[str]:
    """The offices that a kept text has without a name beside them, which may be anybody's."""
    return frozenset(_area(office) for office in _ANY.finditer(text) if not _is_anothers(text, office))


def _area(office: re.Match[str]) -> str:
    named = office["chief"] or office["head"]
    return _AREAS[named.lower()] if named else office["letter"].upper()


def _is_anothers(text: str, office: re.Match[str]) -> bool:
    """Whether a name is right beside an office."""
    before = _NAMED_BEFORE.search(text, max(0, office.start() - _NEAR), office.start())
    return before is not None or _NAMED_BEHIND.match(text, office.end()) is not None
