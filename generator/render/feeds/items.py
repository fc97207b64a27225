"""Make the items of feeds. Recent ones are cached, since several feeds show the same item."""

from __future__ import annotations

from collections.abc import Container
from datetime import datetime

from msgspec import Struct, field

from generator.model import permalinks
from generator.model.authors import Author
from generator.model.content import Image
from generator.model.corrected import Corrected
from generator.model.journal import minted_id
from generator.model.pages import EditionPage, StoryPage
from generator.model.permalinks import CARD_SIZE
from generator.model.site import Site
from generator.render.feeds.documents import Document
from generator.render.feeds.entries import Entry
from generator.render.feeds.feed import Category, Feed, FeedItem, Picture
from generator.typeset.templates import Templates

_TYPES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "webp": "image/webp", "gif": "image/gif"}


REMEMBERED = 2048
"""Items that are cached with their written forms: as many as the feeds of subjects show, which are the newest."""


class Items(Struct, frozen=True):
    """Makes feeds of one site, item by item."""

    templates: Templates
    cards: Container[str] = frozenset()
    """Paths of the cards that are drawn."""
    _made: dict[Entry, FeedItem] = field(default_factory=dict)

    @property
    def site(self) -> Site:
        return self.templates.site

    def feed(self, document: Document) -> Feed:
        """A document of a feed with its items in full."""
        return Feed(document, tuple(map(self.of, document.entries)), self.site)

    def of(self, entry: Entry) -> FeedItem:
        """The item of an entry."""
        item = self._made.pop(entry, None) or self._item(entry.of)
        while len(self._made) >= REMEMBERED:
            del self._made[next(iter(self._made))]
        self._made[entry] = item  # re-inserted at the end, so the least recently used one is dropped first
        return item

    def _item(self, of: StoryPage | EditionPage | Corrected) -> FeedItem:
        if isinstance(of, EditionPage):
            return self._edition(of)
        return self._story(of) if isinstance(of, StoryPage) else self._correction(of)

    def _edition(self, page: EditionPage) -> FeedItem:
        sections = tuple(Category("section", shelf.section.id, shelf.section.title) for shelf in page.shelves)
        html = self._html("feed-edition.html", self.site.url(page.edition.path), page=page)
        return self._whole(page, html, page.editors, page.changed, sections, page.lead.image)

    def _story(self, page: StoryPage) -> FeedItem:
        story, view = page.story, page.view
        categories = (
            Category("section", view.section.id, view.section.title),
            *(Category("topic", topic.id, topic.name) for topic in view.topics),
            *(Category("entity", entity.id, entity.name) for entity in view.mentions),
        )
        html = self._html("feed-story.html", self.site.url(story.path), page=page, view=view)
        return self._whole(page, html, view.authors, story.changed, categories, story.image)

    def _whole(
        self,
        page: StoryPage | EditionPage,
        html: str,
        authors: tuple[Author, ...],
        updated: datetime,
        categories: tuple[Category, ...],
        image: Image | None,
    ) -> FeedItem:
        """The item of a page, with the id from an earlier feed if it had one."""
        item, minted = page.item, minted_id(self.site.newsletter.authority, page.item)
        return FeedItem(
            id=(item.imported and item.imported.id) or minted,
            uri=minted,
            url=self.site.url(item.path),
            title=self._printed(item.title),
            summary=self._printed(item.dek),
            html=html,
            authors=authors,
            published=item.published,
            updated=updated,
            categories=categories,
            picture=self._picture(image, item.path, item.title),
            page=page,
        )

    def _correction(self, corrected: Corrected) -> FeedItem:
        site, item, note, section = self.site, corrected.item, corrected.correction, corrected.section
        anchor, url = corrected.anchor, site.url(corrected.path)
        minted = minted_id(site.newsletter.authority, item, anchor)
        return FeedItem(
            id=minted,
            uri=minted,
            url=f"{url}#{anchor}",
            title=self.templates.words.text("correction-of", title=self._printed(item.title)),
            summary=self._printed(note.now),
            html=self._html("feed-correction.html", url, corrected=corrected, note=note),
            authors=(Author(site.newsletter.name, is_person=False, is_us=True),),
            published=note.date,
            updated=note.date,
            categories=(Category("section", section.id, section.title),) if section else (),
            picture=None,
        )

    def _html(self, template: str, url: str, **context: object) -> str:
        """A text in full, marked where it runs right to left: feed readers assume left to right otherwise."""
        made, words = self.templates.away(template, url, **context), self.templates.words
        if words.text("direction") == "ltr":
            return made
        return f'<div lang="{self.site.newsletter.language}" dir="rtl">\n{made}</div>'

    def _printed(self, text: str) -> str:
        """An author's line as the item's page shows it."""
        return self.templates.quotes.plain(text)

    def _picture(self, image: Image | None, path: str, title: str) -> Picture | None:
        """What the page shows where it is shared: its card, else its picture."""
        site, card = self.site, permalinks.card_path(path)
        if card in self.cards:
            return Picture(site.url(card), "image/png", *CARD_SIZE, title, site.newsletter.name)
        if image is None:
            return None
        kind, url = _TYPES[image.plain.rpartition(".")[2].lower()], site.url(permalinks.image_path(image.plain))
        return Picture(url, kind, image.width, image.height, image.alt, image.credit)
