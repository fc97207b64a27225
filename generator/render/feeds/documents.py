"""Declare the documents of a feed from the model, before any of them is made.

A feed has the newest items. Behind it are archive documents (RFC 5005, section 4), counted from the oldest item, so a
full one keeps its items for ever and only ever gains a link to the next one. So their order is one that no edition
changes, while in the feed the stories of one time stand as their edition has them. What was withdrawn keeps its place
(`render.feeds.slots`). A document that is not full has its length in its name: programs never read an archive document
twice, so a longer one must be a new document to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from generator.model import permalinks
from generator.model.corrected import Corrected
from generator.model.pages import EditionPage
from generator.model.reach import PLACES, Reach
from generator.model.withdrawals import Withdrawal
from generator.render.feeds.entries import Entry, Picked, fitting
from generator.render.feeds.series import Series
from generator.render.periods import beside


class Document(Struct, frozen=True):
    """A feed, or one of the archive documents behind it."""

    series: Series
    entries: tuple[Entry, ...]
    """Newest first."""
    name: str = ""
    """Of an archive document: its number (1 is the oldest), and its length if it is not full; empty for the feed
    itself."""
    older: str = ""
    """The name of the next older archive document."""
    newer: str = ""
    """The name of the next newer archive document if that one is full; otherwise its name will not last."""
    lost: tuple[Withdrawal, ...] = ()
    """What was withdrawn from an archive document."""

    @property
    def made_of(self) -> tuple[object, ...]:
        series = self.series
        told = (series.name, series.title, series.about, series.home)
        return (*told, self.name, self.older, self.newer, self.entries, self.lost if self.name else series.changed)

    @property
    def is_full(self) -> bool:
        """Whether it is an archive document that gets no more items."""
        return self.name.isdecimal()

    @property
    def unit(self) -> str:
        """The subject's unit, or its own for a full archive document; empty for the newest items."""
        return self.series.unit or (f"feed {self.series.name} {self.name}" if self.is_full else "")

    @property
    def updated(self) -> datetime:
        """The newest change of an item that is or was in it."""
        if not self.name:
            return self.series.changed
        zone = self.series.zone
        return max((*(entry.changed for entry in self.entries), *(gone.changed_at(zone) for gone in self.lost)))

    @property
    def near(self) -> str:
        """Where an archive document's texts are needed anyway: for its newest edition, or for a month of publishers."""
        newest = self.entries[0].of if self.name and self.entries else None
        if newest is None or isinstance(newest, Corrected):
            return ""
        return newest.near if isinstance(newest, EditionPage) else beside("publisher", newest.story.month)

    def path(self, suffix: str) -> str:
        return permalinks.feed_path(self.series.name, suffix, self.name)

    def links(self, suffix: str) -> Iterator[tuple[str, str]]:
        """Relations and paths of itself and its neighbours (RFC 5005, section 4)."""
        name = self.series.name
        yield "self", self.path(suffix)
        if self.name:
            yield "current", permalinks.feed_path(name, suffix)
        if self.older:
            yield "prev-archive", permalinks.feed_path(name, suffix, self.older)
        if self.newer:
            yield "next-archive", permalinks.feed_path(name, suffix, self.newer)


def documents(series: Series) -> Iterator[Document]:
    """The feed, and archive documents for what it has, or once had (before a withdrawal), no room for."""
    fresh = fitting(series.entries, series.room)
    newest = tuple(series.entries[:fresh])
    if not series.has_history:
        yield Document(series, newest)
        return
    slots, size, total = series.slots, series.room.archived, len(series.entries)
    archived = Picked(series.entries.__getitem__, series.order)
    beyond = series.same_time_as(fresh)
    last = slots.of_item(total - beyond - 1)
    if slots.gone:  # else a document that was full, and may be known to somebody, would vanish
        last = max(last, slots.number(total) - series.room.items - 1)
    names = ["", *(_name(number, size, slots.number(total)) for number in range(1, 2 + last // size)), ""]
    yield Document(series, newest, older=names[-2])
    for number, name in enumerate(names[1:-1], start=1):
        start, end = (min(slots.items_before(slot), total) for slot in ((number - 1) * size, number * size))
        newer = names[number + 1] if names[number + 1].isdecimal() else ""
        lost = slots.withdrawn((number - 1) * size, number * size)
        yield Document(series, tuple(archived[total - end : total - start]), name, names[number - 1], newer, lost)


def _name(number: int, size: int, slots: int) -> str:
    """The name of an archive document of a feed with `slots` slots."""
    length = min(size, slots - (number - 1) * size)
    return f"{number}" if length == size else f"{number}-{length}"


_UNSETTLED = 100
"""Items behind those of the feed itself (up to 30, depending on their size) that may still move into or out of it in
one build. With more than 50 new ones, everything is compared (`generator.link.reach`)."""


def wanted(series: Series, reach: Reach) -> Iterator[Document]:
    """The documents of a feed in which a change may show.

    Full archive documents are left out unless one of their items has changed, or an earlier item was added or moved.
    """
    found = list(documents(series))
    is_all, size = reach.is_whole or bool(series.unit), series.room.archived
    settled = len(found) - 1 - -(-_UNSETTLED // size)
    has_moved = False
    for number, document in enumerate(found):
        if is_all or not number or number > settled:
            yield document
        elif has_moved or any(entry.unit in reach for entry in document.entries):
            has_moved = PLACES in reach
            yield document
