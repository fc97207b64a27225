"""People's places and offices beside their names in both texts: `Chepkemoi of Kenya`, `Lt. Gov. Jane Aldane`.

Somebody of another place in the evidence, or only the deputy there, is not the person the sentence names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.figures.screen import words_of
from generator.model.tracing import Place
from generator.texts.patterns import late, places_whole
from generator.trace.evidence import Evidence, are_legible, are_whole
from generator.trace.names import Named, stand_in
from generator.trace.reading import sentences_in

_OF = late(r"(?P<who>[A-ZÀ-Þ][\w’'-]{3,}) of (?P<place>[A-ZÀ-Þ][\w’'-]{2,})")
_INSTITUTIONS = frozenset(
    """academy agency archbishop archdiocese army assembly association bank bar battle bay bishop board bureau cape
    cathedral centre center chamber church city coast college commission commonwealth confederation conference
    constitution council county court department diocese district division duchess duke earl emirate federation
    foundation friends government guild gulf head hospital house institute institution isle isles islands joint
    kingdom league library lord ministry mount museum national office order palace parliament port prince princess
    province queen king region republic royal school sea secretary senate society state states straits supreme treaty
    tower town trinity union university village""".split()
)
"""Things that many places have, so that another one may go by another name."""


def of_another_place(name: str, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has a person of another place than a name says: `Chepkemoi of Kenya`, not of Uganda."""
    mine = _OF.fullmatch(name[_first_names(name) :]) if " of " in name else None
    if mine is None or mine["who"].lower() in _INSTITUTIONS or not are_whole(support):
        return None
    found: Place | None = None
    for kept in support:
        for part, index, text in kept.texts:
            for other in re.finditer(rf"(?<!\w){re.escape(mine['who'])} of (?P<place>[A-ZÀ-Þ][\w’'-]+)", text):
                if other["place"] == mine["place"]:
                    return None
                found = found or kept.place(part, index, *other.span())
            is_noun = re.search(rf"(?<!\w){mine['who'].lower()}(?!\w)", text)  # a common noun: many share it
            if is_noun or _stands_otherwise(mine["place"], text):
                return None
    return found


def of_no_place(name: str, support: Sequence[Evidence]) -> str:
    """The place in `Jane Pine of Turku`, if no source mentions it; empty otherwise.

    Nothing is said of a single name before `of` (`Festival of Turku`), or of an institution: either may be many things.
    """
    mine = _OF.fullmatch(name[_first_names(name) :]) if " of " in name else None
    is_one = mine is not None and _first_names(name) > 0 and mine["who"].lower() not in _INSTITUTIONS
    if mine is None or not is_one or not are_legible(support):
        return ""
    place, texts = mine["place"], [text for kept in support for *_, text in kept.texts]
    beginning = place[:_LEAST].lower()  # adjectives of the place begin so too
    if any(beginning in text.lower() or stand_in(Named(0, 0, place), text) for text in texts):
        return ""
    code = re.compile(rf"(?<!\w){re.escape(place[:3].upper())}(?!\w)")  # as in lists of results
    return "" if any(map(code.search, texts)) else place


_LEAST = 4


def _first_names(name: str) -> int:
    """Offset of the last name in a name that says where somebody is from."""
    return name.rfind(" ", 0, name.index(" of ")) + 1


def _stands_otherwise(place: str, text: str) -> bool:
    """Whether a text names a place other than to say where somebody is from."""
    return re.search(rf"(?<! of )(?<!\w){re.escape(place)}", text, re.IGNORECASE) is not None


_LESSER = r"(?:lt\.?|lieutenant|deputy|vice|assistant|associate|acting)"
_OFFICES = {
    form: forms
    for forms in (
        "gov|governor",
        "president",
        "mayor",
        "minister",
        "premier",
        "chair|chairman|chairwoman|chairperson",
        "director",
        "secretary",
        "chief",
        "commissioner",
        "editor",
        "sheriff",
        "speaker",
        "leader",
        "principal",
        "manager",
        "chancellor",
        "ambassador",
        "prosecutor",
        "curator",
        "marshal",
    )
    for form in forms.split("|")
}
OFFICE = "|".join(_OFFICES)
"""As a pattern, an office that a person has."""
_BEFORE = late(rf"(?<!\w)(?P<office>(?i:{OFFICE}))\.?,?\s(?:[A-ZÀ-Þ][\w.’'-]*\s){{0,2}}\Z")
_BEHIND = re.compile(r",\s(?:(?:the|its|their|his|her|a)\s)?(?P<office>[a-z]+)\b")
_LESSER_NEAR = late(rf"(?<!\w){_LESSER}[\s-]", re.IGNORECASE)
_LESSER_BEFORE = late(rf"(?<!\w){_LESSER}[\s-]\Z", re.IGNORECASE)
_NEAR = 40


_TITLED = late(rf"(?<!\w)(?P<office>(?i:{OFFICE}))\s(?:[A-ZÀ-Þ][\w.’'-]*\s){{0,2}}\Z")


_FORMERLY = late(r"(?:\b[Ff]ormer(?:ly)?|\b[Tt]hen|\b[Ee]x|\b[Oo]ne-?time)[\s-](?:[A-Z][a-z]+\s)?\Z")


def _is_former(text: str, at: int) -> bool:
    """Whether the office at an offset is one of former days."""
    return _FORMERLY.search(text, max(0, at - _NEAR), at) is not None


def of_another_office(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence gives the person at some offsets the title of another office: Mayor Aune, not Minister.

    Only if both titles are before the name with a capital, and no source has the office that the sentence gives.
    """
    last = sentence.rfind(" ", start, end) + 1 or start
    told = _TITLED.search(sentence, max(0, last - _NEAR), last)
    if told is None or not told["office"][0].isupper() or not are_whole(support):
        return None
    forms, found = _OFFICES[told["office"].lower()], None
    if any(forms in _told_in(text).begun for kept in support for *_, text in kept.texts):
        return None
    for kept in support:
        for part, index, text in kept.texts:
            for start in places_whole(sentence[last:end], text):
                other = _TITLED.search(text, max(0, start - _NEAR), start)
                if other and _is_former(text, other.start()):
                    return None
                if found is None and other and other["office"][0].isupper():
                    found = kept.place(part, index, other.start(), start + end - last)
    return found


_OF_AREA = late(
    r"(?<!\w)(?P<area>(?!Former|Then|Deputy|Acting|New|Late)[A-Z][a-z]+)\s(?P<office>Minister|Secretary)\s"
    r"(?:[A-ZÀ-Þ][\w.’'-]*\s){0,2}\Z"
)


def of_another_area(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has the person at some offsets as minister of something else: Finance, not Prime Minister.

    Only if it names the office of the sentence too, but never beside this name.
    """
    last = sentence.rfind(" ", start, end) + 1 or start
    mine = _OF_AREA.search(sentence, max(0, last - _NEAR), last)
    if mine is None or not are_whole(support):
        return None
    found, is_told, office, name = None, False, f"{mine['area']} {mine['office']}", sentence[last:end]
    for kept in support:
        for part, index, text in kept.texts:
            is_told = is_told or office in text
            if office in text and any(_may_hold(name, office, each) for each in sentences_in(text).sentences):
                return None
            for at in places_whole(name, text):
                other = _OF_AREA.search(text, max(0, at - _NEAR), at)
                if other and (other["area"] == mine["area"] or _is_former(text, other.start())):
                    return None
                found = found or (kept.place(part, index, other.start(), at + end - last) if other else None)
    return found if is_told else None


def _may_hold(name: str, office: str, sentence: str) -> bool:
    """Whether a sentence has a name and an office that is nobody else's: `Ida Moe became Finance Minister`."""
    ends = (at + len(office) for at in places_whole(office, sentence) if name in sentence)
    return any(not _NAME_BEHIND.match(sentence, end) for end in ends)


_NAME_BEHIND = re.compile(r"\s[A-ZÀ-Þ]")


def of_lesser_office(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has the person at some offsets as a deputy of the office that the sentence gives."""
    if words_of(sentence).isdisjoint(_OFFICES):
        return None
    last = sentence.rfind(" ", start, end) + 1 or start
    told = _BEFORE.search(sentence, max(0, last - _NEAR), last)
    if told is None:
        told = _BEHIND.match(sentence, end)
    forms = _OFFICES.get(told["office"].lower()) if told else None
    if told is None or forms is None or _LESSER_NEAR.search(sentence, max(0, told.start() - _NEAR), told.end()):
        return None
    texts = [_told_in(text) for kept in support for *_, text in kept.texts]
    if any(forms in text.held for text in texts) or not any(forms in text.lesser for text in texts):
        return None  # somebody holds the office itself, or nobody a lesser one
    office, name = rf"(?<!\w)(?:{forms})(?!\w)", rf"(?<!\w){re.escape(sentence[last:end])}(?!\w)"
    held = re.compile(
        rf"(?<!\w){_LESSER}[\s-]{office}\.?,?\s(?:[\w.’'-]+\s){{0,2}}{name}"
        rf"|{name},\s(?:(?:the|its|their|his|her|a)\s)?{_LESSER}[\s-]{office}",
        re.IGNORECASE,
    )
    for kept in support:
        for part, index, text in kept.texts:
            if forms in _told_in(text).lesser and (there := held.search(text)):
                return kept.place(part, index, *there.span())
    return None


class _Told(NamedTuple):
    """The offices that a kept text names, each as its forms."""

    held: frozenset[str]
    lesser: frozenset[str]
    """Offices that it names a deputy of."""
    begun: frozenset[str]
    """Offices that one of its words begins with: `ministerial` counts for minister."""


_ANY = late(rf"(?<!\w)(?P<office>{'|'.join(sorted(_OFFICES, key=len, reverse=True))})(?P<more>\w?)", re.IGNORECASE)


@lru_cache(maxsize=512)
def _told_in(text: str) -> _Told:
    """Find the offices of a kept text. Cached, because every name with an office asks for them."""
    held: set[str] = set()
    lesser: set[str] = set()
    begun: set[str] = set()
    for place in _ANY.finditer(text):
        named = place["office"].lower()
        begun |= {forms for office, forms in _OFFICES.items() if named.startswith(office)}
        if not place["more"]:
            is_lesser = _LESSER_BEFORE.search(text, max(0, place.start() - _NEAR), place.start())
            (lesser if is_lesser else held).add(_OFFICES[named])
    return _Told(frozenset(held), frozenset(lesser), frozenset(begun))
