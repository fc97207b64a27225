"""How the mail of an edition differs from its page.

Parts and passages can be left out by configuration, and links to some domains take a detour, since spam filters
distrust them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from msgspec.structs import replace

from generator.model.content import Source
from generator.model.linked import Mark, Reference
from generator.model.pages import EditionPage, StoryView


def cut(page: EditionPage, leave_out: tuple[str, ...], passages: bool) -> EditionPage:
    """The edition without some parts of its stories, and with the sources that are still cited.

    Source numbers stay those of the edition's page, which they link to.
    """
    shelves = tuple(
        replace(shelf, stories=tuple(_without(view, leave_out) for view in shelf.stories)) for shelf in page.shelves
    )
    shorter = page.showing(shelves)
    cited = {mark.number for mark in marks(shorter)}
    kept = (entry for entry in page.references if entry.number in cited)
    texts = replace(page.texts(), references=tuple(entry if passages else _unquoted(entry) for entry in kept))
    return replace(shorter, texts=lambda: texts)


def marks(page: EditionPage) -> Iterator[Mark]:
    """Every number that an edition shows."""
    views = list(page.views)
    texts = [text for view in views for part in view.parts for text in part.texts]
    texts += [point.text for point in (*page.takeaways, *page.actions)]
    texts += [text for focus in page.focus for _, text in focus.texts]
    texts += [linked.explanation for linked in page.quiz]
    groups = [group for text in texts for group in text.marks]
    groups += [version.marks for view in views for dispute in view.disputes for version in dispute.versions]
    return (mark for group in groups for mark in group)


def _without(view: StoryView, leave_out: tuple[str, ...]) -> StoryView:
    texts = replace(view.texts(), parts=tuple(part for part in view.parts if part.id not in leave_out))
    return replace(view, texts=lambda: texts)


def _unquoted(entry: Reference) -> Reference:
    return replace(entry, source=replace(entry.source, passages=()))


DISTRUSTED = frozenset(
    "bid buzz click cyou date faith fit fun gdn icu life online ooo review stream top trade vip work world".split()
)
"""Top-level domains that SpamAssassin 4.0 lists as abused (its list SUSP_URI_NTLD), whoever has a name in them."""


def with_detours(page: EditionPage, url: str) -> EditionPage:
    """The edition with sources in such domains linked through their entries on the page at `url`."""
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
    return replace(source, url=url, archive=None)  # a copy's address often holds the page's address


def _is_distrusted(source: Source) -> bool:
    return (urlsplit(source.url).hostname or "").rpartition(".")[2] in DISTRUSTED
