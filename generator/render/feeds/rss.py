"""RSS 2.0 (https://www.rssboard.org/rss-specification) with the modules that readers use."""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from html import escape

from generator.model.permalinks import SMALL_LOGO
from generator.render.feeds.feed import Feed, FeedItem
from generator.render.feeds.series import FORMATS
from generator.render.xml import NAMESPACES, block, line, of_lines

SUFFIX, TYPE = FORMATS[0]
TTL = 60
"""Minutes before a reader needs to ask again."""


def write(feed: Feed) -> bytes:
    """The feed as an RSS document. Dates are RFC 822 with the zone that the editor gave."""
    newsletter, image = feed.site.newsletter, feed.site.url(SMALL_LOGO)
    lines = [
        line(2, "title", feed.title),
        line(2, "link", feed.home),
        line(2, "description", feed.description),
        line(2, "fh:archive") if feed.is_archive else "",
        *(line(2, "atom:link", rel=rel, type=TYPE, href=address) for rel, address in feed.links(SUFFIX)),
        *(line(2, "atom:link", rel="hub", href=hub) for hub in feed.hubs),
        line(2, "language", newsletter.language.lower()),
        line(2, "copyright", newsletter.copyright) if newsletter.copyright else "",
        line(2, "managingEditor", f"{newsletter.editor.email} ({newsletter.editor.name})"),
        line(2, "lastBuildDate", _date(feed.updated)),
        line(2, "generator", "Citewire"),
        line(2, "docs", "https://www.rssboard.org/rss-specification"),
        line(2, "ttl", str(TTL)),
        block(2, "image", line(3, "url", image) + line(3, "title", feed.title) + line(3, "link", feed.home)),
        *(item.written(SUFFIX, _item) for item in feed.items),
    ]
    return of_lines("rss", {**_namespaces(feed), "version": "2.0"}, block(1, "channel", "".join(lines)))


def _namespaces(feed: Feed) -> dict[str, str]:
    """The XML namespaces whose elements the document uses."""
    used = ["atom", "content", "dc"]
    used += ["fh"] if feed.is_archive else []
    used += ["media"] if any(item.picture for item in feed.items) else []
    return {f"xmlns:{prefix}": NAMESPACES[prefix] for prefix in used}


def _item(item: FeedItem) -> str:
    lines = [
        line(3, "title", item.title),
        line(3, "link", item.url),
        line(3, "guid", item.id, isPermaLink="false"),
        line(3, "pubDate", _date(item.published)),
        *(line(3, "dc:creator", author.name) for author in item.authors),
        *(line(3, "category", category.name, domain=category.kind) for category in item.categories),
        line(3, "description", escape(item.summary, quote=False)),  # readers take this for HTML
        line(3, "content:encoded", item.html),
    ]
    if item.picture:
        picture = item.picture
        size = {"width": str(picture.width), "height": str(picture.height)}
        told = line(4, "media:description", picture.alt, type="plain") + line(4, "media:credit", picture.credit)
        lines.append(block(3, "media:content", told, url=picture.url, type=picture.type, medium="image", **size))
    return block(2, "item", "".join(lines))


def _date(moment: datetime) -> str:
    return format_datetime(moment)
