"""Editions on a calendar: months of weeks, each day with its edition and how important that was."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from generator.model.site import EditionPage

_WEEKS = Calendar(firstweekday=0)
"""Weeks begin on Monday (ISO 8601)."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a month, and its edition where there is one."""

    day: date
    page: EditionPage | None

    @property
    def score(self) -> int:
        """The importance of the day's most important story, 1 to 10; 0 where none has any."""
        stories = (view.story for view in self.page.views) if self.page else ()
        return max((story.importance.score for story in stories if story.importance), default=0)

    @property
    def shade(self) -> int:
        """One of five steps of colour, 1 to 5; 0 for none."""
        return (self.score + 1) // 2


@dataclass(frozen=True, slots=True)
class Month:
    """A month with its weeks; days of its neighbours are None."""

    name: str
    """`2026-04`."""
    weeks: tuple[tuple[Day | None, ...], ...]


def months(editions: Iterable[EditionPage], newest: int = 12) -> tuple[Month, ...]:
    """The newest months that have editions, in the order of the year."""
    by_day = {page.edition.day: page for page in editions}
    found = sorted({(day.year, day.month) for day in by_day})[-newest:]
    return tuple(Month(f"{year}-{month:02}", _weeks(year, month, by_day)) for year, month in found)


def _weeks(year: int, month: int, by_day: dict[date, EditionPage]) -> tuple[tuple[Day | None, ...], ...]:
    return tuple(
        tuple(Day(day, by_day.get(day)) if day.month == month else None for day in week)
        for week in _WEEKS.monthdatescalendar(year, month)
    )
