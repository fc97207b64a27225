"""What is out: which stories and editions readers see at a moment. The one place that knows drafts and schedules."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import chain
from typing import TypeVar

from msgspec.structs import replace

from generator.model.content import Edition, Story
from generator.model.fingerprint import fingerprint
from generator.model.library import Library, Renewed

Item = TypeVar("Item", Story, Edition)


def out(library: Library, now: datetime) -> Library:
    """The library as readers see it at `now` (with its zone): without drafts and what is published later.

    A story comes out at its own time, or with the first edition that names it, whichever is earlier. An edition that
    names a draft waits for it. So an edition that is out is always whole.
    """
    items: Iterable[Story | Edition] = chain(library.stories.values(), library.editions.values())
    if not any(item.draft or item.published > now for item in items):
        return library
    drafts = {slug for slug, story in library.stories.items() if story.draft}
    editions = {s: e for s, e in library.editions.items() if is_out(e, now) and drafts.isdisjoint(e.stories)}
    brought = {slug for edition in editions.values() for slug in edition.stories}
    stories = {
        slug: story
        for slug, story in library.stories.items()
        if not story.draft and (slug in brought or is_out(story, now))
    }
    if len(stories) == len(library.stories) and len(editions) == len(library.editions):
        return library
    held_back = (
        *sorted(library.stories.keys() - stories.keys()),
        "",
        *sorted(library.editions.keys() - editions.keys()),
    )
    return replace(library, stories=stories, editions=editions, renewed=_without(library.renewed, held_back))


def _without(renewed: Renewed | None, held_back: Iterable[str]) -> Renewed | None:
    """Turn fingerprints of all items into those of what is out: where other items were held back, they are others."""
    if renewed is None:
        return None
    before, now = (fingerprint(stands, *held_back) if stands else "" for stands in (renewed.before, renewed.now))
    return replace(renewed, before=before, now=now)


def preview(library: Library, now: datetime) -> Library:
    """The whole library, in which everything that is not out at `now` is marked as a draft."""
    visible = out(library, now)
    stories = {slug: s if slug in visible.stories else _marked(s) for slug, s in library.stories.items()}
    editions = {slug: e if slug in visible.editions else _marked(e) for slug, e in library.editions.items()}
    return replace(library, stories=stories, editions=editions, renewed=None)


def _marked(item: Item) -> Item:
    """The item as a draft. Its digest differs, since the mark is not in its file."""
    return replace(item, draft=True, digest=f"{item.digest} held back" if item.digest else "")


def held(library: Library, now: datetime) -> Iterator[tuple[Story | Edition, str]]:
    """What readers do not see at `now`, and why: stories, then editions, by their names."""
    visible = out(library, now)
    for slug, story in sorted(library.stories.items()):
        if slug not in visible.stories:
            yield story, "it is a draft" if story.draft else f"it is published {story.published.isoformat()}"
    for slug, edition in sorted(library.editions.items()):
        if slug not in visible.editions:
            drafts = [name for name in edition.stories if name in library.stories and library.stories[name].draft]
            waits = f"it names the draft {drafts[0]}" if drafts else f"it is published {edition.published.isoformat()}"
            yield edition, "it is a draft" if edition.draft else waits


def is_out(item: Story | Edition, now: datetime) -> bool:
    """Whether an item is no draft and its time has come."""
    return not item.draft and item.published <= now


def without(library: Library, files: Collection[str]) -> Library:
    """The library without what stands in some files, nor the editions that name such a story."""
    if not files:
        return library
    stories = {slug: story for slug, story in library.stories.items() if story.file not in files}
    unread = {slug for slug, partial in library.partial_stories.items() if partial.item.file in files}
    gone = (library.stories.keys() - stories.keys()) | unread
    editions = {
        slug: edition
        for slug, edition in library.editions.items()
        if edition.file not in files and gone.isdisjoint(edition.stories)
    }
    return replace(library, stories=stories, editions=editions, renewed=None)
