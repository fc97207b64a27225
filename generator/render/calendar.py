"""Editions on a calendar: months of weeks, each day with its edition and that edition's importance."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from calendar import Calendar
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec import Struct

from generator.model.content import Edition
from generator.model.pages import ListedEdition

_WEEKS = Calendar(firstweekday=0)
"""Weeks begin on Monday (ISO 8601)."""
SHADES = 5


Scores = Callable[[Sequence[str]], Iterable[int]]
"""Returns the importance of each of the given stories, 1 to 10; 0 where it has none."""


class Day(Struct, frozen=True):
    """A day of a month, and its edition where there is one."""

    day: date
    page: ListedEdition | None
    score: int
    """The importance of the day's most important story, 1 to 10; 0 if none has any."""
    shade: int
    """One of five shades, 1 to 5, by the day's rank among those shown; 0 for none."""


class Month(Struct, frozen=True):
    """A month with its weeks; days of its neighbours are None."""

    name: str
    """`2026-04`."""
    weeks: tuple[tuple[Day | None, ...], ...]


def months(editions: Iterable[ListedEdition], scores: Scores, newest: int = 12) -> tuple[Month, ...]:
    """The newest months that have editions, oldest first."""
    by_day = {page.edition.day: page for page in editions}
    found = sorted({(day.year, day.month) for day in by_day})[-newest:]
    shown = {day: page for day, page in by_day.items() if (day.year, day.month) in found}
    weights = {day: _weight(page.edition, scores) for day, page in shown.items()}
    shades = _shades(weights)
    days = {day: Day(day, page, max(weights[day], default=0), shades[day]) for day, page in shown.items()}
    return tuple(Month(f"{year}-{month:02}", _weeks(year, month, days)) for year, month in found)


def editions_of(months: Iterable[Month]) -> Iterator[ListedEdition]:
    """The editions that months show."""
    days = (day for month in months for week in month.weeks for day in week)
    return (day.page for day in days if day and day.page)


def _weight(edition: Edition, scores: Scores) -> tuple[int, ...]:
    """The importance of a day's stories, highest first: of two days with a nine, the one with two nines wins."""
    return tuple(sorted(filter(None, scores(edition.stories)), reverse=True))


def _shades(weights: Mapping[date, tuple[int, ...]]) -> dict[date, int]:
    """Put a fifth of the days in each shade, since the scores of most days lie close together; equal days share one."""
    ranked = sorted(filter(None, weights.values()))

    def shade(weight: tuple[int, ...]) -> int:
        middle = bisect_left(ranked, weight) + bisect_right(ranked, weight)
        return 1 + SHADES * middle // (2 * len(ranked)) if weight else 0

    return {day: shade(weight) for day, weight in weights.items()}


def _weeks(year: int, month: int, days: Mapping[date, Day]) -> tuple[tuple[Day | None, ...], ...]:
    return tuple(
        tuple(days.get(day, Day(day, None, 0, 0)) if day.month == month else None for day in week)
        for week in _WEEKS.monthdatescalendar(year, month)
    )
