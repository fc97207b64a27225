"""Where somebody is from and what office he holds, where both texts say so beside the name: `Chepkemoi of Kenya`,
`Lt. Gov. Jane Aldane`. Who is of another place in the evidence, or only the deputy there, is not the one that is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.screen import words_of
from generator.model.patterns import late
from generator.model.tracing import Place
from generator.trace.evidence import Evidence, are_legible, are_whole
from generator.trace.names import Named, stand_in

_OF = re.compile(r"(?P<who>[A-ZÀ-Þ][\w’'-]{3,}) of (?P<place>[A-ZÀ-Þ][\w’'-]{2,})")
_INSTITUTIONS = frozenset(
    """academy agency archbishop archdiocese army assembly association bank bar battle bay bishop board bureau cape
    cathedral centre center chamber church city coast college commission commonwealth confederation conference
    constitution council county court department diocese district division duchess duke earl emirate federation
    foundation friends government guild gulf head hospital house institute institution isle isles islands joint
    kingdom league library lord ministry mount museum national office order palace parliament port prince princess
    province queen king region republic royal school sea secretary senate society state states straits supreme treaty
    tower town trinity union university village""".split()
)
"""What many places have, so that another one may be told under another name."""


def of_another_place(name: str, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has somebody of another place than a name says: `Chepkemoi of Kenya`, not of Uganda."""
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
            is_noun = re.search(rf"(?<!\w){mine['who'].lower()}(?!\w)", text)  # one of many that have the name
            if is_noun or _stands_otherwise(mine["place"], text):
                return None
    return found


def of_no_place(name: str, support: Sequence[Evidence]) -> str:
    """The place of which a name says that somebody is, where the evidence has no such place: `Jane Pine of Turku`.

    Who has one name may be many things (`Festival of Turku`), and so may what an institution is of.
    """
    mine = _OF.fullmatch(name[_first_names(name) :]) if " of " in name else None
    is_one = mine is not None and _first_names(name) > 0 and mine["who"].lower() not in _INSTITUTIONS
    if mine is None or not is_one or not are_legible(support):
        return ""
    place, texts = mine["place"], [text for kept in support for *_, text in kept.texts]
    beginning = place[:_LEAST].lower()  # which what is of the place begins with too
    if any(beginning in text.lower() or stand_in(Named(0, 0, place), text) for text in texts):
        return ""
    code = re.compile(rf"(?<!\w){re.escape(place[:3].upper())}(?!\w)")  # as lists of results have it
    return "" if any(map(code.search, texts)) else place


_LEAST = 4


def _first_names(name: str) -> int:
    """Where the last name begins of somebody who is said to be of a place."""
    return name.rfind(" ", 0, name.index(" of ")) + 1


def _stands_otherwise(place: str, text: str) -> bool:
    """Whether a text names a place otherwise than to say where somebody is from."""
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
_BEFORE = late(rf"(?<!\w)(?P<office>(?i:{'|'.join(_OFFICES)}))\.?,?\s(?:[A-ZÀ-Þ][\w.’'-]*\s){{0,2}}\Z")
_BEHIND = re.compile(r",\s(?:(?:the|its|their|his|her|a)\s)?(?P<office>[a-z]+)\b")
_LESSER_NEAR = re.compile(rf"(?<!\w){_LESSER}[\s-]", re.IGNORECASE)
_LESSER_BEFORE = re.compile(rf"(?<!\w){_LESSER}[\s-]\Z", re.IGNORECASE)
_NEAR = 40


_TITLED = late(rf"(?<!\w)(?P<office>(?i:{'|'.join(_OFFICES)}))\s(?:[A-ZÀ-Þ][\w.’'-]*\s){{0,2}}\Z")


_FORMERLY = re.compile(r"(?:\b[Ff]ormer(?:ly)?|\b[Tt]hen|\b[Ee]x|\b[Oo]ne-?time)[\s-](?:[A-Z][a-z]+\s)?\Z")


def of_another_office(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has who is named at some offsets by the title of another office: Mayor Aune, not Minister.

    Only where both stand before the name with a capital, and no source has the office that the sentence tells.
    """
    last = sentence.rfind(" ", start, end) + 1 or start
    told = _TITLED.search(sentence, max(0, last - _NEAR), last)
    if told is None or not told["office"][0].isupper() or not are_whole(support):
        return None
    forms, found = _OFFICES[told["office"].lower()], None
    office = re.compile(rf"(?<!\w)(?:{forms})", re.IGNORECASE)
    named = re.compile(rf"(?<!\w){re.escape(sentence[last:end])}(?!\w)")
    for kept in support:
        for part, index, text in kept.texts:
            if office.search(text):
                return None
            for name in named.finditer(text):
                other = _TITLED.search(text, max(0, name.start() - _NEAR), name.start())
                if other and _FORMERLY.search(text, max(0, other.start() - _NEAR), other.start()):
                    return None
                if found is None and other and other["office"][0].isupper():
                    found = kept.place(part, index, other.start(), name.end())
    return found


def of_lesser_office(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has who is named at some offsets as a deputy of what the sentence calls them."""
    if words_of(sentence).isdisjoint(_OFFICES):
        return None
    last = sentence.rfind(" ", start, end) + 1 or start
    told = _BEFORE.search(sentence, max(0, last - _NEAR), last)
    if told is None:
        told = _BEHIND.match(sentence, end)
    forms = _OFFICES.get(told["office"].lower()) if told else None
    if told is None or forms is None or _LESSER_NEAR.search(sentence, max(0, told.start() - _NEAR), told.end()):
        return None
    office, name = rf"(?<!\w)(?:{forms})(?!\w)", rf"(?<!\w){re.escape(sentence[last:end])}(?!\w)"
    held = re.compile(
        rf"(?<!\w){_LESSER}[\s-]{office}\.?,?\s(?:[\w.’'-]+\s){{0,2}}{name}"
        rf"|{name},\s(?:(?:the|its|their|his|her|a)\s)?{_LESSER}[\s-]{office}",
        re.IGNORECASE,
    )
    found: Place | None = None
    for kept in support:
        for part, index, text in kept.texts:
            for place in re.finditer(office, text, re.IGNORECASE):
                if not _LESSER_BEFORE.search(text, max(0, place.start() - _NEAR), place.start()):
                    return None  # somebody holds the office itself
            if found is None and (held_there := held.search(text)):
                found = kept.place(part, index, *held_there.span())
    return found
