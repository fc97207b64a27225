"""Kinds of one quantity that exclude each other: median and mean, profit and revenue, weekly and monthly users.

Of two kinds, the one in all places of the evidence is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from generator.figures.amounts import Figure
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.texts.patterns import late
from generator.trace.matching import Candidate

_MONEY = (
    r"(?:profits?|income|incomes|margins?|debt|earnings|revenues?|sales|pay|salary|salaries|wages?|worth|loss(?:es)?"
    r"|spending|proceeds|savings|investment|lending|borrowing|emissions|(?:im|e|)migration|(?:in|out)flows?|weight|gains?)"
)
_RESULT = r"(?:profits?|loss(?:es)?|income|margins?|earnings|results?)"
_REAL = r"(?:wages?|incomes?|pay|earnings|gdp|growth|terms|prices?|rents?|spending|value|rates?|yields?|exchange)"
_APPROVAL = ("approval", "approve", "approves", "approved")
_USERS = r"(?:active\s)?(?:users?|actives|players|visitors|visits|listeners|viewers|readers|passengers|customers)"
_PRETAX = rf"pre-?tax(?=\s(?:[a-z]+\s)?{_RESULT}\b)|{_RESULT}\sbefore\stax"
_TAXED = rf"(?:after|post)-?tax(?=\s{_RESULT}\b)|{_RESULT}\safter\stax|net(?=\s{_RESULT}\b)"
_ROUNDLY = r"\s(?:(?:about|around|nearly|almost|over|roughly|some|just|rund|etwa|fast|more\sthan|up\sto)\s)?\s*\|"
_IS = (
    r"\s(?:of|was|were|is|totall?ed|reached|hit|came\sto|stood\sat|amounted\sto|von|betrug|betrugen|lag\sbei|stieg\sauf|sank\sauf"
    rf"|(?:rose|fell|grew|climbed|jumped|dropped|increased|declined)(?:\s[a-z]+)?\sto){_ROUNDLY}"
)
"""Joins a figure, whose place is the bar of `beside`, to the very noun that it is of."""
_OWN = r"(?<!of\s)(?<!lost\s)"
"""Not a part of something else, as in `a loss of revenue of $8 million`."""
_PROFIT = (rf"{_OWN}(?:profits?|gewinn){_IS}", ("profit", "profits", "gewinn"))
_REVENUE = (rf"{_OWN}(?:revenues?|sales|turnover|umsatz){_IS}", ("revenue", "revenues", "sales", "turnover", "umsatz"))
_LOSS = (rf"(?:loss(?:es)?|verlust){_IS}", ("loss", "losses", "verlust"))
_RAISED = (rf"raised{_ROUNDLY}", ("raised",))
_VALUED = (rf"valu(?:ed\sat|ation\sof){_ROUNDLY}", ("valuation", "valued"))
_APPROVING = tuple((rf"{no}approv(?:es?|ed|al)", tuple(f"{no}{word}" for word in _APPROVAL)) for no in ("", "dis"))
_PERIODS = tuple((rf"{word}(?=\s{_USERS}\b)", (word,)) for word in ("daily", "weekly", "monthly"))


class _Kind(NamedTuple):
    """A kind of quantity that another one excludes."""

    mine: re.Pattern[str]
    other: re.Pattern[str]
    known_by: frozenset[str]
    """Words of which a text has one if it has this kind."""
    tells: frozenset[str]
    """Words near the other kind that show that this one may be meant too: those of `known_by`, or a denial."""
    name: str
    """The name of the other kind."""
    is_beside: bool
    """Whether only words right beside a figure tell its kind, since each figure of a sentence may have its own."""


def _excluding(
    one: tuple[str, Sequence[str]], two: tuple[str, Sequence[str]], shared: Sequence[str] = (), is_beside: bool = False
) -> Iterator[_Kind]:
    """Two kinds that exclude each other, each as a pattern with the words that it is known by, its name first.

    Words that are `shared` may stand beside either: `before tax` and `after tax`.
    """
    patterns = [late(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE) for pattern, _ in (one, two)]
    for number, (mine, other) in enumerate(((one, two), (two, one))):
        tells = _DENIALS.union(mine[1]).difference(shared)
        yield _Kind(patterns[number], patterns[1 - number], frozenset(mine[1]), tells, other[1][0], is_beside)


_DENIALS = frozenset(("not", "don't", "don’t", "doesn't", "doesn’t", "never", "no"))
_NET = (rf"net(?=\s{_RESULT}\b)", ("net",))
_EXCLUDING = (
    *_excluding((r"median", ("median",)), (r"(?:(?<=\bthe\s)|(?<=\ba\s)|(?<=arithmetic\s))mean(?=\s[a-z])", ("mean",))),
    *_excluding((rf"real(?=\s{_REAL}\b)", ("real",)), (r"nominal(?:ly)?", ("nominal", "nominally"))),
    *_excluding(
        (rf"net(?=\s(?:[a-z]+\s)?{_MONEY}\b)", ("net",)),
        (rf"gross(?=\s(?:[a-z]+\s)?{_MONEY}\b)", ("gross",)),
        shared=("net",),
    ),
    *_excluding(_NET, (rf"operating(?=\s{_RESULT}\b)", ("operating",)), shared=("net",)),
    *_excluding(_NET, (rf"adjusted(?=\s{_RESULT}\b)", ("adjusted",)), shared=("net",)),
    *_excluding((rf"gross(?=\s{_RESULT}\b)", ("gross",)), (rf"operating(?=\s{_RESULT}\b)", ("operating",))),
    *_excluding(
        (_PRETAX, ("before tax", "pretax", "tax")), (_TAXED, ("after tax", "net", "tax")), shared=("net", "tax")
    ),
    *_excluding(_PROFIT, _REVENUE),
    *_excluding(_PROFIT, _LOSS),
    *_excluding(_RAISED, _VALUED),
    *_excluding(_APPROVING[0], _APPROVING[1], is_beside=True),
    *chain.from_iterable(_excluding(one, two, is_beside=True) for one, two in combinations(_PERIODS, 2)),
)
_FAR, _BESIDE = 90, re.compile(r"[^,;:.()\d]*(?:,\sfrom\s)?\Z")
_BEHIND = re.compile(r"[^,;:.()\d]{0,40}")


def of_another_kind(sentence: str, item: Figure, found: Sequence[Candidate]) -> str:
    """Say which qualifier all places of the evidence have, if the one beside the figure is the opposite: `median`."""
    words = words_of(sentence)
    for kind in _EXCLUDING:
        if words.isdisjoint(kind.known_by) or not kind.mine.search(beside(sentence, item)):
            continue
        fitting = [candidate for candidate in found if candidate.how] if not kind.other.search(sentence) else []
        if fitting and all(_is_other(candidate, kind) for candidate in fitting):
            return f"the source has it as {kind.name}"
    return ""


def _is_other(candidate: Candidate, kind: _Kind) -> bool:
    words = where_told(candidate, kind.other, kind.mine, kind.is_beside)
    return bool(words) and words_of(words).isdisjoint(kind.tells)


def where_told(candidate: Candidate, other: re.Pattern[str], mine: re.Pattern[str], is_beside: bool = False) -> str:
    """The words of the evidence that have the other qualifier of a figure and not this one; empty if none do.

    Those beside the figure, or unless it `is_beside` and where they have neither, its sentence.
    """
    near = beside(candidate.sentence, candidate.item)
    has_either = other.search(near) or mine.search(near)
    words = near if has_either or is_beside else candidate.sentence
    return words if other.search(words) is not None and mine.search(words) is None else ""


def beside(sentence: str, item: Measured) -> str:
    """The words right before a figure in its clause, and those behind it."""
    before = _BESIDE.search(sentence, max(0, item.start - _FAR), item.start)
    behind = _BEHIND.match(sentence, item.end)
    return f"{before[0] if before else ''} | {behind[0] if behind else ''}"
