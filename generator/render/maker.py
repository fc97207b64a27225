"""What all makers of pages share: titles, previews, and rendering a body from its template."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from datetime import datetime
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from generator.escaping import escape
from generator.model import permalinks
from generator.model.additions import NO_ADDITIONS, Additions
from generator.model.artifacts import Page
from generator.model.content import Image, Story
from generator.model.permalinks import CARD, CARD_SIZE
from generator.model.site import Site
from generator.model.stories import column_of
from generator.render.feeds.following import Following
from generator.render.head import FeedLink, Preview, describe, head_html
from generator.render.structured import Node, breadcrumbs, collection, publisher, website
from generator.typeset.templates import Templates
from generator.words import Words


class Maker(Struct, frozen=True):
    """Makes pages of one site."""

    templates: Templates
    following: Following
    ordinary: tuple[str, ...] = ()
    """Paths of the pages made by the host, which ours may link to."""
    additions: Additions = NO_ADDITIONS
    cards: Container[str] = frozenset()
    """Paths of the cards that are drawn."""

    @property
    def site(self) -> Site:
        return self.templates.site

    @property
    def words(self) -> Words:
        return self.templates.words

    def title(self, title: str) -> str:
        return self.words.text("title-page", title=title, site=self.site.newsletter.name)

    def preview(
        self, title: str, description: str, path: str, image: Image | None = None, of: str | None = None, **more: Any
    ) -> Preview:
        """The preview of a page: its card, else its picture, else the newsletter's card.

        `of` is the path of another page whose card is shown instead.
        """
        card = permalinks.card_path(path if of is None else of)
        if card in self.cards:
            return Preview(title, description, path, self.site.url(card), title, CARD_SIZE, **more)
        if image:
            url, size = self.site.url(permalinks.image_path(image.plain)), (image.width, image.height)
            return Preview(title, description, path, url, image.alt, size, **more)
        return Preview(title, description, path, self.site.url(CARD), self.site.newsletter.name, CARD_SIZE, **more)

    def page(
        self,
        template: str,
        title: str,
        preview: Preview,
        nodes: list[Node],
        feeds: tuple[FeedLink, ...] = (),
        folio: str = "",
        current: str | None = None,
        **context: Any,
    ) -> Page:
        """A page from its template; the preview has its path and description.

        `folio` is the line below the newsletter's name, by default its tagline. `current` is the path of the navigation
        link that the page belongs to, by default its own.

        `feeds` are those of what the page shows. They come before those of the whole site, since readers take the
        first. `plain_terms` in the context are ids of terms that the page does not explain.
        """
        tagline = self.site.newsletter.tagline
        return Page(
            title=title,
            description=describe(preview.description),
            canonical=self.site.url(preview.path),
            head=head_html(self.site, preview, (*feeds, *self.following.links), nodes),
            body=self.templates.body(template, preview.path, feeds=feeds, **context),
            folio=folio or self.words.isolated(tagline, escape(tagline)),
            current=preview.path if current is None else current,
            current_as="page" if current in {None, preview.path} else "true",
        )

    def folio(self, path: str, **of: Any) -> str:
        """The day and edition that a page belongs to: `edition` with its `number`, or a `story` and its editions."""
        return self.templates.body("folio.html", path, **of).strip()

    def list_page(
        self,
        template: str,
        path: str,
        title: str,
        description: str,
        items: Iterable[tuple[str, str]],
        trail: Iterable[tuple[str, str]] = (),
        of: str | None = None,
        heading: Markup | None = None,
        **context: Any,
    ) -> Page:
        """A page that lists others, given as titles and paths; `trail` are the pages between it and the front page.

        `heading` is the title as HTML where it is a message and not a name.
        `of` says what the page is about where its title does not: a company and a publisher can have the same name.
        """
        steps = ((self.site.newsletter.name, ""), *trail, (title, path))
        nodes = [
            collection(self.site, title, description, path, items),
            website(self.site),
            publisher(self.site),
            breadcrumbs(self.site, steps),
        ]
        preview = self.preview(title, description, path)
        named = self.words.text("title-of", title=title, of=of) if of else title
        return self.page(template, self.title(named), preview, nodes, heading=heading or title, **context)


def newest_change(stories: Sequence[Story]) -> datetime:
    """When any of some stories last changed."""
    changed = column_of(stories, "changed")
    return stories[changed.index(max(changed))].changed
