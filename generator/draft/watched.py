"""Watched feeds: read their list (OPML), and their items (RSS and Atom with feedparser, and JSON Feed).

http://opml.org/spec2.opml, https://www.jsonfeed.org/version/1.1/
"""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import ParseError, iterparse

import feedparser
import msgspec
from msgspec import Struct

from generator.desk.markup import gather
from generator.desk.page import NAME_LIMIT, TITLE_LIMIT, Page, plain
from generator.model.address import web_fault, without_tracking
from generator.web.errors import WebError
from generator.web.response import Response

KINDS = (
    *("application/rss+xml", "application/atom+xml", "application/xml", "text/xml", "application/rdf+xml"),
    *("application/feed+json", "application/json", "text/plain", "text/html", "application/octet-stream", ""),
)
"""Media types that servers give feeds."""
ITEMS = 200
"""Items at the start of a feed that are read."""
_SUMMARY = 2000
"""Characters of an item's summary that are read."""


class FeedEntry(Struct, frozen=True):
    """An entry of a feed."""

    page: Page
    """What the feed says about the page."""
    published: datetime | None


class ListError(Exception):
    """A list of feeds cannot be read. The message says why."""


def feeds_of(opml: bytes) -> list[str]:
    """The addresses of the feeds in a list, in order and without duplicates. Raises `ListError`."""
    try:  # the editor's own file; expat limits how far entities expand
        outlines = [element for _, element in iterparse(BytesIO(opml)) if element.tag == "outline"]  # noqa: S314
    except ParseError as error:
        raise ListError(f"it is no list of feeds in OPML: {error}") from error
    addresses = list(dict.fromkeys(address.strip() for element in outlines if (address := element.get("xmlUrl"))))
    if not addresses:
        raise ListError("it names no feed: each is an `outline` with `xmlUrl`")
    if strange := [address for address in addresses if "://" not in address]:
        raise ListError(f"it names what is no address: {strange[0][:100]}")
    return addresses


def items_of(answer: Response) -> list[FeedEntry]:
    """The items of a feed. Raises `WebError` if it is not a feed."""
    if not answer.is_sound:
        raise WebError(f"it answers {answer.status_words}")
    body = answer.body or b""
    is_json = "json" in answer.kind or body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"
    found = list(_json_items(body, answer.at) if is_json else _xml_items(body, answer))
    return [item for item in found if item.page.title and not web_fault(item.page.url)]


def _xml_items(body: bytes, answer: Response) -> Iterator[FeedEntry]:
    headers = {"content-type": answer.headers.get("content-type", ""), "content-location": answer.at}
    feed: Any = feedparser.parse(BytesIO(body), response_headers=headers)
    if not feed.get("version"):
        raise WebError("it is no feed of RSS, Atom or JSON Feed")
    for entry in feed.entries[:ITEMS]:
        days = (entry[name] for name in ("published_parsed", "updated_parsed") if name in entry)
        day = next(filter(None, days), None)
        moment = datetime.fromtimestamp(timegm(day), UTC) if day else None
        yield _item(
            entry.get("link", ""), entry.get("title", ""), feed.feed.get("title", ""), entry.get("summary", ""), moment
        )


class _Entry(msgspec.Struct):
    url: str = ""
    title: str = ""
    summary: str = ""
    content_text: str = ""
    content_html: str = ""
    date_published: str = ""


class _Feed(msgspec.Struct):
    version: str
    items: list[_Entry]
    title: str = ""


def _json_items(body: bytes, at: str) -> Iterator[FeedEntry]:
    try:
        feed = msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=_Feed)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise WebError("it is no feed of RSS, Atom or JSON Feed") from error
    for entry in feed.items[:ITEMS]:
        text = entry.summary or entry.content_text or entry.content_html
        yield _item(_whole(at, entry.url), entry.title, feed.title, text, _moment(entry.date_published))


def _whole(at: str, url: str) -> str:
    """An address in the feed at `at`, made absolute; empty if invalid."""
    try:
        return urljoin(at, url)
    except ValueError:
        return ""


def _moment(text: str) -> datetime | None:
    """A date in RFC 3339; None without a zone."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _item(url: str, title: str, site: str, summary: str, moment: datetime | None) -> FeedEntry:
    """An item without its markup."""
    page = Page(
        without_tracking(url.strip()),
        _words(title)[:TITLE_LIMIT],
        _words(site)[:NAME_LIMIT],
        published=moment.date() if moment else None,
        paragraphs=tuple(gather(summary[:_SUMMARY]).paragraphs),
    )
    return FeedEntry(page, moment)


def _words(markup: str) -> str:
    return plain(" ".join(gather(markup[:_SUMMARY]).paragraphs))
