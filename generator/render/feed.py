"""Feeds, before any format: what a subscriber gets. The serialisers turn it into RSS, Atom and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_DNS, uuid5

from generator.model import permalinks
from generator.model.artifacts import Values
from generator.model.content import Edition, Image, Story
from generator.model.site import Corrected, EditionPage, Site, StoryPage
from generator.render.assets import CARD_SIZE
from generator.render.head import FeedLink
from generator.typeset.templates import Templates
from generator.words import Words

ITEM_LIMIT = 30
SIZE_LIMIT = 400_000
"""Characters of content in one feed: readers refuse feeds of some megabytes."""


@dataclass(frozen=True, slots=True)
class Category:
    """What an item is about: a section, a topic or an entity."""

    kind: str
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    url: str
    type: str
    width: int
    height: int
    alt: str
    credit: str


@dataclass(frozen=True, slots=True)
class Item:
    """An edition or a story, in full."""

    id: str
    """The id by which subscribers know it: minted here, or kept from the feed in which it was published before."""
    uri: str
    """The one that was minted here, for formats that take nothing but a URI."""
    url: str
    title: str
    summary: str
    html: str
    author: str
    published: datetime
    updated: datetime
    categories: tuple[Category, ...]
    picture: Picture | None
    page: StoryPage | EditionPage | None = None
    """What it is an item of; None for a correction."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed in all its formats; `url` gives the address of one."""

    name: str
    """`editions`, `stories` or `corrections`: the beginning of its files' names."""
    id: str
    title: str
    description: str
    items: tuple[Item, ...]
    site: Site

    @property
    def updated(self) -> datetime:
        """The newest change of an item: the only thing that may change a feed."""
        return max(item.updated for item in self.items)

    def url(self, suffix: str) -> str:
        return self.site.url(permalinks.feed_path(self.name, suffix))


FORMATS = (("rss.xml", "application/rss+xml"), ("atom.xml", "application/atom+xml"), ("json", "application/feed+json"))
"""Endings of the files and media types, in the order in which pages name them."""


def feed_links(site: Site, words: Words) -> tuple[FeedLink, ...]:
    """The feeds that the site has, in every format, for discovery."""
    return tuple(
        FeedLink(words.text(f"feed-{name}", site=site.newsletter.name), type_, permalinks.feed_path(name, suffix))
        for name in feed_names(site)
        for suffix, type_ in FORMATS
    )


def feed_names(site: Site) -> Iterator[str]:
    """The feeds that have items; one without would say nothing and is left out."""
    if not site.outputs.feeds:
        return
    if site.editions:
        yield "editions"
    if site.stories:
        yield "stories"
    if site.corrections:
        yield "corrections"


def feed(templates: Templates, name: str, cards: frozenset[str] = frozenset()) -> Feed:
    """One of the feeds that `feed_names` names, bounded."""
    site, words = templates.site, templates.words
    return Feed(
        name,
        uuid5(NAMESPACE_DNS, f"{site.newsletter.authority}/feeds/{name}").urn,
        words.text(f"feed-{name}", site=site.newsletter.name),
        words.text(f"feed-{name}-about", tagline=site.newsletter.tagline),
        tuple(_bounded(_MAKERS[name](templates, cards))),
        site,
    )


def feed_made_of(site: Site, name: str) -> Values:
    """What a feed is made from: no more pages than it can hold, of which fewer may fit."""
    pages: Mapping[str, Values] = {"editions": site.editions, "stories": site.newest_first}
    return (name, pages[name][:ITEM_LIMIT] if name in pages else site.corrections[:ITEM_LIMIT])


def _editions(templates: Templates, cards: frozenset[str]) -> Iterator[Item]:
    return (_edition(templates, page, cards) for page in templates.site.editions)


def _stories(templates: Templates, cards: frozenset[str]) -> Iterator[Item]:
    return (_story(templates, page, cards) for page in templates.site.newest_first)


def _bounded(items: Iterable[Item]) -> Iterator[Item]:
    size = 0
    for number, item in enumerate(items):
        size += len(item.html)
        if number == ITEM_LIMIT or (number and size > SIZE_LIMIT):
            return
        yield item


def _edition(templates: Templates, page: EditionPage, cards: frozenset[str]) -> Item:
    site, edition = templates.site, page.edition
    path = permalinks.edition_path(edition.slug)
    first = permalinks.edition_path(edition.renamed_from or edition.slug)
    minted = permalinks.item_id(site.newsletter.authority, edition.published, first)
    return Item(
        id=_kept_id(edition) or minted,
        uri=minted,
        url=site.url(path),
        title=edition.title,
        summary=edition.dek,
        html=templates.away("feed-edition.html", site.url(path), page=page),
        author=edition.made_by.editor,
        published=edition.published,
        updated=page.changed,
        categories=tuple(Category("section", shelf.section.id, shelf.section.title) for shelf in page.shelves),
        picture=_picture(site, page.lead.image, path, edition.title, cards),
        page=page,
    )


def _story(templates: Templates, page: StoryPage, cards: frozenset[str]) -> Item:
    site, story = templates.site, page.story
    path = permalinks.story_path(story.slug)
    first = permalinks.story_path(story.renamed_from or story.slug)
    categories = (
        Category("section", page.view.section.id, page.view.section.title),
        *(Category("topic", topic.id, topic.name) for topic in page.view.topics),
        *(Category("entity", entity.id, entity.name) for entity in page.view.mentions),
    )
    minted = permalinks.item_id(site.newsletter.authority, story.published, first)
    return Item(
        id=_kept_id(story) or minted,
        uri=minted,
        url=site.url(path),
        title=story.title,
        summary=story.dek,
        html=templates.away("feed-story.html", site.url(path), page=page, view=page.view),
        author=story.byline or site.newsletter.editor.name,
        published=story.published,
        updated=story.changed,
        categories=categories,
        picture=_picture(site, story.image, path, story.title, cards),
        page=page,
    )


def _kept_id(item: Story | Edition) -> str | None:
    """The id that an item had in the feed in which it was published before."""
    return item.imported.id if item.imported else None


def _corrections(templates: Templates, cards: frozenset[str]) -> Iterator[Item]:
    return (_correction(templates, corrected) for corrected in templates.site.corrections)


def _correction(templates: Templates, corrected: Corrected) -> Item:
    site, item, note, section = templates.site, corrected.item, corrected.correction, corrected.section
    anchor, url = permalinks.correction_anchor(note.date), site.url(corrected.path)
    minted = permalinks.item_id(site.newsletter.authority, item.published, f"{corrected.first_path}{anchor}")
    return Item(
        id=minted,
        uri=minted,
        url=f"{url}#{anchor}",
        title=templates.words.text("correction-of", title=item.title),
        summary=note.now,
        html=templates.away("feed-correction.html", url, corrected=corrected, note=note),
        author=site.newsletter.editor.name,
        published=note.date,
        updated=note.date,
        categories=(Category("section", section.id, section.title),) if section else (),
        picture=None,
    )


_MAKERS = {"editions": _editions, "stories": _stories, "corrections": _corrections}

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}


def _picture(site: Site, image: Image | None, path: str, title: str, cards: frozenset[str]) -> Picture | None:
    """The card of a page, else its picture: what the page shows of itself where it is shared."""
    card = permalinks.card_path(path)
    if card in cards:
        return Picture(site.url(card), "image/png", *CARD_SIZE, title, site.newsletter.name)
    if image is None:
        return None
    kind = _TYPES[image.file.rpartition(".")[2].lower()]
    return Picture(
        site.url(permalinks.image_path(image.file)), kind, image.width, image.height, image.alt, image.credit
    )
