"""A feed independent of its format; `rss`, `atom` and `jsonfeed` write it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar
from uuid import NAMESPACE_DNS, uuid5

from msgspec import Struct, field

from generator.model.authors import Author
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.render.feeds.documents import Document

T = TypeVar("T")


class Category(Struct, frozen=True):
    """A category of an item: a section, a topic or an entity."""

    kind: str
    id: str
    name: str


class Picture(Struct, frozen=True):
    url: str
    type: str
    width: int
    height: int
    alt: str
    credit: str


class FeedItem(Struct, frozen=True):
    """An edition or a story, in full."""

    id: str
    """The id that subscribers know it by: minted here, or kept from the feed where it was published before."""
    uri: str
    """The id minted here, for formats that accept only a URI."""
    url: str
    title: str
    summary: str
    html: str
    authors: tuple[Author, ...]
    """Who signs it."""
    published: datetime
    updated: datetime
    categories: tuple[Category, ...]
    picture: Picture | None
    page: StoryPage | EditionPage | None = None
    """The page that it shows; None for a correction."""
    _written: dict[str, Any] = field(default_factory=dict)

    def written(self, suffix: str, write: Callable[[FeedItem], T]) -> T:
        """The item in a format, written once however many feeds show it."""
        if suffix not in self._written:
            self._written[suffix] = write(self)
        found: T = self._written[suffix]
        return found


class Feed(Struct, frozen=True):
    """A document of a feed with its items."""

    document: Document
    items: tuple[FeedItem, ...]
    site: Site

    @property
    def id(self) -> str:
        """The id of the feed, shared by its archive documents, since they are parts of it."""
        return uuid5(NAMESPACE_DNS, f"{self.site.newsletter.authority}/feeds/{self.document.series.name}").urn

    @property
    def title(self) -> str:
        return self.document.series.title

    @property
    def description(self) -> str:
        return self.document.series.about

    @property
    def home(self) -> str:
        """The address of the page that it is about."""
        return self.site.url(self.document.series.home)

    @property
    def is_archive(self) -> bool:
        return self.document.name != ""

    @property
    def updated(self) -> datetime:
        return self.document.updated

    @property
    def hubs(self) -> tuple[str, ...]:
        """The hubs that notify subscribers of changes; none for an archive document, since nobody subscribes to it."""
        return () if self.is_archive else self.site.hubs

    def links(self, suffix: str) -> Iterator[tuple[str, str]]:
        """Relations and addresses of itself and its neighbours in a format."""
        return ((rel, self.site.url(path)) for rel, path in self.document.links(suffix))
