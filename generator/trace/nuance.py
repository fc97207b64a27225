"""What a text leaves out beside a figure: a bound, that it is not so yet, that it is a median.

This makes no other figure, but is not what the source says either: a traced claim gets a note for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set

from generator.figures.amounts import Figure
from generator.figures.comparing import SAME
from generator.figures.manner import hedging
from generator.figures.screen import words_of
from generator.model.tracing import NOTED
from generator.texts.patterns import late
from generator.trace.adjusted import left_out
from generator.trace.kinds import beside, where_told
from generator.trace.matching import Candidate
from generator.trace.undone import before_hedge, told_as_done

_AVERAGE, _MEDIAN = late(r"\baverage[ds]?\b", re.IGNORECASE), late(r"\bmedian\b", re.IGNORECASE)
_OTHERWISE = ((_AVERAGE, _MEDIAN, "median"), (_MEDIAN, _AVERAGE, "average"))
"""A median may be called an average, if loosely."""
_AVERAGES = frozenset(("average", "averages", "averaged", "median"))
_MOST = frozenset(("up to", "as many as", "as much as", "at most", "maximum of", "bis zu", "höchstens"))
_AS_FAR = ("as long as ", "as far as ", "as high as ")
"""Say before a figure what `up to` says; in a source they may only tell that it is much."""
_LEAST = frozenset(("at least", "no fewer than", "mindestens"))
_NEARLY_ANYWHERE = frozenset("each every per either within over plus more less until top either minimum".split())
"""The words of `_MAY` that count only beside the figure."""
_MAY = frozenset(
    """may might can could would should must maximum max maximal most limit limits limited limiting cap caps capped
    ceiling top until within less fewer below under possible possibly potential potentially risk risks face faces
    facing range ranges highest largest longest each every per either threshold minimum min need needs needed require
    requires required requirement requirements eligible age aged older younger adults least plus more over bound allow
    allows allowed permit permits permitted reach reaches kann können könnte könnten darf dürfen maximal maximale
    höchstens bis grenze drohen droht obergrenze mindestens mindest ab muss müssen""".split()
)
"""Words that may mark a figure as a bound in the sentence itself."""


def told_less_exactly(sentence: str, item: Figure, found: Sequence[Candidate]) -> str:
    """A qualifier of the evidence that the sentence leaves out: `up to`; empty if it leaves out none."""
    same = [c for c in found if c.how == SAME and isinstance(c.item, Figure)]
    if not same or item.weak:
        return ""
    words = words_of(sentence)
    is_told_so = _IS_TO.search(sentence) or not words.isdisjoint(_COMING)
    if not is_told_so and (word := told_as_done(sentence, item, same)):
        return f"{NOTED}the source has “{word}” before it"
    if item.hedge or item.is_range:
        return ""
    if kind := _told_as_plain(sentence, item, same, words):
        return kind
    if note := _told_as_sure(sentence, item, same, words) or _told_for_all(same, words):
        return note
    is_bound = words & (_MAY - _NEARLY_ANYWHERE) or (words & _MAY and words_of(beside(sentence, item)) & _MAY)
    if any(isinstance(c.item, Figure) and not c.item.hedge for c in same) or is_bound:
        return ""
    hedges = {hedging(c.sentence, c.item.start).lower() for c in same}
    told = _AS_MANY.sub("", sentence.lower())
    if any(hedge in told for hedge in (*_MOST, *_LEAST)):  # `up to 750 staff and EUR 150 million`
        return ""
    if hedges <= _LEAST or (hedges <= _MOST and not sentence.endswith(_AS_FAR, 0, item.start)):
        return f"{NOTED}the source has “{sorted(hedges)[0]}” before it"
    return ""


def _told_as_plain(sentence: str, item: Figure, same: Sequence[Candidate], words: Set[str]) -> str:
    """A note if the evidence has a figure as a median or as adjusted, and the sentence as an average, or plain."""
    for mine, other, name in _OTHERWISE if not words.isdisjoint(_AVERAGES) else ():
        is_mine = mine.search(beside(sentence, item)) and not other.search(sentence)
        if is_mine and all(where_told(candidate, other, mine) for candidate in same):
            return f"{NOTED}the source calls it the {name}"
    mark = left_out(sentence, same)
    return f"{NOTED}the source has it {mark}" if mark else ""


_AS_MANY = re.compile(r"\b(?:twice|half|times)\sas\s(?:many|much)\sas\b")
_UNSURE = late(
    r"\b(?P<word>may|might|could|(?:is|are|was|were)\s(?:expected|projected|forecast|predicted|likely)\sto"
    r"|(?P<who>expects?)\s(?:[A-Za-z’'-]+\s){1,4}?to|(?:expects?|hopes?|plans?|aims?)\sto"
    r"|(?:expect(?:s|ed)?|forecasts?|predict(?:s|ed)?|project(?:s|ed))(?=\s(?:[a-z-]+\s){1,4}of\s))\s(?:(?!(?:and|but|that|which|who|after|from)\b)[a-z-]+\s){1,5}[$€£¥]?\Z"
)
"""Matches before a figure that is still unknown, in the same clause."""
_ATTRIBUTE = late(r"\b(?:an?|the|its|their|his|her|this|that)\s[$€£¥]?\Z", re.IGNORECASE)
_OPEN = _MAY | frozenset(
    """will shall if unless likely unlikely expect expects expected expecting expectation expectations forecast
    forecasts project projects projected projection projections plan plans planned planning plans estimate estimates
    estimated predict predicts predicted prediction predictions proposed proposes proposal aim aims aimed target targets
    hope hopes hoped want wants wanted intend intends intended goal goals guidance outlook due scheduled pledged
    promised prospective future coming next view believes think thinks reckons reckon foresees sees assume assumes
    assumed scenario scenarios model models hypothetical consensus analysts
    eyes seeks wird werden soll sollen würde würden erwartet proposing threatens threatened seek seeking sought demand
    demanded demands demanding calling asking asks resolution motion talks considers considering agreed wanted offered
    offers""".split()
)
"""Words with which a sentence may itself say that something is not so yet."""
_COMING = _OPEN - _NEARLY_ANYWHERE
_IS_TO = re.compile(r"\b(?:is|are|was|were|set|about)\sto\s|\bto\sbe\s")


def _told_as_sure(sentence: str, item: Figure, same: Sequence[Candidate], words: Set[str]) -> str:
    """A note if the evidence has a figure only as a possibility, and the sentence as a fact."""
    if not words.isdisjoint(_OPEN) or _IS_TO.search(sentence) or _ATTRIBUTE.search(sentence, 0, item.start):
        return ""
    unsure = [_UNSURE.search(c.sentence, 0, before_hedge(c)) for c in same]
    first = unsure[0]
    if first is None or not all(unsure):
        return ""
    return f"{NOTED}the source has “{first['who'] or first['word']}” before it"


_BEARERS = "user seat employee licence license device agent developer student child patient vehicle".split()
_PERIOD = r"(?:per|a|an|each|every)\s(?:day|week|month|quarter|year)|daily|weekly|monthly|annually|yearly"
_PER = late(
    rf",?\s(?:(?:{_PERIOD}),?\s(?:per|for\seach)\s(?P<one>{'|'.join(_BEARERS)})\b"
    rf"|(?:per|for\seach)\s(?P<other>{'|'.join(_BEARERS)}),?\s(?:{_PERIOD})\b)"
)
"""Matches behind an amount for each of some and each period: `$30 per user per month`."""
_EACH = frozenset("each every apiece individual individually capita".split())


def _told_for_all(same: Sequence[Candidate], words: Set[str]) -> str:
    """A note if the evidence has an amount for each of some, and the sentence does not speak of them."""
    bearers = [_PER.match(c.sentence, c.item.end) for c in same] if words.isdisjoint(_EACH) else []
    found = bearers[0] if bearers and all(bearers) else None
    bearer = found["one"] or found["other"] if found else ""
    told = {bearer, f"{bearer}s", "children" if bearer == "child" else f"per{bearer}"}
    return f"{NOTED}the source has it per {bearer}" if bearer and words.isdisjoint(told) else ""
