"""Site maps for search engines, and robots.txt.

https://www.sitemaps.org/protocol.html
https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import takewhile
from xml.etree import ElementTree

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.content import Story
from generator.model.reach import PLACES
from generator.model.site import Site
from generator.render.xml import document, element

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
LIMIT = 50_000
"""Most addresses in one sitemap (sitemaps.org, "Using Sitemap index files")."""
NEWS_LIMIT = 1_000
NEWS_AGE = timedelta(days=2)

Dated = tuple[str, datetime | None]
"""The path of a page, and when its content last changed, if known."""

_INDEX = ("sitemapindex", "sitemap")

ElementTree.register_namespace("news", NEWS)


def maps(site: Site, pages: Sequence[Dated]) -> Iterator[Artifact]:
    """Every sitemap of the site. Past `LIMIT` addresses `sitemap.xml` is an index of numbered maps."""
    if site.outputs.sitemap and PLACES in site.reach:
        yield from _maps(site, pages)
    if news_stories(site):
        yield Artifact(permalinks.NEWS_SITEMAP, Order.FEED, partial(news, site), tuple(news_stories(site)))
    yield Artifact("robots.txt", Order.FEED, partial(robots, site), (bool(news_stories(site)),))


def _maps(site: Site, pages: Sequence[Dated]) -> Iterator[Artifact]:
    if len(pages) <= LIMIT:
        yield Artifact(permalinks.SITEMAP, Order.FEED, partial(sitemap, site, pages), tuple(pages), unit=PLACES)
        return
    groups = {
        f"sitemap-{start // LIMIT + 1}.xml": pages[start : start + LIMIT] for start in range(0, len(pages), LIMIT)
    }
    for path, group in groups.items():
        yield Artifact(path, Order.FEED, partial(sitemap, site, group), tuple(group), unit=PLACES)
    dated = [(path, max((day for _, day in group if day), default=None)) for path, group in groups.items()]
    yield Artifact(permalinks.SITEMAP, Order.FEED, partial(sitemap, site, dated, _INDEX), tuple(dated), unit=PLACES)


def sitemap(site: Site, pages: Iterable[Dated], tags: tuple[str, str] = ("urlset", "url")) -> bytes:
    """A map of pages, or with other tags an index of maps."""
    root = ElementTree.Element(tags[0], xmlns=NAMESPACE)
    for path, modified in pages:
        node = element(root, tags[1])
        element(node, "loc", site.url(path))
        if modified:
            element(node, "lastmod", modified.isoformat())
    return document(root)


def news_stories(site: Site) -> list[Story]:
    """The stories of the two days up to the newest one, newest first: what is news does not depend on the clock."""
    stories = [*site.stories.values()][::-1] if site.outputs.news else []
    return list(takewhile(lambda story: story.published > stories[0].published - NEWS_AGE, stories))[:NEWS_LIMIT]


def news(site: Site) -> bytes:
    """The news sitemap."""
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for story in news_stories(site):
        node = element(root, "url")
        element(node, "loc", site.url(story.path))
        told = element(node, f"{{{NEWS}}}news")
        publication = element(told, f"{{{NEWS}}}publication")
        element(publication, f"{{{NEWS}}}name", site.newsletter.name)
        element(publication, f"{{{NEWS}}}language", _language(site.newsletter.language))
        element(told, f"{{{NEWS}}}publication_date", story.published.isoformat())
        element(told, f"{{{NEWS}}}title", story.title)
    return document(root)


def _language(tag: str) -> str:
    """A language code for news sitemaps: ISO 639, and two kinds of Chinese."""
    language = tag.lower().split("-")[0]
    if language != "zh":
        return language
    return "zh-tw" if {"hant", "tw", "hk", "mo"} & set(tag.lower().split("-")) else "zh-cn"


def robots(site: Site) -> bytes:
    """Allows everything to everybody, and names the sitemaps."""
    named = [permalinks.SITEMAP] if site.outputs.sitemap else []
    named += [permalinks.NEWS_SITEMAP] if news_stories(site) else []
    lines = ["User-agent: *", "Allow: /", *([""] if named else []), *(f"Sitemap: {site.url(path)}" for path in named)]
    return ("\n".join(lines) + "\n").encode()
