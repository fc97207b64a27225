"""Which stories and editions readers see at a moment. Only this module decides on drafts and scheduled items."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from generator.model.content import Edition, Story
from generator.model.fingerprint import fingerprint
from generator.model.library import Item, Library, Renewed
from generator.model.stories import column, having, moment_of, only, slug_of


def out(library: Library, now: datetime) -> Library:
    """The library as readers see it at `now` (time zone aware): without drafts and items published later.

    A story comes out at its own time, or with the first edition that names it, whichever is earlier. An edition that
    names a draft waits for it. So an edition that is out is always complete.
    """
    drafts = {story.slug for story in having(library.stories, "draft")}
    waiting = set(later(library.stories, now))
    if not drafts and not waiting and all(is_out(edition, now) for edition in library.editions.values()):
        return library
    editions = {s: e for s, e in library.editions.items() if is_out(e, now) and drafts.isdisjoint(e.stories)}
    brought = {slug for edition in editions.values() for slug in edition.stories}
    hidden = drafts | (waiting - brought)
    stories = only(library.stories, [slug for slug in library.stories if slug not in hidden])
    if len(stories) == len(library.stories) and len(editions) == len(library.editions):
        return library
    held_back = (
        *sorted(library.stories.keys() - stories.keys()),
        "",
        *sorted(library.editions.keys() - editions.keys()),
    )
    return replace(library, stories=stories, editions=editions, renewed=_without(library.renewed, held_back))


def later(stories: Mapping[str, Story], now: datetime) -> list[str]:
    """The slugs of the stories that are published later than `now`."""
    at = moment_of(now)
    return [slug for slug, moment in zip(stories, column(stories, "moment"), strict=True) if moment > at]


def _without(renewed: Renewed | None, held_back: Iterable[str]) -> Renewed | None:
    """Turn fingerprints of all items into those of what is out, which differ if other items are held back."""
    if renewed is None:
        return None
    before, now = (fingerprint(stands, *held_back) if stands else "" for stands in (renewed.before, renewed.now))
    return replace(renewed, before=before, now=now)


def preview(library: Library, now: datetime) -> Library:
    """The whole library, with everything that is not out at `now` marked as a draft."""
    visible = out(library, now)
    stories = {slug: s if slug in visible.stories else _marked(s) for slug, s in library.stories.items()}
    editions = {slug: e if slug in visible.editions else _marked(e) for slug, e in library.editions.items()}
    return replace(library, stories=stories, editions=editions, renewed=None)


def _marked(item: Item) -> Item:
    """The item as a draft, with another digest, since the mark is not in its file."""
    return replace(item, draft=True, digest=f"{item.digest} held back" if item.digest else "")


def held(library: Library, now: datetime) -> Iterator[tuple[Story | Edition, str]]:
    """Items that readers do not see at `now`, with the reason: stories, then editions, by slug."""
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
    """Whether an item is not a draft and its time has come."""
    return not item.draft and item.published <= now


def without(library: Library, files: Collection[str]) -> Library:
    """The library without the items in some files, and without the editions that name such a story."""
    if not files:
        return library
    named = [slug for slug in set(map(slug_of, files)) if slug in library.stories]
    left_out = {slug for slug in named if library.stories[slug].file in files}
    stories = only(library.stories, [slug for slug in library.stories if slug not in left_out])
    unread = {slug for slug, partial in library.partial_stories.items() if partial.item.file in files}
    gone = left_out | unread
    editions = {
        slug: edition
        for slug, edition in library.editions.items()
        if edition.file not in files and gone.isdisjoint(edition.stories)
    }
    return replace(library, stories=stories, editions=editions, renewed=None)
