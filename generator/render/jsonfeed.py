"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import json
from typing import Any

from generator import prose
from generator.render.assets import LOGO
from generator.render.feed import FORMATS, Feed, Item

SUFFIX, TYPE = FORMATS[2]


def write(feed: Feed) -> bytes:
    """The feed as a JSON Feed. Dates are RFC 3339."""
    newsletter, site = feed.site.newsletter, feed.site
    document: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": site.base_url,
        "feed_url": feed.url(SUFFIX),
        "description": feed.description,
        "language": newsletter.language,
        "icon": site.url(LOGO),
        "authors": [{"name": newsletter.editor.name, "url": site.base_url}],
        "items": [_item(item) for item in feed.items],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _item(item: Item) -> dict[str, Any]:
    node: dict[str, Any] = {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "content_text": prose.plain(item.html),
        "date_published": item.published.isoformat(),
        "date_modified": item.updated.isoformat(),
        "authors": [{"name": item.author}],
        "tags": [category.name for category in item.categories],
    }
    if item.picture:
        node["image"] = item.picture.url
    return node
