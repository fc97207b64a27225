"""Declare the files of all feeds: every document of every feed, in each format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.render.feeds import atom, jsonfeed, rss
from generator.render.feeds.documents import Document, wanted
from generator.render.feeds.feed import Feed
from generator.render.feeds.following import Following
from generator.render.feeds.items import Items

WRITERS = {rss.SUFFIX: rss.write, atom.SUFFIX: atom.write, jsonfeed.SUFFIX: jsonfeed.write}


class Feeds(Struct, frozen=True):
    """Declares the feeds of a site; none is made before it is asked for."""

    following: Following
    items: Items

    def all(self) -> Iterator[Artifact]:
        site = self.following.site
        for series in self.following.wanted():
            for document in wanted(series, site.reach):
                made = cache(partial(self.items.feed, document))  # once for all formats
                for suffix, write in WRITERS.items():
                    make = partial(_written, write, made)
                    for path in _paths(document, suffix):
                        yield Artifact(path, Order.FEED, make, (document,), document.near, document.unit)


def _paths(document: Document, suffix: str) -> Iterator[str]:
    """The paths of a document. It is also at those of feeds that its own continues, which no page can redirect.

    So are archive documents: whoever was half way through them by an old id goes on there.
    """
    yield document.path(suffix)
    yield from (permalinks.feed_path(name, suffix, document.name) for name in document.series.was)


def _written(write: Callable[[Feed], bytes], made: Callable[[], Feed]) -> bytes:
    return write(made())
