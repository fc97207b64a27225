"""Count stories by week and sentiment, for the chart on a subject's page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from generator.model.content import Story
from generator.model.vocabulary import SENTIMENTS

FEWEST, WEEKS = 13, 26
"""A quarter, so that a single story does not fill the chart, and half a year, since more bars are too thin for a phone.
"""
LEAST = 3
"""Weeks with stories, since two bars tell no more than the two days of the list do."""


class Week(Struct, frozen=True):
    """How many stories of each sentiment were published in a week."""

    monday: date
    counts: tuple[int, ...]
    """Stories by sentiment, in the order of `SENTIMENTS`; a story without one counts as neutral."""

    @property
    def total(self) -> int:
        return sum(self.counts)


def weeks(newest_first: Iterable[Story]) -> tuple[Week, ...]:
    """The weeks up to that of the newest story, oldest first, without gaps, from `FEWEST` to `WEEKS` of them.

    None if fewer than `LEAST` of them have stories. They end with the newest story and not with today, so that a page
    changes only when its stories do.
    """
    tally: Counter[tuple[date, str]] = Counter()
    newest: date | None = None
    for story in newest_first:
        day = story.published.date()
        newest = newest or day
        tally[day - timedelta(days=day.weekday()), story.sentiment or "neutral"] += 1
        if newest - day > timedelta(weeks=WEEKS + 1):  # a week more, since days are by their writers' local clocks
            break
    mondays = {monday for monday, _ in tally}
    if not mondays:
        return ()
    last = max(mondays)
    first = min(max(min(mondays), last - timedelta(weeks=WEEKS - 1)), last - timedelta(weeks=FEWEST - 1))
    if sum(monday >= first for monday in mondays) < LEAST:
        return ()
    every = (first + timedelta(weeks=n) for n in range((last - first).days // 7 + 1))
    return tuple(Week(monday, tuple(tally[monday, sentiment] for sentiment in SENTIMENTS)) for monday in every)
