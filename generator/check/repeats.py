"""Rules on repeats: what was told within three days is told again only as an update."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec import Struct

from generator.check.rules import Finding
from generator.model.content import Library, Story
from generator.model.threads import threads
from generator.prose.briefs import briefs

WINDOW = timedelta(days=3)
_WORD = re.compile(r"\w{3,}")
_ALIKE = 0.6
"""Share of the words of two headlines, or of those mentioned, that makes two stories one event."""
_LEAST = 3
"""Shared mentions; fewer are in the news together too often."""


class _Told(NamedTuple):
    """A story as it is compared."""

    story: Story
    when: datetime
    event: date | None
    mentions: frozenset[str]
    topics: frozenset[str]
    title: frozenset[str]


def same_event(library: Library) -> Iterator[tuple[str, Finding]]:
    """Stories near in time that share headline words, or the day of the event and most of those involved."""
    linked = _Linked.of(library)
    recent: deque[_Told] = deque()
    for told in sorted(map(_told, library.stories.values()), key=lambda t: (t.when, t.story.slug)):
        while recent and told.when - recent[0].when > WINDOW:
            recent.popleft()
        for earlier in recent:
            if _is_same(earlier, told) and not linked.are(earlier.story, told.story):
                what = f"`{earlier.story.slug}` told this event {_ago(earlier.when, told.when)}"
                hint = f"If this continues it, write `updates: {earlier.story.slug}`; if it is the same, leave it out."
                yield told.story.file, Finding(("title",), what, hint)
                break
        recent.append(told)


def _told(story: Story) -> _Told:
    title = frozenset(_WORD.findall(story.title.casefold()))
    return _Told(story, story.published, story.event, frozenset(story.mentions), frozenset(story.topics), title)


def _is_same(one: _Told, other: _Told) -> bool:
    if one.event and other.event and abs(one.event - other.event) > timedelta(days=1):
        return False
    if len(one.title & other.title) >= _ALIKE * len(one.title | other.title):
        return bool(one.title)
    if one.event is None or one.event != other.event:
        return False
    shared, fewer = one.mentions & other.mentions, min(len(one.mentions), len(other.mentions))
    return len(shared) >= _LEAST and len(shared) >= _ALIKE * fewer and bool(one.topics & other.topics)


def repeated_source(library: Library) -> Iterator[tuple[str, Finding]]:
    """One page cited by two stories near in time that are neither of one thread nor side by side in one edition."""
    linked = _Linked.of(library)
    cited: dict[str, Story] = {}
    for story in sorted(library.stories.values(), key=lambda story: (story.published, story.slug)):
        for brief in briefs(story):
            earlier = cited.get(brief.page)
            near = earlier is not None and earlier is not story and story.published - earlier.published <= WINDOW
            if earlier and near and not linked.are(earlier, story) and not linked.beside(earlier, story):
                what = f"`{earlier.slug}` cited this page {_ago(earlier.published, story.published)}"
                hint = f"If this story continues it, write `updates: {earlier.slug}`; if it repeats it, leave it out."
                yield story.file, Finding(("citations", brief.id), what, hint, at_key=True)
            cited[brief.page] = story


class _Linked(Struct, frozen=True):
    """Which stories an editor has put together."""

    thread_of: dict[str, str]
    editions_of: dict[str, set[str]]

    @staticmethod
    def of(library: Library) -> _Linked:
        editions: dict[str, set[str]] = {}
        for edition in library.editions.values():
            for slug in edition.stories:
                editions.setdefault(slug, set()).add(edition.slug)
        return _Linked({slug: thread[0].slug for slug, thread in threads(library.stories).items()}, editions)

    def are(self, one: Story, other: Story) -> bool:
        return one.slug in self.thread_of and self.thread_of[one.slug] == self.thread_of.get(other.slug)

    def beside(self, one: Story, other: Story) -> bool:
        return bool(self.editions_of.get(one.slug, set()) & self.editions_of.get(other.slug, set()))


def _ago(earlier: datetime, later: datetime) -> str:
    days = (later.date() - earlier.date()).days
    return {0: "on the same day", 1: "a day earlier"}.get(days, f"{days} days earlier")
