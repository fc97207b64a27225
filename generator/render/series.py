"""Declare every feed of the site and its documents from the model, before any of them is made.

A feed has the newest items. Behind it are archive documents (RFC 5005, section 4), counted from the oldest item, so
that a full one keeps its items for ever and is only ever given a link to the next one. What was withdrawn keeps its
place (`render.slots`). A document that is not full has its length in its name, since programs never read an archive
document again that they have read: a longer one is a new document to them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from itertools import chain
from typing import NamedTuple, overload

from msgspec import Struct, field

from generator.model import permalinks
from generator.model.content import Edition, Story, Withdrawal
from generator.model.order import in_time
from generator.model.pages import EditionPage, StoryPage
from generator.model.reach import PLACES, WHOLE, Reach, edition_unit, story_unit, subject_unit
from generator.model.site import Corrected, Site
from generator.model.stories import from_last, slugs_of
from generator.model.subjects import PublisherPage, Subject
from generator.render.dates import Gone, last_change
from generator.render.head import FeedLink
from generator.render.periods import beside
from generator.render.slots import Key, Slots
from generator.words import Words, ended


class Room(NamedTuple):
    """How much fits into a feed: readers refuse feeds of some megabytes."""

    items: int
    size: int
    """Characters of content, about. A file has up to half as much again: escapes, and in JSON the citations as data."""
    archived: int
    """Items of an archive document."""


_ROOM = Room(30, 270_000, 30)
_NARROW = Room(15, 120_000, 15)
"""A story is in ten feeds or so of this kind, and there are hundreds of them."""
_ROOMS = {
    "editions": Room(30, 270_000, 10),  # one is as long as its stories together
    "topic": _NARROW,
    "entity": _NARROW,
    "publisher": _NARROW,
}
FORMATS = (("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("json", "application/feed+json"))
"""Endings of the files and media types, in the order in which pages name them."""
SUBJECTS = ("section", "topic", "entity", "publisher")

_OF_A_NUMBER, _OF_A_SOURCE, _OF_A_PART = 90, 180, 40
"""Characters of HTML around a number in the text, a source in the list and a part, beside what they say."""


Changing = Story | EditionPage | Corrected
"""What items tell of."""


class Entry(Struct, frozen=True, eq=False, dict=True):
    """An item before it is made. Each is itself alone, so that items can be looked up by it at no cost."""

    of: StoryPage | EditionPage | Corrected

    @property
    def made_of(self) -> tuple[object, ...]:
        """All that its item shows; a story's neighbours are not in it, so that they may change and the feed stands."""
        return (self.of.view,) if isinstance(self.of, StoryPage) else (self.of,)

    @property
    def unit(self) -> str:
        """The unit of the story or edition of whose words it is made."""
        if not isinstance(self.of, Corrected):
            return self.of.unit
        item = self.of.item
        return story_unit(item.slug) if isinstance(item, Story) else edition_unit(item.slug)

    @property
    def published(self) -> datetime:
        if isinstance(self.of, Corrected):
            return self.of.published
        return (self.of.story if isinstance(self.of, StoryPage) else self.of.edition).published

    @property
    def changed(self) -> datetime:
        """The moment of its last change."""
        return self.of.story.changed if isinstance(self.of, StoryPage) else self.of.changed

    @cached_property
    def weight(self) -> int:
        """About the characters of its content. It is told from the model, so that a feed is cut before it is made."""
        if isinstance(self.of, Corrected):
            return len(self.of.correction.was) + len(self.of.correction.now)
        if isinstance(self.of, StoryPage):
            return _weight(self.of.story)
        return sum(_weight(page.story) for page in self.of.pages) + _written(self.of.edition)


def _weight(story: Story) -> int:
    sources = sum(
        _OF_A_SOURCE + len(source.url) + len(source.title or "") + sum(map(len, source.passages))
        for source in story.sources.values()
    )
    return _written(story) + len(story.dek) + sources


def _written(item: Story | Edition) -> int:
    number = _OF_A_NUMBER + len(item.slug)
    return sum(_OF_A_PART + len(text) + text.count("@") * number for _, text in item.texts())


def _key(item: Changing) -> Key:
    """The key by which items are sorted."""
    if isinstance(item, Corrected):
        return item.changed, item.first_path
    return in_time(item.edition if isinstance(item, EditionPage) else item)


class Series(Struct, frozen=True, dict=True):
    """A feed before it is made: all that can be followed under one name."""

    kind: str
    """`editions`, `stories`, `corrections`, or the kind of a subject."""
    name: str
    """The beginning of its files' names: `stories`, `topics/chips`."""
    label: str
    """What a list of feeds calls it, where the newsletter is known."""
    title: str
    about: str
    home: str
    """The path of the page that it tells of."""
    entries: Sequence[Entry]
    """Newest first."""
    everything: Sequence[Changing]
    """What these tell of."""
    lost: tuple[Withdrawal, ...]
    """What was withdrawn from it, or may have been, even if it stands again."""
    has_history: bool
    unit: str = ""
    """The subject of which it is; empty for those of the whole site."""

    @property
    def room(self) -> Room:
        return _ROOMS.get(self.kind, _ROOM)

    @cached_property
    def changed(self) -> datetime:
        """The newest change of what it has room for, and what has left it (`generator.render.dates`)."""
        entries, zone, most = self.entries, self.zone, self.room.items + 1
        lost = [Gone(self._stood(gone), gone.changed_at(zone)) for gone in self.lost]
        return last_change(entries, lambda start: fitting(entries[start : start + most], self.room), lost)

    def _stood(self, gone: Withdrawal) -> datetime:
        """When the newest item came of what was withdrawn; where nobody says it, the last moment."""
        if self.kind == "corrections":
            return max(gone.corrections, default=gone.changed_at(self.zone))
        return gone.published_at(self.zone)

    @property
    def zone(self) -> tzinfo | None:
        """The zone of its newest item, in which days are meant."""
        return self.entries[0].published.tzinfo

    @property
    def slots(self) -> Slots:
        """The places of its items, and of what is known to have stood among them."""
        known = [gone for gone in self.lost if not gone.restored and (gone.was_in or not self.unit)]
        if not known:
            return Slots()
        oldest_first = self.everything[::-1]
        if self.kind == "corrections":
            noted = (((date, gone.first_path), gone) for gone in known for date in gone.corrections)
            return Slots.of(oldest_first, _key, noted)
        ours = (gone for gone in known if gone.is_edition == (self.kind == "editions"))
        return Slots.of(oldest_first, _key, (((gone.published_at(self.zone), gone.first_slug), gone) for gone in ours))

    @property
    def links(self) -> tuple[FeedLink, ...]:
        """The feed in every format."""
        return tuple(FeedLink(self.title, type_, permalinks.feed_path(self.name, suffix)) for suffix, type_ in FORMATS)


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
    """The documents of a feed in which a change may show: of what is full, where an item changed, or came before it."""
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


def fitting(entries: Iterable[Entry], room: Room) -> int:
    """How many of the newest entries a feed has room for; one in any case."""
    size = number = 0
    for number, entry in enumerate(entries, start=1):
        size += entry.weight
        if number > room.items or (number > 1 and size > room.size):
            return number - 1
    return number


class Following(Struct, frozen=True, dict=True):
    """Everything that can be followed on a site."""

    site: Site
    words: Words
    _entries: dict[str, Entry] = field(default_factory=dict)
    """The entries of stories by slug: one for each, since several feeds show it."""

    @cached_property
    def links(self) -> tuple[FeedLink, ...]:
        """The feeds of the whole site in every format, which each of its pages names."""
        return tuple(chain.from_iterable(self._main(name, (), ()).links for name in feed_names(self.site)))

    def wanted(self) -> Iterator[Series]:
        """The feeds whose files are wanted."""
        yield from self.main()
        for kind in SUBJECTS:
            yield from self.subjects(kind, self.site.reach)

    def main(self) -> Iterator[Series]:
        """The feeds of the site as a whole."""
        site = self.site
        found: dict[str, Callable[[], tuple[Sequence[Entry], Sequence[Changing]]]] = {
            "editions": lambda: ([*map(Entry, site.editions)], site.editions),
            "stories": self._all_stories,
            "corrections": lambda: ([*map(Entry, site.corrections)], site.corrections),
        }
        yield from (self._main(name, *found[name]()) for name in feed_names(site))

    def _all_stories(self) -> tuple[Sequence[Entry], Sequence[Changing]]:
        stories = from_last(self.site.stories)
        return _Newest(stories.slugs, self._story), stories

    def _main(self, name: str, entries: Sequence[Entry], everything: Sequence[Changing]) -> Series:
        title = self.words.text(f"feed-{name}", site=self.site.newsletter.name)
        about = self.words.text(f"feed-{name}-about", tagline=ended(self.site.newsletter.tagline))
        return Series(
            kind=name,
            name=name,
            label=self.words.text(f"follow-{name}"),
            title=title,
            about=about,
            home="",
            entries=entries,
            everything=everything,
            lost=self._lost(name),
            has_history=self.site.outputs.feed_history,
        )

    def _lost(self, name: str) -> tuple[Withdrawal, ...]:
        return tuple(gone for gone in (*self.site.withdrawn, *self.site.restored) if gone.left(name))

    def subjects(self, kind: str, reach: Reach = WHOLE) -> Iterator[Series]:
        """The feeds of all sections, topics, entities or publishers that a change reaches."""
        if not has_feeds(self.site, kind):
            return
        if kind == "publisher":
            found = (page for id_, page in self.site.publishers.items() if subject_unit(kind, id_) in reach)
            yield from filter(None, map(self.publisher, found))
        else:
            named = (subject for id_, subject in self.site.subjects[kind].items() if subject_unit(kind, id_) in reach)
            yield from filter(None, map(self.subject, named))

    def subject(self, subject: Subject) -> Series | None:
        """The feed of a section, topic or entity, where the site has such feeds."""
        about = subject.description or self._told("about", subject.kind, subject.title)
        return self._gathered(subject.kind, subject.id, subject.title, about, subject.stories)

    def publisher(self, page: PublisherPage) -> Series | None:
        """The feed of the stories that cite a publisher, where the site has such feeds."""
        publisher = page.publisher
        about = self._told("about", "publisher", publisher.name)
        stories = [place.story for place in page.places]
        return self._gathered("publisher", publisher.id, publisher.name, about, stories)

    def _gathered(self, kind: str, id_: str, name: str, about: str, stories: Sequence[Story]) -> Series | None:
        if not has_feeds(self.site, kind):
            return None
        entries = _Newest(slugs_of(stories), self._story)
        path = permalinks.subject_path(kind, id_)
        file = path.rstrip("/")
        return Series(
            kind=kind,
            name=file,
            label=name,
            title=self._told("title", kind, name),
            about=about,
            home=path,
            entries=entries,
            everything=stories,
            lost=self._lost(file),
            has_history=self.site.outputs.subject_history,
            unit=subject_unit(kind, id_),
        )

    def _told(self, what: str, kind: str, name: str) -> str:
        of = "publisher" if kind == "publisher" else "subject"
        return self.words.text(f"feed-{of}-{what}", name=name, site=self.site.newsletter.name)

    def _story(self, slug: str) -> Entry:
        if slug not in self._entries:
            self._entries[slug] = Entry(self.site.story_pages[slug])
        return self._entries[slug]


class _Newest(Sequence[Entry]):
    """The items of stories, each when it is first asked for."""

    def __init__(self, slugs: Sequence[str], entry: Callable[[str], Entry]) -> None:
        self._slugs, self._entry = slugs, entry

    def __len__(self) -> int:
        return len(self._slugs)

    @overload
    def __getitem__(self, place: int) -> Entry: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Entry]: ...
    def __getitem__(self, place: int | slice) -> Entry | Sequence[Entry]:
        if isinstance(place, slice):
            return _Newest(self._slugs[place], self._entry)
        return self._entry(self._slugs[place])


def has_feeds(site: Site, kind: str) -> bool:
    """Whether each subject of a kind has a feed of its own."""
    return site.outputs.feeds and site.outputs.subject_feeds and site.outputs.has(kind)


def feed_names(site: Site) -> Iterator[str]:
    """The feeds of the whole site that have items; one without would say nothing and is left out."""
    if not site.outputs.feeds:
        return
    if site.editions:
        yield "editions"
    if site.stories:
        yield "stories"
    if site.corrections:
        yield "corrections"
