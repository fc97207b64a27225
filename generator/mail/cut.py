"""Leave out of an edition what its mail does not show: parts that the configuration names, and passages."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from generator.model.linked import Mark, Reference
from generator.model.pages import EditionPage, StoryView


def cut(page: EditionPage, leave_out: tuple[str, ...], passages: bool) -> EditionPage:
    """The edition without some parts of its stories, and with the sources that are still cited.

    Their numbers stay those of the edition's page, to which they lead.
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
