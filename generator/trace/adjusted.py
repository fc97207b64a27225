"""Results that a firm adjusted, and growth without purchases or exchange rates: neither is the plain one.

`Adjusted net income was $160 million` is no net income of $160 million, and a net income is no adjusted one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.texts.patterns import late
from generator.trace.matching import Candidate

_MARKS = {
    "adjusted": (
        r"(?<!seasonally\s)(?<!-)adjusted(?!\s(?:for|its|their|his|her|our|the|to)\b)|underlying|non-GAAP|pro\sforma"
        r"|bereinigte[nrs]?"
    ),
    "like for like": r"organic(?:ally)?|like-for-like|same-store|comparable|organische[nrs]?",
    "at constant currency": r"constant[\s-](?:currency|currencies)",
}
_WHAT = (
    r"(?P<what>sales|revenues?|growth|turnover|profit|loss|income|earnings|results?|margin|ebitda?"
    r"|umsatz|gewinn|ergebnis)"
)
_WORD = r"(?:(?!(?:and|or|but|while|und)\b)[\w’'-]+\s)"
_LED_BY = {
    name: late(rf"(?<!\w)(?:{mark})\s{_WORD}{{0,3}}?{_WHAT}\s{_WORD}{{0,6}}[$€£¥]?\Z", re.IGNORECASE)
    for name, mark in _MARKS.items()
}
"""Match before a figure that is of such a result."""
_FOLLOWED_BY = {
    name: late(rf"\s(?:(?:on|at|in)\s(?:an?\s)?)?(?:{mark})(?:\s(?:basis|terms))?(?!\s{_WHAT})(?![\w-])", re.IGNORECASE)
    for name, mark in _MARKS.items()
}
_FAR = 90
_SAY_SO = frozenset(
    """adjusted adjusting adjustment adjustments underlying organic organically comparable like same constant currency
    currencies exchange excluding excludes exclude excluded stripping stripped exceptional special items
    recurring core gaap forma real inflation prices one-off one-time exceptionals local neutral sondereffekte
    einmaleffekte vergleichbar vergleichbarer preisbereinigt währungsbereinigt eigener kraft open established
    existing acquisitions acquired purchases disposals without ohne bereinigt bereinigte bereinigten bereinigter
    bereinigtes organisch organische organischen""".split()
)
"""Words of a sentence that may say that its figure is not the plain one."""


def left_out(sentence: str, same: Sequence[Candidate]) -> str:
    """What all places of the evidence say beside a figure and the sentence does not: `adjusted`; else empty."""
    if not words_of(sentence).isdisjoint(_SAY_SO):
        return ""
    told = {_told(there.sentence, there.item)[0] for there in same}
    return told.pop() if len(told) == 1 else ""


def put_in(sentence: str, item: Figure, found: Sequence[Candidate]) -> str:
    """What the evidence has as adjusted, if the sentence has a figure so that is told there without such a word."""
    mark, what = _told(sentence, item)
    if not mark or not all(_is_named_plainly(there) for there in found if there.how):
        return ""
    alike = (there for there in found if not there.how and _told(there.sentence, there.item) == (mark, what))
    other = next(alike, None)
    return f"{other.item.text} as {mark}" if other else ""


_PLAIN = late(rf"\b{_WHAT}\s{_WORD}{{0,6}}[$€£¥]?\Z", re.IGNORECASE)


def _is_named_plainly(there: Candidate) -> bool:
    """Whether the sentence of a figure says what it is of, and nothing of adjusting; `it was $5 million` does not."""
    if not words_of(there.sentence).isdisjoint(_SAY_SO):
        return False
    return _PLAIN.search(there.sentence, max(0, there.item.start - _FAR), there.item.start) is not None


def _told(sentence: str, item: Measured) -> tuple[str, str]:
    """What a sentence says beside a figure, that it is adjusted, and of which result, `ebitda`; empty if nothing."""
    for name in () if words_of(sentence).isdisjoint(_SAY_SO) else _MARKS:
        if led := _LED_BY[name].search(sentence, max(0, item.start - _FAR), item.start):
            return name, led["what"].lower()
        if _FOLLOWED_BY[name].match(sentence, item.end):
            return name, ""
    return "", ""
