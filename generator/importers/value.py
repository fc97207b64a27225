"""A post of another program as a value, `Imported`: every reader of a format returns it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from msgspec import Struct

PAGES = 200
"""How many pages of one feed are read at most."""
T = TypeVar("T")


class UnreadableError(Exception):
    """Something cannot be read as a whole; the text says what, and what to name instead."""


class UnreachedError(Exception):
    """An address cannot be read; the text says which and why."""


Fetch = Callable[[str], tuple[str, str, bytes]]
"""Reads an address: the final one, the kind of what is there, and the bytes. Raises `UnreachedError`."""


class When(Struct, frozen=True):
    """A time as it was written: perhaps without a zone, perhaps a day alone."""

    moment: datetime
    """The moment; without a zone where none was written."""
    is_day: bool = False


class Imported(Struct, frozen=True):
    """One post: text and facts as they were told, nothing guessed but what `guesses` names."""

    where: str
    """The file and the place in it, for reports."""
    title: str
    published: When | None
    html: str
    address: str = ""
    """Where it stood: an address, or a path where that of the site is not known."""
    id: str = ""
    """The id by which subscribers' programs know it."""
    is_id_told: bool = False
    """Whether the feed itself told the id; else it is what the program is known to write."""
    summary: str = ""
    author: str = ""
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    """Other paths at which it could be read."""
    updated: When | None = None
    is_mailed: bool = False
    """Whether it went out as an issue of a newsletter."""
    held: str = ""
    """Why not everybody could read it, in a few words; empty where everybody could."""
    guesses: tuple[str, ...] = ()

    @property
    def page(self) -> str:
        """The address where it stood, where that of the site is known; else empty."""
        return self.address if "://" in self.address else ""


class Unread(Struct, frozen=True):
    """A post, or what looked like one, that is not brought over."""

    where: str
    why: str


class Asked(Struct, frozen=True):
    """What the editor says of the site that posts come from."""

    address: str = ""
    """The address of the old site, with a slash at its end."""
    permalink: str = ""
    """How the old site made addresses: `/{year}/{month}/{day}/{slug}/`."""
    fetch: Fetch | None = None
    """Reads further pages of a feed."""


class Bundle(Struct, frozen=True):
    """Files to be read: a folder, an archive, or one file alone."""

    name: str
    files: Mapping[str, Callable[[], bytes]]
    url: str = ""
    """The address from which it was fetched; empty where it lay on disk."""

    def data(self, name: str) -> bytes:
        """The bytes of a file. Raises `UnreadableError` where it is too large or damaged."""
        return self.files[name]()

    def ending(self, *suffixes: str) -> list[str]:
        """The files whose names end so, in the order of their names."""
        return sorted(name for name in self.files if name.lower().endswith(suffixes))

    def pages(
        self, name: str, asked: Asked, read: Callable[[bytes, str, str], T], next_of: Callable[[T], str]
    ) -> Iterator[tuple[T, str]]:
        """The pages of a feed, each with its name: a file, and where that was fetched what it leads on to.

        `read` takes the bytes of a page, its address and its name; `next_of` answers with the address of the next one.
        """
        page, seen = read(self.data(name), self.url, name), {self.url}
        yield page, name
        while self.url and asked.fetch and len(seen) < PAGES and (url := next_of(page)) and url not in seen:
            seen.add(url)
            page = read(asked.fetch(url)[2], url, url)
            yield page, url


Found = Iterator[Imported | Unread]
Reader = Callable[[Bundle, Asked], Found]


def text(*candidates: Any) -> str:
    """The first candidate that is a text with something in it, on one line; numbers are texts, too."""
    for candidate in candidates:
        if isinstance(candidate, str | int | float) and not isinstance(candidate, bool):
            words = " ".join(str(candidate).split())
            if words:
                return words
    return ""


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, of a text with commas, or of mappings with a name."""
    if isinstance(value, str):
        return tuple(word.strip() for word in value.strip("[] ").split(",") if word.strip())
    if not isinstance(value, list | tuple):
        return ()
    named = (text(entry.get("name"), entry.get("title")) if isinstance(entry, dict) else text(entry) for entry in value)
    return tuple(name for name in named if name)
