"""Kinds of one quantity that exclude each other: median and mean, profit and revenue, weekly and monthly users.

Of two kinds, the one in all places of the evidence is right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

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
_KINDS = (
    (r"median", r"(?:(?<=\bthe\s)|(?<=\ba\s)|(?<=arithmetic\s))mean(?=\s[a-z])", ("median",), ("mean",)),
    (rf"real(?=\s{_REAL}\b)", r"nominal(?:ly)?", ("real",), ("nominal", "nominally")),
    (rf"net(?=\s(?:[a-z]+\s)?{_MONEY}\b)", rf"gross(?=\s(?:[a-z]+\s)?{_MONEY}\b)", ("net",), ("gross",)),
    (rf"net(?=\s{_RESULT}\b)", rf"operating(?=\s{_RESULT}\b)", ("net",), ("operating",)),
    (rf"net(?=\s{_RESULT}\b)", rf"adjusted(?=\s{_RESULT}\b)", ("net",), ("adjusted",)),
    (rf"gross(?=\s{_RESULT}\b)", rf"operating(?=\s{_RESULT}\b)", ("gross",), ("operating",)),
    (_PRETAX, _TAXED, ("before tax", "pretax", "tax"), ("after tax", "net", "tax")),
    *(
        (one[0], other[0], one[1], other[1])
        for one, other in (
            *((_PROFIT, _REVENUE), (_PROFIT, _LOSS), (_RAISED, _VALUED), _APPROVING),
            *combinations(_PERIODS, 2),
        )
    ),
)
_EXCLUDING = tuple(
    (late(rf"\b(?:{mine})(?!\w)", re.IGNORECASE), late(rf"\b(?:{other})(?!\w)", re.IGNORECASE), frozenset(words), name)
    for one, two, of_one, of_two in _KINDS
    for mine, other, words, name in ((one, two, of_one, of_two[0]), (two, one, of_two, of_one[0]))
)
"""Two opposites per row: the claim's, the other one, words that reveal the claim's, and the name of the other."""
_BESIDE_ONLY = frozenset(word for pairs in (_APPROVING, _PERIODS) for _, words in pairs for word in words)
_OF_BOTH = frozenset(("tax", "net"))
"""Words of `known_by` that the opposite has too: `before tax` and `after tax`."""
_DENIALS = frozenset(("not", "don't", "don’t", "doesn't", "doesn’t", "never", "no"))
_FAR, _BESIDE = 90, re.compile(r"[^,;:.()\d]*(?:,\sfrom\s)?\Z")
_BEHIND = re.compile(r"[^,;:.()\d]{0,40}")


def of_another_kind(sentence: str, item: Figure, found: Sequence[Candidate]) -> str:
    """Say which qualifier all places of the evidence have, if the one beside the figure is the opposite: `median`."""
    words = words_of(sentence)
    for mine, other, known_by, name in _EXCLUDING:
        if not words.isdisjoint(known_by) and mine.search(beside(sentence, item)) and not other.search(sentence):
            fitting = [candidate for candidate in found if candidate.how]
            if fitting and all(
                is_told_as(candidate, other, mine) and not _may_be_both(candidate, other, known_by)
                for candidate in fitting
            ):
                return f"the source has it as {name}"
    return ""


def _may_be_both(candidate: Candidate, other: re.Pattern[str], known_by: frozenset[str]) -> bool:
    """Whether the evidence may mean the claim's kind though it has the other: words of both, or a denial, are near it.

    Periods and approval count only right beside a figure, since each figure of a sentence may have its own.
    """
    near = beside(candidate.sentence, candidate.item)
    if not other.search(near):
        if known_by & _BESIDE_ONLY:
            return True
        near = candidate.sentence
    return not words_of(near).isdisjoint((known_by - _OF_BOTH) | _DENIALS)


def is_told_as(candidate: Candidate, other: re.Pattern[str], mine: re.Pattern[str]) -> bool:
    """Whether the evidence has the other qualifier of a figure, beside it or else in its sentence, and not this one."""
    near = beside(candidate.sentence, candidate.item)
    has_either = other.search(near) or mine.search(near)
    words = near if has_either else candidate.sentence
    return other.search(words) is not None and mine.search(words) is None


def beside(sentence: str, item: Measured) -> str:
    """The words right before a figure in its clause, and those behind it."""
    before = _BESIDE.search(sentence, max(0, item.start - _FAR), item.start)
    behind = _BEHIND.match(sentence, item.end)
    return f"{before[0] if before else ''} | {behind[0] if behind else ''}"
