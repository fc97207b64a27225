"""A post of another program as a value, `Imported`, which the readers of all formats return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct

PAGES = 200
"""Most pages that are read of one feed."""
T = TypeVar("T")


class UnreadableError(Exception):
    """Something cannot be read at all. The message says what, and what to name instead."""


class NoStoryError(UnreadableError):
    """A post can be read, and holds nothing that could be a story."""


class UnreachedError(Exception):
    """An address cannot be read. The message says which and why."""


Fetch = Callable[[str], tuple[str, str, bytes]]
"""Reads an address: returns the final address, the media type and the bytes. Raises `UnreachedError`."""


class When(Struct, frozen=True):
    """A time as it was written, possibly without a zone, possibly only a day."""

    moment: datetime
    """The moment, without a zone if none was written."""
    is_day: bool = False


class Imported(Struct, frozen=True):
    """One post: text and facts as given, with nothing guessed except what `guesses` names."""

    where: str
    """The file and the place in it, for reports."""
    title: str
    published: When | None
    html: str
    address: str = ""
    """Its old address, or only the path if the site's address is unknown."""
    id: str = ""
    """The id that subscribers' programs know it by."""
    is_id_told: bool = False
    """Whether the feed itself gave the id; otherwise it is what the program is known to write."""
    summary: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other paths where it could be read."""
    updated: When | None = None
    is_mailed: bool = False
    """Whether it was sent as an issue of a newsletter."""
    held: str = ""
    """Why not everybody could read it, in a few words; empty if everybody could."""
    guesses: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """Its old address if the site's is known; else empty."""
        return self.address if "://" in self.address else ""


class Unread(Struct, frozen=True):
    """A post, or what looked like one, that is not imported."""

    where: str
    why: str
    is_lost: bool = False
    """Whether it may well be a story, which is missing until somebody mends it; otherwise it is none."""


class OldSite(Struct, frozen=True):
    """What the editor says about the site that the posts come from."""

    address: str = ""
    """The address of the old site, with a final slash."""
    permalink: str = ""
    """How the old site made addresses: `/{year}/{month}/{day}/{slug}/`."""
    fetch: Fetch | None = None
    """Reads further pages of a feed."""


class Bundle(Struct, frozen=True):
    """Files to read: a folder, an archive, or a single file."""

    name: str
    files: Mapping[str, Callable[[], bytes]]
    url: str = ""
    """The address that it was fetched from; empty if it was on disk."""

    def data(self, name: str) -> bytes:
        """The bytes of a file. Raises `UnreadableError` if it is too large or damaged."""
        return self.files[name]()

    def ending(self, *suffixes: str) -> list[str]:
        """The files whose names have one of these endings, sorted by name."""
        return sorted(name for name in self.files if name.lower().endswith(suffixes))

    def pages(
        self, name: str, old: OldSite, read: Callable[[bytes, str, str], T], next_of: Callable[[T], str]
    ) -> Iterator[tuple[T, str]]:
        """The pages of a feed, each with its name: a file and, if that was fetched, the pages that it links to.

        `read` takes the bytes of a page, its address and its name; `next_of` returns the address of the next page.
        """
        page, seen = read(self.data(name), self.url, name), {self.url}
        yield page, name
        while self.url and old.fetch and len(seen) < PAGES and (url := next_of(page)) and url not in seen:
            seen.add(url)
            page = read(old.fetch(url)[2], url, url)
            yield page, url


Posts = Iterator[Imported | Unread]
Reader = Callable[[Bundle, OldSite], Posts]


def text(*candidates: Any) -> str:
    """The first candidate that is a non-empty text, on one line; numbers count as texts."""
    for candidate in candidates:
        if isinstance(candidate, str | int | float) and not isinstance(candidate, bool):
            words = " ".join(str(candidate).split())
            if words:
                return words
    return ""


def where_in(name: str, number: int, *names: Any) -> str:
    """A place in a file for reports: the first of the names that there is, else the number of the post."""
    return f"{name}, {text(*names) or f'post {number}'}"


def texts(value: Any) -> tuple[str, ...]:
    """The texts in a list, in a text with commas, or the names in mappings."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.strip("[] ").split(",") if word.strip())
    if not isinstance(value, list | tuple):
        return ()
    named = (text(entry.get("name"), entry.get("title")) if isinstance(entry, dict) else text(entry) for entry in value)
    return tuple(name for name in named if name)
