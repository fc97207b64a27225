"""The map of the site for search engines (https://www.sitemaps.org/protocol.html) and its robots.txt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from xml.etree import ElementTree

from generator.model.site import Site
from generator.render.xml import document, element

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(site: Site, pages: Iterable[tuple[str, datetime | None]]) -> bytes:
    """Every page that may be found, by path, with the moment at which what it shows last changed, where it is known."""
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for path, modified in pages:
        node = element(root, "url")
        element(node, "loc", site.url(path))
        if modified:
            element(node, "lastmod", modified.isoformat())
    return document(root)


def robots(site: Site) -> bytes:
    return f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n".encode()
