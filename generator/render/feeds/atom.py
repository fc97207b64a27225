"""Atom (RFC 4287)."""

from __future__ import annotations

import re
from functools import partial

from generator.model.authors import Author
from generator.model.permalinks import CARD
from generator.render.feeds.feed import Feed, FeedItem
from generator.render.feeds.series import FORMATS
from generator.render.xml import NAMESPACES, block, line, of_lines

SUFFIX, TYPE = FORMATS[1]
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
"""What an id must be in Atom (RFC 4287, section 4.2.6; RFC 3986, section 3); RSS and JSON Feed take any text."""


def write(feed: Feed) -> bytes:
    """The feed as an Atom document. Dates are RFC 3339."""
    newsletter, site, editor = feed.site.newsletter, feed.site, feed.site.newsletter.editor
    author = line(2, "name", editor.name) + line(2, "email", editor.email) + line(2, "uri", site.base_url)
    lines = [
        line(1, "id", feed.id),
        line(1, "title", feed.title),
        line(1, "subtitle", feed.description),
        line(1, "updated", feed.updated.isoformat()),
        line(1, "fh:archive") if feed.is_archive else "",
        *(line(1, "link", rel=rel, type=TYPE, href=address) for rel, address in feed.links(SUFFIX)),
        line(1, "link", rel="alternate", type="text/html", href=feed.home),
        *(line(1, "link", rel="hub", href=hub) for hub in feed.hubs),
        block(1, "author", author),
        line(1, "rights", newsletter.copyright) if newsletter.copyright else "",
        line(1, "generator", "Citewire"),
        line(1, "logo", site.url(CARD)),
        *(item.written(SUFFIX, partial(_entry, site.base_url)) for item in feed.items),
    ]
    history = {"xmlns:fh": NAMESPACES["fh"]} if feed.is_archive else {}
    root = {**history, "xmlns": NAMESPACES["atom"], "xml:lang": newsletter.language}
    return of_lines("feed", root, "".join(lines))


def _person(author: Author, base_url: str) -> str:
    """A person construct, which may be of a group as well (RFC 4287, section 3.2)."""
    uri = base_url if author.is_us else author.site
    return line(3, "name", author.name) + (line(3, "uri", uri) if uri else "")


def _entry(base_url: str, item: FeedItem) -> str:
    lines = [
        line(2, "id", item.id if _URI.match(item.id) else item.uri),
        line(2, "title", item.title),
        line(2, "link", rel="alternate", type="text/html", href=item.url),
        line(2, "published", item.published.isoformat()),
        line(2, "updated", item.updated.isoformat()),
        *(block(2, "author", _person(author, base_url)) for author in item.authors),
        *(
            line(2, "category", term=category.id, scheme=f"{base_url}#{category.kind}", label=category.name)
            for category in item.categories
        ),
        line(2, "summary", item.summary),
        line(2, "content", item.html, type="html"),
    ]
    return block(1, "entry", "".join(lines))
