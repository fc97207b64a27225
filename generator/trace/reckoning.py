"""Computations within a sentence: a multiple with both ends, a sum with its parts, an amount with its years.

`Tripled from 200 to 400`, `$3 million and $4 million come to $8 million together`, `$300 billion over five years, or
$70 billion a year`. These are wrong whatever the evidence has. The figures must be close together, so that nothing else
can be meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from generator.figures.amounts import Figure
from generator.figures.comparing import admitted
from generator.figures.manner import HEDGE
from generator.figures.rates import rates
from generator.model.tracing import Operation
from generator.texts.patterns import late

MONTHS = {"year": 12.0, "quarter": 3.0, "month": 1.0}
"""Length in months of the periods that an amount may be paid for."""

_STEP = r"(?:\s(?!(?:and|but|while|as|after|when|which|that|who|with|to|from|then|before|than|or|by)\b)[\w'’-]+){0,5}"
_FROM = late(rf"{_STEP},?\sfrom\s{HEDGE}")
_TO = late(rf"{_STEP},?\sto\s{HEDGE}")
_ON_TO = late(rf"(?:\s(?!(?:and|but|while|or)\b)[\w'’-]+){{0,4}}\sto\s{HEDGE}")
_BACK_FROM = late(rf"(?:\s(?!(?:and|but|while|or)\b)[\w'’-]+){{0,4}},?\sfrom\s{HEDGE}")
_COLON, _AGAINST = late(rf":\s{HEDGE}"), late(rf",?\s(?:against|to|versus|compared\swith)\s{HEDGE}")
_AND = late(r",?\sand\s|,\s|\splus\s")
_ADDS_UP = late(
    rf",?\s(?:(?!(?:and|but|while|or|which|who)\b)[\w'’-]+\s){{0,3}}?(?:(?P<sure>adds?\sup\sto|added\sup\sto|totals?|totall?ed)|comes?\sto|came\sto|makes?|made"
    rf"|amount(?:s|ed)?\sto|equals?|are|is)\s{HEDGE}"
)
IN_ALL = late(r"\b(?:together|in\sall|in\stotal|altogether|combined)\b")
_OVER = late(rf"\s(?:over|across|spread\sover|for)\s(?:the\snext\s|the\scoming\s)?{HEDGE}")
_OR = late(rf",?\s(?:or|that\sis|which\sis|meaning|an\saverage\sof|on\saverage)\s{HEDGE}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FAR_OFF = 0.15
"""How far off an unhedged multiple must be to count as wrong, as a share: writers use multiples loosely."""
_ROUNDING = 0.02
"""How far rounding may move the ratio of two ends, as a share."""


def pair_behind(claim: Figure, sentence: str, figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """The two ends right behind a multiple, the earlier one first: `doubled from 3 to 6`."""
    behind = [figure for figure in figures if figure.start >= claim.end][:2]
    if len(behind) < 2 or behind[0].dimension != behind[1].dimension or any(f.is_range or f.weak for f in behind):
        return None
    one, other = behind
    if _FROM.fullmatch(sentence, claim.end, one.start) and _ON_TO.fullmatch(sentence, one.end, other.start):
        return one, other
    if _COLON.fullmatch(sentence, claim.end, one.start) and _AGAINST.fullmatch(sentence, one.end, other.start):
        return other, one
    if _TO.fullmatch(sentence, claim.end, one.start) and _BACK_FROM.fullmatch(sentence, one.end, other.start):
        return other, one
    return None


def is_multiple(claim: Figure, ratio: float) -> bool | None:
    """Whether a multiple in words (`more than doubled`) fits a ratio; None if it is too close to tell."""
    by = claim.low
    if claim.hedge not in ("over", "nearly", "under"):
        return None if by * (1 - _FAR_OFF) <= ratio <= by * (1 + _FAR_OFF) else False
    told, there = (by, ratio) if by > 1 else (1 / by, 1 / ratio)  # more than halved means less than half
    if claim.hedge == "over":
        return True if told <= there < told + 1 else None if there >= told * (1 - _ROUNDING) else False
    return True if told * 0.75 <= there <= told else None if told * 0.6 <= there <= told * (1 + _ROUNDING) else False


Sum = tuple[float, Operation, tuple[Figure, ...]]
"""A computed value, the operation, and its inputs."""


def missed(claim: Figure, sentence: str, figures: Sequence[Figure]) -> Sum | None:
    """The right value for an amount behind its sum or span, if it is wrong; else None."""
    before = [figure for figure in figures if figure.end <= claim.start]
    for told in (_sum(claim, sentence, before), _spread(claim, sentence, before)):
        if told is not None:
            value, _, inputs = told
            slack = sum(figure.step / 2 for figure in inputs if figure.dimension == claim.dimension)
            low, high = admitted(claim, claim.low)
            return None if low - slack <= value <= high + slack else told
    return None


def _sum(claim: Figure, sentence: str, before: Sequence[Figure]) -> Sum | None:
    """The sum of a list of figures right before a claim that is said to be their total."""
    parts = [figure for figure in before if figure.dimension == claim.dimension]
    if len(parts) < 2 or parts[-1] is not before[-1] or any(part.hedge or part.is_range or part.weak for part in parts):
        return None
    if not all(_AND.fullmatch(sentence, one.end, other.start) for one, other in pairwise(parts)):
        return None
    told = _ADDS_UP.fullmatch(sentence, parts[-1].end, claim.start)
    if told is None or not (told["sure"] or IN_ALL.search(told[0]) or IN_ALL.match(sentence, claim.end + 1)):
        return None
    return sum(part.low for part in parts), Operation.SUM, tuple(parts)


def _spread(claim: Figure, sentence: str, before: Sequence[Figure]) -> Sum | None:
    """A yearly rate from an amount over some years, if the claim right behind it says so."""
    if len(before) < 2 or before[-1].dimension != "month" or before[-2].dimension != claim.dimension:
        return None
    amount, span = before[-2:]
    each = next((MONTHS[name] for name in rates(sentence, claim.end) if name in MONTHS), None)
    if each is None or not span.low or amount.hedge or not _OVER.fullmatch(sentence, amount.end, span.start):
        return None
    if not _OR.fullmatch(sentence, span.end, claim.start):
        return None
    return amount.low * each / span.low, Operation.SPREAD, (amount, span)


def written_as(claim: Figure, value: float) -> str:
    """A value in the style of a claim: 7.5e8 as `$750 million` for the claim `$850 million`."""
    number = _NUMBER.search(claim.text)
    if number is None or not claim.low:
        return f"{value / claim.factor:,.4g}"
    return claim.text.replace(number[0], f"{float(number[0].replace(',', '')) * value / claim.low:,.6g}")
