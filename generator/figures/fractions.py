"""Shares and multiples in words: a third of, twice, doubled, tenfold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.counting import A_PART, GERMAN, GERMAN_PARTS, PARTS, SOME, TO_TEN
from generator.figures.manner import ONE_HEDGE, direction_of, hedge_of
from generator.figures.screen import matches, words_at, words_of
from generator.figures.units import PERCENT, POINTS, TIMES, UNITS, Unit
from generator.texts.patterns import late

_SHARE = late(
    rf"\b(?:(?P<some>{'|'.join(SOME)})[\s-])?(?P<part>{A_PART})"
    r"(?=\s(?:of|the)\s(?!the\syear|(?:19|20)\d\d|an?\s(?:(?:m|b|tr)illion|hundred|thousand|dozen)\b))"
    rf"|\b(?P<some3>an?|{'|'.join(TO_TEN)})[\s-](?P<part3>{A_PART})\b(?:(?<=s)(?<!\squarters)"
    r"|(?=\s(?:more|less|fewer|higher|lower|larger|smaller|cheaper|dearer|above|below)\b))"
    rf"|\bby\s{ONE_HEDGE}(?:(?P<some2>a|one|two)[\s-])?(?P<part2>half|thirds?|quarter|fifth)\b",
    re.IGNORECASE,
)
_TO_MANY = {"eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50}
_NUMBERS = TO_TEN | _TO_MANY
_VON_ZEHN = late(
    rf"\b(?P<some>{'|'.join(GERMAN)})\svon\s(?P<all>{'|'.join(GERMAN)})\b"
    rf"|\b(?P<count>ein(?:em|es)?|zwei|drei|vier)\s(?P<part>{'|'.join(GERMAN_PARTS)})\b",
    re.IGNORECASE,
)
"""`Sieben von zehn`, `zwei Drittel`."""
_OF_MANY = late(
    rf"(?<![\w.,$€£-])(?P<some>{'|'.join(TO_TEN)}|[1-9])\s(?:(?<=\bone\s)(?P<thing>[a-z]+)(?<!s)\s(?=in\s|out\s))?"
    rf"(?P<of>in|out\sof|of)\s(?:every\s)?(?P<all>{'|'.join(TO_TEN)}|[2-9]|1?[05]|20|50|100|(?:(?<=one\sin\s)|(?<=\b1\sin\s))(?:[1-9]\d{{1,2}}|{'|'.join(_TO_MANY)}))"
    r"(?![\w]|[.,]\d|-|\s?%|\s(?:sources?|accounts?|reports?|million|billion|years?|months?|weeks?|days?|hours?|minutes?)\b)"
    r"(?(thing)(?!\s(?!(?:is|was|has|(?:goe|come|need|live|work|pay|say)s|[a-z]+s\s(?:the|an?|that|no|to))\b)[a-z]+s\b))",
    re.IGNORECASE,
)
"""`Three in four`, `one dollar in three`; but not `one goal in five games`."""
_WHOLE = frozenset((PERCENT, POINTS, "second", "month", "metre", "byte", "W", "gram"))
_LOOSE = 10
"""A share of one in this many or fewer is used loosely."""
_UNIT = "|".join(
    sorted((w for w, u in UNITS.items() if u.dimension in _WHOLE and len(w) > 3 and w.isascii()), key=len, reverse=True)
)
_PORTION = late(
    rf"\b(?:(?P<part>half)|(?:(?P<one>a|one|three)[\s-])?quarters?\sof)\san?\s(?P<unit>{_UNIT})(?!\w)"
    r"|\b(?P<point>half|quarter)[\s-](?:percentage[\s-])?point\b",
    re.IGNORECASE,
)
_FOLDS = {word: n for word, n in TO_TEN.items() if n > 1} | {"twenty": 20, "hundred": 100, "thousand": 1000}
_MULTIPLE = late(
    r"\b(?P<doubled>doubl(?:ed|es|ing))\b|\b(?P<tripled>tripl(?:ed|es|ing))\b|\b(?P<four>quadrupl(?:ed|es|ing))\b|\b(?P<halved>halv(?:ed|es|ing))\b"
    rf"|(?<=\s)(?P<to>{'|'.join(_FOLDS)})\sto\s(?:one|1)\b|\b(?P<twice>twice)\s(?=the|as|that|what|its)|\b(?P<fold>{'|'.join(_FOLDS)})-?fold\b",
    re.IGNORECASE,
)
_FACTORS = {"doubled": 2.0, "tripled": 3.0, "four": 4.0, "halved": 0.5, "twice": 2.0}
_MULTIPLES = frozenset(
    """doubled doubles doubling tripled triples tripling quadrupled quadruples quadrupling halved halves halving twice
    fold""".split()
) | frozenset(f"{number}fold" for number in _FOLDS)
_SHARES = frozenset((*PARTS, *(f"{part}s" for part in PARTS)))
_OFTEN = frozenset((*TO_TEN, *"123456789"))
_BEFORE_SHARES = _SHARES.union(SOME, ("by",))
_BEFORE_PORTIONS = frozenset(("half", "quarter", "quarters", "a", "one", "three"))
_BEFORE_MULTIPLES = _MULTIPLES.union(_FOLDS)
"""First words of multiples, as above of shares and portions."""
_BEFORE_GERMAN = frozenset(("ein", "einem", "eines", *GERMAN))
BEGINNINGS = _MULTIPLES | _SHARES | frozenset(GERMAN_PARTS)
"""Every share or multiple has one of these words."""


def find(text: str) -> Iterator[Figure]:
    """Find every share and multiple of a text. Most are weak, since writers use them loosely."""
    words = words_of(text)
    if not words.isdisjoint(_SHARES):
        yield from _portions(text)
        yield from _shares(text)
    if not words.isdisjoint(_OFTEN):
        yield from _of_many(text)
    if not words.isdisjoint(_BEFORE_GERMAN):
        yield from _german(text)
    if not words.isdisjoint(_MULTIPLES) or " to one" in text or " to 1" in text:
        yield from _multiples(text)


def _shares(text: str) -> Iterator[Figure]:
    for found in matches(_SHARE, text, words_at(text, _BEFORE_SHARES)):
        kind = "" if found["part"] else "2" if found["part2"] else "3"
        some, part = (found[f"some{kind}"] or "a").lower(), found[f"part{kind}"].lower()
        share = 100.0 * SOME[some] / PARTS[part.rstrip("s") if part != "half" else part]
        if share <= 100:
            is_by = kind == "2" and some == "a"
            start = found.start(f"some{kind}" if found[f"some{kind}"] and not is_by else f"part{kind}")
            told = _loose(text, start, found.end(), PERCENT, share, 3.0)
            yield replace(told, direction=direction_of(text, start, found.end())) if kind else told


def _multiples(text: str) -> Iterator[Figure]:
    for found in matches(_MULTIPLE, text, words_at(text, _BEFORE_MULTIPLES)):
        kind = found.lastgroup or ""
        factor = float(_FOLDS[found[kind].lower()]) if kind in ("fold", "to") else _FACTORS[kind]
        yield _loose(text, found.start(), found.end(), TIMES, factor, factor * 0.05)


def _of_many(text: str) -> Iterator[Figure]:
    """`Nine in ten`, which others write as 90%."""
    return _parts_of(text, is_of=False)


def of_them(text: str) -> Iterator[Figure]:
    """The share in `two of three`, in addition to the two counts."""
    return _parts_of(text, is_of=True) if "of" in text.lower() else iter(())


def _parts_of(text: str, is_of: bool) -> Iterator[Figure]:
    for found in matches(_OF_MANY, text, words_at(text, _OFTEN)):
        if (found["of"].lower() == "of") != is_of:
            continue
        some, of = (_NUMBERS.get(found[name].lower()) or int(found[name]) for name in ("some", "all"))
        share = 100.0 * some / of
        if some < of <= _LOOSE:
            yield _loose(text, *found.span(), PERCENT, share, 3.0)
        elif some < of:  # nobody calls one in 30 `one in 25`
            step = 1.1 if share >= 1 else share / 5  # it rounds a share in whole points, but is not exact itself
            yield replace(_loose(text, *found.span(), PERCENT, share, step), weak=False)


def _german(text: str) -> Iterator[Figure]:
    for found in matches(_VON_ZEHN, text, words_at(text, _BEFORE_GERMAN)):
        if found["part"]:
            some, of = GERMAN.get(found["count"].lower(), 1), GERMAN_PARTS[found["part"].lower()]
        else:
            some, of = (GERMAN[found[name].lower()] for name in ("some", "all"))
        if some < of:
            yield _loose(text, *found.span(), PERCENT, 100.0 * some / of, 3.0)


def _portions(text: str) -> Iterator[Figure]:
    """`Half an hour`, `a quarter of a percentage point`."""
    for found in matches(_PORTION, text, words_at(text, _BEFORE_PORTIONS)):
        unit = UNITS[found["unit"]] if found["unit"] in UNITS else Unit(POINTS)
        half = (found["part"] or found["point"] or "").lower() == "half"
        share = 0.5 if half else 0.75 if (found["one"] or "").lower() == "three" else 0.25
        figure = _loose(text, *found.span(), unit.dimension, share * unit.factor, share * unit.factor / 2)
        is_exact = unit.dimension in (PERCENT, POINTS)
        yield replace(figure, factor=unit.factor, weak=not is_exact or bool(found["point"]))


def _loose(text: str, start: int, end: int, dimension: str, value: float, step: float) -> Figure:
    hedge = hedge_of(text, start, end)
    return Figure(start, end, text[start:end], dimension, value, value, step, step, hedge=hedge, weak=True)
