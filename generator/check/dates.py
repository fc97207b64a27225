"""Rules on dates: those of an item must agree with each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from generator.check.language import language
from generator.check.reading import all_words, own_words
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.permalinks import day_named
from generator.texts.patterns import late

_A_YEAR = timedelta(days=366)
_IN_YEAR = late(r"\b[Ii]n (20\d\d)\b(?=\s*(?:[.,;:)\[]|\Z)|\s(?:and|after|from|compared|against|while|but)\b)")
_YEAR = re.compile(r" (20\d\d)")
_CLAUSE = re.compile(r"[.!?](?=\s)|[;:()\n]")
_WORD = re.compile(r"[^\W\d_][\w'-]*|\d[\w.,%]*")
_NEAR = 7
"""Most words between a verb and its year."""


def edition_day(edition: Edition, library: Library) -> Iterator[Finding]:
    """An edition's file is named after its day, in the zone of `published`."""
    named = day_named(edition.slug)
    if named is None:
        what = f"the file is named `{edition.slug}`, which is not a day"
        hint = f"Name it {edition.day}.yml."
        if edition.day.isoformat() in library.editions:
            hint = f"A day has one edition, and {edition.day}.yml is there: put the stories into it."
        yield Finding((), what, hint)
    elif named != edition.day:
        what = f"the file is named {edition.slug}, but `published` says {edition.day} in its own zone"
        yield Finding(("published",), what, "Change the name, the time or the zone.")


def updated_before(item: Story | Edition, library: Library) -> Iterator[Finding]:
    if item.updated and item.updated < item.published:
        yield Finding(("updated",), "`updated` is before `published`", "It is the time of the last change.")


def event_after(story: Story, library: Library) -> Iterator[Finding]:
    if story.event and story.event > story.published.date():
        what = f"the event ({story.event}) is after the publication ({story.published.date()})"
        yield Finding(("event",), what, "`event` is the day on which it happened.")


def old_event(story: Story, library: Library) -> Iterator[Finding]:
    """Often a slip in January, when people still write the old year. Long past events are not events of a story."""
    if story.event and (day := story.published.date()) - story.event > _A_YEAR:
        what = f"the event ({story.event}) is more than a year before the publication ({day})"
        yield Finding(("event",), what, "Correct the year. A story of what is long past needs no `event`.")


def story_after_edition(edition: Edition, library: Library) -> Iterator[Finding]:
    """Skipped if the edition's own day is in doubt (`edition_day`), since that makes all its stories late."""
    if day_named(edition.slug) != edition.day:
        return
    for index, slug in enumerate(edition.stories):
        story = library.stories.get(slug)
        if story and story.published > edition.changed:
            what = f"`{slug}` is published after this edition"
            yield Finding(("stories", index), what, "Give the story an earlier time, or the edition a later one.")


def year_ahead(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """`Prices rose by 2% in 2027`, written in 2026: the year is wrong, or it is a forecast and must say so."""
    known = language(library.newsletter.language)
    for path, text in all_words(item) if known else ():
        is_ahead = any(int(year) > item.published.year for year in _YEAR.findall(text))
        for found in _IN_YEAR.finditer(own_words(text)) if is_ahead else ():
            if known and int(found[1]) > item.published.year and "iscal" not in text and "FY" not in text:
                clause = _CLAUSE.split(text[max(0, found.start() - 300) : found.start()])[-1]
                words = [word.lower() for word in _WORD.findall(clause)]
                is_past = not known.past.isdisjoint(words[-_NEAR:])
                if is_past and known.foreseen.isdisjoint(words):
                    what = f"the text tells of {found[1]} as past, and is of {item.published.year}"
                    hint = "Correct the year; or, if it is foreseen, say who expects it."
                    yield in_text(path, text, found.start(1), found[1], what, hint)
