"""Shapes of days and times (`load.shapes`)."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from datetime import date, datetime

from msgspec import Struct

from generator.load.shapes import Pen, kind_of
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


def _calendar_hint(text: str) -> str:
    """How many days a month has, for a day that it has not."""
    year, month = int(text[:4]), int(text[5:7])
    if year and 1 <= month <= 12:
        return f"{month_name[month]} {year} has {monthrange(year, month)[1]} days."
    return "Write a day of the calendar as 2026-04-09."


def _day_hint(value: Value) -> str:
    if isinstance(value, str) and (found := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", value.strip())):
        return f"Write {found[1]}-{int(found[2]):02}-{int(found[3]):02}."
    return "Write year-month-day as 2026-04-09."


YEARS = range(1000, 9000)
"""So far from both ends of Python's calendar that zones and days can be added. Programs that know no time write the
year 1 (Go)."""


class Moment(Struct, frozen=True):
    """A time with its zone, `2026-04-11T07:00:00+09:00` (RFC 3339)."""

    def read(self, value: Value, path: Path, pen: Pen) -> datetime | None:
        example = "2026-04-11T07:00:00+09:00"
        if not isinstance(value, str) or not re.match(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d", value):
            day = isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)
            hint = f"Write {value}T07:00:00+09:00, with your own time and zone." if day else f"Write it as {example}."
            pen.note("bad-date", path, f"{kind_of(value)} is not a time with its zone", hint)
            return None
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            lettered = re.search(r"\s?([A-Z]{2,5})\Z", value)
            what = f"`{value}` has its zone in letters" if lettered else f"there is no time `{value}`"
            hint = f"Write how far it is from UTC: {example}." if lettered else f"Write it as {example}."
            pen.note("bad-date", path, what, hint)
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


class DayOrMoment(Struct, frozen=True):
    """A time with its zone, or only the day."""

    def read(self, value: Value, path: Path, pen: Pen) -> date | None:
        is_time = isinstance(value, str) and re.match(r"\d{4}-\d\d-\d\d[T ]", value)
        return (Moment() if is_time else Day()).read(value, path, pen)
