"""The context of a figure: the words around it, with those close to it and in its own clause weighted most."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from generator.figures.screen import words_of
from generator.texts.patterns import late

_WORD = late(r"[A-Z][A-Za-z]*\d\w*|[A-Za-zÀ-ɏ]+(?:[’'][a-z]+)?|(?<![\w.,])(?:19|20)\d\d(?!\w|,\d)")
_COMMON = frozenset(
    """a about above after again all almost along also although am among an and another any are around as at be
    because been before being below between both but by can could did do does each either even every few for
    from had has have he her here his how i if in into is it its itself just least less made make makes many
    may might more most much must near nearly no nor not of off on once one only or other our out over own per
    put puts roughly said same say says several she should since so some still such than that the their them
    then there these they this those though through thus to too under until up upon us very was we were what
    when where which while who whom whose why will with within without would yet you your percent million
    billion trillion thousand dollar euro dollars euros bn came come comes go goes went stood stand stands get
    got take takes took give gives gave run runs ran keep keeps kept reach reached reaches according rise
    rises rose risen rising fall falls fell fallen gain gains gained grew grows growth grown increase
    increased increases decrease decreased drop drops dropped decline declined jump jumped climbed surged
    advanced slipped slid reported reports report account accounts figure figures amounted totalled
    der die das den dem des ein eine einen einem einer eines und oder aber auch auf aus bei bis durch für im ins
    mit nach nicht noch nur seit sich sie sind über um unter von vom vor waren wird werden wurde wurden zu zum
    zur zwischen hat hatte haben hatten ist sei als es er ihr ihre sein seine kann können soll sollen mehr
    weniger rund etwa knapp fast prozent millionen milliarden""".split()
)
"""English and German; not `war`, which is no small word in English."""
_SUFFIX = late(r"(?:[’']s|(?<=\w{3})ations?|ings?|edly|ed|ies|es|s|ly|e)\Z")
_IRREGULAR = dict(
    pair.split("/")
    for pair in """lost/loss lose/loss fell/fall fallen/fall rose/rise risen/rise grew/grow grown/grow sold/sell
    sales/sell paid/pay cost/cost spent/spend drew/draw shrank/shrink women/woman men/man children/child people/person
    won/win bought/buy built/build sought/seek taught/teach held/hold led/lead met/meet analyst/expect analysts/expect
    consensus/expect estimate/expect estimates/expect estimated/expect forecast/expect forecasts/expect""".split()
)
"""Irregular forms, and words that all mean an expectation, by which actual results are told from expected ones."""
CLAUSE_END = (
    r"[,;()—–]\s|:\s(?![$€£¥+\-−–]?\d)|\s\((?=[A-Za-z][A-Za-z\s]{0,30}:\s[$€£¥]?\d)|\s[—–]"
    r"|\s(?=(?:and|but|while|where|whereas|versus|plus|or)\s)"
)
"""Pattern of the ends of clauses; the colon of `ceiling: €88` does not separate the figure from its name."""
_CLAUSE = late(CLAUSE_END)
_NUMBER = late(
    r"(?<![\w.,-])(?!(?:19|20)\d\d\b(?![.,]?\d|\s[a-z]+s\b))\d[\d.,]*(?:\s(?:million|billion|trillion))?(?:\s(?P<noun>[a-z]+))?"
)
_FIGURE = late(r"(?<![\w.,])(?!(?:19|20)\d\d(?!\w|,\d))\d+(?:[.,]\d+)*")
_ROLE = late(
    r"\b(?:(?P<role>from|to|than|von|auf)|against|after|versus|instead\sof|rather\sthan|compared\s(?:with|to))"
    r"\s(?:(?:about|around|roughly|nearly|almost|just|over|under|some)\s)?[$€£¥]?\Z"
)
_BESIDE = re.compile(
    r"(?P<new>,?\s(?:up|down)\sfrom\s)|,?\s(?:against|after|versus|instead\sof|rather\sthan|compared\s(?:with|to))\s"
)
_GERMAN_ROLES = {"von": "from", "auf": "to"}
_OLD, _NEW = "old", "new"
"""Roles in a comparison: in `14.1%, compared with 12.6%` the 12.6% is old and the 14.1% new."""
_APART = (frozenset(("from", "to")), frozenset(("from", _NEW)), frozenset(("to", _OLD)))
"""Pairs of roles that exclude each other. Of two compared figures either may come first."""
_REACH = 5
"""Distance in words at which a word counts half."""
_FARTHEST = 120
"""Distance in words beyond which none counts: such a sentence is a table, with a lookup for each of its figures."""
_OTHER_CLAUSE = 0.35
_BEYOND = 0.6
"""The weight of words on the other side of another number."""
_ANOTHERS = 0.5
"""The weight of a noun that another number counts."""
_OTHER_ROLE = 0.4


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without its ending, so that `shares` matches `share` and `doubled` matches `doubling`."""
    small = _IRREGULAR.get(word.lower(), word.lower())
    return _SUFFIX.sub("", small) if len(small) > 4 else small.removesuffix("s") if len(small) > 3 else small


class Context(NamedTuple):
    """The weighted words around a figure, and its role in a comparison or in `from ... to ...`."""

    weights: dict[str, float]
    role: str
    whole: float
    """The likeness of the context to itself."""


@lru_cache(maxsize=2048)
def context(sentence: str, start: int, end: int, with_numbers: bool = False) -> Context:
    """The context of the figure or name at some offsets; `with_numbers`, as for names, counts numbers as words."""
    words, cuts, others, nouns = _words_and_numbers(sentence) if with_numbers else _words(sentence)
    before = bisect_left(words, start, key=_OFFSET)
    first, last = _clause(words, cuts, start, end, len(sentence))
    left = others[number - 1] if (number := bisect_left(others, start)) else -1
    right = others[number] if (number := bisect_left(others, end)) < len(others) else len(sentence)
    weights: dict[str, float] = {}
    for number in range(max(0, before - _FARTHEST), min(len(words), before + _FARTHEST)):
        at, word = words[number]
        if start <= at < end:
            continue
        distance = before - number - 1 if number < before else number - before
        weight = _REACH / (_REACH + distance) * (1.0 if first <= at < last else _OTHER_CLAUSE)
        weight *= 1.0 if left < at < right else _BEYOND
        if nouns and nouns.get(at, start) != start:
            weight *= _ANOTHERS
        if weight > weights.get(word, 0.0):
            weights[word] = weight
    return Context(weights, _role(sentence, start, end), sum(weight * weight for weight in weights.values()))


def _role(sentence: str, start: int, end: int) -> str:
    """The role that the words right beside a figure give it in a comparison or change; empty if none."""
    before, behind = _ROLE.search(sentence, max(0, start - 28), start), _BESIDE.match(sentence, end)
    if behind and (behind["new"] or not before):
        return "to" if behind["new"] else _NEW
    role = before["role"] if before else ""
    if role in _GERMAN_ROLES:  # `von` is also `of`, except in a change
        return _GERMAN_ROLES[role] if " auf " in sentence else ""
    return role or (_OLD if before else "")


def stems(text: str) -> tuple[str, ...]:
    """The meaningful words of a text, without their endings, in reading order."""
    return tuple(word for _, word in _words(text)[0])


def stems_at(text: str, start: int, end: int) -> frozenset[str]:
    """The `stems` of a text between two offsets."""
    words = _words(text)[0]
    first, last = (bisect_left(words, at, key=_OFFSET) for at in (start, end))
    return frozenset(word for _, word in words[first:last])


def _clause(
    words: tuple[tuple[int, str], ...], cuts: tuple[int, ...], start: int, end: int, length: int
) -> tuple[int, int]:
    """The bounds of a figure's clause, joined with the clause before if it says nothing else (`..., up 14%`)."""
    begun, ended = bisect_right(cuts, start), bisect_left(cuts, end)
    last = cuts[ended] if ended < len(cuts) else length
    till, inside = bisect_left(words, last, key=_OFFSET), bisect_left(words, start, key=_OFFSET)
    behind = bisect_left(words, end, key=_OFFSET)
    while begun:
        since = bisect_left(words, cuts[begun - 1], key=_OFFSET)
        if since < inside or behind < till:
            return cuts[begun - 1], last
        begun -= 1
    return 0, last


def ends_a_clause(sentence: str, start: int, end: int) -> bool:
    """Whether a clause of a sentence ends between two offsets."""
    return _CLAUSE.search(sentence, start, end) is not None


_Words = tuple[tuple[tuple[int, str], ...], tuple[int, ...], tuple[int, ...], Mapping[int, int]]
_OFFSET = itemgetter(0)


@lru_cache(maxsize=2048)
def _words(sentence: str) -> _Words:
    """The meaningful words of a sentence, the ends of its clauses, its numbers, and the nouns that these count.

    All by their offsets; each noun with its number.
    """
    found = ((word.start(), word[0]) for word in _WORD.finditer(sentence))
    kept = tuple((at, stem(word)) for at, word in found if len(word) > 1 and word.lower() not in _COMMON)
    counted = tuple(_NUMBER.finditer(sentence))
    nouns = {number.start("noun"): number.start() for number in counted if number["noun"]}
    cuts = tuple(cut.start() for cut in _CLAUSE.finditer(sentence))
    return kept, cuts, tuple(number.start() for number in counted), nouns


@lru_cache(maxsize=2048)
def _words_and_numbers(sentence: str) -> _Words:
    """The same with the sentence's numbers among its words, and no longer as figures beside a figure."""
    words, cuts, _, _ = _words(sentence)
    told = ((at, digits) for digits, at in numbers(sentence).items())
    return tuple(sorted((*words, *told))), cuts, (), {}


def words_and_numbers(sentence: str) -> frozenset[str]:
    """All words that the context of a name of a sentence may have."""
    return frozenset(word for _, word in _words_and_numbers(sentence)[0])


@lru_cache(maxsize=2048)
def numbers(sentence: str) -> Mapping[str, int]:
    """The numbers of a sentence as words, with their offsets: `gives 214 bronzes` identifies the giver by the 214."""
    return {found[0].replace(",", ""): found.start() for found in _FIGURE.finditer(sentence)}


def likeness(one: Context, other: Context) -> float:
    """How much two contexts share: the product of both weights for each common word."""
    few, many = sorted((one.weights, other.weights), key=len)
    shared = sum(weight * many[word] for word, weight in few.items() if word in many)
    return shared * (_OTHER_ROLE if {one.role, other.role} in _APART else 1.0)


_COUNTERPARTS = (
    (
        frozenset(("unemployment", "unemployed", "jobless", "joblessness")),
        frozenset(("employment", "employed", "jobs")),
    ),
    (frozenset(("yield", "yields")), frozenset(("price", "prices", "bonds", "bond"))),
)
"""Words for two sides of one thing, where one falls as the other rises."""
_IN_MONEY = late(
    r"\b(?:against|versus|to|per)\s(?:(?:the|an?|one|each)\s)?(?:(?:U\.?S\.?|[A-Z][a-z]+)\s)?"
    r"(?P<money>dollar|euro|pound|sterling|franc|yen|yuan|lira|rouble|ruble|rupee|rand|real|peso|won|zloty|forint|kron[aer]"
    r"|shekel)\b"
)
"""The currency that another one is measured in: `fell 0.9% against the euro`."""


_LOOKS_BACK = re.compile(r"\bhad\s(?:still\s)?been\s(?:(?:about|some|nearly|over|almost)\s)?(?=[\d$€£¥])")
"""Looks back from the earlier side of a change: 3 points higher then is 3 points lower now."""


def are_two_sides(one: str, other: str) -> bool:
    """Whether two sentences may describe one change from two sides: bonds fall as their yield rises."""
    mine, its = words_of(one), words_of(other)
    return any(
        (mine & side and its & counter and not (mine & counter or its & side))
        or (its & side and mine & counter and not (its & counter or mine & side))
        for side, counter in _COUNTERPARTS
    ) or (
        _is_in_money_of(one, other)
        or _is_in_money_of(other, one)
        or (_LOOKS_BACK.search(one) is None) != (_LOOKS_BACK.search(other) is None)
    )


_MORE_THAN = late(
    r"\s(?:[a-z]+\s){0,2}?(?:more|less|fewer|higher|lower|larger|smaller)\sthan\s(?:the\s)?(?P<whom>[A-ZÀ-Þ][\w’'-]*)"
)


def are_told_of_two(one: str, end: int, other: str, its_end: int) -> bool:
    """Whether two sentences compare the figures that end at some offsets with two different names.

    Somebody who has `five more than Reyes` may have `five fewer than Ferro`.
    """
    mine, theirs = _MORE_THAN.match(one, end), _MORE_THAN.match(other, its_end)
    return mine is not None and theirs is not None and mine["whom"] != theirs["whom"]


def _is_in_money_of(one: str, other: str) -> bool:
    """Whether one sentence measures a currency in another which the other sentence is about: the euro rises instead."""
    told = {found["money"] for found in _IN_MONEY.finditer(one)}
    return bool(told) and any(f"{money} " in _IN_MONEY.sub("", other) for money in told)
