"""Declare the documents of a feed from the model, before any of them is made.

A feed has the newest items. Behind it are archive documents (RFC 5005, section 4), counted from the oldest item, so
that a full one keeps its items for ever and is only ever given a link to the next one. What was withdrawn keeps its
place (`render.slots`). A document that is not full has its length in its name, since programs never read an archive
document again that they have read: a longer one is a new document to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct

from generator.model import permalinks
from generator.model.pages import EditionPage
from generator.model.reach import PLACES, Reach
from generator.model.site import Corrected
from generator.model.withdrawals import Withdrawal
from generator.render.entries import Entry, fitting
from generator.render.periods import beside
from generator.render.series import Series


class Document(Struct, frozen=True):
    """A feed, or one of the archive documents behind it."""

    series: Series
    entries: tuple[Entry, ...]
    """Newest first."""
    name: str = ""
    """The name of an archive document: its number, 1 being the oldest, and its length where it is not full; empty for
    the feed itself."""
    older: str = ""
    """The name of the archive document before it."""
    newer: str = ""
    """The name of the one after it, where that is full: another has no name for long."""
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
        """The unit: a subject's, or its own for an archive document that is full; the newest items have none."""
        return self.series.unit or (f"feed {self.series.name} {self.name}" if self.is_full else "")

    @property
    def updated(self) -> datetime:
        """The newest change of what is in it or was."""
        if not self.name:
            return self.series.changed
        zone = self.series.zone
        return max((*(entry.changed for entry in self.entries), *(gone.changed_at(zone) for gone in self.lost)))

    @property
    def near(self) -> str:
        """Where texts of an archive document are read anyway: for its newest edition, or for a month of publishers."""
        newest = self.entries[0].of if self.name and self.entries else None
        if newest is None or isinstance(newest, Corrected):
            return ""
        return newest.near if isinstance(newest, EditionPage) else beside("publisher", newest.story.month)

    def path(self, suffix: str) -> str:
        return permalinks.feed_path(self.series.name, suffix, self.name)

    def links(self, suffix: str) -> Iterator[tuple[str, str]]:
        """Relations and paths of itself and of the documents beside it (RFC 5005, section 4)."""
        name = self.series.name
        yield "self", self.path(suffix)
        if self.name:
            yield "current", permalinks.feed_path(name, suffix)
        if self.older:
            yield "prev-archive", permalinks.feed_path(name, suffix, self.older)
        if self.newer:
            yield "next-archive", permalinks.feed_path(name, suffix, self.newer)


def documents(series: Series) -> Iterator[Document]:
    """The feed, and the archive documents of what it has no room for, or had none before something was withdrawn."""
    entries, slots, size, total = series.entries, series.slots, series.room.archived, len(series.entries)
    fresh = fitting(entries, series.room)
    last = slots.of_item(total - fresh - 1) if series.has_history and fresh < total else -1
    if slots.gone and series.has_history:  # else the document would go that was full, and of which somebody may know
        last = max(last, slots.number(total) - series.room.items - 1)
    names = ["", *(_name(number, size, slots.number(total)) for number in range(1, 2 + last // size)), ""]
    yield Document(series, tuple(entries[:fresh]), older=names[-2])
    for number, name in enumerate(names[1:-1], start=1):
        start, end = (min(slots.items_before(slot), total) for slot in ((number - 1) * size, number * size))
        newer = names[number + 1] if names[number + 1].isdecimal() else ""
        lost = slots.withdrawn((number - 1) * size, number * size)
        yield Document(series, tuple(entries[total - end : total - start]), name, names[number - 1], newer, lost)


def _name(number: int, size: int, slots: int) -> str:
    """The name of an archive document of a feed that has so many slots."""
    length = min(size, slots - (number - 1) * size)
    return f"{number}" if length == size else f"{number}-{length}"


_UNSETTLED = 100
"""Items behind those of a feed itself, which has up to 30 by their size. So many may come into it or fall out of it in
one build, since with more than 50 new ones (`generator.link.reach`) all is compared."""


def wanted(series: Series, reach: Reach) -> Iterator[Document]:
    """The documents of a feed in which a change may show.

    A full archive document is left out, unless one of its items has changed, or an item before them has come or moved.
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
