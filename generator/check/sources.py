"""Rules on sources as a whole: when they are from, and whether more than one of them speaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, timedelta

from generator.check.rules import Finding
from generator.model.content import Story
from generator.model.library import Library

_FIRST_ZONE = timedelta(hours=14)
"""Where a day begins first, on Kiritimati: a page from there may be dated tomorrow."""


def undated_source(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if not source.published and not source.accessed:
            hint = "Add `published:`, or `accessed:` with the day on which you read it."
            yield Finding(("citations", source.id), f"`{source.id}` has no date", hint, at_key=True)


def late_source(story: Story, library: Library) -> Iterator[Finding]:
    last = (story.changed.astimezone(UTC) + _FIRST_ZONE).date()
    for source in story.sources.values():
        if source.published and source.published > last:
            what = f"`{source.id}` is dated {source.published}, after the story itself ({story.changed.date()})"
            hint = "Correct the day; or if the story is newer than it says, give it `updated`."
            yield Finding(("citations", source.id, "published"), what, hint)


def one_publisher(story: Story, library: Library) -> Iterator[Finding]:
    """Two pages that pass on one agency's report are one voice."""
    voices = {source.relays or source.publisher for source in story.sources.values()}
    if len(voices) == 1:
        only = library.publishers.get(voice := voices.pop())
        what = f"all that the story says comes from one publisher, {only.name if only else voice}"
        yield Finding(("citations",), what, "Cite a second one who knows it independently.", at_key=True)
