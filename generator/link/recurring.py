"""Find topics and entities on the rise: those with more stories in the last month than in the month before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from generator.model.content import Story
from generator.model.stories import column_of, moment_of
from generator.model.subjects import Recurring, Subject

WINDOW = timedelta(days=30)
LEAST = 2
"""Stories: one does not recur."""
MOST = 8


def recurring(
    newest_first: Sequence[Story], subjects: Mapping[str, Mapping[str, Subject]], until: datetime
) -> tuple[Recurring, ...]:
    """The subjects that rise most in the 30 days up to `until`, which is the time of the newest edition."""
    now: Counter[tuple[str, str]] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    newest, middle, oldest = (moment_of(until - number * WINDOW) for number in range(3))
    columns = (column_of(newest_first, fact) for fact in ("moment", "topics", "mentions"))
    for moment, topics, mentions in zip(*columns, strict=True):
        if moment <= oldest:
            break
        if moment <= newest:
            tally = now if moment > middle else before
            tally.update([*(("topic", topic) for topic in topics.split()), *(("entity", e) for e in mentions.split())])
    rising = [key for key, count in now.items() if count >= LEAST and count > before[key]]
    rising.sort(key=lambda key: (before[key] - now[key], -now[key], subjects[key[0]][key[1]].title.casefold()))
    return tuple(Recurring(subjects[kind][id_], now[kind, id_], before[kind, id_]) for kind, id_ in rising[:MOST])
