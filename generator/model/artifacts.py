"""Files of the site before they are made: each is declared by its path and a function that makes its bytes.

So a build knows all paths before it makes anything, and makes everything before it writes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import Any

from msgspec import Struct

Values = tuple[Any, ...]
"""Model values, numbers, texts, days, and tuples of them."""
Dependencies = Values | Callable[[], Values] | None
"""Values, or a function that finds them on demand, since an archive of pages holds many."""


def values(depends_on: Dependencies) -> Values | None:
    """Resolve dependencies to the values themselves."""
    return depends_on() if callable(depends_on) else depends_on


class Order(IntEnum):
    """When an artifact goes public, so that no reader meets a link to something that is not there yet."""

    ASSET = 0
    PAGE = 1
    INDEX = 2
    """Pages that link to others: the front page, archives, sections."""
    FEED = 3
    """Feeds and sitemaps, which robots follow at once."""


class Artifact(Struct, frozen=True):
    """One file of the site: its path and the function that makes its bytes."""

    path: str
    """Relative to the site's folder, with forward slashes."""
    order: Order
    make: Callable[[], bytes]
    depends_on: Dependencies = None
    """Everything the bytes depend on, apart from what the whole site depends on; None if not known."""
    near: str = ""
    """Files with the same word here need the same texts, so they are best made together."""
    unit: str = ""
    """The one unit that it is made from (`generator.model.reach`); empty if it is made from more."""
    modified: datetime | None = None
    """When the content of a page last changed; None if not known, and for files that are not pages."""
    weight: int = 1
    """How many pages could be made in the same time, roughly; 0 for a file that is best made with the one before it."""

    @property
    def made_of(self) -> Values | None:
        """The values themselves."""
        return values(self.depends_on)


class Page(Struct, frozen=True):
    """A page without the theme: the text for each slot of the chrome. HTML, except `title` and `description`."""

    title: str
    description: str
    canonical: str
    """The page's absolute address."""
    head: str
    """Feed discovery, Open Graph, structured data."""
    body: str
    folio: str = ""
    """The line below the newsletter's name: the day and the edition, or what the newsletter is about."""
    current: str = ""
    """The path of the chrome's link that counts as current on this page: its own, or that of its section."""
    current_as: str = "page"
    """The value of `aria-current` on that link: `page` if the link leads to this page, else `true`."""


class PageArtifact(Struct, frozen=True):
    """A page to be dressed. Pages of one kind share their chrome."""

    path: str
    """The path of its address, such as `stories/meta/`."""
    kind: str
    order: Order
    make: Callable[[], Page]
    modified: datetime | None
    """When the content of the page last changed; None if not known."""
    depends_on: Dependencies = None
    """Everything the page depends on, apart from what the whole site depends on; None if not known."""
    near: str = ""
    unit: str = ""

    @property
    def made_of(self) -> Values | None:
        """The values that the page depends on."""
        return values(self.depends_on)


class PathTakenError(Exception):
    """Two artifacts claim one path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"two things would be written to {self.path}: rename one of them"
