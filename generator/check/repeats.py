"""Rules on repeats: within three days, an event is reported again only as an update."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from math import ceil
from typing import NamedTuple

from msgspec import Struct

from generator.check.rules import Finding
from generator.model.content import Story
from generator.model.library import Library
from generator.model.order import in_time
from generator.model.threads import threads
from generator.prose.briefs import briefs

WINDOW = timedelta(days=3)
_WORD = re.compile(r"\w{3,}")
_ALIKE = 0.6
"""Share of common words of two headlines, or of common mentions, that makes two stories one event."""
_LEAST = 3
"""Fewest shared mentions; fewer are in the news together too often."""


class _Told(NamedTuple):
    """A story as compared."""

    story: Story
    title: frozenset[str]
    """The words of its headline."""


def same_event(library: Library) -> Iterator[tuple[str, Finding]]:
    """Stories close in time that share headline words, or the day of the event and most of those involved."""
    linked = _Linked.of(library)
    recent = _Recent()
    for told in sorted(map(_told, library.stories.values()), key=lambda told: in_time(told.story)):
        recent.forget(told.story.published - WINDOW)
        for earlier in recent.like(told):
            if _waits(earlier.story, told.story):
                continue
            if _is_same(earlier, told) and not linked.are(earlier.story, told.story):
                what = f"`{earlier.story.slug}` told this event {_ago(earlier.story, told.story)}"
                hint = f"If this continues it, write `updates: {earlier.story.slug}`; if it is the same, leave it out."
                yield told.story.file, Finding(("title",), what, hint)
                break
        recent.add(told)


def _waits(earlier: Story, later: Story) -> bool:
    """Whether only the earlier story is a draft: nobody has read it, so the later one is no repeat."""
    return earlier.draft and not later.draft


def _told(story: Story) -> _Told:
    return _Told(story, frozenset(_WORD.findall(story.title.casefold())))


class _Recent:
    """Recent stories, indexed by headline words and by the day of their event.

    This way a story is compared only with the few that may be about the same.
    """

    def __init__(self) -> None:
        self._all: deque[_Told] = deque()
        self._by: dict[str | date, deque[_Told]] = defaultdict(deque)

    def add(self, told: _Told) -> None:
        """Add the next story, in order of time."""
        self._all.append(told)
        for sign in self._signs(told):
            self._by[sign].append(told)

    def forget(self, before: datetime) -> None:
        """Drop stories published before a moment."""
        while self._all and self._all[0].story.published < before:
            for sign in self._signs(self._all.popleft()):
                self._by[sign].popleft()

    def like(self, told: _Told) -> list[_Told]:
        """Return candidates for the same event, oldest first; none is missed.

        Similar headlines share so many words that at least one of the rarest is shared, so only those are looked up.
        """
        shared = ceil(_ALIKE * len(told.title))
        rarest = sorted((self._by.get(word, ()) for word in told.title), key=len)[: len(told.title) - shared + 1]
        of_event = self._by.get(told.story.event, ()) if told.story.event else ()
        found = {other.story.slug: other for some in (*rarest, of_event) for other in some}
        return sorted(found.values(), key=lambda other: in_time(other.story))

    @staticmethod
    def _signs(told: _Told) -> Iterator[str | date]:
        yield from told.title
        if told.story.event:
            yield told.story.event


def _is_same(one: _Told, other: _Told) -> bool:
    event, others = one.story.event, other.story.event
    if event and others and abs(event - others) > timedelta(days=1):
        return False
    if len(one.title & other.title) >= _ALIKE * len(one.title | other.title):
        return bool(one.title)
    if event is None or event != others:
        return False
    mentions, theirs = set(one.story.mentions), set(other.story.mentions)
    shared, fewer = mentions & theirs, min(len(mentions), len(theirs))
    is_shared = len(shared) >= _LEAST and len(shared) >= _ALIKE * fewer
    return is_shared and not set(one.story.topics).isdisjoint(other.story.topics)


def repeated_source(library: Library) -> Iterator[tuple[str, Finding]]:
    """A page cited by two stories close in time that are neither in one thread nor in one edition."""
    linked = _Linked.of(library)
    cited: dict[str, Story] = {}
    out: dict[str, Story] = {}  # the same without drafts, for stories that are not drafts
    for story in sorted(library.stories.values(), key=in_time):
        for number, page in enumerate(story.source_keys):
            earlier = (cited if story.draft else out).get(page)
            near = earlier is not None and earlier is not story and story.published - earlier.published <= WINDOW
            if earlier and near and not linked.are(earlier, story) and not linked.beside(earlier, story):
                what = f"`{earlier.slug}` cited this page {_ago(earlier, story)}"
                hint = f"If this story continues it, write `updates: {earlier.slug}`; if it repeats it, leave it out."
                yield story.file, Finding(("citations", briefs(story)[number].id), what, hint, at_key=True)
            cited[page] = story
            if not story.draft:
                out[page] = story


class _Linked(Struct, frozen=True):
    """Which stories an editor has connected."""

    thread_of: dict[str, str]
    editions_of: dict[str, set[str]]

    @staticmethod
    def of(library: Library) -> _Linked:
        """Build it from everything written, readable as a whole or not."""
        editions: dict[str, set[str]] = {}
        for edition in library.written_editions:
            for slug in edition.stories:
                editions.setdefault(slug, set()).add(edition.slug)
        written = {story.slug: story for story in library.written_stories}
        return _Linked({slug: thread[0].slug for slug, thread in threads(written).items()}, editions)

    def are(self, one: Story, other: Story) -> bool:
        return one.slug in self.thread_of and self.thread_of[one.slug] == self.thread_of.get(other.slug)

    def beside(self, one: Story, other: Story) -> bool:
        return bool(self.editions_of.get(one.slug, set()) & self.editions_of.get(other.slug, set()))


def _ago(earlier: Story, later: Story) -> str:
    days = (later.published.date() - earlier.published.date()).days
    return {0: "on the same day", 1: "a day earlier"}.get(days, f"{days} days earlier")
