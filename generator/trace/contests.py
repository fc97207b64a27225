"""Contests and votes: `won with 67,418 votes to 66,214` must have its numbers in the order of its source."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.manner import HEDGE
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.figures.units import COUNT
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.matching import Candidate
from generator.trace.owners import names_in

_TO = late(rf"(?:\svotes?)?\sto\s{HEDGE}|[-–‑]")
_FOR = late(rf"(?:\s[a-z]+){{0,2}}\s(?:in\sfavou?r|for(?:\sit)?)(?:,|,?\sand)\s{HEDGE}")
_AGAINST = late(r"(?:\s[a-z]+){0,2}\sagainst\b")
_BEFORE = re.compile(r"\b(?:from|rose|grew|fell|cut|raised|up|down)\b[^.;]*\Z")
_WON = frozenset(
    "won win wins winning beat beats elected reelected victory winner passed approved adopted accepted".split()
)
_LOST = frozenset("lost lose loses losing loser beaten defeat defeats defeated behind trailed trailing trails".split())


def is_turned_round(case: Case) -> bool:
    """Whether a vote count and the one beside it are in the opposite order to their source.

    Only if both texts say it of the winner, or both of the loser.
    """
    sentence, items, chosen = case.text, case.items, case.chosen
    way = _way(sentence) if " to " in sentence or " against" in sentence else 0
    for at in (case.number - 1, case.number) if way else ():
        pair = (chosen[at], chosen[at + 1]) if 0 <= at < len(items) - 1 else (None, None)
        if pair[0] is None or pair[1] is None or not pair[0].stands_with(pair[1]):
            continue
        there = pair[0].sentence
        is_here = are_told_as_votes(sentence, items[at], items[at + 1])
        if is_here and _way(there) == way and are_told_as_votes(there, pair[1].item, pair[0].item):
            return True
    return False


def _way(sentence: str) -> int:
    """Return 1 if a sentence is about who won, -1 if about who lost, 0 for neither or both."""
    words = words_of(sentence)
    return (not words.isdisjoint(_WON)) - (not words.isdisjoint(_LOST))


def is_for_and_against(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether two counts have the form `48 in favour and 52 against`."""
    return bool(_FOR.fullmatch(sentence, one.end, other.start) and _AGAINST.match(sentence, other.end))


def are_told_as_votes(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether two counts have the form `67,418 votes to 66,214`, or `52 in favour and 48 against`."""
    are_counts = all(
        isinstance(item, Figure) and item.dimension == COUNT and not item.is_range for item in (one, other)
    )
    if not are_counts or one.start > other.start:
        return False
    if is_for_and_against(sentence, one, other):
        return _way(sentence) > 0  # a no of 52 to 48 may have 48 in favour and 52 against
    if _TO.fullmatch(sentence, one.end, other.start) is None:
        return False
    return _BEFORE.search(sentence, max(0, one.start - 40), one.start) is None


_PASSED = frozenset("passed passes approved approves adopted adopts".split())
_REJECTED = frozenset("rejected rejects failed fails defeated".split())
_AGAINST_IT = late(
    r"no[- ]confidence|\b(?:ends?|scraps?|repeals?|abolish\w*|delay|block|reject|censure|against|withdraw|kill)\b"
)
"""Words for what a motion is against: if it fails, that is backed."""


def other_outcome(case: Case) -> str:
    """The outcome of a vote wherever the evidence has its count, if the sentence gives the opposite; else empty."""
    mine = _outcome(case.text)
    if not mine or not case.fitting or not any(map(case.fitting[0].stands_with, case.beside)):
        return ""
    texts = (case.text, *(there.sentence for there in case.fitting))
    if all(words_of(text).isdisjoint(_VOTES) for text in texts) or any(map(_AGAINST_IT.search, texts)):
        return ""
    there = case.fitting[0]
    if {_outcome(there.sentence) for there in case.fitting} != {-mine}:
        return ""
    its = there.reading.items(there.number)
    is_more = _begins_with_more(case.items, case.item) if mine > 0 else _begins_with_more(its, there.item)
    return f"the source has it {'passed' if mine < 0 else 'rejected'}" if is_more else ""


def _begins_with_more(items: Sequence[Measured], item: Measured) -> bool:
    """Whether the first count of those who let something pass is the greater one, as that of the winner is."""
    counts = [each for each in items if isinstance(each, Figure) and each.dimension == item.dimension]
    return len(counts) > 1 and counts[0].low > counts[1].low


def _outcome(sentence: str) -> int:
    """Return 1 if a sentence says that something passed, -1 if it was rejected, 0 for neither or both."""
    words = words_of(sentence)
    return (not words.isdisjoint(_PASSED)) - (not words.isdisjoint(_REJECTED))


_VOTES = frozenset("vote votes voted bill motion amendment law resolution referendum proposal senate house".split())
_AHEAD = frozenset(
    "ahead clear front leads led leading lead beat beats beating defeat defeats defeated schlug besiegte".split()
)
_WINS = frozenset("won wins win victory gewann gewinnt siegte".split())
_BEHIND = frozenset("behind trails trailed trailing lost loses lose losing verlor verliert unterlag".split())
_BEFORE_NAME = late(
    r"(?:\s[a-z]+){0,2}\s(?P<way>ahead\sof|clear\sof|in\sfront\sof|behind|from|over|against|gegen|to)\s(?:the\s)?(?=[A-ZÀ-Þ])"
)
_DECIDED = late(
    rf"\b(?:(?P<won>w[io]ns?|beats?|gewann|gewinnt|siegte)|(?P<lost>lost|los(?:es?|ing)|verlor|verliert|unterlag))(?:\s[a-z]+){{0,3}}\s{HEDGE}\Z"
)
"""Matches before the figure by which somebody won `from` another, or lost `to` one."""
_OUTCOMES = {"from": ("won",), "over": ("won",), "to": ("lost",), "against": ("won", "lost"), "gegen": ("won", "lost")}
"""The outcomes that a word between the figure and the other's name may tell of."""
_IS_WIN = re.compile(r"\s(?:win|victory)\sover\b")
_BY = late(
    r"\b(?P<way>leads?|led|leading|beat|beats|beating|defeat(?:s|ed)?|ahead\sof|schlug|besiegte|trails|trailed|trailing|(?:lost|los(?:es?|ing))(?=\sto))\s(?:to\s)?(?:(?:the|his|her|their)\s)?(?:[a-z-]+,?\s){0,2}(?P<name>[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*)"
    rf"(?:(?:,|\s[a-z]+){{0,2}}\s(?:by|mit)\s{HEDGE}|,?\s)\Z"
)

_OBJECT = re.compile(r"\b[Dd]en\b")
"""Matches before the verb where the beaten one may stand first: `Den Meister Rostock besiegte Kiel`."""


def lost_or_won(case: Case) -> str:
    """The outcome of a score for the only name in the evidence, if the sentence gives the same name the opposite."""
    mine = _way(case.text)
    names = {name for *_, name in names_in(case.text)}
    if not mine or len(names) != 1 or not case.fitting:
        return ""
    theirs = {_way(c.sentence) if {name for *_, name in names_in(c.sentence)} == names else 0 for c in case.fitting}
    return f"the source has it {'lost' if mine > 0 else 'won'}" if theirs == {-mine} else ""


def who_leads(sentence: str, item: Measured, found: Sequence[Candidate]) -> str:
    """Who leads by a figure in the evidence, if the sentence has it the other way round; empty if nothing tells.

    Both must name the two: `Okoro finished 0.34 seconds ahead of Frisk`.
    """
    mine = _order(sentence, item)
    if mine is None:
        return ""
    theirs = [_order(c.sentence, c.item) for c in found if c.how]
    if not all(order and _are_same(mine, order[::-1]) for order in theirs):
        return ""  # another place may agree with the sentence
    return next((order[0] for order in theirs if order), "")


def has_same_leader(sentence: str, item: Measured, there: Candidate) -> bool:
    """Whether a sentence and the evidence both say who leads by a figure, and have it alike."""
    mine, theirs = _order(sentence, item), _order(there.sentence, there.item)
    return mine is not None and theirs is not None and _are_same(mine, theirs)


def _order(sentence: str, item: Measured) -> tuple[str, str] | None:
    """Who leads by a figure, and whom, from the names next to it; None if a sentence does not say so."""
    words = words_of(sentence)
    if words.isdisjoint(_AHEAD) and words.isdisjoint(_BEHIND) and words.isdisjoint(_WINS):
        return None
    names = names_in(sentence)
    if behind := _BEFORE_NAME.match(sentence, item.end):
        at, verb = behind.end(), item.start
        way = behind["way"]
        if way in _OUTCOMES and not _IS_WIN.search(behind[0]):
            said = _DECIDED.search(sentence, 0, item.start)
            if said is None or said.lastgroup not in _OUTCOMES[way]:
                return None
            way, verb = said.lastgroup, said.start()
    elif before := _BY.search(sentence, 0, item.start):
        at, verb = before.start("name"), before.start()
        way = before["way"]
        if _OBJECT.search(sentence, 0, verb):
            return None
    else:
        return None
    other = next((name for start, end, name in names if start <= at < end), "")
    subject = next((name for _, end, name in reversed(names) if end <= verb), "")
    if not other or not subject:
        return None
    return (other, subject) if way in _BEHIND else (subject, other)


def _are_same(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two pairs name the same two in the same order. A name may be shortened to its last words only.

    The last word alone is not enough: Real Madrid and Atletico Madrid are two.
    """
    return one[0] != one[1] and all(
        a == b or a.endswith(f" {b}") or b.endswith(f" {a}") for a, b in zip(one, other, strict=True)
    )
