"""Put the theme's chrome around the body of a page.

The chrome is the same on every page of a kind, so the theme renders it once, with a token in each place where pages
differ. Here it is cut at these tokens, and filled for each page. Filled-in text is not searched for tokens again, so a
story that contains one by chance stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from msgspec import Struct, field

from generator.escaping import escape
from generator.model.artifacts import Artifact, Dependencies, Page, PageArtifact, Values, values
from generator.model.permalinks import file_of


class Slot(StrEnum):
    """A place where pages of one kind differ. Its value is the token that the theme gets in its stead."""

    TITLE = "citewire0slot0title"
    DESCRIPTION = "citewire0slot0description"
    CANONICAL = "citewire0slot0canonical"
    HEAD = "citewire0slot0head"
    BODY = "citewire0slot0body"
    FOLIO = "citewire0slot0folio"


class Here(Struct, frozen=True):
    """A place in a link of the chrome for `aria-current`, which says that the reader is there."""

    path: str
    """Where the link leads."""

    @property
    def token(self) -> str:
        """The token that the theme gets for it."""
        return f"citewire0here({self.path})"

    def filled(self, page: Page) -> str:
        """The attribute on a given page; empty unless the reader is there."""
        return f' aria-current="{page.current_as}"' if page.current == self.path else ""


_TOKEN = re.compile(rf"({'|'.join(slot.value for slot in Slot)}|citewire0here\([^()\s]*\))")


class Chrome(Struct, frozen=True):
    """A page of one kind as rendered by the theme, cut at its slots: texts and slots alternate."""

    pieces: tuple[bytes | Slot | Here, ...]


class NoBodyError(Exception):
    """The theme's template shows no content."""

    def __str__(self) -> str:
        return "the theme's main.html does not show `page.content`; without it a page has no text"


def cut(rendered: str) -> Chrome:
    """Cut a page that the theme rendered with tokens.

    If the theme does not use `HEAD`, it is added at the end of `<head>`.
    """
    if Slot.BODY not in rendered:
        raise NoBodyError
    if Slot.HEAD not in rendered:
        rendered = rendered.replace("</head>", f"{Slot.HEAD}\n</head>", 1)
    texts = _TOKEN.split(rendered)
    return Chrome(tuple(_place(text) if number % 2 else text.encode() for number, text in enumerate(texts)))


def _place(token: str) -> Slot | Here:
    return Here(token[len(Here("").token) - 1 : -1]) if token.startswith("citewire0here") else Slot(token)


def fill(chrome: Chrome, page: Page) -> bytes:
    """The page in its chrome, as bytes."""
    values = {
        Slot.TITLE: escape(page.title).encode(),
        Slot.DESCRIPTION: escape(page.description).encode(),
        Slot.CANONICAL: escape(page.canonical).encode(),
        Slot.HEAD: page.head.encode(),
        Slot.BODY: page.body.encode(),
        Slot.FOLIO: page.folio.encode(),
    }
    return b"".join(
        piece if isinstance(piece, bytes) else values[piece] if isinstance(piece, Slot) else piece.filled(page).encode()
        for piece in chrome.pieces
    )


ChromeOf = Callable[[str, int], Chrome]
"""Returns the chrome for a kind of page at a depth (0 is the front page), since the theme's links are relative."""


class Chromes(Struct, frozen=True):
    """Chromes, each asked for once and remembered. Once pickled, it has only those it remembers."""

    ask: ChromeOf
    known: dict[tuple[str, int], Chrome] = field(default_factory=dict)

    def __call__(self, kind: str, depth: int) -> Chrome:
        if (kind, depth) not in self.known:
            self.known[kind, depth] = self.ask(kind, depth)
        return self.known[kind, depth]

    def __reduce__(self) -> tuple[Any, ...]:
        return Chromes, (_never_asked, self.known)


def _never_asked(kind: str, depth: int) -> Chrome:
    raise KeyError(kind, depth)


def dress(page: PageArtifact, chrome_of: ChromeOf) -> Artifact:
    """Turn a page into a file by wrapping its maker in one that adds the chrome."""
    chrome = chrome_of(page.kind, page.path.count("/"))
    make = _Dressed(page.make, page.depends_on, chrome)
    depends_on = None if page.depends_on is None else make.made_of
    return Artifact(file_of(page.path), page.order, make, depends_on, page.near, page.unit, page.modified)


class _Dressed(Struct, frozen=True):
    """Makes a page with its chrome. There is one for every page of an archive, so it holds no more than it needs."""

    make: Callable[[], Page]
    depends_on: Dependencies
    chrome: Chrome

    def __call__(self) -> bytes:
        return fill(self.chrome, self.make())

    def made_of(self) -> Values:
        """The chrome, and the values that the page depends on."""
        return self.chrome, *(values(self.depends_on) or ())
