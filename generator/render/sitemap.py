"""The map of the site for search engines (https://www.sitemaps.org/protocol.html) and its robots.txt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from xml.etree import ElementTree

from generator.model import permalinks
from generator.model.site import Site
from generator.render.structured import changed
from generator.render.xml import document, element

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: Site, ordinary: Iterable[str]) -> bytes:
    """Every page that may be found. `ordinary` are the paths of the host's Markdown pages, which have no dates."""
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for path, modified in (*_dated(site), *((path, None) for path in sorted(ordinary))):
        node = element(root, "url")
        element(node, "loc", site.url(path))
        if modified:
            element(node, "lastmod", modified.isoformat())
    return document(root)


def robots(site: Site) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n".encode()


def _dated(site: Site) -> Iterator[tuple[str, datetime | None]]:
    """Pages with the moment at which what they show last changed."""
    newest = changed(site.editions[0]) if site.editions else None
    yield "", newest
    yield permalinks.archive_path(), newest
    years: dict[int, datetime] = {}
    for page in site.editions:
        when = changed(page)
        years[page.edition.day.year] = max(when, years.get(page.edition.day.year, when))
        yield permalinks.edition_path(page.edition.slug), when
    for year, when in years.items():
        yield permalinks.archive_path(year), when
    for page_ in site.stories.values():
        yield permalinks.story_path(page_.story.slug), page_.story.changed
    for section, stories in site.sections.items():
        yield permalinks.section_path(section), max(story.changed for story in stories)
        months: dict[str, datetime] = {}
        for story in stories:
            month = f"{story.published:%Y-%m}"
            months[month] = max(story.changed, months.get(month, story.changed))
        for month, when in months.items():
            yield permalinks.section_path(section, month), when
