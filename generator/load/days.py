"""Shapes for days and times (see `load.shapes`)."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, datetime

from msgspec import Struct

from generator.load.shapes import Pen, kind_of, without_marks
from generator.load.yaml import Value, path_text
from generator.model.problems import Path


class Day(Struct, frozen=True):
    """A day, `2026-04-09`."""

    def read(self, value: Value, path: Path, pen: Pen) -> date | None:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            try:
                return date.fromisoformat(value)
            except ValueError:
                pen.note("bad-date", path, f"there is no day `{value}`", _calendar_hint(value))
                return None
        if isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value):
            pen.note("bad-date", path, f"`{path_text(path)}` takes a day, without a time", f"Write {value[:10]}.")
            return None
        pen.note("bad-date", path, f"{kind_of(value)} is not a day", _day_hint(value))
        return None


def _no_such_day(day: str) -> str:
    """A hint for a day that is in no calendar; empty for one that is."""
    try:
        date.fromisoformat(day)
    except ValueError:
        return _calendar_hint(day)
    return ""


def _calendar_hint(text: str) -> str:
    """A hint for a day that does not exist: how many days the month has."""
    year, month = int(text[:4]), int(text[5:7])
    if year and 1 <= month <= 12:
        return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days."
    return "Write a day of the calendar as 2026-04-09."


_BETWEEN = r"[-/.\u2010-\u2015]"
_WEEKDAY, _ORDINAL, _MONTH = r"(?:[^\W\d_]{2,10}\.?,? )?", r"(?:st|nd|rd|th)?", r"(?P<month>[^\W\d_]{3,9})\.?"
_WRITTEN = (
    re.compile(rf"(?P<year>\d{{4}}){_BETWEEN}(?P<month>\d{{1,2}}){_BETWEEN}(?P<day>\d{{1,2}})"),
    re.compile(r"(?P<day>\d{1,2})\. ?(?P<month>\d{1,2})\. ?(?P<year>\d{4})"),
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:\.|{_ORDINAL}) {_MONTH},? (?P<year>\d{{4}})"),
    re.compile(rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL},? (?P<year>\d{{4}})"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>1[3-9]|[23]\d)/(?P<year>\d{4})"),
    re.compile(r"(?P<day>1[3-9]|[23]\d)/(?P<month>\d{1,2})/(?P<year>\d{4})"),
)
"""Unambiguous ways to write a day. `11/12/2026` is not: it can be in December or November."""
_MONTHS = (
    *(month.lower() for month in month_name),
    *("", "januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november"),
    "dezember",
)
"""English and German names of months, each at its number or 13 behind it."""


_WITHOUT_YEAR = (
    re.compile(rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:\.|{_ORDINAL}) (?:of )?{_MONTH}"),
    re.compile(rf"{_WEEKDAY}{_MONTH} (?P<day>\d{{1,2}}){_ORDINAL}"),
)
_HOUR = re.compile(r",?(?: at| um)? \d{1,2}(?::\d\d| ?[AaPp]\.?[Mm]\b).*\Z")
"""The time of day behind a day in words, with its zone."""
_YEAR = 2026
"""The year of examples."""


def _day_hint(value: Value) -> str:
    """What to write: the day that was meant if that is certain, else the format."""
    if meant := day_meant(value):
        return f"Write {meant}."
    near = _day_without_year(value)
    return f"Write it with its year, as {near}." if near else "Write year-month-day as 2026-04-09."


def _day_without_year(value: Value) -> date | None:
    """The day of a year in examples that has the day and the month of a text without a year; None for other texts."""
    for pattern in _WITHOUT_YEAR:
        if isinstance(value, str) and (found := pattern.fullmatch(without_marks(value))):
            try:
                return date(_YEAR, _number_of(found["month"].lower()), int(found["day"]))
            except ValueError:
                break
    return None


def day_meant(value: Value) -> date | None:
    """The day that a text in another form names; None if that is not certain."""
    for pattern in _WRITTEN:
        if isinstance(value, str) and (found := pattern.fullmatch(without_marks(value))):
            month = found["month"]
            number = int(month) if month.isdigit() else _number_of(month.lower())
            try:
                return date(int(found["year"]), number, int(found["day"]))
            except ValueError:
                break
    moment = _in_mail(value)
    return moment.date() if moment else None


def _in_mail(value: Value) -> datetime | None:
    """The time that a text has as mails and feeds write one: `Fri, 10 Apr 2026 10:00:00 -0400` (RFC 5322, 3.3)."""
    from email.utils import parsedate_to_datetime  # noqa: PLC0415 - most builds never need it

    try:
        return parsedate_to_datetime(value) if isinstance(value, str) and ":" in value else None
    except (ValueError, IndexError, OverflowError):
        return None


def _number_of(month: str) -> int:
    """The number of a month from its name in small letters, which may be abbreviated; 0 for any other word."""
    named = (number for number, name in enumerate(_MONTHS) if name.startswith(month))
    return 9 if month == "sept" else next(named, 0) % 13


YEARS = range(1000, 9000)
"""Years far enough from both ends of Python's calendar that zones and days can be added. The year 1 is the zero time of
some programs (Go)."""


class Moment(Struct, frozen=True):
    """A time with its zone, such as `2026-04-11T07:00:00+09:00` (RFC 3339)."""

    def read(self, value: Value, path: Path, pen: Pen) -> datetime | None:
        example = "2026-04-11T07:00:00+09:00"
        if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", value):
            pen.note("bad-date", path, f"{kind_of(value)} is not a time with its zone", _moment_hint(value))
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            if fault := _no_such_day(value[:10]):
                pen.note("bad-date", path, f"there is no day `{value[:10]}`", fault)
                return None
            lettered = re.search(r"\s?([A-Z]{2,5})\Z", value)
            what = f"`{value}` has its zone in letters" if lettered else f"there is no time `{value}`"
            hint = f"Write how far it is from UTC: {example}." if lettered and lettered[1] not in _UTC else ""
            pen.note("bad-date", path, what, hint or _moment_hint(value))
            return None
        if (offset := moment.utcoffset()) is not None and offset.total_seconds() % 60:
            pen.note("bad-date", path, f"the zone of `{value}` has seconds", f"Write it as {example}.")
            return None
        if moment.tzinfo is None:
            pen.note(
                "no-zone",
                path,
                f"`{value}` names no time zone",
                f"Add yours: {value}-04:00 in New York, {value}Z for UTC.",
            )
            return None
        if moment.year not in YEARS:
            what = f"the year {moment.year} is at the end of the calendar, and was hardly meant"
            pen.note("bad-date", path, what, f"Write when it was, as {example}.")
            return None
        return moment.replace(microsecond=0)


_UTC = ("GMT", "UTC")
_LOOSE = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d{1,2})[:.](\d\d)(?:[:.](\d\d))?\s?"
    r"(?:Z|GMT|UTC|(?P<sign>[-+])(?P<ahead>\d{1,2})(?::?(?P<past>\d\d))?)"
)
"""A time with its zone, but not quite in the right format."""


def _moment_hint(value: Value) -> str:
    """What to write: the time or the day that was meant if that is certain, else the format."""
    found = _LOOSE.fullmatch(without_marks(value)) if isinstance(value, str) else None
    if found:
        zone = f"{found['sign']}{int(found['ahead']):02}:{found['past'] or '00'}" if found["sign"] else "+00:00"
        meant = f"{found[1]}T{int(found[2]):02}:{found[3]}:{found[4] or '00'}{zone}"
        try:
            datetime.fromisoformat(meant)
        except ValueError:
            pass
        else:
            return f"Write {meant}."
    if (moment := _in_mail(value)) and moment.tzinfo:
        return f"Write {moment.isoformat()}."
    day_alone = _HOUR.sub("", value) if isinstance(value, str) else value
    if day := day_meant(value) or day_meant(day_alone):
        return f"Write {day}T07:00:00+09:00, with your own time and zone."
    if day := _day_without_year(day_alone):
        return f"Write it as {day}T07:00:00+09:00, with its year and your own time and zone."
    return "Write it as 2026-04-11T07:00:00+09:00."


class DayOrMoment(Struct, frozen=True):
    """A time with its zone, or only the day."""

    def read(self, value: Value, path: Path, pen: Pen) -> date | None:
        is_time = isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value)
        return (Moment() if is_time else Day()).read(value, path, pen)
