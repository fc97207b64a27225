"""Write JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), with our own extension in each item.

`_citewire` holds as data what other formats can only show as text: numbered citations with their passages, what a story
is about, how important it is and why. `docs/machines.md` describes it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import msgspec

from generator.model import permalinks
from generator.model.pages import EditionPage, StoryPage
from generator.model.permalinks import LOGO
from generator.model.site import Site
from generator.model.vocabulary import Entity
from generator.render.feeds.feed import Feed, FeedItem
from generator.render.feeds.series import FORMATS
from generator.render.records import Record, as_json, known, reference

SUFFIX, TYPE = FORMATS[2]


def write(feed: Feed) -> bytes:
    """The feed as a JSON Feed. Dates are RFC 3339."""
    newsletter, site, links = feed.site.newsletter, feed.site, dict(feed.links(SUFFIX))
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": links["self"],
        "description": feed.description,
        "language": newsletter.language,
        "icon": site.url(LOGO),
        "authors": [{"name": newsletter.editor.name, "url": site.base_url}],
        "items": [item.written(SUFFIX, partial(_item, site)) for item in feed.items],
    }
    if older := links.get("prev-archive"):
        document["next_url"] = older
    if feed.hubs:
        document["hubs"] = [{"type": "WebSub", "url": hub} for hub in feed.hubs]
    return as_json(document)


def _item(site: Site, item: FeedItem) -> msgspec.Raw:
    node: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [known(name=a.name, url=site.base_url if a.is_us else a.site) for a in item.authors],
        "tags": [category.name for category in item.categories],
    }
    if item.picture:
        node["image"] = item.picture.url
    if item.page:
        node["_citewire"] = _extension(item.page, site)
    return msgspec.Raw(msgspec.json.encode(node))


def _extension(page: StoryPage | EditionPage, site: Site) -> Record:
    citations = [reference(entry) for entry in page.references]
    if isinstance(page, EditionPage):
        return {"citations": citations}
    story = page.story
    return known(
        citations=citations,
        importance=story.importance and {"score": story.importance.score, "why": story.importance.why},
        sentiment=story.sentiment,
        entities=[_entity(entity, site) for entity in page.view.mentions],
    )


def _entity(entity: Entity, site: Site) -> Record:
    path = permalinks.subject_path("entity", entity.id)
    url = site.url(path) if site.outputs.entities else None
    return known(id=entity.id, name=entity.name, kind=entity.kind, url=url, site=entity.site)
