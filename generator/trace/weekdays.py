"""A weekday alone in a sentence, `on Tuesday`, where the evidence has another day for the same thing.

It is not a figure, and is reported only if wrong. A weekday can be right in many ways (a date, the day of the source,
`the next day`), so one that anything in the evidence can mean is right.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from generator.figures.dates import WEEKDAYS, Day
from generator.figures.read import Measured
from generator.figures.screen import words_of
from generator.model.tracing import Claim, ClaimKind, Place, SourcePart, Verdict
from generator.texts.patterns import late
from generator.trace.calendar import year_of
from generator.trace.context import context, likeness
from generator.trace.evidence import Evidence, are_legible
from generator.trace.reading import Reading, read
from generator.trace.thresholds import ABOUT_IT, ELSEWHERE, MOST_OF_IT, NEAR_IT

_NAMED = {name: number for name, number in WEEKDAYS.items() if len(name) > 3}
_DAY = "|".join(sorted((name.capitalize() for name in _NAMED), key=len, reverse=True))
_TOLD = late(
    rf"(?<![\w’'-])(?P<before>(?i:on|am|by|since|until|late|early|last|this)|[a-z]+)\s"
    rf"(?P<day>{_DAY})(?![\w-])(?P<behind>\s[A-Z])?"
)
_ON = frozenset(("on", "am"))
_OF_MANY = frozenset("every each of to through till and or alternate the a an one jeden bis und oder von".split())
"""Words before a weekday that is any of several."""
_SEVERAL = late(rf"\s(?:to|through|till|until|and|or|bis|und|oder)\s(?:{_DAY})|\s?[-–/,]\s?(?:{_DAY})")
_ANY = late(
    rf"(?<!\w)(?P<day>{_DAY})s?(?!\w)|(?<!\w)(?P<short>Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:s|nes|rs?|ur)?(?=[.,]?\s|\Z)"
)
_SHORT = {name[:3]: number for name, number in _NAMED.items() if name.endswith("day")}
_ORDER = "next|following|previous|preceding|second|third|fourth|fifth|other|same|final|opening"
_COUNT = r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|several"
_RECKONED = late(
    "|".join(
        (
            rf"\b(?:(?:{_ORDER})\s(?:day|morning|afternoon|evening|night)|last\sday|the\sday)\b",
            rf"\b(?:(?:{_COUNT})[\s-](?:days?|nights?)|(?:24|36|48|72)[\s-]hours?|by\sa\sday)\b",
            r"\bdays?\s(?:later|earlier|before|after|ago|since|prior|in\sa\srow)\b",
            r"\bhours\s(?:later|earlier|before|after|ago)\b|\bovernight\b|\beve\sof\b",
            r"\bweek-?ends?\b|\bmid-?week\b|\bend\sof\s(?:the|this|next)\sweek\b",
            r"\bTage?\s(?:später|zuvor|danach|darauf)\b|\bTags?\sdarauf\b|\bWochenende\b",
            r"\bvor\s\w+\sTagen\b|\bVor(?:tag|abend)\b|\b(?:nächsten|folgenden|vorigen)\sTag\b",
        )
    ),
    re.IGNORECASE,
)
"""Words with which a text counts from one day to another."""
_OTHER_TONGUES = frozenset(
    """lundi mardi mercredi jeudi vendredi samedi dimanche lendemain
    lunes martes miércoles jueves viernes sábado domingo ayer mañana siguiente""".split()
)
"""Words for days in languages whose weekdays are not read."""
_NEAR_TODAY = late(
    r"\b(?:yesterday|today|tonight|tomorrow|gestern|heute|morgen)\b|\b(?:this|last)\s(?:morning|afternoon|evening|night)\b",
    re.IGNORECASE,
)
_AT_NIGHT = frozenset(
    "night midnight early late dawn evening gmt utc nacht mitternacht früh frühen spät abend hours time".split()
)
"""Words that may also mean the day before or after: the night between two of them."""
_WEEK = 7


class _Mention(NamedTuple):
    """A day that the evidence names."""

    days: frozenset[int]
    """The weekdays that it may be."""
    start: int
    """Its offset in its sentence."""
    end: int
    number: int
    """The number of its sentence."""
    reading: Reading
    part: SourcePart
    which: int
    is_name: bool = False
    """Whether it may be part of a name, so that it contradicts no other day: `Black Friday`, `Sun Pharma`."""

    def likeness(self, sentence: str, start: int, end: int) -> float:
        there = context(self.reading.sentences[self.number], self.start, self.end, with_numbers=True)
        return likeness(context(sentence, start, end, with_numbers=True), there)


class _Days(NamedTuple):
    """The days that a source names or implies."""

    mentions: tuple[_Mention, ...]
    by_itself: frozenset[int]
    """Weekdays that it may mean without naming them: its own, or one between two that it names."""


def judge_weekdays(
    sentence: str,
    items: Sequence[Measured],
    taken: Sequence[tuple[int, int]],
    support: Sequence[Evidence],
    told: datetime.date | None,
) -> Iterator[Claim]:
    """Yield weekdays that do not fit the dates beside them, or for which the evidence has another day.

    Spans in `taken` are skipped; a date without a year is the one nearest to the day `told`. The evidence only counts
    if the whole text of each source is kept.
    """
    if words_of(sentence).isdisjoint(_NAMED):
        return
    wrong = list(_beside_dates(sentence, items, told))
    yield from wrong
    if support and are_legible(support):
        spans = [*taken, *((each.start, each.end) for each in (*items, *wrong))]
        yield from _of_evidence(sentence, spans, support)


_BEHIND_DATE = late(
    rf"(?:,\s(?:which\s(?:was|is|fell\son)\s)?an?|,?\sa|\s\(an?)\s(?P<day>{_DAY})(?![\w-])|\s\((?P<alone>{_DAY})\)"
)
_BEFORE_DATE = late(rf"(?<!\w)(?P<day>{_DAY})\s\(\Z")
_LONGEST = len("Wednesday (")


def _beside_dates(sentence: str, items: Sequence[Measured], told: datetime.date | None) -> Iterator[Claim]:
    """Weekdays beside a date of the sentence, `21 June 2026, a Tuesday`, that are wrong by the calendar."""
    for item in items:
        if not isinstance(item, Day) or not item.day or item.weekday is not None:
            continue
        beside = _BEFORE_DATE.search(sentence, max(0, item.start - _LONGEST), item.start)
        beside = beside or _BEHIND_DATE.match(sentence, item.end)
        if beside:
            name = "alone" if beside.groupdict().get("alone") else "day"
            fault = replace(item, weekday=_NAMED[beside[name].lower()]).weekday_fault(year_of(item, None, told))
            if fault:
                yield Claim(ClaimKind.FIGURE, beside[name], *beside.span(name), Verdict.CONTRADICTED, None, fault)


def _of_evidence(sentence: str, taken: Sequence[tuple[int, int]], support: Sequence[Evidence]) -> Iterator[Claim]:
    """Weekdays alone for which the evidence has another weekday, or a date that falls on another."""
    told = [found for found in _TOLD.finditer(sentence) if _is_one_day(found, sentence)]
    told = [
        found
        for found in told
        if not any(start < found.end("day") and found.start("day") < end for start, end in taken)
    ]
    days = [_days_of(kept) for kept in support] if told else []
    for found in told if None not in days else ():
        span = found.span("day")
        rival = _rival(_NAMED[found["day"].lower()], sentence, span, [each for each in days if each])
        if rival:
            which, mention = rival
            place = _place(support[which], mention)
            yield Claim(
                ClaimKind.FIGURE, found["day"], *span, Verdict.CONTRADICTED, place, f"the source has {place.text}"
            )


def _is_one_day(found: re.Match[str], sentence: str) -> bool:
    """Whether a weekday is that of one event: not part of a name (`Black Friday`), and not one of several."""
    before = found["before"].lower()
    if before in _OF_MANY or (found["behind"] and before not in _ON):
        return False
    return _SEVERAL.match(sentence, found.end("day")) is None


def _rival(day: int, sentence: str, span: tuple[int, int], days: Sequence[_Days]) -> tuple[int, _Mention] | None:
    """The other day of the evidence for the same thing, after the index of its source."""
    if any(day in each.by_itself for each in days):
        return None
    mentions = [(at, one, one.likeness(sentence, *span)) for at, each in enumerate(days) for one in each.mentions]
    mine = [(one, like) for _, one, like in mentions if day in one.days]
    own = max((like for _, like in mine), default=None)
    others = (told for told in mentions if day not in told[1].days and not told[1].is_name)
    found = max(others, key=lambda told: told[2], default=None)
    if found is None:
        return None
    which, rival, like = found
    if not _is_about_it(like, sentence, span, own):
        return None
    if any(one.reading is rival.reading and one.number == rival.number for one, _ in mine):
        return None
    is_near = any((day - other) % _WEEK in (1, _WEEK - 1) for other in rival.days)
    words = words_of(sentence) | words_of(rival.reading.sentences[rival.number])
    return None if is_near and not words.isdisjoint(_AT_NIGHT) else (which, rival)


def _is_about_it(like: float, sentence: str, span: tuple[int, int], own: float | None) -> bool:
    """Whether another day belongs to the same thing, and far more so than the day of the sentence."""
    if own is not None:
        return like >= ABOUT_IT and like > ELSEWHERE * own
    most = MOST_OF_IT * context(sentence, *span, with_numbers=True).whole
    return like >= ABOUT_IT or like >= max(NEAR_IT, most)


@lru_cache(maxsize=256)
def _days_of(kept: Evidence) -> _Days | None:
    """The days of a source; None if it counts some from others, so that any may be meant."""
    if kept.written is None or any(_is_reckoned(text) for *_, text in kept.texts):
        return None
    readings = {(part, index): reading for part, index, reading in kept.readings}
    mentions: list[_Mention] = []
    by_itself = {kept.published.weekday()} if kept.published else set()
    for part, index, text in kept.texts:
        if _NEAR_TODAY.search(text):
            if kept.published is None:
                return None
            by_itself |= {(kept.published.weekday() + by) % _WEEK for by in (-1, 0, 1)}
        reading = readings.get((part, index)) or read(text)
        mentions += _mentions(kept, part, index, reading)
    for one, other in pairwise(mentions):
        if one.reading is other.reading and one.number == other.number:
            by_itself |= _between(one.days, other.days)
    return _Days(tuple(mentions), frozenset(by_itself))


def _is_reckoned(text: str) -> bool:
    """Whether a text may mean days that it does not name in a form that is read."""
    return _RECKONED.search(text) is not None or not words_of(text).isdisjoint(_OTHER_TONGUES)


def _mentions(kept: Evidence, part: SourcePart, index: int, reading: Reading) -> list[_Mention]:
    """The days of one text, in reading order."""
    found = []
    for day, number in reading.by_dimension.get("date", ()):
        if isinstance(day, Day) and day.month and day.day and (days := _weekdays_of(day, kept, reading)):
            found.append(_Mention(days, day.start, day.end, number, reading, part, index))
    for number, sentence in enumerate(reading.sentences):
        for told in _ANY.finditer(sentence):
            name = (told["day"] or "").lower()
            days = frozenset((_NAMED[name] if name else _SHORT[told["short"].lower()],))
            is_name = _is_in_a_name(sentence, told)
            found.append(_Mention(days, *told.span(), number, reading, part, index, is_name))
    return sorted(found, key=lambda mention: (mention.number, mention.start))


_MONTH = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = late(rf"\.|,?\s(?:\d|{_MONTH})")
"""What stands behind a short form that is a day."""
_CAPITAL_BEHIND = late(rf"\s(?!{_MONTH}|GMT|UTC|E[SD]T|Morgen|Abend|Nacht)[A-ZÀ-Þ]")
_WORD_BEFORE = late(r"(?<![\w’'-])(?P<word>[\w’'-]+)\s\Z")
_NO_NAMES = frozenset(
    """on am by since until late early last this next from before after and but every each in bis ab seit diesen
    vergangenen nächsten""".split()
)
"""Words before a weekday that are no part of a name, though they may open a sentence."""
_FARTHEST = 30


def _is_in_a_name(sentence: str, told: re.Match[str]) -> bool:
    """Whether a weekday may be part of a name, by the capitals beside it."""
    before = _WORD_BEFORE.search(sentence, max(0, told.start() - _FARTHEST), told.start())
    word = before["word"] if before else ""
    if word.lower() in _ON:
        return False
    if told["short"] and not _DATED.match(sentence, told.end()):
        return True
    if word[:1].isupper() and word.lower() not in _NO_NAMES:
        return True
    return _CAPITAL_BEHIND.match(sentence, told.end()) is not None


def _weekdays_of(day: Day, kept: Evidence, reading: Reading) -> frozenset[int]:
    """The weekdays that a date may be: several if it names no year."""
    near = {kept.written.year + by for by in (-1, 0, 1)} if kept.written else set()
    years = {day.year} if day.year else near | reading.years
    whole: list[datetime.date | None] = [day.whole(year) for year in years]
    return frozenset(each.weekday() for each in whole if each)


def _between(one: frozenset[int], other: frozenset[int]) -> set[int]:
    """The weekdays between two that are side by side: `from Monday to Friday`."""
    if len(one) != 1 or len(other) != 1:
        return set()
    (first,), (last,) = one, other
    return {(first + by) % _WEEK for by in range(1, (last - first) % _WEEK)}


def _place(kept: Evidence, mention: _Mention) -> Place:
    start = mention.reading.bounds[mention.number][0]
    return kept.place(mention.part, mention.which, start + mention.start, start + mention.end)
