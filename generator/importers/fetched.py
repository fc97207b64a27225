"""Download feeds and exports from the web."""

from __future__ import annotations

from generator.importers.value import Fetch, UnreachedError
from generator.web.errors import WebError
from generator.web.limits import MIB, Limits
from generator.web.reader import Reader

LIMITS = Limits(size=32 * MIB, total=120, pause=0.5)
"""An export can be large, and a feed can have many pages."""
KINDS = (
    *("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml", "text/xml"),
    *("application/feed+json", "application/json", "application/zip", "application/x-zip-compressed"),
    *("application/octet-stream", "text/plain", "text/html", ""),
)
"""Media types that feeds and archives are served with, rightly or wrongly."""


def fetch_by(reader: Reader) -> Fetch:
    """Return a function that reads an address.

    It returns the address at the end of redirects, the media type and the bytes, and raises `UnreachedError`.
    """

    def fetch(url: str) -> tuple[str, str, bytes]:
        try:
            page = reader.read(url, KINDS, is_named=True)
        except WebError as error:
            raise UnreachedError(f"{url}: {error}") from error
        if page.body is None:
            why = f"it answers {page.status_words}" if not page.is_sound else f"it is {page.kind}, which is no archive"
            raise UnreachedError(f"{url}: {why}")
        return page.at, page.kind, page.body

    return fetch
