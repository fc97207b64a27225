"""Cut the older items of a subject into pages that have a limited size and never change their address.

Each year has a page. While a year has few items, its page shows them all: with a page for each month, an archive had
thousands of pages of three stories. When it has more, its page shows the newest, and its months have pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Generic, TypeVar, cast

from msgspec import Struct

from generator.model.content import Story
from generator.model.stories import InOrder, column_of, month_name

T = TypeVar("T")

PAGE_LIMIT = 30
"""Stories on the first page of a subject, and on that of a year too large to show all its stories."""
YEAR_LIMIT = 60
"""Most stories of a year whose page shows them all."""


def beside(kind: str, period: str) -> str:
    """A name shared by the pages of one kind of subject in one period, which are made together.

    They need the same texts: a story is on the pages of several subjects of a kind, in one period of each.
    """
    return f"{kind} {period}"


class Period(Struct, Generic[T], frozen=True):
    """A year or a month of a subject, and what its page shows."""

    name: str
    """`2026` or `2026-04`."""
    items: Sequence[T]
    months: tuple[str, ...]
    """The months of the year that have their own pages, newest first."""

    @property
    def is_year(self) -> bool:
        return len(self.name) == len("2026")


def periods(items: Sequence[T], stories: Sequence[Story]) -> Iterator[Period[T]]:
    """The pages of items that do not fit on a first page: years, each followed by its months; newest first.

    `stories` are the stories of the items, in the same order.
    """
    if len(items) <= PAGE_LIMIT:
        return
    month_of = [*map(month_name, column_of(stories, "month"))]
    for year, places in grouped(range(len(items)), lambda place: month_of[place][: len("2026")]).items():
        months = grouped(places, month_of.__getitem__) if len(places) > YEAR_LIMIT else {}
        beside = tuple(months)
        yield Period(year, _at(items, places[:PAGE_LIMIT] if months else places), beside)
        yield from (Period(month, _at(items, group), beside) for month, group in months.items())


def former(months: Sequence[str], left: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The years and months that may have had pages and have none since stories were withdrawn.

    Each with the period whose page takes its place: the month's year, or "" for the first page. `months` are those of
    the stories that stay, `left` those of the stories that were withdrawn (`2026-04`).
    """
    paged = set(_names(months))
    for name in _names([*months, *left]) if left else ():
        if name not in paged:
            year = name[: len("2026")]
            yield name, year if year in paged else ""


def _names(months: Sequence[str]) -> Iterator[str]:
    """The names of the `periods` of stories of these months."""
    if len(months) <= PAGE_LIMIT:
        return
    for year, of_year in grouped(months, lambda month: month[: len("2026")]).items():
        yield year
        yield from dict.fromkeys(of_year) if len(of_year) > YEAR_LIMIT else ()


def _at(items: Sequence[T], places: Sequence[int]) -> Sequence[T]:
    """The items at some places; an `InOrder` does not look them up for that."""
    return cast("Sequence[T]", items.at(places)) if isinstance(items, InOrder) else [items[place] for place in places]


def grouped(items: Sequence[T], name: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """Group items by a name, the greatest first.

    A day is by its writer's local clock, so the months of items sorted by moment need not be consecutive.
    """
    groups: dict[str, list[T]] = {}
    for item in items:
        groups.setdefault(name(item), []).append(item)
    return {name: tuple(groups[name]) for name in sorted(groups, reverse=True)}
