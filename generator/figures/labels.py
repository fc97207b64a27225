"""Figures that are part of a name or a rank: GPT-5.5, version 1.14.1, H100, No. 2, the second-largest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.figures.screen import has_digit, words_of

_PLAIN = """
    In On At By About Over Some Nearly Up The Of From Only Just With Its Their His Her For And But A An Between
    Roughly Around Under Below Above Most More Less Fewer After Before Since Until To Than No Nos That This
    These Those Was January February March April May June July August September October November December Jan
    Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Another All Both Each Every USD EUR GBP RMB CNY JPY INR CHF Rs
    US Approximately Almost Then Now Within During Through Fiscal FY Today Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday If When While As Not Elo ELO Scores Score Published Caps Exactly Spending Still Also
    Like Series Early Late Mid Combined Revenue Sales Version Rund Etwa Knapp Fast Über Unter Insgesamt Ab Im Um Seit
    Gut Environ Près Quasi Circa Unos Unas Casi Cerca
""".split()
_NAMED = re.compile(
    rf"(?<![\w-])(?P<name>(?!(?:{'|'.join(_PLAIN)})\b)[A-Z][A-Za-z]*)(?P<join>[\s-])(?P<number>\d+(?:\.\d+)+[a-z]?|\d{{1,3}}[a-z]?)"
    r"(?![\d%€]|[.,]\d|[A-Za-z]{2}|\s?(?:%|percent|per\scent|million|billion|trillion|thousand|bn|mn|MW|GW|MB|GB|TB|km|kg|hours|days|weeks|"
    r"months|years|minutes|seconds|times|people|points|basis|dollars|euros)|[-–]\w|\s[a-z]+s\b(?<!\bis)(?<!\bwas)(?<!\bhas)(?<!\bas)(?<!\bruns)(?<!\bcosts))"
)
_TIGHT = re.compile(
    r"(?<![\w.-])(?P<name>(?!Q[1-4]\b|FY|H[12]\b)[A-Z][A-Za-z]{0,9})(?P<number>\d{1,5}[A-Za-z]?)(?![\w%]|[.,]\d)"
)
_LONE = re.compile(r"(?<![\w.,$€£¥-])v?\d+\.\d+\.\d+(?:\.\d+)*(?![\d%])|(?<!\w)(?:[Vv]ersion|v)\s?\d+(?:\.\d+)*(?!\w)")
_RANK = re.compile(
    r"(?<!\w)(?:(?:No\.?\s?|#)(?P<digits>\d{1,3})|number\s(?P<number>one|two|three|four|five))(?![\w%]|[.,]\d)"
    r"|(?<![\w.,])(?P<nth>\d{1,3})(?:st|nd|rd|th)\b(?:-(?:largest|biggest|highest|ranked|most)\b)?"
    r"|\b(?P<word>first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?:-(?P<most>largest|biggest|highest|placed|ranked|most)\b"
    r"|(?=[\s-](?P<noun>place|quarter|largest|biggest|highest|worldwide|among|straight|time|round|day|year|month|week|half)\b))"
    r"|\b(?:ranks?|ranked|placed|came|finished|is|now)\s(?P<ranked>first|second|third|fourth|fifth)\b"
    r"|\bQ(?P<quarter>[1-4])\b|\bH(?P<half>[12])\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"#\d|\d(?:st|nd|rd|th)\b|\bq[1-4]\b|\bh[12]\b", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
_TENTHS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
BEGINNINGS = frozenset((*_TENTHS, "no", "number"))
"""The words by one of which a rank is known."""
_ORDINALS = {w: n for n, w in enumerate(_TENTHS, 1)}
_CARDINALS = {w: n for n, w in enumerate("one two three four five".split(), 1)}


@dataclass(frozen=True, slots=True)
class Label:
    """A number that names or ranks, which is never rounded."""

    start: int
    end: int
    text: str
    dimension: str
    """`version` or `rank`."""
    key: str
    """What it is compared by: small letters and digits alone."""
    family: str = ""
    """What others of its kind share: of a version the name (`gpt`), of a rank what is ranked (`quarter`)."""
    weak: bool = False
    """A rank in words (`the third round`): it is judged only where the evidence ranks the same thing."""

    direction = 0


def find(text: str, decimal_comma: bool = False) -> Iterator[Label]:
    """Every label of a text."""
    is_numbered = has_digit(text)
    for pattern in (_NAMED, _TIGHT) if is_numbered else ():
        for found in pattern.finditer(text):
            number = found["number"]
            key = number if number.count(".") > 1 else squeezed(found[0])
            yield Label(*found.span(), found[0], "version", key, found["name"].lower())
    for found in _LONE.finditer(text) if is_numbered else ():
        if not (decimal_comma and _GROUPED.fullmatch(found[0])):
            key = squeezed(found[0]).removeprefix("version").removeprefix("v")
            yield Label(*found.span(), found[0], "version", key, "")
    may_rank = not words_of(text).isdisjoint(BEGINNINGS) or (is_numbered and _NUMBERED.search(text))
    for found in _RANK.finditer(text) if may_rank else ():
        word = (found["word"] or found["ranked"] or "").lower()
        digits = (found["digits"] or found["number"] or found["nth"] or found["quarter"] or found["half"] or "").lower()
        number = _ORDINALS.get(word) or _CARDINALS.get(digits) or int(digits)
        start = found.start("ranked") if found["ranked"] else found.start()
        short = "quarter" if found["quarter"] else "half" if found["half"] else ""
        family = (found["noun"] or found["most"] or short).lower()
        is_weak = bool(word or short)
        yield Label(start, found.end(), text[start : found.end()], "rank", str(number), family, is_weak)


def squeezed(name: str) -> str:
    """A name without what people leave out of it: case, blanks, hyphens."""
    return re.sub(r"[\s\-‑–_]", "", name).lower()
