"""Read dates and times as other programs write them."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, tzinfo
from email.utils import parsedate_to_datetime
from typing import Any

from generator.importers.value import When
from generator.load.days import YEARS

_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\Z")
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)? ?(Z|UTC|[+-]\d\d:?\d\d)?(?: [A-Z]{3,4})?\Z")
_IN_WORDS = (
    "%b %d %Y",
    "%b %d, %Y",
    "%B %d %Y",
    "%B %d, %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M",
)
_MILLISECONDS = 100_000_000_000
"""Larger numbers count milliseconds: as seconds they would be after the year 5000."""
NOON = 12


def when(value: Any) -> When | None:
    """A time from RFC 3339, RFC 822, a day, an English date or seconds since 1970; None for anything else.

    The year 1, which programs write if they know no time, counts as nothing.
    """
    found = _when(value)
    return found if found and found.moment.year in YEARS else None


def _when(value: Any) -> When | None:
    if isinstance(value, datetime):
        return When(value.replace(microsecond=0))
    if isinstance(value, date):
        return When(datetime(value.year, value.month, value.day), is_day=True)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _counted(value)
    words = " ".join(value.split()) if isinstance(value, str) else ""
    return (_iso(words) or _day(words) or _rfc822(words) or _in_words(words)) if words else None


def settled(found: When, zone: tzinfo | None) -> tuple[datetime, tuple[str, ...]]:
    """A time with its zone, and what was guessed about it. `zone` is the newsletter's, if given."""
    moment, guesses = found.moment, []
    if found.is_day:
        moment = moment.replace(hour=NOON)
        guesses.append("the hour: only the day was told, and noon is written")
    if moment.tzinfo is None:
        if zone is None:
            guesses.append("the zone: none was told, and UTC is written (--zone Europe/London says another)")
        return moment.replace(tzinfo=zone or UTC), tuple(guesses)
    return (moment.astimezone(zone) if zone else moment), tuple(guesses)


def _iso(words: str) -> When | None:
    found = _ISO.match(words)
    if not found:
        return None
    zone = {"UTC": "Z", None: ""}.get(found[3], found[3])
    return _made(f"{found[1]}T{found[2]}{zone}")


def _made(text: str) -> When | None:
    try:
        return When(datetime.fromisoformat(text))
    except ValueError:
        return None


def _day(words: str) -> When | None:
    found = _DAY.match(words)
    try:
        return When(datetime(int(found[1]), int(found[2]), int(found[3])), is_day=True) if found else None
    except ValueError:
        return None


def _rfc822(words: str) -> When | None:
    try:
        return When(parsedate_to_datetime(words)) if ":" in words else None
    except (ValueError, TypeError, IndexError):
        return None


def _in_words(words: str) -> When | None:
    for form in _IN_WORDS:
        try:
            return When(datetime.strptime(words, form), is_day="%H" not in form)
        except ValueError:
            continue
    return None


def _counted(number: float) -> When | None:
    try:
        return When(
            datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC).replace(microsecond=0)
        )
    except (ValueError, OverflowError, OSError):
        return None
