"""Read RSS and Atom with feedparser. Of all formats, only feeds have the ids that feed readers know.

A feed only has the newest items, unless it links to older ones (RFC 5005, `next` and `prev-archive`).
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import feedparser

from generator.importers.dates import when
from generator.importers.value import Bundle, Imported, OldSite, Posts, Unread, UnreadableError, text


def read(bundle: Bundle, old: OldSite) -> Posts:
    """The items of a feed, page by page if it has pages."""
    for name in bundle.ending(".xml", ".rss", ".atom", ".rdf"):
        for parsed, where in bundle.pages(name, old, _parsed, _next):
            yield from _items(parsed, where)


def _parsed(data: bytes, url: str, name: str) -> Any:
    headers = {"content-location": url} if url else {}
    parsed = feedparser.parse(io.BytesIO(data), response_headers=headers, sanitize_html=False)
    if not parsed.get("version") and not parsed.entries:
        raise UnreadableError(f"{name} is no feed that can be read: {parsed.get('bozo_exception', 'it has no items')}")
    return parsed


def _next(parsed: Any) -> str:
    links = {link.get("rel"): link.get("href", "") for link in parsed.feed.get("links", ())}
    return str(links.get("next") or links.get("prev-archive") or "")


def _items(parsed: Any, name: str) -> Iterator[Imported | Unread]:
    for number, entry in enumerate(parsed.entries, 1):
        title = text(entry.get("title"))
        where = f"{name}, {text(entry.get('id')) or f'item {number}'}"
        html, is_whole = _text_of(entry)
        if not html:
            yield Unread(where, f"{title or 'it'} has no text")
            continue
        summary = entry.get("summary", "") if is_whole else ""
        yield Imported(
            where=where,
            title=title,
            published=when(entry.get("published")) or when(dict.get(entry, "updated")) or when(entry.get("created")),
            html=html,
            address=text(entry.get("link")),
            id=text(entry.get("id")),
            is_id_told=bool(entry.get("id")),
            summary=summary if summary != html else "",
            author=text(entry.get("author")),
            tags=tuple(text(tag.get("label"), tag.get("term")) for tag in entry.get("tags", ())),
            updated=when(dict.get(entry, "updated")),  # the library falls back to `published`
            guesses=() if is_whole else ("the text: this feed may hold summaries alone",),
        )


def _text_of(entry: Any) -> tuple[str, bool]:
    """The text of an item, and whether the feed declares it to be complete."""
    whole = max((content.get("value", "") for content in entry.get("content", ())), key=len, default="")
    return (whole, True) if whole.strip() else (entry.get("summary", ""), False)
