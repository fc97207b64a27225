"""Replace links to domains that spam filters distrust by links to the list of sources on the edition's page."""

from __future__ import annotations

from functools import partial
from urllib.parse import urlsplit

from msgspec.structs import replace

from generator.model.content import Source
from generator.model.linked import Reference
from generator.model.pages import EditionPage, StoryView

DISTRUSTED = frozenset(
    "bid buzz click cyou date faith fit fun gdn icu life online ooo review stream top trade vip work world".split()
)
"""Top-level domains that SpamAssassin 4.0 lists as abused (its list SUSP_URI_NTLD), whoever has a name in them."""


def with_detours(page: EditionPage, url: str) -> EditionPage:
    """The edition in which such sources lead to their entry on the page at `url`, which leads to them."""
    references = tuple(_led(entry, url) for entry in page.references)
    led = partial(_with_original, url=url)
    shelves = tuple(replace(shelf, stories=tuple(map(led, shelf.stories))) for shelf in page.shelves)
    texts = replace(page.texts(), references=references)
    return replace(page.showing(shelves), texts=lambda: texts)


def _led(entry: Reference, url: str) -> Reference:
    source = entry.source
    return replace(entry, source=_moved(source, f"{url}#{entry.anchors[0]}")) if _is_distrusted(source) else entry


def _with_original(view: StoryView, url: str) -> StoryView:
    if view.original is None or not _is_distrusted(view.original):
        return view
    return replace(view, original=_moved(view.original, f"{url}#story-{view.story.slug}"))


def _moved(source: Source, url: str) -> Source:
    return replace(source, url=url, archive=None)  # the address of a copy often holds that of the page


def _is_distrusted(source: Source) -> bool:
    return (urlsplit(source.url).hostname or "").rpartition(".")[2] in DISTRUSTED
