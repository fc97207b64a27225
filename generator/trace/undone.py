"""What the evidence has as still to come, planned, sought or threatened, and a text as done.

The figure is the same, and who reads only the text takes a proposed fine for one that was imposed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.manner import hedging
from generator.figures.screen import words_of
from generator.texts.patterns import late
from generator.trace.matching import Candidate

_BETWEEN = r"(?:(?!(?:and|but|that|which|who|after|from)\b)[^\W\d_][\w’'-]*\s){0,7}?[$€£¥]?\Z"
"""The words between a verb and a figure in its clause."""
_TO_DO = late(
    r"\b(?P<word>will|would|(?:is|are|was|were)\s(?:to|planning\sto|trying\sto|in\stalks\sto)"
    r"|(?:plan(?:s|ned)?|wants?|wanted|hope[sd]?|aim(?:s|ed)?|intend(?:s|ed)?|seeks?|sought|offer(?:s|ed)?|propose[sd]?"
    r"|threaten(?:s|ed)?|agree[sd]?|pledge[sd]?|promise[sd]?|vow(?:s|ed)?)\sto)"
    rf"\s(?:(?:also|then|soon|now)\s)?(?:be\s)?(?P<verb>[a-z]{{3,}})\s{_BETWEEN}"
)
"""Matches before a figure of something that is still to be done."""
_ASKED = late(
    r"\b(?P<word>propos(?:es|ed|ing)|threaten(?:s|ed|ing)|consider(?:s|ed|ing)|seeks?|sought|seeking|demand(?:s|ed|ing)|request(?:s|ed)"
    rf"|recommend(?:s|ed)|suggest(?:s|ed)|weigh(?:s|ed|ing)|floated|(?:asks?|asked|calls?|called|pushed)\sfor)\s{_BETWEEN}"
)
"""Matches before a figure of something that was asked for."""
_GERMAN = late(r"\b(?P<word>will|wollen|möchte|plant|planen|erwägt|schlägt|fordert|droht)\s[^.;:]*\Z")
"""The same in German, where the verb stands at the end."""
_PLANS = frozenset(
    """plan plans proposal proposals proposed bill deal measure project merger reform scheme offer said says told
    announced""".split()
)
"""Words of a sentence whose `would` is of something to come: `as a boy he would walk 4 miles` is not."""
_DID = dict(
    pair.split("/")
    for pair in """buy/bought build/built pay/paid spend/spent sell/sold lend/lent send/sent give/gave take/took
    make/made get/got lose/lost win/won bring/brought""".split()
)
"""Verbs that do not end in `ed` where something has been done."""
_ALIKE = {verb: frozenset(("bought", "acquired", "purchased")) for verb in ("buy", "acquire", "purchase")}
_DONE = frozenset("imposed adopted enacted fined levied slapped granted sentenced awarded convicted".split())
"""What is done with something that was only asked for."""
_AGREED = late(
    r"\b(?:judges?|justices?|court|jury|tribunal|panel|magistrate)\b[^,.;:]{0,20}\s(?:agreed|concurred|obliged)\b"
    r"(?!\s(?:to|that|on)\b)"
)
"""Shows that what was asked for was given: `Prosecutors sought 12 years. The judge agreed.`"""
_GERMAN_DONE = frozenset(
    """gestrichen abgebaut eingeführt verhängt gekauft übernommen erworben gebaut eröffnet investiert gezahlt erhöht
    gesenkt gekürzt verkauft verurteilt entlassen geschlossen""".split()
)
_HAS = frozenset("hat haben wurde wurden ist sind".split())
_GERMAN_OPEN = frozenset("will wollen plan pläne plänen plant geplant geplante droht fordert könnte möchte".split())
_CAME_ABOUT = frozenset(
    """did completion completes owns through paid full signed done handed gave vollzogen abgeschlossen fertig schuldig
    überwies closed completed finalised finalized concluded effective effect force granted followed accepted
    approved""".split()
)
"""Words of a text in which it may have been done after all."""
_CLAUSE = re.compile(r"[,;:]\s")
_ASIDE = re.compile(r",\s(?:which|who|whose|where)\b(?:[^,;:]|,\d)*,(?!\d)|\s\([^()]*\)")
_BY_THEN = late(r"[^,;:.]{0,60}?\b(?:was|were|been)\s(?:[a-z]+ly\s)?(?P<verb>[a-z]+)\b")


def told_as_done(sentence: str, item: Figure, same: Sequence[Candidate]) -> str:
    """The words with which all places of the evidence have a figure as still to come, if a sentence has it as done."""
    before = _CLAUSE.split(_ASIDE.sub("", sentence[: item.start]))[-1]
    behind = _BY_THEN.match(sentence, item.end)
    told = words_of(before) | ({behind["verb"]} if behind else frozenset())
    word = _of_verbs(told, same) or _of_wishes(told, same) or _in_german(sentence, item, same)
    return "" if word and any(there.reading.has_one_of(_CAME_ABOUT) for there in same) else word


def _of_verbs(told: frozenset[str], same: Sequence[Candidate]) -> str:
    ahead = [found for c in same if (found := _TO_DO.search(c.sentence, 0, before_hedge(c)))]
    if len(ahead) < len(same) or len({found["verb"] for found in ahead}) > 1:
        return ""
    if any(found["word"] == "would" and words_of(found.string).isdisjoint(_PLANS) for found in ahead):
        return ""
    return "" if told.isdisjoint(_done_of(ahead[0]["verb"])) else ahead[0]["word"]


def _done_of(verb: str) -> frozenset[str]:
    """How it is said that something has been done: `open` was `opened`."""
    base = verb.removesuffix("ed") if verb.endswith("ed") else verb
    did = {_DID.get(base, ""), f"{base}ed", f"{base}d", f"{base.removesuffix('y')}ied", f"{base}{base[-1]}ed"}
    return _ALIKE.get(verb, frozenset()) | did


def _of_wishes(told: frozenset[str], same: Sequence[Candidate]) -> str:
    if told.isdisjoint(_DONE):
        return ""
    asked = [found for c in same if (found := _ASKED.search(c.sentence, 0, before_hedge(c)))]
    if len(asked) < len(same):
        return ""
    is_given = any(_AGREED.search(each) for c in same for each in c.reading.sentences[c.number : c.number + 2])
    return "" if is_given or any(c.reading.has_one_of(_DONE) for c in same) else asked[0]["word"]


def _in_german(sentence: str, item: Figure, same: Sequence[Candidate]) -> str:
    if words_of(sentence[: item.start]).isdisjoint(_HAS) or not words_of(sentence).isdisjoint(_GERMAN_OPEN):
        return ""
    done = words_of(_CLAUSE.split(sentence[item.end :])[0]) & _GERMAN_DONE
    ahead = [found for c in same if (found := _GERMAN.search(c.sentence, 0, before_hedge(c)))] if done else []
    if not ahead or len(ahead) < len(same) or any(c.reading.has_one_of(_GERMAN_DONE) for c in same):
        return ""
    return ahead[0]["word"]


def before_hedge(there: Candidate) -> int:
    """Start of a figure of the evidence, including its hedge."""
    hedge = hedging(there.sentence, there.item.start)
    return there.sentence.rfind(hedge, 0, there.item.start) if hedge else there.item.start
