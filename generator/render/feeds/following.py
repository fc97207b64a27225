"""Find every feed of a site: those of the whole, and of each section, topic, entity and publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import cached_property
from itertools import chain

from msgspec import Struct, field

from generator.model import permalinks
from generator.model.content import Story
from generator.model.reach import WHOLE, Reach, subject_unit
from generator.model.site import Site
from generator.model.stories import from_last, slugs_of
from generator.model.subjects import PublisherPage, Subject
from generator.model.withdrawals import Withdrawal
from generator.render.feeds.entries import Entry, Picked
from generator.render.feeds.series import SUBJECTS, Changing, Series, feed_names, has_feeds
from generator.render.head import FeedLink
from generator.words import Words, ended


class Following(Struct, frozen=True, dict=True):
    """Everything that can be followed on a site."""

    site: Site
    words: Words
    _entries: dict[str, Entry] = field(default_factory=dict)
    """The entries of stories by slug, one for each, since several feeds show it."""

    @cached_property
    def links(self) -> tuple[FeedLink, ...]:
        """The feeds of the whole site in every format, which every page names."""
        return tuple(chain.from_iterable(self._main(name, (), ()).links for name in feed_names(self.site)))

    def wanted(self) -> Iterator[Series]:
        """The feeds whose files are wanted."""
        yield from self.main()
        for kind in SUBJECTS:
            yield from self.subjects(kind, self.site.reach)
        yield from filter(None, (self.subject(each) for each in self.site.emptied if each.unit in self.site.reach))

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
        return Picked(self._story, stories.slugs), stories

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
            first_slugs=self.site.first_slugs,
        )

    @cached_property
    def _begun(self) -> datetime | None:
        """When the oldest story was published."""
        return next((story.published for story in self.site.stories.values()), None)

    def _lost(self, *names: str) -> tuple[Withdrawal, ...]:
        """What went from the feed under any of its names."""
        gone = (*self.site.withdrawn, *self.site.restored)
        return tuple(each for each in gone if any(map(each.left, names)))

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
        """The feed of a section, topic or entity, or of what is empty by now, where the site has such feeds."""
        about = subject.description or self._told("about", subject.kind, subject.title)
        return self._gathered(subject.kind, subject.id, subject.title, about, subject.stories, subject.was)

    def publisher(self, page: PublisherPage) -> Series | None:
        """The feed of the stories that cite a publisher, where the site has such feeds."""
        publisher = page.publisher
        about = self._told("about", "publisher", publisher.name)
        stories = [place.story for place in page.places]
        return self._gathered("publisher", publisher.id, publisher.name, about, stories, publisher.was)

    def _gathered(
        self, kind: str, id_: str, name: str, about: str, stories: Sequence[Story], was: Sequence[str]
    ) -> Series | None:
        if not has_feeds(self.site, kind):
            return None
        entries = Picked(self._story, slugs_of(stories))
        path = permalinks.subject_path(kind, id_)
        file = path.rstrip("/")
        earlier = self.site.earlier(kind, was)
        before = tuple(permalinks.subject_path(kind, old).rstrip("/") for old in earlier)
        lost = self._lost(file, *before)
        return Series(
            kind=kind,
            name=file,
            label=name,
            title=self._told("title", kind, name),
            about=about,
            home=path if stories else self.site.folder(kind),
            entries=entries,
            everything=stories,
            lost=lost,
            has_history=self.site.outputs.subject_history,
            begun=None if stories or lost else self._begun,
            unit=subject_unit(kind, id_),
            was=before,
            first_slugs=self.site.first_slugs,
        )

    def _told(self, what: str, kind: str, name: str) -> str:
        of = "publisher" if kind == "publisher" else "subject"
        return self.words.text(f"feed-{of}-{what}", name=name, site=self.site.newsletter.name)

    def _story(self, slug: str) -> Entry:
        if slug not in self._entries:
            self._entries[slug] = Entry(self.site.story_pages[slug])
        return self._entries[slug]
