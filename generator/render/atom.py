"""Atom (RFC 4287)."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from generator.render.assets import CARD
from generator.render.feed import Feed, Item
from generator.render.series import FORMATS
from generator.render.xml import HISTORY, document, element

SUFFIX, TYPE = FORMATS[1]
NAMESPACE = "http://www.w3.org/2005/Atom"
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+\Z")
"""What an id must be in Atom (RFC 4287, section 4.2.6; RFC 3986, section 3); RSS and JSON Feed take any text."""


def write(feed: Feed) -> bytes:
    """The feed as an Atom document. Dates are RFC 3339."""
    newsletter, site = feed.site.newsletter, feed.site
    root = ElementTree.Element("feed", {"xmlns": NAMESPACE, "xml:lang": newsletter.language})
    element(root, "id", feed.id)
    element(root, "title", feed.title)
    element(root, "subtitle", feed.description)
    element(root, "updated", feed.updated.isoformat())
    if feed.is_archive:
        element(root, f"{HISTORY}archive")
    for rel, address in feed.links(SUFFIX):
        element(root, "link", rel=rel, type=TYPE, href=address)
    element(root, "link", rel="alternate", type="text/html", href=feed.home)
    for hub in feed.hubs:
        element(root, "link", rel="hub", href=hub)
    author = element(root, "author")
    element(author, "name", newsletter.editor.name)
    element(author, "email", newsletter.editor.email)
    element(author, "uri", site.base_url)
    if newsletter.copyright:
        element(root, "rights", newsletter.copyright)
    element(root, "generator", "Citewire")
    element(root, "logo", site.url(CARD))
    for item in feed.items:
        _entry(root, item, site.base_url)
    return document(root)


def _entry(root: ElementTree.Element, item: Item, base_url: str) -> None:
    entry = element(root, "entry")
    element(entry, "id", item.id if _URI.match(item.id) else item.uri)
    element(entry, "title", item.title)
    element(entry, "link", rel="alternate", type="text/html", href=item.url)
    element(entry, "published", item.published.isoformat())
    element(entry, "updated", item.updated.isoformat())
    element(element(entry, "author"), "name", item.author)
    for category in item.categories:
        element(entry, "category", term=category.id, scheme=f"{base_url}#{category.kind}", label=category.name)
    element(entry, "summary", item.summary)
    element(entry, "content", item.html, type="html")
