"""RSS 2.0 (https://www.rssboard.org/rss-specification) with the modules that readers use."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from xml.etree import ElementTree

from generator.render.assets import SMALL_LOGO
from generator.render.feed import Feed, Item
from generator.render.series import FORMATS
from generator.render.xml import ATOM, CONTENT, DC, HISTORY, MEDIA, document, element

SUFFIX, TYPE = FORMATS[0]
TTL = 60
"""Minutes for which a reader need not ask again."""


def write(feed: Feed) -> bytes:
    """The feed as an RSS document. Dates are RFC 822 with the zone that the editor gave."""
    newsletter, site = feed.site.newsletter, feed.site
    root = ElementTree.Element("rss", version="2.0")
    channel = element(root, "channel")
    element(channel, "title", feed.title)
    element(channel, "link", feed.home)
    element(channel, "description", feed.description)
    if feed.is_archive:
        element(channel, f"{HISTORY}archive")
    for rel, address in feed.links(SUFFIX):
        element(channel, f"{ATOM}link", rel=rel, type=TYPE, href=address)
    for hub in feed.hubs:
        element(channel, f"{ATOM}link", rel="hub", href=hub)
    element(channel, "language", newsletter.language.lower())
    if newsletter.copyright:
        element(channel, "copyright", newsletter.copyright)
    element(channel, "managingEditor", f"{newsletter.editor.email} ({newsletter.editor.name})")
    element(channel, "lastBuildDate", _date(feed.updated))
    element(channel, "generator", "Citewire")
    element(channel, "docs", "https://www.rssboard.org/rss-specification")
    element(channel, "ttl", str(TTL))
    image = element(channel, "image")
    element(image, "url", site.url(SMALL_LOGO))
    element(image, "title", feed.title)
    element(image, "link", feed.home)
    for item in feed.items:
        _item(channel, item)
    return document(root)


def _item(channel: ElementTree.Element, item: Item) -> None:
    node = element(channel, "item")
    element(node, "title", item.title)
    element(node, "link", item.url)
    element(node, "guid", item.id, isPermaLink="false")
    element(node, "pubDate", _date(item.published))
    element(node, f"{DC}creator", item.author)
    for category in item.categories:
        element(node, "category", category.name, domain=category.kind)
    element(node, "description", item.summary)
    element(node, f"{CONTENT}encoded", item.html)
    if item.picture:
        picture = item.picture
        size = {"width": str(picture.width), "height": str(picture.height)}
        media = element(node, f"{MEDIA}content", url=picture.url, type=picture.type, medium="image", **size)
        element(media, f"{MEDIA}description", picture.alt, type="plain")
        element(media, f"{MEDIA}credit", picture.credit)


def _date(moment: datetime) -> str:
    return format_datetime(moment)
