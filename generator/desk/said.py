"""What an HTML page says of itself: title, author, dates, publisher.

Pages say it in several ways, some of them wrong. They are tried in the order of how well publishers maintain them:
JSON-LD (schema.org), `citation_*` (Google Scholar), Open Graph and `article:*`, Dublin Core, plain HTML.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import urljoin, urlsplit

from generator.desk.markup import gather
from generator.desk.page import NAME_LIMIT, TITLE_LIMIT, Page, day_of, person, plain


def html_page(url: str, text: str) -> Page:
    """Read the HTML found at an address."""
    found = gather(text)
    told = _article(found.data)
    publisher = told.get("publisher")
    publisher = publisher[0] if isinstance(publisher, list) and publisher else publisher
    by = publisher if isinstance(publisher, dict) else {"name": publisher}
    meta = found.meta
    days = (told.get("datePublished"), *_first(meta, _DAYS), found.day)
    return Page(
        url=_own(url, found.links.get("canonical") or meta.get("og:url") or ""),
        title=plain(told.get("headline"), *_first(meta, _TITLES), found.heading, found.title)[:TITLE_LIMIT],
        site=plain(by.get("name"), *_first(meta, _SITES))[:NAME_LIMIT],
        site_type=plain(by.get("@type")),
        author=person(_names(told.get("author")), *_first(meta, _AUTHORS), found.byline)[:NAME_LIMIT],
        published=next((day for day in map(day_of, days) if day), None),
        language=plain(told.get("inLanguage"), meta.get("og:locale", "").replace("_", "-"), found.language),
        paragraphs=tuple(text for text in found.paragraphs if text != " ".join(found.heading.split())),
    )


_TITLES = ("citation_title", "og:title", "dc.title", "dcterms.title", "twitter:title")
_SITES = (
    "og:site_name",
    "citation_publisher",
    "citation_journal_title",
    "dc.publisher",
    "dcterms.publisher",
    "application-name",
)
_AUTHORS = ("citation_author", "article:author", "author", "dc.creator", "dcterms.creator", "parsely-author")
_DAYS = (
    "citation_publication_date",
    "citation_date",
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "date",
    "pubdate",
)


def _first(meta: Mapping[str, str], names: Iterable[str]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _names(authors: Any) -> str:
    """The names of schema.org's `author`: a text, a person, or a list of them."""
    listed = authors if isinstance(authors, list) else [authors]
    names = [plain(author.get("name") if isinstance(author, dict) else author) for author in listed]
    return ", ".join(name for name in names if name)


def _article(texts: Iterable[str]) -> dict[str, Any]:
    """The JSON-LD object about the page itself: the first one with a headline."""
    for text in texts:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(found, 3):
            if isinstance(node.get("headline"), str):
                return node
    return {}


def _nodes(found: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(found, list) and depth:
        for entry in found:
            yield from _nodes(entry, depth - 1)
    elif isinstance(found, dict):
        yield found
        if depth:
            yield from _nodes(found.get("@graph", []), depth - 1)
            yield from _nodes(found.get("mainEntity", []), depth - 1)


def _own(url: str, canonical: str) -> str:
    """The page's canonical address if it is on the same host; otherwise the address itself."""
    try:
        named = urljoin(url, canonical) if canonical else url
    except ValueError:  # `http://[` is no address
        return url
    same = urlsplit(named).hostname == urlsplit(url).hostname and urlsplit(named).scheme in ("http", "https")
    is_home = urlsplit(named).path in ("", "/") and urlsplit(url).path not in ("", "/")
    return named if same and not is_home else url
