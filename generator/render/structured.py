"""Structured data (schema.org as JSON-LD) for the head of a page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from generator.model import permalinks
from generator.model.authors import Author, authors
from generator.model.content import Correction, Edition, Source, Story
from generator.model.linked import Reference
from generator.model.pages import EditionPage, StoryPage
from generator.model.permalinks import LOGO
from generator.model.site import Site
from generator.model.vocabulary import Entity
from generator.words import shortened

Node = dict[str, Any]

HEADLINE_LIMIT = 110
"""Characters of a headline that search engines show."""

_ENTITY_TYPES = {"company": "Organization", "institution": "Organization", "person": "Person"}
"""Types of schema.org by kind of entity. Others are a plain Thing: a Product would need offers and ratings."""


def script(nodes: list[Node]) -> str:
    """A script element that holds the nodes. `<` is escaped, so it cannot end the element early."""
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = msgspec.json.encode(graph).decode().replace("<", "\\u003c").replace("&", "\\u0026")
    return f'<script type="application/ld+json">{text}</script>'


def publisher(site: Site) -> Node:
    return {
        "@type": "Organization",
        "@id": site.url("#publisher"),
        "name": site.newsletter.name,
        "url": site.base_url,
        "logo": {"@type": "ImageObject", "url": site.url(LOGO)},
    }


def _publisher_ref(site: Site) -> Node:
    return {"@id": site.url("#publisher")}


def website(site: Site) -> Node:
    return {
        "@type": "WebSite",
        "@id": site.url("#website"),
        "url": site.base_url,
        "name": site.newsletter.name,
        "description": site.newsletter.tagline,
        "inLanguage": site.newsletter.language,
        "publisher": _publisher_ref(site),
    }


def breadcrumbs(site: Site, steps: Iterable[tuple[str, str]]) -> Node:
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": site.url(path)}
        for number, (name, path) in enumerate(steps, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def headline(text: str) -> str:
    """A headline cut between words where it is too long for a search engine."""
    return shortened(text, HEADLINE_LIMIT)


def _thing(entity: Entity) -> Node:
    node: Node = {"@type": _ENTITY_TYPES.get(entity.kind, "Thing"), "name": entity.name}
    if entity.site:
        node["url"] = entity.site
    return node


def _cited(source: Source, publisher_name: str) -> Node:
    node: Node = {
        "@type": "CreativeWork",
        "url": source.url,
        "publisher": {"@type": "Organization", "name": publisher_name},
        "name": source.called,
    }
    if source.author:
        known = {publisher_name.casefold(): Author(publisher_name, is_person=False)}
        node["author"] = _one_or_more([_who(author) for author in authors(source.author, known)])
    if source.published:
        node["datePublished"] = source.published.isoformat()
    return node


def _citations(references: Iterable[Reference]) -> list[Node]:
    return [_cited(reference.source, reference.publisher.name) for reference in references]


def article(site: Site, page: StoryPage, picture: str) -> Node:
    """A story as a NewsArticle with everything it cites."""
    story, url = page.story, site.url(page.story.path)
    node: Node = {
        "@type": "NewsArticle",
        "@id": url,
        "url": url,
        "mainEntityOfPage": url,
        "headline": headline(story.title),
        "description": story.dek,
        "datePublished": story.published.isoformat(),
        "dateModified": story.changed.isoformat(),
        "inLanguage": site.newsletter.language,
        "articleSection": page.view.section.title,
        "author": _authors(site, page.view.authors),
        "publisher": _publisher_ref(site),
        "image": [picture],
        "citation": _citations(page.references),
    }
    if page.view.topics:
        node["keywords"] = [topic.name for topic in page.view.topics]
        node["about"] = [{"@type": "Thing", "name": topic.name} for topic in page.view.topics]
    if page.view.mentions:
        node["mentions"] = [_thing(entity) for entity in page.view.mentions]
    if page.view.original:
        node["isBasedOn"] = page.view.original.url
    node |= _corrections(url, story)
    if page.editions:
        node["isPartOf"] = {"@id": site.url(page.editions[0].path)}
    return node


def _corrections(url: str, item: Story | Edition) -> Node:
    notes = [_correction(url, note) for note in item.corrections]
    return {"correction": notes} if notes else {}


def _correction(url: str, note: Correction) -> Node:
    """https://schema.org/CorrectionComment"""
    return {
        "@type": "CorrectionComment",
        "@id": f"{url}#{permalinks.correction_anchor(note.date)}",
        "text": f"{note.was} \N{RIGHTWARDS ARROW} {note.now}",
        "datePublished": note.date.isoformat(),
    }


def _authors(site: Site, signing: Iterable[Author]) -> Node | list[Node]:
    """The signing authors. The newsletter itself is the page's publisher."""
    return _one_or_more([_who(author, site) for author in signing])


def _who(author: Author, site: Site | None = None) -> Node:
    node: Node = {"@type": "Person" if author.is_person else "Organization", "name": author.name}
    if site and author.is_us:
        is_publisher = author.name == site.newsletter.name
        return node | (_publisher_ref(site) if is_publisher else {}) | {"url": site.base_url}
    return node | ({"url": author.site} if author.site else {})


def _edited(site: Site, editors: Iterable[Author]) -> Node:
    """The editors. Schema.org accepts only a person as editor, so a desk becomes an author."""
    people: list[Author] = []
    desks: list[Author] = []
    for editor in editors:
        (people if editor.is_person else desks).append(editor)
    return {role: _authors(site, some) for role, some in (("editor", people), ("author", desks)) if some}


def _one_or_more(nodes: list[Node]) -> Node | list[Node]:
    return nodes[0] if len(nodes) == 1 else nodes


def issue(site: Site, page: EditionPage, picture: str) -> Node:
    """An edition as a PublicationIssue with its stories as parts, as much as the front page shows of it."""
    edition = page.edition
    url = site.url(edition.path)
    parts = [
        {
            "@type": "NewsArticle",
            "@id": site.url(view.story.path),
            "url": site.url(view.story.path),
            "headline": headline(view.story.title),
            "datePublished": view.story.published.isoformat(),
            "dateModified": view.story.changed.isoformat(),
            "author": _authors(site, view.authors),
            "image": [site.url(permalinks.image_path(view.story.image.plain)) if view.story.image else picture],
        }
        for shelf in page.shelves
        for view in shelf.stories
    ]
    return {
        "@type": "PublicationIssue",
        "@id": url,
        "url": url,
        "name": edition.title,
        "description": edition.dek,
        "abstract": edition.one_line,
        "issueNumber": page.number,
        "datePublished": edition.published.isoformat(),
        "dateModified": page.changed.isoformat(),
        "inLanguage": site.newsletter.language,
        **_edited(site, page.editors),
        "publisher": _publisher_ref(site),
        "isPartOf": {"@type": "Periodical", "name": site.newsletter.name, "url": site.base_url},
        "hasPart": parts,
    }


def whole_issue(site: Site, page: EditionPage, picture: str) -> Node:
    """The same with what the page of the edition shows besides: its sources and its corrections."""
    return {
        **issue(site, page, picture),
        "citation": _citations(page.references),
        **_corrections(site.url(page.edition.path), page.edition),
    }


def collection(site: Site, name: str, description: str, path: str, items: Iterable[tuple[str, str]]) -> Node:
    """A page that lists others."""
    elements = [
        {"@type": "ListItem", "position": number, "name": title, "url": site.url(item)}
        for number, (title, item) in enumerate(items, start=1)
    ]
    return {
        "@type": "CollectionPage",
        "@id": site.url(path),
        "url": site.url(path),
        "name": name,
        "description": description,
        "inLanguage": site.newsletter.language,
        "isPartOf": {"@id": site.url("#website")},
        "mainEntity": {"@type": "ItemList", "itemListElement": elements},
    }


def edition_crumbs(site: Site, edition: Edition, title: str) -> Node:
    steps = ((site.newsletter.name, ""), (title, permalinks.archive_path()), (edition.title, edition.path))
    return breadcrumbs(site, steps)
