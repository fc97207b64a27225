"""The table of kinds of one quantity that exclude each other: median and mean, profit and revenue, orders and sales.

Each is a pattern for the words beside a figure, whose place is a bar there (`kinds.beside`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from generator.texts.patterns import late

_MONEY = (
    r"(?:profits?|income|incomes|margins?|debt|earnings|revenues?|sales|pay|salary|salaries|wages?|worth|loss(?:es)?"
    r"|spending|proceeds|savings|investment|lending|borrowing|emissions|(?:im|e|)migration|(?:in|out)flows?|weight|gains?)"
)
_RESULT = r"(?:profits?|loss(?:es)?|income|margins?|earnings|results?)"
_REAL = r"(?:wages?|incomes?|pay|earnings|gdp|growth|terms|prices?|rents?|spending|value|rates?|yields?|exchange)"
_BASIS = r"(?=\s(?:growth|basis|terms|(?:[a-z]+\s)?(?:sales|revenues?|profits?|income|earnings)))"
_APPROVAL = ("approval", "approve", "approves", "approved")
_USERS = r"(?:active\s)?(?:users?|actives|players|visitors|visits|listeners|viewers|readers|passengers|customers)"
_PRETAX = rf"pre-?tax(?=\s(?:[a-z]+\s)?{_RESULT}\b)|{_RESULT}\sbefore\stax"
_TAXED = rf"(?:after|post)-?tax(?=\s{_RESULT}\b)|{_RESULT}\safter\stax|net(?=\s{_RESULT}\b)"
_ROUNDLY = r"\s(?:(?:about|around|nearly|almost|over|roughly|some|just|rund|etwa|fast|more\sthan|up\sto)\s)?\s*\|"
_ROSE = r"(?:rose|fell|grew|climbed|jumped|dropped|increased|declined)"
_IS = (
    r"(?:\s(?:of|was|were|is|totall?ed|reached|hit|came\sto|stood\sat|amounted\sto|von|betrug|betrugen|lag\sbei|stieg\sauf|sank\sauf"
    rf"|{_ROSE}(?:\s[a-z]+)?\sto)"
    rf"|(?:\s(?:in|at|of|for)\s(?:the\s|its\s)?[\w’'-]+(?:\s[\w’'-]+)?)?\s(?:{_ROSE}|stieg|sank|wuchs|fiel)(?:\s[a-z]+ly)?(?:\s(?:by|um))?)"
    rf"{_ROUNDLY}"
)
"""Joins a figure or a change to the very noun that it is of."""
_OWN = r"(?<!of\s)(?<!lost\s)"
"""Not a part of something else, as in `a loss of revenue of $8 million`."""

Words = tuple[str, Sequence[str]]
"""The pattern of a kind, and words that it is known by, the first of which names it."""

_NET: Words = (rf"net(?=\s{_RESULT}\b)", ("net",))
_PROFIT: Words = (rf"{_OWN}(?:profits?|gewinn){_IS}", ("profit", "profits", "gewinn"))
_TURNOVER = ("revenue", "revenues", "turnover", "umsatz")
_REVENUE: Words = (rf"{_OWN}(?:revenues?|sales|turnover|umsatz){_IS}", (*_TURNOVER, "sales"))
_TAKEN_IN: Words = (rf"{_OWN}(?:revenues?|turnover|umsatz){_IS}", _TURNOVER)
_LOSS: Words = (rf"(?:loss(?:es)?|verlust){_IS}", ("loss", "losses", "verlust"))
_RAISED: Words = (rf"raised{_ROUNDLY}", ("raised",))
_VALUED: Words = (rf"valu(?:ed\sat|ation\sof){_ROUNDLY}", ("valuation", "valued"))
_APPROVING = tuple((rf"{no}approv(?:es?|ed|al)", tuple(f"{no}{word}" for word in _APPROVAL)) for no in ("", "dis"))
_PERIODS = tuple((rf"{word}(?=\s{_USERS}\b)", (word,)) for word in ("daily", "weekly", "monthly"))
_ORDERED: Words = (rf"(?:orders|bookings|auftragseingang){_IS}", ("orders", "order", "bookings", "auftragseingang"))
_SHIPPED: Words = (
    rf"(?:shipments|deliveries|registrations|unit\ssales){_IS}",
    ("shipments", "deliveries", "registrations", "unit", "units"),
)
_FOR_THE = r"(?:in|for)\sthe\s(?:(?:first|second|third|fourth|final|latest|last|past)\s)?(?:fiscal\s)?"
_OF_YEAR: Words = (
    (
        rf"(?:(?:annual|yearly|full-year)\s(?:(?!recurring|run-?rate)[a-z]+\s)?{_MONEY}|{_MONEY}\sfor\sthe\syear){_IS}"
        rf"|{_FOR_THE}(?:full|whole|entire)\syear"
    ),
    ("a year’s", "annual", "yearly", "year"),
)
_OF_QUARTER: Words = (
    rf"(?:quarterly|(?:first|second|third|fourth)-quarter)\s(?:[a-z]+\s)?{_MONEY}{_IS}|{_FOR_THE}quarter",
    ("a quarter’s", "quarterly", "quarter"),
)
_SINCE, _AGO = r"(?:from|than|over|against|compared\s(?:with|to))\s", r"(?:before|earlier|ago)"
_GERMAN_SINCE = r"(?:gegenüber|als|im\sVergleich|zum)(?:\s(?:dem|im|zum|vor))?\s"
_ON_YEAR = (
    rf"{_SINCE}(?:\w+\s){{0,3}}?(?:(?:a|the)\syear\s{_AGO}|(?:previous|prior|last)\syear)|year[\s-](?:on|over)[\s-]year"
    rf"|on\sthe\syear|{_GERMAN_SINCE}(?:vorjahr\w*|einem\sjahr)|binnen\sjahresfrist"
)
_ON_MONTH = (
    rf"{_SINCE}(?:(?:a|the)\smonth\s{_AGO}|(?:the\s)?(?:previous|prior|last)\smonth)|month[\s-](?:on|over)[\s-]month"
    rf"|on\sthe\smonth|{_GERMAN_SINCE}vormonat"
)
_IN_YEAR: Words = (_ON_YEAR, ("a change within a year", "year", "annual", "vorjahr", "vorjahresmonat", "jahr"))
_IN_MONTH: Words = (_ON_MONTH, ("a change within a month", "month", "monthly", "vormonat"))
_FISCAL: Words = (
    r"fiscal(?=\s(?:year|quarter|half|\d|first|second|third|fourth))|financial\syear|FY\d*",
    ("a fiscal year’s", "fiscal", "financial"),
)
_CALENDAR: Words = (r"calendar(?:\s(?:year|quarter|(?:19|20)\d\d))?", ("a calendar year’s", "calendar"))
_ORGANIC: Words = (
    rf"organic(?:ally|{_BASIS})|like-for-like|same-store|comparable{_BASIS}|constant[\s-](?:currenc|exchange)\w*",
    ("like for like", "organic", "organically", "like", "same", "comparable", "constant", "underlying"),
)
_REPORTED: Words = (
    rf"(?:(?<![\s\S])|while\s|the\s|its\s)reported{_BASIS}|(?:total|overall){_BASIS}|as\sreported|reported\s(?:basis|terms)|in\stotal",
    ("reported, not like for like", "reported", "total", "overall"),
)


class Kind(NamedTuple):
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


def _two(one: Words, two: Words, shared: Sequence[str] = (), is_beside: bool = False) -> Iterator[Kind]:
    """Two kinds that exclude each other. Words that are `shared` may stand beside either: `after tax`, `before tax`."""
    patterns = [late(rf"\b(?:{pattern})(?!\w)", re.IGNORECASE) for pattern, _ in (one, two)]
    for number, (mine, other) in enumerate(((one, two), (two, one))):
        tells = _DENIALS.union(mine[1]).difference(shared)
        yield Kind(patterns[number], patterns[1 - number], frozenset(mine[1]), tells, other[1][0], is_beside)


_DENIALS = frozenset(("not", "don't", "don’t", "doesn't", "doesn’t", "never", "no"))
CERTAIN = (
    *_two((r"median", ("median",)), (r"(?:(?<=\bthe\s)|(?<=\ba\s)|(?<=arithmetic\s))mean(?=\s[a-z])", ("mean",))),
    *_two((rf"real(?=\s{_REAL}\b)", ("real",)), (r"nominal(?:ly)?", ("nominal", "nominally"))),
    *_two(
        (rf"net(?=\s(?:[a-z]+\s)?{_MONEY}\b)", ("net",)),
        (rf"gross(?=\s(?:[a-z]+\s)?{_MONEY}\b)", ("gross",)),
        shared=("net",),
    ),
    *_two(_NET, (rf"operating(?=\s{_RESULT}\b)", ("operating",)), shared=("net",)),
    *_two(_NET, (rf"adjusted(?=\s{_RESULT}\b)", ("adjusted",)), shared=("net",)),
    *_two((rf"gross(?=\s{_RESULT}\b)", ("gross",)), (rf"operating(?=\s{_RESULT}\b)", ("operating",))),
    *_two((_PRETAX, ("before tax", "pretax", "tax")), (_TAXED, ("after tax", "net", "tax")), shared=("net", "tax")),
    *_two(_PROFIT, _REVENUE),
    *_two(_PROFIT, _LOSS),
    *_two(_RAISED, _VALUED),
    *_two(_APPROVING[0], _APPROVING[1], is_beside=True),
    *chain.from_iterable(_two(one, other, is_beside=True) for one, other in combinations(_PERIODS, 2)),
)
"""Two opposites per row. A figure is of one of them only."""
LIKELY = (
    *_two(_ORDERED, _TAKEN_IN),
    *_two(_SHIPPED, _TAKEN_IN),
    *_two(_FISCAL, _CALENDAR),
    *_two(_OF_YEAR, _OF_QUARTER, is_beside=True),
    *_two(_IN_YEAR, _IN_MONTH, is_beside=True),
    *_two(_ORGANIC, _REPORTED, is_beside=True),
)
"""Rows of which a figure may be of both, as what a firm takes in on orders, or a rate that is said of a month."""
