"""Where somebody is from and what office he holds, where both texts say so beside the name: `Chepkemoi of Kenya`,
`Lt. Gov. Jane Aldane`. Who is of another place in the evidence, or only the deputy there, is not the one that is told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.screen import words_of
from generator.model.patterns import late
from generator.model.tracing import Place
from generator.trace.evidence import Evidence

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
    mine = _OF.fullmatch(name) if " of " in name else None
    if mine is None or mine["who"].lower() in _INSTITUTIONS or not all(kept.is_whole for kept in support):
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
