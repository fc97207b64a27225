"""Speakers of quotations, where both the sentence and the evidence have a name right beside the words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model.tracing import Place
from generator.texts.patterns import late
from generator.trace import quotations
from generator.trace.evidence import Evidence
from generator.trace.names import NO_NAMES, are_one
from generator.trace.quotations import Quoted
from generator.trace.vocabulary import Vocabulary

_NAME = r"(?:[A-ZÀ-Þ](?:[\w’'-]*|\w{0,3}\.|(?:\.[A-ZÀ-Þ])+\.)\s){0,3}[A-ZÀ-Þ][\w’'-]*\w"
"""A full stop within it is that of an initial or a short title, not of the sentence before."""
_SAYS = r"(?:said|says|added|adds|wrote|writes|argued|argues|explained|warned|warns|replied|insisted|noted|recalled)"
_BEFORE = late(rf"(?<!\w)(?P<name>{_NAME})\s{_SAYS}(?:\s(?:on|in)\s\w+)?[:,]?\s[“\"„«‘']\Z")
_BEHIND = late(
    rf"[,.?!]?[”\"“»’'](?:,?\s(?:{_SAYS}\s(?P<said>{_NAME})|(?P<name>{_NAME})\s{_SAYS})\b"
    rf"|\s(?:[—–―]|--)\s?(?P<signed>{_NAME})(?=,|\s\(|\Z))"
)
_FAR = 80
SAID_BY = "in the source it is said by"
"""How a quotation of somebody else is contradicted."""


def of_another(quoted: Quoted, sentence: str, place: Place, support: Sequence[Evidence], known: Vocabulary) -> str:
    """The speaker in the evidence of words that the sentence attributes to somebody else who speaks there.

    Empty if nothing tells, or if another text agrees with the sentence.
    """
    mine = _speaker(sentence, quoted.start, quoted.end, may_be_signed=True)
    there = next((kept.text(place.part, place.index) for kept in support if kept.source == place.source), "")
    theirs = _speaker(there, place.start, place.end) if mine else ""
    if not theirs or not _is_anothers(mine, theirs, there, known):
        return ""
    for kept in support:
        for *_, text in kept.texts:
            stand = quotations.stand_in(quoted.text, text)
            if stand and not _is_anothers(mine, _speaker(text, stand.start, stand.end), text, known):
                return ""
    return theirs


def _is_anothers(mine: str, theirs: str, text: str, known: Vocabulary) -> bool:
    """Whether a text surely has the words of somebody else."""
    return bool(theirs) and _are_two(mine, theirs, text, known) and not _is_quoted_by_another(mine, text)


def _speaker(text: str, start: int, end: int, may_be_signed: bool = False) -> str:
    """The name beside a quotation, without office or title; empty if there is none, or only a word like `he`.

    A name behind a dash counts only if it may: in a source it may be that of the reporter.
    """
    told = _BEFORE.search(text, max(0, start - _FAR), start)
    if told is None:
        closed = end - (text[end - 1 : end] in tuple(",.?!"))
        told = _BEHIND.match(text, closed)
        told = None if told and told["signed"] and not may_be_signed else told
    name = next(filter(None, told.groupdict().values()), "") if told else ""
    if name.endswith(("'s", "’s")):
        return ""  # it is the owner of whoever says it: `said Acme's chief, Jane Pine`
    words = [word for word in name.split() if word.lower().strip(".") not in NO_NAMES]
    return " ".join(words)


def _is_quoted_by_another(name: str, text: str) -> bool:
    """Whether somebody in a text passes on a person's words: `Ruhl said, quoting Aldane`."""
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    return re.search(rf"(?:quot|cit|recall|paraphras)(?:ing|ed|es?)\s(?:[\w.]+\s){{0,2}}{last}(?!\w)", text) is not None


def _are_two(one: str, other: str, text: str, known: Vocabulary) -> bool:
    """Whether two names are of two people who are both in a text, as far as it shows."""
    if set(one.split()) & set(other.split()):
        return False
    return all(_is_person(name, text, known) for name in (one, other)) and not are_one(one, other, text)


_TITLES = frozenset("mr mrs ms dr sir prof rev sen gov rep hon lt col capt sgt".split())


def _is_person(name: str, text: str, known: Vocabulary) -> bool:
    """Whether a name is a known person, or the last word of a full name: firms are called by their first word."""
    if entity := known.known.get(name.lower()):
        return entity.kind == "person"
    last = re.escape(name.rsplit(maxsplit=1)[-1])
    before = re.findall(rf"(?<!\w)([A-ZÀ-Þ][\w’'-]*)\.?\s{last}(?!\w)", text)
    return any(word.lower() in _TITLES or word.lower() not in NO_NAMES for word in before)
