"""What was done with an amount, where the evidence has the opposite: a fine that was upheld was not overturned.

Only if the verb stands in the clause of the amount on both sides, and the evidence has no word for what the text says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain

from generator.figures.read import Measured
from generator.figures.screen import words_in, words_of
from generator.figures.units import COUNT
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.matching import Candidate, shared_words
from generator.trace.pairs import is_whole

_YES = "accepts accepted approves approved angenommen genehmigt genehmigte gebilligt billigte"
_NO = "rejects rejected blocked vetoes vetoed abgelehnt untersagt untersagte"
_KEPT = "upholds upheld affirms affirmed bestätigt bestätigte"
_UNDONE = "overturns overturned quashes quashed reverses reversed annuls annulled vacated aufgehoben gekippt kippte"
_PAIRS = tuple(
    tuple(frozenset(side.split()) for side in pair)
    for pair in (
        (_YES, _NO),
        (_KEPT, _UNDONE),
        ("convicts convicted verurteilt", "acquits acquitted freigesprochen"),
        ("opens opened eröffnet eröffnete", "closes closed shuts shut schließt geschlossen schloss"),
        ("narrows narrowed", "widens widened"),
        ("accelerates accelerated quickened", "slows slowed"),
        ("hires hired", "fired dismissed"),
        ("teurer verteuerte verteuerten verteuert", "billiger verbilligte verbilligten verbilligt"),
    )
)
"""Verbs of which one excludes the other."""
_WORDS = frozenset(chain.from_iterable(chain.from_iterable(_PAIRS)))
_TURNS = frozenset(
    """not no never nor neither without fail fails failed refuse refuses refused decline declines declined deny
    denies denied instead unless until if whether may might could would should lift lifts lifted appeal appealed
    undo undid ban bans banned bid bids attempt attempts plan motion later since again return returned green light
    allowed cleared permitted agreed stay stayed dropped nicht kein keine nie ohne gegen doch später wieder""".split()
)
"""Words with which either text may say the opposite of its verb, or tell more than one decision."""
_CLAUSE = re.compile(
    r"[,;:](?!\d)|\s[–—]\s|\s(?:and|but|while|as|that|which|who|whom|whose|when|after|before|und|aber|während)\s"
)


def opposite_of(case: Case) -> str:
    """The verb that all places of the evidence have for what was done, if a sentence has its opposite; else empty."""
    item = case.item
    if words_of(case.text).isdisjoint(_WORDS) or not case.fitting or item.dimension in _TIMES:
        return ""
    if item.dimension == COUNT and is_whole(case.text, item):
        return ""  # of five convictions some may be upheld, and the others overturned
    mine = _verb_of(case.text, item)
    for pair in _PAIRS:
        for one, other in (pair, pair[::-1]):
            if mine not in one or not words_of(case.text).isdisjoint(other | _TURNS):
                continue
            told = [_told(there, one, other) for there in case.fitting]
            if all(told) and all(shared_words(item, case.text, there) for there in case.fitting):
                return told[0]
    return ""


_TIMES = ("second", "month", "date")
"""Dimensions of what says when, and is not what something was done with."""


def _told(there: Candidate, one: frozenset[str], other: frozenset[str]) -> str:
    """The word of the evidence for the other thing; empty if it may have this one too."""
    verb = _verb_of(there.sentence, there.item)
    if verb not in other or not words_of(there.sentence).isdisjoint(_TURNS):
        return ""
    if there.item.dimension == COUNT and is_whole(there.sentence, there.item):
        return ""
    if there.reading.has_one_of(one):
        return ""
    near = there.reading.sentences[max(0, there.number - 1) : there.number + 2]
    return "" if any(_TELLS_MORE.search(sentence) for sentence in near) else verb


_TELLS_MORE = late(
    r"\b(?:later|then|since|afterwards?|appeal(?:ed)?|finally|eventually|green\slight|cleared|später|dann)\b",
    re.IGNORECASE,
)
"""Shows that more than one thing was done."""


_OTHERWISE = frozenset(
    """to after before with by from in at since during amendment amendments challenge challenges motion motions bid bids
    request requests effort efforts attempt attempts claim claims argument arguments and or that which who while
    nach vor mit seit und oder""".split()
)
"""Words between a verb and a figure that is of something else: `rejected an amendment to cut the $4 billion`."""
_REACHES = frozenset("to by um auf".split())
"""The words that may stand right before a figure: `narrowed to $12.6 million`."""
_DONE_TO_IT = frozenset(chain.from_iterable(chain.from_iterable(_PAIRS[:3])))
_HELPING = frozenset(
    "was were is are be been being has have had got gets wurde wurden worden ist sind hat haben".split()
)
"""Words by which a figure was done something to; without one, `€52 million for roads blocked by snow`, a noun was."""
_GERMAN_HELPING = frozenset("wurde wurden ist sind hat haben".split())
_MOST = 7
"""Most words between a verb and its figure."""


def _verb_of(sentence: str, item: Measured) -> str:
    """The verb of the table that has a figure as its object, or the subject of which it is; empty if none does."""
    before = words_in(_CLAUSE.split(sentence[: item.start])[-1])
    if before and before[-1] in _REACHES:
        before.pop()
    behind = words_in(_CLAUSE.split(sentence[item.end :])[0])
    if verb := _first(before[::-1]):
        return verb
    verb = _first(behind)
    return "" if verb in _DONE_TO_IT and _is_of_noun(verb, before, behind) else verb


def _is_of_noun(verb: str, before: Sequence[str], behind: Sequence[str]) -> bool:
    """Whether a participle behind a figure belongs to a noun beside it.

    No verb helps it then, neither before it nor, in German, before the figure (`hat die Strafe von 25 Millionen Euro
    bestätigt`), and it is no verb of its own (`kippte`).
    """
    is_helped = not (_HELPING.isdisjoint(behind[: behind.index(verb)]) and _GERMAN_HELPING.isdisjoint(before))
    return not is_helped and not verb.endswith("te")


def _first(words: Sequence[str]) -> str:
    """The first verb of the table among the words from a figure on; empty if others are before it."""
    for word in words[: _MOST + 1]:
        if word in _WORDS:
            return word
        if word in _OTHERWISE:
            break
    return ""
