"""Dates and spans that the evidence words differently: `last year` for 2025, `the first half` for six months, `Monday`.

A story names the day for later readers, while sources speak from their own day: their words are reckoned from the day
on which they were written. Words count only in a sentence about the same thing: one that shares words with the claim,
or has another figure of its sentence. The day on which a source was published needs no words.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.dates import Day
from generator.figures.manner import HEDGE
from generator.figures.read import Measured
from generator.figures.units import YEAR
from generator.model.tracing import Claim, Operand, OperandOrigin, Operation, Place, Reckoning
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.context import context, likeness
from generator.trace.deriving import fits
from generator.trace.evidence import Evidence
from generator.trace.matching import Candidate, best, of_dimensions
from generator.trace.reading import read
from generator.trace.thresholds import NEAR_IT

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = (
    "Monday|Montag Tuesday|Dienstag Wednesday|Mittwoch Thursday|Donnerstag Friday|Freitag Saturday|Samstag "
    "Sunday|Sonntag"
).split()
_LAST_YEAR = (
    r"(?:last|past|previous|prior)\s(?:calendar\s)?year|(?:a|one)\syear\s(?:ago|earlier|before)"
    r"|year[\s-](?:ago|earlier)|year[\s-](?:on|over)[\s-]year|(?:vergangene|letzte|vorige)[ns]\sJahr(?:es)?|Vorjahr(?:es)?"
)
_YEARS = {
    -1: rf"(?i:\b(?:{_LAST_YEAR})\b)",
    0: r"(?i:\b(?:this|the\scurrent)\syear\b|\byear[\s-]to[\s-]date\b|\b(?:diese[mns]|laufenden)\sJahr(?:es)?\b)",
    1: r"(?i:\b(?:next|the\scoming)\syear\b|\b(?:nächste|kommende)[mns]\sJahr(?:es)?\b)",
}
_PARTS_OF_YEARS = {
    "early": r"beginning|start|first\s(?:quarter|months)",
    "mid": "middle",
    "late": r"end|close|(?:fourth|last|final)\squarter|last\smonths",
}
_BY = re.compile(r"\b(?:[Bb]y|[Uu]ntil|[Bb]is)\s\Z")
"""Matches before the middle of a year that ends its first half."""
_YEARS_BESIDE = {
    1: rf"\b(?:the\syear\sbefore|Jahr\s(?:davor|zuvor)|{_LAST_YEAR})\b",
    -1: r"\b(?:the\s(?:year\safter|(?:following|next)\syear)|a\syear\slater)\b",
}
"""Wording for the year before, and the year after, one that the sentence names."""
_MONTH_BEFORE = r"\b(?:the\s(?:month\sbefore|previous\smonth)|a\smonth\s(?:before|earlier)|Vormonat)\b"
"""Wording for the month before one that the sentence names."""
_MONTHS_NEAR = {-1: r"(?i:\b(?:last|the\sprevious)\smonth\b)", 0: r"(?i:\bthis\smonth\b)", 1: r"(?i:\bnext\smonth\b)"}
_DAYS_NEAR = {
    -1: r"\b[Yy]esterday\b",
    0: r"\b(?:[Tt]oday|this\s(?:morning|afternoon|evening))\b",
    1: r"\b[Tt]omorrow\b",
}
_WEEK = 7
"""Days within which a weekday alone is unambiguous."""
_QUARTERS = ("first", "second", "third", "(?:fourth|last|final)")
_HALVES = ("first", "(?:second|latter)")
_SPANNED = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}
"""Numbers of months, for `the first nine months` of a year: from January to the month of that number."""
_PARTS = {"early": "(?:beginning|start|first\\sdays)", "mid": "middle", "late": "(?:end|close|last\\sdays)"}
_SPANS = {3: "quarter", 6: "half", 9: "(?:nine\\smonths|three\\squarters)", 12: "(?:year|annual)"}
"""Names of spans, by their length in months."""
_WHICH = re.compile(r"\b(?:(?P<first>first|opening)|(?P<last>last|final|closing))\s\Z", re.IGNORECASE)


class _Words(NamedTuple):
    """A pattern for words with which a source may express a date or a span."""

    pattern: str
    is_reckoned: bool = False
    """Whether the words are relative to the day on which the source was written."""
    after: int | None = None
    """The only year that the sentence before must name, if the words are relative to that."""


class Otherwise(NamedTuple):
    """How a date or a span follows from other words of the evidence."""

    how: str
    place: Place | None = None
    reckoned: Reckoning | None = None
    """The day it is reckoned from, if any."""


def told_otherwise(case: Case) -> Otherwise | None:
    """Return how a date or a span follows from other words of the evidence, or from a day; None if it does not."""
    return _in_other_words(case) or _ago(case) or _so_long_ago(case) or _when_published(case)


def _in_other_words(case: Case) -> Otherwise | None:
    """Return a date or a span that the evidence expresses in other words."""
    item = case.item
    for kept in case.question.support:
        if isinstance(item, Day):
            told = _of_day(item, case.text, kept)
        elif isinstance(item, Figure) and item.dimension == "month":
            told = map(_Words, _of_span(item, case.text))
        else:
            return None
        for words in told if not kept.is_foreign else ():
            if place := _place(words, case, kept):
                day = kept.day_of_words() if words.is_reckoned else None
                by_day = Reckoning(Operation.DAY, (day,)) if day else None
                return Otherwise(f"what “{place.text}” means there", place, by_day)
    return None


def _place(words: _Words, case: Case, kept: Evidence) -> Place | None:
    """Return the first match of words in a sentence that is about the same thing."""
    own = context(case.text, case.item.start, case.item.end)
    readings = {(part, index): reading for part, index, reading in kept.readings}
    for part, index, text in kept.texts:
        if not re.search(words.pattern, text):
            continue
        reading = readings.get((part, index)) or read(text)
        for number, there in enumerate(reading.sentences):
            if words.after and (not number or not _is_only_year(words.after, reading.sentences[number - 1], there)):
                continue
            is_with = any(other.reading is reading and other.number == number for other in case.beside)
            for found in re.finditer(words.pattern, there):
                if is_with or likeness(own, context(there, *found.span())) >= NEAR_IT:
                    start = reading.bounds[number][0]
                    return kept.place(part, index, start + found.start(), start + found.end())
    return None


_A_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w%])")


def _is_only_year(year: int, before: str, sentence: str) -> bool:
    """Whether one sentence names a year and no other, and the one behind it none."""
    return set(_A_YEAR.findall(before)) == {str(year)} and not _A_YEAR.search(sentence)


_AGO = re.compile(r"\s(?:ago|earlier|before|later|since)\b")
_BACK = late(rf"\bvor\s{HEDGE}\Z", re.IGNORECASE)
_FIRST_IN = rf"(?:first|last|best|worst|most|[a-z]+est)(?:\s[a-z]+){{0,6}}\sin\s{HEDGE}\Z"
_FOR = late(rf"\b(?:(?:for|seit)\s{HEDGE}\Z|{_FIRST_IN})", re.IGNORECASE)
_SINCE = re.compile(r"\b(?:since|seit|[Ll]ast(?:\s[a-z]+){1,6}\sin|[Zz]uletzt(?:\s\w+){0,3})\s\Z")


def _ago(case: Case) -> Otherwise | None:
    """`Three years ago`, where counting back from the story's day gives a date that the evidence names.

    `The first for three years` is counted back to a date since which nothing was so.
    """
    item, question = case.item, case.question
    if not isinstance(item, Figure) or item.dimension != "month":
        return None
    is_ago = _AGO.match(case.text, item.end) or _BACK.search(case.text, 0, item.start)
    if not is_ago and not _FOR.search(case.text, 0, item.start):
        return None
    if question.day is None:
        return Otherwise("computed from a day that is not known") if is_ago else None
    dates = of_dimensions(item, case.text, question.support, ("date",))
    if not is_ago:
        dates = [c for c in dates if _is_told_there(c, case) and _SINCE.search(c.sentence, 0, c.item.start)]
    then = best([there for there in dates if _is_so_long_before(there.item, item, question.day)])
    if then is None:
        return None
    by_day = Reckoning(Operation.DAY, (Operand(question.day.isoformat(), OperandOrigin.PAGE),))
    return Otherwise(f"computed from {then.item.text}", then.place, by_day)


def _is_told_there(there: Candidate, case: Case) -> bool:
    """Whether a sentence of the evidence is about the same, or has another figure of the text's sentence."""
    return there.likeness >= NEAR_IT or any(there.stands_with(other) for other in case.beside)


def _so_long_ago(case: Case) -> Otherwise | None:
    """A year that the evidence has as `39 years ago` or `the first time in 39 years`, counted back from its own day.

    What was so for years, or at some age, may have begun in another year, or be of somebody else.
    """
    item = case.item
    if not isinstance(item, Day) or item.year is None or item.month or item.part:
        return None
    for there in of_dimensions(item, case.text, case.question.support, ("month",)):
        span, day = there.item, there.kept.written
        if day is None or not _is_told_there(there, case) or not isinstance(span, Figure):
            continue
        is_back = counts_back(there.sentence, span, case.text, item)
        if is_back and day.year - round(span.low / YEAR) == item.year:
            by_day = there.kept.day_of_words()
            return Otherwise(
                f"computed from {span.text}", there.place, Reckoning(Operation.DAY, (by_day,)) if by_day else None
            )
    return None


_SO_LONG_AGO, _FIRST = re.compile(r"\sago\b"), late(rf"\b{_FIRST_IN}", re.IGNORECASE)
_SINCE_THEN = late(rf"\b(?:since|seit)\b[^.;:,\d]{{0,40}}\Z|{_SINCE.pattern}", re.IGNORECASE)


def counts_back(there: str, span: Figure, text: str, year: Day) -> bool:
    """Whether words count a number of years back to what a text dates: `39 years ago`, or `the first in 39 years` where
    the text has a year since which nothing was so."""
    if span.factor != YEAR or span.hedge or span.is_range:
        return False
    if _SO_LONG_AGO.match(there, span.end) or _BACK.search(there, 0, span.start):
        return True
    return bool(_FIRST.search(there, 0, span.start) and _SINCE_THEN.search(text, 0, year.start))


def _is_so_long_before(there: Measured, span: Figure, day: datetime.date) -> bool:
    """Whether a date of the evidence lies a span before a day: to the year, or to the month."""
    if not isinstance(there, Day) or there.year is None:
        return False
    months = round(span.low)
    if span.hedge:
        return fits(span, (day.year - there.year) * 12 + (day.month - there.month if there.month else 0))
    if months % 12 == 0 and "month" not in span.text:
        return there.year == day.year - months // 12
    return there.month is not None and (day.year - there.year) * 12 + day.month - there.month == months


def _when_published(case: Case) -> Otherwise | None:
    """A day on which a source was published: `said on 20 November`."""
    item = case.item
    if not isinstance(item, Day) or not item.day:
        return None
    year = year_of(item, None, case.question.day)
    for kept in case.question.support:
        if kept.published and item.whole(year or kept.published.year) == kept.published:
            return Otherwise(f"the day on which @{kept.source} was published", kept.place_of_day())
    return None


def year_of(item: Day, own: Candidate | None, told: datetime.date | None) -> int | None:
    """The year of a day that names none: that of the evidence, else the one nearest to the day `told`."""
    if own and isinstance(own.item, Day) and own.item.year:
        return own.item.year
    if told is None:
        return None
    days = [whole for by in (0, 1, -1) if (whole := item.whole(told.year + by))]
    return min(days, key=lambda whole: abs(whole - told)).year if days else told.year


def in_its_year(claim: Claim, item: Day, own: Candidate | None) -> Claim:
    """A traced date with a year that the evidence leaves out: the year is reckoned from the day of its words."""
    if item.year is None or own is None or not isinstance(own.item, Day) or own.item.year is not None:
        return claim
    day = own.kept.day_of_words()
    return replace(claim, reckoned=Reckoning(Operation.DAY, (day,))) if day else claim


def _of_day(item: Day, sentence: str, kept: Evidence) -> Iterator[_Words]:
    """Yield patterns of the words with which a source may express a year, a month or a day."""
    if item.minute is not None or item.part in ("decade", "season"):
        return
    if item.month is None:
        yield from _of_year(item, sentence, kept.written)
    elif item.day is None:
        yield from _of_month(item, sentence, kept.written)
    else:
        yield from _of_date(item, kept)


def _of_year(item: Day, sentence: str, written: datetime.date | None) -> Iterator[_Words]:
    year = item.year or 0
    if item.part:
        half = r"|first\shalf" if item.part == "mid" and _BY.search(sentence, 0, item.start) else ""
        yield _Words(rf"\b(?:{_PARTS_OF_YEARS[item.part]}{half})\sof\s{year}\b")
        return
    if written and (words := _YEARS.get(year - written.year)):
        yield _Words(words, is_reckoned=True)
    for by, words in _YEARS_BESIDE.items():
        yield _Words(rf"\b{year + by}\b.*?{words}")
        yield _Words(words, after=year + by)
    if sentence[: item.start].endswith("before "):
        yield _Words(rf"\b(?:by|until|end\sof)\s{year - 1}\b")


_END_BEFORE = late(
    r"\b(?:from|between(?:\s[^\s.;]+\sand)?|since|to|through|till|until|by"
    r"|(?:begin|began|begun|start|open|end|clos)[a-z]*(?:\s(?:in|with|of))?)\s\Z",
    re.IGNORECASE,
)
_END_BEHIND = re.compile(r"\s?[-–]|\s(?:to|through|till|until|quarter|half)\b")


def _is_end(item: Day, sentence: str) -> bool:
    """Whether a month is the first or last of a span: `to March`, not `in March`."""
    before = _END_BEFORE.search(sentence, max(0, item.start - len("between September and ")), item.start)
    return before is not None or _END_BEHIND.match(sentence, item.end) is not None


def _of_month(item: Day, sentence: str, written: datetime.date | None) -> Iterator[_Words]:
    month = item.month or 1
    if item.part in _PARTS:
        yield _Words(rf"\b{_PARTS[item.part]}\sof\s{_MONTHS[month - 1]}\b")
        return
    is_near = written is not None and (item.year or written.year) == written.year
    if written and is_near and (words := _MONTHS_NEAR.get(month - written.month)):
        yield _Words(words, is_reckoned=True)
    yield _Words(rf"\b{_MONTHS[month % 12]}\b.*?{_MONTH_BEFORE}")
    if _is_end(item, sentence):
        yield from map(_Words, _of_spans(month, item.year))
    if month in (1, 12):
        end = _PARTS["late" if month == 12 else "early"]
        yield _Words(rf"\b{end}\sof\s(?:the|last|this|next)\syear\b|\byear[\s-]end\b")
    yield _Words(rf"[-–]{_MONTHS[month - 1]}\b")


def _of_spans(month: int, year: int | None) -> Iterator[str]:
    """Yield patterns for the spans that a month opens or ends."""
    if month % 3 != 2:
        at = (month - 1) // 3
        yield rf"(?i:\b{_QUARTERS[at]}[\s-]quarter\b)|\bQ{at + 1}\b"
    if month in (1, 6, 7, 12):
        yield rf"(?i:\b{_HALVES[month > 6]}[\s-]half\b)|\bH{1 + (month > 6)}\b"
    of_year = rf"(?!\sof\s(?!{year})(?:19|20)\d\d)" if year else ""
    for spanned, number in _SPANNED.items():
        if month in (1, spanned):
            yield rf"(?i:\bfirst\s{number}\smonths\b){of_year}"


def _of_date(item: Day, kept: Evidence) -> Iterator[_Words]:
    month = _MONTHS[(item.month or 1) - 1]
    if any(month in text for *_, text in kept.texts):
        yield _Words(rf"\bthe\s{item.day}(?:st|nd|rd|th)\b")
    written = kept.written
    if written is None:
        return
    days = [day for by in (0, 1, -1) if (day := item.whole(item.year or written.year + by))]
    away = min(((day - written).days for day in days), key=abs, default=_WEEK + 1)
    if abs(away) <= _WEEK:
        yield _Words(rf"\b(?:{_WEEKDAYS[(written + datetime.timedelta(away)).weekday()]})\b", is_reckoned=True)
    if words := _DAYS_NEAR.get(away):
        yield _Words(words, is_reckoned=True)


def _of_span(item: Figure, sentence: str) -> Iterator[str]:
    """Yield patterns for other wordings of `the first six months` or `the twelve months to March`."""
    months = round(item.low)
    if months in (2, 3) and item.text.endswith("months"):
        one, comma = f"(?:{'|'.join(_MONTHS)})", r",\s"
        yield rf"\b{comma.join([one] * (months - 1))},?\sand\s{one}\b"
    if item.text.rsplit(maxsplit=1)[-1] != "months" or item.is_range or (name := _SPANS.get(months)) is None:
        return
    which = _WHICH.search(sentence, 0, item.start)
    if which is None or months > 6:
        yield rf"(?i:\b{name}\b)"
        return
    told = _QUARTERS if months == 3 else _HALVES
    at = 0 if which["first"] else -1
    yield rf"(?i:\b{told[at]}[\s-]{name}\b)|\b{'Q' if months == 3 else 'H'}{at % len(told) + 1}\b"
