"""Find when a feed last changed, so that its date never goes back.

An item that drops out of a feed takes its date along. Usually the item that pushed it out is newer, but not if that one
was published later than its own date says. So a change of a dropped item counts if it was made while the item was in
the feed, or up to three days after. The length of an item before a change is unknown, so the feed may have reached as
far as it would with changed items counted as empty.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Protocol

from msgspec import Struct

LATE = timedelta(days=3)
"""How much later than its own date something may be published."""
MOST = 100
"""The newest items that are each checked for what they pushed out."""


class Dated(Protocol):
    """The fields of an item that are needed here."""

    @property
    def published(self) -> datetime: ...
    @property
    def changed(self) -> datetime: ...


class Gone(Struct, frozen=True):
    """Something that was withdrawn from a feed."""

    published: datetime
    changed: datetime
    """The moment of its withdrawal."""


def last_change(items: Sequence[Dated], end: Callable[[int], int], lost: Iterable[Gone]) -> datetime:
    """When a feed of some items, newest first, last changed.

    `end(number)` is where the feed ends, or may have ended when the item of that number was the newest.
    """
    ends = [end(0)]
    """Where the feed ends, and where it ended before each of the newest items was added."""
    if ends[0] < len(items):  # else no item has dropped out
        since = items[0].published - LATE
        recent = sum(1 for _ in takewhile(lambda item: item.published >= since, items[:MOST]))
        ends += map(end, range(1, min(recent + 1, len(items))))
    known = [*enumerate(items[: ends[-1]]), *((_place(gone, items, ends[-1]), gone) for gone in lost)]

    def counts(place: int, changed: datetime) -> bool:
        pusher = bisect_right(ends, place) - 1  # the item that pushed it out of the feed
        is_shown, is_long_gone = pusher < 0, pusher == len(ends) - 1
        return is_shown or (not is_long_gone and changed <= items[pusher].published + LATE)

    return max(item.changed for place, item in known if counts(place, item.changed))


def _place(gone: Gone, items: Sequence[Dated], end: int) -> int:
    """The place of the item that it followed, or the end of the feed if that is further on."""
    return sum(1 for _ in takewhile(lambda item: item.published > gone.published, items[: end + 1])) - 1
