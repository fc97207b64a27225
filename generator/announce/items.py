"""What can be announced: recent editions and stories of the published site."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from generator.model import permalinks
from generator.model.content import Edition, Story
from generator.model.journal import minted_id
from generator.model.site import Site


class News(Struct, frozen=True):
    """An edition or a story as channels announce it."""

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
    present_id: str = ""
    """The id by its current name: Citewire once announced renamed editions by it."""

    @property
    def key(self) -> str:
        """The id in the form of an idempotency key."""
        return hashlib.sha256(self.id.encode()).hexdigest()[:32]


def fresh(site: Site, of: str, folder: Path, now: datetime, within: timedelta) -> list[News]:
    """The `editions` or `stories` of the last hours that are in the folder of the published site, oldest first.

    The limit keeps a first run from posting the archive, and one after a long pause from posting old news.
    """
    found = _editions(site) if of == "editions" else _stories(site)
    is_new = (item for item in found if now - within < item.published <= now)
    built = (i for i in is_new if (folder / permalinks.file_of(i.url.removeprefix(site.base_url))).is_file())
    return sorted(built, key=lambda item: (item.published, item.id))


def _editions(site: Site) -> Iterator[News]:
    for page in site.editions:
        edition = page.edition
        yield _item(site, edition, "edition", edition.one_line)


def _stories(site: Site) -> Iterator[News]:
    for page in site.story_pages.values():
        story = page.story
        yield _item(site, story, "story", story.dek)


def _item(site: Site, of: Story | Edition, kind: str, summary: str) -> News:
    authority = site.newsletter.authority
    return News(
        kind=kind,
        id=minted_id(authority, of),
        url=site.url(of.path),
        title=of.title,
        summary=summary,
        published=of.published,
        language=site.newsletter.language,
        newsletter=site.newsletter.name,
        present_id=permalinks.item_id(authority, of.published, of.path),
    )
