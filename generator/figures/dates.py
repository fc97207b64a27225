"""Days, months, years and times of day in a text.

Dates are compared field by field: 9 April stands for 9 April 2026 unless another year is given, and a day stands for
its month and its year. A four-digit number from 1900 to 2099 is a year, unless it is grouped, has a unit, or counts
what follows.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from generator.figures.counting import ORDINALS
from generator.figures.screen import matches, numbers_at, words_at, words_of
from generator.figures.spans import Spans
from generator.model.tracing import SAME_DATE
from generator.texts.patterns import late

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january jan januar janvier janv enero gennaio janeiro januari",
            "february feb februar février févr fév febrero febbraio fevereiro februari",
            "march mar märz mär mrz mars marzo março maart",
            "april apr avril avr abril abr aprile",
            "may mai mayo maggio maio mei",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet juil julio luglio julho",
            "august aug août agosto augustus",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober octobre octubre ottobre outubro okt ott",
            "november nov novembre noviembre novembro",
            "december dec dezember décembre déc diciembre dicembre dic dezembro dez",
        ),
        1,
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday/montag tuesday/dienstag wednesday/mittwoch thursday/donnerstag friday/freitag saturday/samstag "
            "sunday/sonntag"
        ).split()
    )
    for name in words.split("/")
    for word in (name, name[:3])
} | {"sonnabend": 5}
_MONTH = rf"(?P<month{{0}}>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_WEEKDAY = (
    r"(?:(?P<weekday{0}>(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch"
    r"|sonnabend),?\s(?:the\s|de[nmr]\s)?)?"
)
_DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th|er|º|°)?"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)"
_PART = r"(?:(?P<part{0}>early|mid|late)[\s-])?"
_FORMS = (
    rf"{_WEEKDAY}{_DAY}\.?\s(?:of\s|de\s)?{_MONTH}(?:,?\s(?:de\s)?{_YEAR}(?!\d))?",
    rf"{_WEEKDAY}{_MONTH}\s{_DAY}(?!\d|[.,]\d|\s?%)(?:,?\s{_YEAR}(?!\d))?",
    rf"{_PART}{_MONTH}(?:,?\s(?:of\s|de\s)?{_YEAR}(?!\d))",
    r"(?P<year{0}>(?:19|20)\d\d)-(?P<month{0}>\d\d)-(?P<day{0}>\d\d)(?!\d)",
    r"(?P<year{0}>(?:19|20)\d\d)\s?[年년]\s?(?:(?P<month{0}>\d{{1,2}})\s?[月월]\s?(?:(?P<day{0}>\d{{1,2}})\s?[日일])?)?",
    r"(?P<part{0}>early|mid|late)[\s-](?P<month{0}>" + "|".join(m for m in MONTHS if len(m) > 2) + r")\b",
)
_DATE = late(
    r"(?<![A-Za-zÀ-ɏ0-9_.,$€£-])(?:"
    + "|".join(re.sub(r"\(\?P<(\w+?)0>", rf"(?P<\g<1>{n}>", form.format(0)) for n, form in enumerate(_FORMS))
    + ")",
    re.IGNORECASE,
)
_TIME = late(
    r"(?<![\w.,$€£-])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?"
    r"|(?<![\w.,$€£-])(?P<told>1?\d)[:.](?P<past>[0-5]\d)\s(?:in\sthe\s(?P<part>morning|afternoon|evening)|at\snight)\b"
    r"|(?<![\w.,:])(?P<h24>[01]?\d|2[0-3]):(?P<m24>[0-5]\d)(?![\d:])"
    r"|(?<![\w.,:$€£-])(?<!\bin\s)(?P<h4>[01]\d|2[0-3])(?P<m4>[0-5]\d)(?=\s(?-i:GMT|UTC)\b)",
    re.IGNORECASE,
)
_UHR = late(r"(?<![\w.,$€£-])(?P<hour>[01]?\d|2[0-3])(?:[.:](?P<minute>[0-5]\d))?\sUhr\b")
_BEFORE_MONTHS = frozenset(
    "in by since until from of for last next this mid before after through to on against over im en".split()
)
_FAR = range(min(map(len, _BEFORE_MONTHS)) + 1, max(map(len, _BEFORE_MONTHS)) + 3)
_LONE_MONTH = late(
    r"\b(?:in|by|since|until|from|of|for|last|next|this|mid-|before|after|through|to|on|against|over|im|en)\s(?P<month>"
    + "|".join(m for m in sorted(MONTHS, key=len, reverse=True) if len(m) > 3 or m == "may")
    + r")\b(?!\s(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?![.,]\d|\s?%)|\s(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_MEASURED = (
    "page|word|seat|mile|kilomet(?:re|er)|met(?:re|er)|foot|acre|hectare|ton|tonne|bed|room|step|piece|point|person|member"
    "|strong|unit|horsepower|megawatt|seater|day|hour|minute|year|capacity"
)
"""Nouns after a hyphen that show that a number is no year: `a 2026-page book`."""
_LONE_YEAR = late(
    r"(?<![\w.,$€£¥#+-])(?:(?P<part>early|mid|late)[\s-])?(?P<year>(?:19|20)\d\d)(?P<decade>s)?(?![\d,.]\d|\w|[-–]\d{1,3}\b(?!\d)|-(?:"
    + _MEASURED
    + r")\b|\s?[%€]|\s?(?:million|billion|percent|MW|GW|GB)"
    r"|\s(?:m|km|kg|g|t|ft|hPa|mm|cm|metres|meters|feet|tonnes|dollars|euros)\b(?!\.[A-Z]))"
    r"(?:(?<=\b[BI][yn]\s\d{4})|(?<=\b[bi][yn]\s\d{4})|(?<=since\s\d{4})|(?<=until\s\d{4})|(?<=from\s\d{4})|(?<=for\s\d{4})|(?<=In\s\d{4})|(?<=of\s\d{4})|"
    r"(?!\s(?!(?:plans|sales|earnings|results|elections|figures|targets|accounts|goals|as|is|has|was|its|does|less|this|versus|revenues|guidelines|rules)\b)[a-z]{3,}s\b(?<!ss)))"
)
_ANY_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_NEXT_DAY = r"(?:\s?[-–—]\s?|\s(?:to|and|or|until|till|through|bis|und|oder)\s(?:the\s|zum\s|dem\s|am\s)?)"
_A_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NO_NOUN = r"\s(?:in|at|for|the|on|by|with|as|when|after|before|from|of|this|is|was|are|were)\b"
"""Words after a second day. Without them it may be the number of something: `June 12 and 15 people died`."""
_DAYS = late(
    r"(?<![A-Za-zÀ-ɏ0-9_.,$€£#/+-])(?:"
    rf"(?P<before>{_A_DAY}\.?(?:,\s{_A_DAY}\.?)*){_NEXT_DAY}{_A_DAY}\.?\s(?:of\s)?(?P<month>{_ANY_MONTH})\b"
    rf"|(?P<month1>{_ANY_MONTH})\b\.?\s{_A_DAY}"
    rf"(?P<behind>(?:[-–]{_A_DAY}(?![\w%-]|[.,]\d)"
    rf"|(?:,\s{_A_DAY})*{_NEXT_DAY}{_A_DAY}(?=\s?[.,;:)](?!\d)|\s*\Z|{_NO_NOUN}))))"
    r"(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
"""Days of one month: `2 to 6 May`, `12 and 15 June`, `May 2-6`."""
_NUMBER = re.compile(r"\d{1,2}")
_IN_WORDS = late(
    rf"\b(?P<day>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})\sof\s"
    rf"(?P<month>{'|'.join(sorted((m for m in MONTHS if len(m) > 2), key=len, reverse=True))})\b"
    r"(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"\bFY\s?[’']?(?P<year>20\d\d|\d\d)\b")
_SEASON = re.compile(r"(?<![\w.,$€£-])(?P<year>(?:19|20)\d\d)[-–/](?P<next>(?:19|20)\d\d|\d\d)(?![\w%-]|[.,]\d)")
_MONTH_ALONE = late(
    r"(?<![\w.,$€£-])(?P<named>(?<=\bthe\s)|(?<=\babout\s))?(?P<month>"
    + "|".join(sorted((month.capitalize() for month in MONTHS), key=len, reverse=True))
    + r")\b(?:(?=\.?(?:\s?[:)]|\s[+\-−–]\s?\d))|(?(named)(?=\s[a-z]|,)|(?!)))"
)
MONTH_NAMES = "|".join(sorted((month.capitalize() for month in MONTHS if len(month) > 2), key=len, reverse=True))
_BETWEEN = late(rf"\bbetween\s(?P<month>{MONTH_NAMES})\sand\s(?P<other>{MONTH_NAMES})\b(?!\s\d)")
BEGINNINGS = frozenset(MONTHS)
"""A date without digits has one of these words."""
_VERBS = ("may", "mar", "march", "mars")
"""Not months in small letters, unless with a year, or a day before the French and Swedish `mars`."""
_PARTS = frozenset(("early", "mid", "late"))
_BEFORE_DATES = BEGINNINGS | _PARTS | frozenset(word for word in WEEKDAYS if len(word) > 3)
_DAYS_IN_WORDS = frozenset(word.partition("-")[0] for word in ORDINALS)
"""First words of dates that do not begin with a number."""
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d(?:-|\s?[年년])")
_DOTTED = late(
    r"(?<![\w.,$€£-])"
    + _WEEKDAY.format("")
    + r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?"
    + _YEAR.format("").replace("{{", "{")
    + r"(?!\d|\.\d)",
    re.IGNORECASE,
)
"""`11.04.2026`, as in most of Europe: the day first."""
_HAS_DOTTED = re.compile(r"\d\.\s?\d{1,2}\.\s?(?:19|20)\d")


class Day(Struct, frozen=True):
    """A date as far as a text gives it."""

    start: int
    end: int
    text: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: str = ""
    """`early`, `mid` or `late` in its month or year; `decade` or `season` for a span of years."""
    weekday: int | None = None
    """The day of the week; 0 is Monday."""
    minute: int | None = None
    """Minutes since midnight; None unless a time of day is given."""

    @property
    def dimension(self) -> str:
        return "time" if self.minute is not None else "date"

    weak = False
    direction = 0

    def weekday_fault(self, year: int | None) -> str:
        """Return why the weekday is wrong; empty if it is right or cannot be checked."""
        whole = self.whole(year)
        if self.weekday is None or whole is None or whole.weekday() == self.weekday:
            return ""
        return f"{whole.day} {whole:%B} {whole.year} is a {whole:%A}"

    def whole(self, year: int | None = None) -> datetime.date | None:
        """Return the calendar day; `year` is used if the text gives none."""
        known = self.year or year
        if known is None or self.month is None or self.day is None:
            return None
        try:
            return datetime.date(known, self.month, self.day)
        except ValueError:
            return None


def find(text: str) -> Iterator[Day]:
    """Every date, year and time of day of a text; not in reading order."""
    taken = Spans()
    names_month = not words_of(text).isdisjoint(MONTHS)
    days = tuple(_several(text)) if names_month and len(numbers_at(text)) > 1 else ()
    years = tuple(_years(text)) if "19" in text or "20" in text else ()
    for day in (*days, *years):
        taken.take(day.start, day.end)
    yield from (*days, *years)
    for found, make in _found(text, numbers_at(text), names_month):
        if not taken.overlap(*found.span()) and (made := make(found)) and made.text not in _VERBS:
            taken.take(*found.span())
            yield made


Make = Callable[[re.Match[str]], "Day | None"]


def _found(text: str, numbers: Sequence[int], names_month: bool) -> Iterator[tuple[re.Match[str], Make]]:
    """Possible dates, each with the function that makes one: the fullest forms first."""
    if names_month:
        yield from ((found, _worded) for found in matches(_IN_WORDS, text, words_at(text, _DAYS_IN_WORDS)))
    if "." in text and _HAS_DOTTED.search(text):
        places = sorted({*numbers, *words_at(text, _BEFORE_DATES)})
        yield from ((found, _dated) for found in matches(_DOTTED, text, places))
    if names_month or _YEAR_FIRST.search(text):
        places = sorted({*numbers, *words_at(text, _BEFORE_DATES)})
        yield from ((found, _dated) for found in matches(_DATE, text, places))
    if numbers:
        yield from ((found, _german_time) for found in (matches(_UHR, text, numbers) if "Uhr" in text else ()))
        yield from ((found, _timed) for found in matches(_TIME, text, numbers))
        yield from ((found, _fiscal) for found in (_FISCAL.finditer(text) if "FY" in text else ()))
        if "19" in text or "20" in text:  # every year begins with these
            places = sorted({*numbers, *words_at(text, _PARTS)})
            yield from ((found, _yeared) for found in matches(_LONE_YEAR, text, places))
    if names_month:
        yield from ((found, _monthed) for found in matches(_LONE_MONTH, text, _before_months(text)))


def _several(text: str) -> Iterator[Day]:
    """Days of one month given together, each as a date; all but the last, or the first, are bare numbers."""
    places = sorted({*numbers_at(text), *words_at(text, BEGINNINGS)})
    for found in matches(_DAYS, text, places):
        named = found["month"] or found["month1"]
        days = [number for number in _NUMBER.finditer(text, *found.span()) if number.end() <= _days_end(found)]
        numbers = [int(number[0]) for number in days]
        if _is_verb(named, found) or sorted(set(numbers)) != numbers or not 1 <= numbers[0] <= numbers[-1] <= 31:
            continue
        year = int(found["year"]) if found["year"] else None
        for at, number in enumerate(days):
            start = found.start() if found["month1"] and at == 0 else number.start()
            end = found.end() if at == len(days) - 1 else number.end()
            yield Day(start, end, text[start:end], year, MONTHS[named.lower()], int(number[0]))


def _days_end(found: re.Match[str]) -> int:
    """Offset of the end of the days, before a year."""
    return found.end("behind") if found["month1"] else found.start("month")


def _before_months(text: str) -> list[int]:
    """Offsets of words that may precede a month and have one at the right distance."""
    months = set(words_at(text, BEGINNINGS))
    return [at for at in words_at(text, _BEFORE_MONTHS) if any(at + far in months for far in _FAR)]


def _dated(found: re.Match[str]) -> Day | None:
    fields = {name.rstrip("0123456789"): value for name, value in found.groupdict().items() if value}
    named = fields.get("month", "")
    if _is_verb(named, found):
        return None
    month = int(named) if named.isdigit() else MONTHS.get(named.lower())
    day = int(fields["day"]) if "day" in fields else None
    if (month is not None and not 1 <= month <= 12) or (day is not None and not 1 <= day <= 31):
        return None
    weekday = WEEKDAYS.get(fields.get("weekday", "").lower())
    year = int(fields["year"]) if "year" in fields else None
    words = found[0].rstrip(".")
    end = found.start() + len(words)
    return Day(found.start(), end, words, year, month, day, fields.get("part", "").lower(), weekday)


def _is_verb(month: str, found: re.Match[str]) -> bool:
    if month not in _VERBS or found[0][-4:].isdigit():
        return False
    return month != "mars" or not found[0][0].isdigit()


def _timed(found: re.Match[str]) -> Day:
    if hour24 := found["h24"] or found["h4"]:
        return Day(*found.span(), found[0], minute=int(hour24) * 60 + int(found["m24"] or found["m4"]))
    if found["told"]:
        late_in_it = 0 if (found["part"] or "").lower() == "morning" else 12
        return Day(*found.span(), found[0], minute=(int(found["told"]) % 12 + late_in_it) * 60 + int(found["past"]))
    hour = int(found["hour"]) % 12 + (12 if found["half"].lower() == "p" else 0)
    return Day(found.start(), found.end(), found[0], minute=hour * 60 + int(found["minute"] or 0))


def _german_time(found: re.Match[str]) -> Day:
    return Day(*found.span(), found[0], minute=int(found["hour"]) * 60 + int(found["minute"] or 0))


def _yeared(found: re.Match[str]) -> Day:
    part = "decade" if found["decade"] else (found["part"] or "").lower()
    return Day(found.start(), found.end(), found[0], int(found["year"]), part=part)


def _fiscal(found: re.Match[str]) -> Day:
    return Day(*found.span(), found[0], int(found["year"]) + (2000 if len(found["year"]) == 2 else 0))


def _following(found: re.Match[str]) -> int:
    """The second year of `2024/25` and `1939-1945`."""
    year = int(found["next"])
    return year if year > 99 else int(found["year"]) // 100 * 100 + year + 100 * (int(found["year"]) % 100 == 99)


def _years(text: str) -> Iterator[Day]:
    """The two years of a span (`1939-45`), or a year that spans two: `2024/25`."""
    for found in matches(_SEASON, text, numbers_at(text)):
        first, last = int(found["year"]), _following(found)
        if last == first + 1:
            yield Day(*found.span(), found[0], first, part="season")
        elif last > first:
            yield Day(*found.span("year"), found["year"], first)
            yield Day(*found.span("next"), found["next"], last)


def _worded(found: re.Match[str]) -> Day:
    year = int(found["year"]) if found["year"] else None
    return Day(*found.span(), found[0], year, MONTHS[found["month"].lower()], ORDINALS[found["day"].lower()])


def _monthed(found: re.Match[str]) -> Day:
    start = found.start("month")
    return Day(start, found.end(), found["month"], month=MONTHS[found["month"].lower()])


def alone(text: str, items: Sequence[object]) -> Iterator[Day]:
    """Months of evidence without a word before them: `2.6% (September: 2.9%)`, `June +3%`, `the August report`."""
    if words_of(text).isdisjoint(MONTHS):
        return
    taken = [(item.start, item.end) for item in items if isinstance(item, Day)]
    for both in _BETWEEN.finditer(text) if "between" in text else ():
        for name in ("month", "other"):
            if not any(start < both.end(name) and both.start(name) < end for start, end in taken):
                yield Day(*both.span(name), both[name], month=MONTHS[both[name].lower()])
    for found in matches(_MONTH_ALONE, text, words_at(text, BEGINNINGS)):
        if not any(start < found.end() and found.start() < end for start, end in taken):
            yield _monthed(found)


def admits(claim: Day, evidence: Day, year: int | None) -> str:
    """Return how a date follows from one in the evidence, whose unwritten year is `year`; empty if it does not."""
    if claim.minute is not None or evidence.minute is not None:
        return "the same time" if claim.minute == evidence.minute else ""
    if "decade" in (claim.part, evidence.part):
        return SAME_DATE if claim.part == "decade" and _in_decade(claim, evidence) else ""
    if claim.year is not None and claim.year != (evidence.year or (year if evidence.month else None)):
        return ""
    if claim.month is not None and claim.month != evidence.month:
        return ""
    if claim.day is not None and claim.day != evidence.day:
        return ""
    if "season" in (claim.part, evidence.part):
        return SAME_DATE if claim.part == evidence.part or not claim.part else ""
    return SAME_DATE if not claim.part or _in_part(claim, evidence) else ""


def _in_decade(claim: Day, evidence: Day) -> bool:
    """Whether the evidence has the same decade or a year of it: `the 2010s` may stand for 2015, but not the reverse."""
    if claim.year is None or evidence.year is None:
        return False
    return claim.year == evidence.year if evidence.part == "decade" else 0 <= evidence.year - claim.year < 10


def _in_part(claim: Day, evidence: Day) -> bool:
    if evidence.part or evidence.day is None or claim.month is None:
        if claim.month is None and evidence.month is not None:
            return evidence.month in {"early": range(1, 5), "mid": range(5, 9), "late": range(9, 13)}[claim.part]
        return claim.part == evidence.part
    return evidence.day in {"early": range(1, 11), "mid": range(10, 21), "late": range(20, 32)}[claim.part]
