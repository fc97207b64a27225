"""Read JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

import html
from typing import Any

from generator.importers.dates import when
from generator.importers.structured import from_json, mappings
from generator.importers.value import Bundle, Imported, OldSite, Posts, Unread, text, texts


def is_one(value: Any) -> bool:
    return isinstance(value, dict) and "jsonfeed.org/version/" in text(value.get("version"))


def read(bundle: Bundle, old: OldSite) -> Posts:
    """The items of a feed, page by page if it names a next page."""
    for name in bundle.ending(".json"):
        for feed, where in bundle.pages(name, old, lambda data, _, where: from_json(where, data), _next):
            if where != name and not isinstance(feed, dict):
                yield Unread(where, "it is no page of a JSON Feed", is_lost=True)
            yield from _items(feed, where)


def _next(feed: Any) -> str:
    return text(feed.get("next_url")) if isinstance(feed, dict) else ""


def _items(feed: Any, name: str) -> Posts:
    for number, item in enumerate(mappings(feed.get("items") if isinstance(feed, dict) else None), 1):
        where, words = f"{name}, {text(item.get('id')) or f'item {number}'}", item.get("content_text")
        body = item.get("content_html") or (paragraphs(words) if isinstance(words, str) else "")
        if not isinstance(body, str) or not body.strip():
            yield Unread(where, f"{text(item.get('title')) or 'it'} has no text")
            continue
        yield Imported(
            where=where,
            title=text(item.get("title")),
            published=when(item.get("date_published")) or when(item.get("date_modified")),
            html=body,
            address=text(item.get("url")),
            id=text(item.get("id")),
            is_id_told=bool(text(item.get("id"))),
            summary=text(item.get("summary")),
            author=next(iter(texts(item.get("authors")) or texts([item.get("author")])), ""),
            tags=texts(item.get("tags")),
            updated=when(item.get("date_modified")),
        )


def paragraphs(words: str) -> str:
    """Plain text as HTML."""
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in words.split("\n\n") if part.strip())
