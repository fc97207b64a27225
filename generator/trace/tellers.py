"""Who reports a figure, if a sentence says so: then their text must have it, not that of another source.

`NG Times has 9%, Nashnova 10%, and two others 11%`; `30 trillion according to SkimNews`; `1,357 in two sources and
1,383 in a third`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.figures.counting import TO_TEN
from generator.figures.dates import Day
from generator.figures.manner import HEDGE
from generator.figures.read import Measured
from generator.texts.patterns import late, places_whole
from generator.trace.case import Case
from generator.trace.evidence import Evidence, are_whole

_WHEN = re.compile(r"\b(?:on|in|at|by)\s\Z")
_TELLS = late(
    r"\s(?:has|had|have|says|said|reports|reported|gives|gave|puts|writes|wrote|counts|counted|cites|quotes)\b[^,;:]*\Z"
)
_GOES_ON = late(rf"\s{HEDGE}\Z")
_BEHIND = late(r"(?:\s[a-z-]+){0,3}?,?\s(?:according\sto|in|from|by)\s(?:the\s)?\Z")
_OTHERS = late(rf"\bothers?\s{HEDGE}\Z")
_COUNTED = late(
    rf"[^,;\d]{{0,30}}?\sin\s(?P<number>{'|'.join(TO_TEN)}|another|an?\s(?:second|third|fourth|fifth|sixth))\b"
)
_OF_SOURCES = late(r"\bin\s(?:one|two|three|four|five|six|seven|eight|nine|ten)\s(?:sources?|accounts?|reports?)\b")


class _Mention(NamedTuple):
    """A publisher or author of cited sources, as a sentence names them."""

    start: int
    end: int
    sources: frozenset[str]


def tellers(
    sentence: str, items: Sequence[Measured], support: Sequence[Evidence], others: Mapping[str, object]
) -> list[frozenset[str] | None]:
    """For each figure, the cited sources that the sentence attributes it to; None if it names none.

    `others` are names, in small letters, that stories are about; what is said of them is not attributed to them.
    """
    mentions = sorted(_mentions(sentence, support, others), key=lambda mention: mention.start)
    if not mentions:
        return [None] * len(items)
    rest = frozenset(kept.source for kept in support) - frozenset(id_ for m in mentions for id_ in m.sources)
    return [_tellers_of(sentence, item, mentions, rest) for item in items]


def _mentions(sentence: str, support: Sequence[Evidence], others: Mapping[str, object]) -> Iterator[_Mention]:
    named: dict[str, set[str]] = {}
    for kept in support:
        for name in kept.names:
            if name.lower() not in others:
                named.setdefault(name, set()).add(kept.source)
    for name, sources in named.items():
        for start in places_whole(name, sentence):
            yield _Mention(start, start + len(name), frozenset(sources))


def _tellers_of(
    sentence: str, item: Measured, mentions: Sequence[_Mention], rest: frozenset[str]
) -> frozenset[str] | None:
    behind = next((m for m in mentions if m.start >= item.end), None)
    if behind and _BEHIND.fullmatch(sentence, item.end, behind.start):
        return behind.sources
    before = [m for m in mentions if m.end <= item.start]
    if isinstance(item, Day) and _WHEN.search(sentence, 0, item.start):
        return None  # `X reported on 1 July` says when, not what
    if before and _OTHERS.search(sentence, before[-1].end, item.start):
        return rest or None
    for form in (_TELLS, _GOES_ON) if before else ():
        if form.match(sentence, before[-1].end, item.start):
            return before[-1].sources
    return None


def miscounted(case: Case) -> str:
    """Say how many of the cited sources have a figure, if the sentence gives another number of them; else empty."""
    told = _COUNTED.match(case.text, case.item.end) if _OF_SOURCES.search(case.text) else None
    if told is None:
        return ""
    number = TO_TEN.get(told["number"], 1)
    alike = {candidate.kept.source for candidate in case.fitting}
    about_it = {candidate.kept.source for candidate in case.fitting if candidate.likeness > 0.0}
    is_less = len(alike) < number and are_whole(case.question.support)
    if len(about_it) > number or is_less:
        return f"{len(alike)} of the cited sources {'has' if len(alike) == 1 else 'have'} it"
    return ""
