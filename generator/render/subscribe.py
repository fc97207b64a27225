"""The page on which a reader finds every feed, and the list of them for feed readers (OPML 2.0, http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from xml.etree import ElementTree

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.render import rss
from generator.render.head import FeedLink
from generator.render.maker import Maker
from generator.render.xml import document, element


@dataclass(frozen=True, slots=True)
class Subscribe:
    """Makes `/subscribe/` and `feeds.opml`. Neither changes while the feeds stay the same ones."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact | Artifact]:
        if self.maker.feeds:
            yield PageArtifact(permalinks.SUBSCRIBE, "subscribe", Order.INDEX, self.page, None, (self.maker.feeds,))
            yield Artifact(permalinks.OPML, Order.FEED, partial(opml, self.maker), (self.maker.feeds,))

    def page(self) -> Page:
        words, site = self.maker.words, self.maker.site
        feeds = {title: tuple(links) for title, links in groupby(self.maker.feeds, key=lambda link: link.title)}
        return self.maker.list_page(
            "subscribe.html",
            permalinks.SUBSCRIBE,
            words.text("subscribe"),
            words.text("description-subscribe", site=site.newsletter.name),
            [(title, links[0].path) for title, links in feeds.items()],
            feeds=feeds,
        )


def opml(maker: Maker) -> bytes:
    """Every feed once, in RSS: a reader that imports the list should not get each of them three times."""
    root = ElementTree.Element("opml", version="2.0")
    head = element(root, "head")
    element(head, "title", maker.site.newsletter.name)
    element(head, "ownerName", maker.site.newsletter.editor.name)
    body = element(root, "body")
    for feed in maker.feeds:
        if feed.type == rss.TYPE:
            _outline(body, feed, maker)
    return document(root)


def _outline(body: ElementTree.Element, feed: FeedLink, maker: Maker) -> None:
    addresses = {"xmlUrl": maker.site.url(feed.path), "htmlUrl": maker.site.base_url}
    element(body, "outline", type="rss", version="RSS2", text=feed.title, title=feed.title, **addresses)
