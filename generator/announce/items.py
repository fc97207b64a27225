"""What can be announced: editions and stories that are on the published site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from generator.model import permalinks
from generator.model.site import Site


class Item(Struct, frozen=True):
    """An edition or a story, as channels tell of it."""

    kind: str
    """`edition` or `story`."""
    id: str
    """A `tag:` URI that never changes."""
    url: str
    title: str
    summary: str
    published: datetime
    language: str
    newsletter: str

    @property
    def key(self) -> str:
        """The id as services take it for a key against posting twice."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:32]


def fresh(site: Site, of: str, folder: Path, now: datetime, within: timedelta) -> list[Item]:
    """The `editions` or `stories` of the last hours that stand in the folder of the published site, oldest first.

    The hours keep a first run from posting the archive, and one after a long pause from posting what is no news.
    """
    found = _editions(site) if of == "editions" else _stories(site)
    is_new = (item for item in found if now - within < item.published <= now)
    standing = (i for i in is_new if (folder / permalinks.file_of(i.url.removeprefix(site.base_url))).is_file())
    return sorted(standing, key=lambda item: (item.published, item.id))


def _editions(site: Site) -> Iterator[Item]:
    for page in site.editions:
        path = permalinks.edition_path(page.edition.slug)
        yield _item(site, "edition", path, path, page.edition.title, page.edition.one_line, page.edition.published)


def _stories(site: Site) -> Iterator[Item]:
    for page in site.story_pages.values():
        story = page.story
        first = permalinks.story_path(story.renamed_from or story.slug)
        yield _item(site, "story", permalinks.story_path(story.slug), first, story.title, story.dek, story.published)


def _item(site: Site, kind: str, path: str, first: str, title: str, summary: str, published: datetime) -> Item:
    id_ = permalinks.item_id(site.newsletter.authority, published, first)
    named = {"language": site.newsletter.language, "newsletter": site.newsletter.name}
    return Item(kind, id_, site.url(path), title, summary, published, **named)
