"""Rules on dates: what is told of time agrees with itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from generator.check.rules import Finding
from generator.model.content import Edition, Story
from generator.model.library import Library

_A_YEAR = timedelta(days=366)


def edition_day(edition: Edition, library: Library) -> Iterator[Finding]:
    """The name of an edition's file is its day, in the zone of `published`."""
    day = edition.day.isoformat()
    try:
        named = date.fromisoformat(edition.slug)
    except ValueError:
        what = f"the file is named `{edition.slug}`, which is not a day"
        yield Finding((), what, f"Name it {day}.yml.")
        return
    if named != edition.day:
        what = f"the file is named {edition.slug}, but `published` says {day} in its own zone"
        yield Finding(("published",), what, "Change the name, the time or the zone.")


def updated_before(item: Story | Edition, library: Library) -> Iterator[Finding]:
    if item.updated and item.updated < item.published:
        yield Finding(("updated",), "`updated` is before `published`", "It is the time of the last change.")


def event_after(story: Story, library: Library) -> Iterator[Finding]:
    if story.event and story.event > story.published.date():
        what = f"the event ({story.event}) is after the publication ({story.published.date()})"
        yield Finding(("event",), what, "`event` is the day on which it happened.")


def old_event(story: Story, library: Library) -> Iterator[Finding]:
    """The year before, as it is written in January; what is long past is no event of a story."""
    if story.event and (day := story.published.date()) - story.event > _A_YEAR:
        what = f"the event ({story.event}) is more than a year before the publication ({day})"
        yield Finding(("event",), what, "Correct the year. A story of what is long past needs no `event`.")


def story_after_edition(edition: Edition, library: Library) -> Iterator[Finding]:
    for index, slug in enumerate(edition.stories):
        story = library.stories.get(slug)
        if story and story.published > edition.changed:
            what = f"`{slug}` is published after this edition"
            yield Finding(("stories", index), what, "Give the story an earlier time, or the edition a later one.")
