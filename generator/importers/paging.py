"""Read a feed page by page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from generator.importers.value import Asked, Bundle

PAGES = 200
"""How many pages of one feed are read at most."""
T = TypeVar("T")


def pages(
    bundle: Bundle, name: str, asked: Asked, read: Callable[[bytes, str, str], T], next_of: Callable[[T], str]
) -> Iterator[tuple[T, str]]:
    """The pages of a feed, each with its name: a file of the bundle, and where that was fetched what it leads on to.

    `read` takes the bytes of a page, its address and its name; `next_of` answers with the address of the next one.
    """
    page, seen = read(bundle.data(name), bundle.url, name), {bundle.url}
    yield page, name
    while bundle.url and asked.fetch and len(seen) < PAGES and (url := next_of(page)) and url not in seen:
        seen.add(url)
        page = read(asked.fetch(url)[2], url, url)
        yield page, url
