"""The data that decide where a story or an edition is shown and beside what, as a text to keep and compare."""

from __future__ import annotations

from typing import NamedTuple

from generator.model.content import Edition, Story
from generator.model.reach import story_unit, subject_unit
from generator.prose.briefs import cited

_BETWEEN, _GROUP, _FIXED = "\x1f", "\x1e", "\x1d"
"""Control characters, which no text of the content contains."""


class Cited(NamedTuple):
    """A page that a story cites."""

    publisher: str
    key: str
    """The key of the page's address."""


class Place(NamedTuple):
    """The data that decide where a story or an edition is shown, and what beside it."""

    fixed: str
    """Decides its address, and its order among others: if this differs, the item has moved."""
    beside: tuple[str, ...]
    """The units of a story's topics and entities, or of an edition's stories."""
    cited: tuple[Cited, ...] = ()
    changed: str = ""
    """The moment of its last change, for the sitemap."""
    noted: tuple[str, ...] = ()
    """The moments of its corrections, of which later editions tell."""

    def written(self) -> str:
        """The place as one text, for `read`."""
        pages = _BETWEEN.join(f"{page.publisher} {page.key}" for page in self.cited)
        return _GROUP.join((self.fixed, _BETWEEN.join(self.beside), pages, self.changed, _BETWEEN.join(self.noted)))

    @classmethod
    def read(cls, text: str) -> Place:
        """Parse a place written by `written`."""
        fixed, beside, pages, changed, noted = text.split(_GROUP)
        found = tuple(Cited(*page.split(" ")) for page in pages.split(_BETWEEN) if page)
        return cls(fixed, _split(beside), found, changed, _split(noted))


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split(_BETWEEN)) if text else ()


def place_of(story: Story) -> Place:
    fixed = (story.section, story.published.isoformat(), story.updates or "", *_names(story))
    topics = (subject_unit("topic", topic) for topic in story.topics)
    entities = (subject_unit("entity", entity) for entity in story.mentions)
    pages = sorted({Cited(brief.publisher, brief.page) for brief in cited(story)})
    return Place(_FIXED.join(fixed), (*topics, *entities), tuple(pages), story.changed.isoformat(), _noted(story))


def place_of_edition(edition: Edition) -> Place:
    fixed = (edition.published.isoformat(), *_names(edition))
    stories = tuple(map(story_unit, edition.stories))
    return Place(_FIXED.join(fixed), stories, changed=edition.changed.isoformat(), noted=_noted(edition))


def _noted(item: Story | Edition) -> tuple[str, ...]:
    return tuple(note.date.isoformat() for note in item.corrections)


def _names(item: Story | Edition) -> tuple[str, ...]:
    """The old addresses of an item, and whether it is a draft."""
    return item.renamed_from or "", str(item.draft), *item.aliases
