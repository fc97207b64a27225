"""Files of the site before they are made: each is declared with its path and the function that makes its bytes.

So a build knows all paths before it makes anything, and has made everything before it writes anything.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import IntEnum
from typing import Any

from msgspec import Struct

Values = tuple[Any, ...]
"""Values of the model, numbers, texts, days, and tuples of them."""
Dependencies = Values | Callable[[], Values] | None
"""Values, or what finds them when they are asked for: an archive of pages holds many."""


def values(depends_on: Dependencies) -> Values | None:
    """The values themselves."""
    return depends_on() if callable(depends_on) else depends_on


class Order(IntEnum):
    """When an artifact goes public, so that no reader meets a link to what is not there yet."""

    ASSET = 0
    PAGE = 1
    INDEX = 2
    """Pages that lead to others: the front page, archives, sections."""
    FEED = 3
    """Feeds and site maps, which robots follow at once."""


class Artifact(Struct, frozen=True):
    """One file of the site: its path and the function that makes its bytes."""

    path: str
    """Relative to the site's folder, with forward slashes."""
    order: Order
    make: Callable[[], bytes]
    depends_on: Dependencies = None
    """All that the bytes depend on, but for what the whole site depends on; None where that is not known."""
    near: str = ""
    """What it is best made next to: files with the same word here need the same texts read."""
    unit: str = ""
    """The unit of which alone it is made (`generator.model.reach`); empty where it is made of more."""
    modified: datetime | None = None
    """When what a page shows last changed; None where that is not known, and for what is no page."""

    @property
    def made_of(self) -> Values | None:
        """The values themselves."""
        return values(self.depends_on)


class Page(Struct, frozen=True):
    """A page without the theme: what goes into each slot of the chrome. All but `title` and `description` is HTML."""

    title: str
    description: str
    canonical: str
    """The page's absolute address."""
    head: str
    """Feed discovery, Open Graph, structured data."""
    body: str
    folio: str = ""
    """The line below the newsletter's name: the day and the edition, or what the newsletter is about."""
    shelf: str = ""
    """The path of the link around the page under which the page stands: its own, or that of its section."""
    standing: str = "page"
    """How it stands there, as `aria-current` has it: `page` where the link leads to it, else `true`."""


class PageArtifact(Struct, frozen=True):
    """A page to be dressed. Pages of one kind share their chrome."""

    path: str
    """The path of its address, such as `stories/meta/`."""
    kind: str
    order: Order
    make: Callable[[], Page]
    modified: datetime | None
    """When what the page shows last changed; None where that is not known."""
    depends_on: Dependencies = None
    """All that the page depends on, but for what the whole site depends on; None where that is not known."""
    near: str = ""
    unit: str = ""

    @property
    def made_of(self) -> Values | None:
        """The values themselves on which the page depends."""
        return values(self.depends_on)


class PathTakenError(Exception):
    """Two artifacts claim one path."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path

    def __str__(self) -> str:
        return f"two things would be written to {self.path}: rename one of them"
