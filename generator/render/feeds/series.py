"""A feed before it is made: its name, its items, and how many of them it has room for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from functools import cached_property
from typing import cast

from msgspec import Struct, field

from generator.model import permalinks
from generator.model.content import Story
from generator.model.corrected import Corrected
from generator.model.order import in_time, lasting, places_at
from generator.model.pages import EditionPage
from generator.model.site import Site
from generator.model.withdrawals import Withdrawal
from generator.render.feeds.entries import Entry, Picked, Room, fitted, fitting
from generator.render.feeds.last_change import Gone, last_change
from generator.render.feeds.slots import Key, Slots
from generator.render.head import FeedLink

_ROOM = Room(30, 270_000, 30)
_NARROW = Room(15, 120_000, 15)
"""A story is in about ten feeds of this kind, and there are hundreds of them."""
_ROOMS = {
    "editions": Room(30, 270_000, 10),  # one is as long as its stories together
    "topic": _NARROW,
    "entity": _NARROW,
    "publisher": _NARROW,
}
FORMATS = (("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("json", "application/feed+json"))
"""File endings and media types, in the order in which pages name them."""
SUBJECTS = ("section", "topic", "entity", "publisher")

Changing = Story | EditionPage | Corrected
"""What an item of a feed shows."""


def _key(item: Changing) -> Key:
    """The key that items are sorted by."""
    if isinstance(item, Corrected):
        return item.changed, item.first_path
    return in_time(item.edition if isinstance(item, EditionPage) else item)


class Series(Struct, frozen=True, dict=True):
    """A feed before it is made: everything that can be followed under one name."""

    kind: str
    """`editions`, `stories`, `corrections`, or the kind of a subject."""
    name: str
    """The beginning of its files' names: `stories`, `topics/chips`."""
    label: str
    """Its name in a list of feeds, where the newsletter is clear from context."""
    title: str
    about: str
    home: str
    """The path of the page that it is about."""
    entries: Sequence[Entry]
    """Newest first; of stories of one time, as the edition has them."""
    everything: Sequence[Changing]
    """What each entry shows, in the same order. Stories are here without their pages, which need not be made."""
    lost: tuple[Withdrawal, ...]
    """What was, or may have been, withdrawn from it, even if it was restored."""
    has_history: bool
    begun: datetime | None = None
    """For a feed that nothing is in and nothing is known to have left: when the newsletter began."""
    unit: str = ""
    """The unit of its subject; empty for feeds of the whole site."""
    was: tuple[str, ...] = ()
    """The names of feeds that it continues: those of what was merged into its subject."""
    first_slugs: Mapping[str, str] = field(default_factory=dict)
    """The first slugs of the stories that have another one by now."""

    @property
    def room(self) -> Room:
        return _ROOMS.get(self.kind, _ROOM)

    @cached_property
    def changed(self) -> datetime:
        """The newest change among the items it has room for and those that left it (`render.feeds.last_change`)."""
        entries, zone, most = self.entries, self.zone, self.room.items + 1
        lost = [Gone(self._stood(gone), moment) for gone in self.lost for moment in gone.changes_at(zone)]
        if not entries:
            left = (max(gone.published, gone.changed) for gone in lost)
            return max(left, default=self.begun or datetime.fromtimestamp(0, UTC))

        def ends(start: int) -> int:
            return start + (fitted if start else fitting)(entries[start : start + most], self.room)

        return last_change(entries, ends, lost)

    def _stood(self, gone: Withdrawal) -> datetime:
        """When the newest item of something withdrawn was published; if unknown, the last possible moment."""
        if self.kind == "corrections":
            return max(gone.corrections, default=gone.changed_at(self.zone))
        return gone.published_at(self.zone)

    @property
    def zone(self) -> tzinfo | None:
        """The time zone of its newest item, or of what was withdrawn from it, in which days are meant."""
        known = (*(entry.published for entry in self.entries[:1]), *(gone.published for gone in self.lost))
        return next((moment.tzinfo for moment in known if isinstance(moment, datetime)), None)

    @cached_property
    def order(self) -> Sequence[int]:
        """The indexes of its entries, newest first, in the order of archive documents, which no edition changes."""
        if self.kind in ("editions", "corrections"):  # they have it
            return range(len(self.entries))
        return lasting(cast("Sequence[Story]", self.everything), self.first_slugs)

    def same_time_as(self, number: int) -> int:
        """The index of the first entry that has the time of one; `number` itself if nothing but time orders them.

        Archive documents begin there: which of several entries still fits into the feed itself is up to the edition.
        """
        if self.kind in ("editions", "corrections") or number == len(self.entries):
            return number
        stories = cast("Sequence[Story]", self.everything)
        return places_at(stories, stories[number].published).start

    @property
    def slots(self) -> Slots:
        """The places of its items, and of what is known to have been withdrawn from between them."""
        known = [gone for gone in self.lost if not gone.restored and (gone.was_in or not self.unit)]
        if not known:
            return Slots()
        oldest_first = Picked(self.everything.__getitem__, self.order[::-1])
        if self.kind == "corrections":
            noted = (((date, gone.first_path), gone) for gone in known for date in gone.corrections)
            return Slots.of(oldest_first, _key, noted)
        ours = (gone for gone in known if gone.is_edition == (self.kind == "editions"))
        return Slots.of(oldest_first, _key, (((gone.published_at(self.zone), gone.first_slug), gone) for gone in ours))

    @property
    def links(self) -> tuple[FeedLink, ...]:
        """The feed in every format."""
        return tuple(FeedLink(self.title, type_, permalinks.feed_path(self.name, suffix)) for suffix, type_ in FORMATS)


def has_feeds(site: Site, kind: str) -> bool:
    """Whether each subject of a kind has a feed of its own."""
    return site.outputs.feeds and site.outputs.subject_feeds and site.outputs.has(kind)


def feed_names(site: Site) -> Iterator[str]:
    """The feeds of the whole site that have items, or had some before a withdrawal; others are left out."""
    if not site.outputs.feeds:
        return
    gone = site.withdrawn
    if site.editions or any(each.is_edition for each in gone):
        yield "editions"
    if site.stories or not all(each.is_edition for each in gone):
        yield "stories"
    if site.corrections or any(each.corrections for each in gone):
        yield "corrections"
