"""The library: all content as it was read, with the records kept beside it. It is checked, linked and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from msgspec import Struct, field

from generator.model.authors import KnownAuthors, known_authors
from generator.model.content import Edition, Story
from generator.model.evidence import Fate
from generator.model.problems import Path
from generator.model.tracing import Ledgers
from generator.model.vocabulary import Entity, Newsletter, Publisher, Section, Term, Topic
from generator.model.withdrawals import Withdrawal

Item = TypeVar("Item", Story, Edition)
"""An item of the newsletter: a story or an edition."""
UNREAD_IDS = "ids"
"""In `Partial.unread` of a story: not even the ids of its sources are known."""
UNREAD_TELLERS = "tellers"
"""In `Partial.unread` of a story: the publisher or author of some source is not known."""
EMPTY = "empty"
"""In `Partial.unread`: something was left empty. It hides no words, but the item is not complete."""


class Partial(Struct, Generic[Item], frozen=True):
    """The readable fields of a story or an edition with mistakes, so that the same run finds its other mistakes too.

    The other fields are empty. It is never shown.
    """

    item: Item
    unread: frozenset[str]
    """Model names of fields that are missing or could not be read completely."""
    readable: Mapping[Path, tuple[int, ...]]
    """For each list with unreadable entries, by its path: the indexes in the file of the readable ones."""
    unsound: frozenset[str] = frozenset()
    """Ids of sources with mistakes, so that not all of their evidence is known."""
    traps: frozenset[Path] = frozenset()
    """Paths in the file of words that YAML may misread. No further problem is reported for them."""

    def in_file(self, path: Path) -> Path:
        """Convert a path in the item to one in its file."""
        found: Path = ()
        for step in path:
            places = self.readable.get(found)
            found = (*found, places[step] if places and isinstance(step, int) else step)
        return found


class Signature(Struct, frozen=True):
    """An entry of the journal: the state of a story or an edition when it was signed."""

    digest: str
    """Digest of the item's content when it was signed (see `generator.model.journal`)."""
    noted: datetime | None
    """The last correction or edit that it listed by then."""
    file: str
    """The journal's file with this entry."""


class Renewed(Struct, frozen=True):
    """The files whose stories and editions may differ from an earlier run; all others are the same.

    `load` makes it from the content of the files. `KeptFindings.keep` adds files whose findings have changed, and `out`
    adapts the fingerprints to what readers see.
    """

    before: str
    """Fingerprint of the stories and editions of the earlier run; empty if not known, so that all may differ."""
    now: str
    """Fingerprint of the stories and editions of this run."""
    files: frozenset[str]
    """Files in which anything may differ."""
    unkept: frozenset[str] = frozenset()
    """Files that are not cached, such as very recent ones. The fingerprints do not cover them."""


class Library(Struct, frozen=True, dict=True):
    """All content as it was read; nothing has been checked yet."""

    newsletter: Newsletter
    publishers: Mapping[str, Publisher]
    entities: Mapping[str, Entity]
    topics: Mapping[str, Topic]
    stories: Mapping[str, Story]
    editions: Mapping[str, Edition]
    unreadable: frozenset[str] = frozenset()
    """Slugs of stories whose files have errors, so that naming them is not reported as another error."""
    pages: Mapping[str, str] = field(default_factory=dict)
    """Paths of the ordinary Markdown pages, with their files."""
    partial_stories: Mapping[str, Partial[Story]] = field(default_factory=dict)
    """Stories with mistakes, by slug."""
    partial_editions: Mapping[str, Partial[Edition]] = field(default_factory=dict)
    """Editions with mistakes, by slug."""
    glossary: Mapping[str, Term] = field(default_factory=dict)
    comments: Mapping[str, int] = field(default_factory=dict)
    """How many comments editions had when they were last counted, by slug."""
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Stories and editions that were withdrawn, by name."""
    restored: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Those that were withdrawn once and are back."""
    incomplete: frozenset[str] = frozenset()
    """Kinds of content (`editions`, or a vocabulary) with errors in their files, so that they cannot be relied on."""
    fates: Mapping[str, Fate] = field(default_factory=dict)
    """What became of sources, by address key (`page_key`): whether they are gone, and have a copy."""
    signed: Mapping[str, Signature] = field(default_factory=dict)
    """The journal of published items, by their names in `generator.model.journal`."""
    signed_authority: str = ""
    """The domain in the ids of published items; empty if not known."""
    signed_feeds: frozenset[str] = frozenset()
    """The names of the feeds of subjects (`topics/chips`) that something published was in."""
    ledgers: Ledgers | None = None
    """The claims of stories and editions, with the evidence for them; None if nothing was traced."""
    renewed: Renewed | None = None
    """How stories and editions differ from those that were kept; None if not known."""

    @cached_property
    def known_authors(self) -> KnownAuthors:
        """The authors whose kind is known, by name. Every story looks up its authors here."""
        return known_authors(self.newsletter, self.entities.values(), self.publishers.values())

    @property
    def followed(self) -> Mapping[str, Mapping[str, Section | Topic | Entity | Publisher]]:
        """What can have a page and feeds of its own, by kind and id."""
        sections = self.newsletter.sections
        return {"section": sections, "topic": self.topics, "entity": self.entities, "publisher": self.publishers}

    @property
    def items(self) -> list[Story | Edition]:
        """All stories and editions."""
        return [*self.stories.values(), *self.editions.values()]

    def story(self, slug: str) -> Story | None:
        """A story by its slug, as far as it could be read; None if there is none."""
        partial = self.partial_stories.get(slug)
        return partial.item if partial else self.stories.get(slug)

    def edition(self, slug: str) -> Edition | None:
        """An edition by its slug, as far as it could be read; None if there is none."""
        partial = self.partial_editions.get(slug)
        return partial.item if partial else self.editions.get(slug)

    @property
    def written_stories(self) -> list[Story]:
        """All stories, including the readable fields of those with mistakes."""
        return [*self.stories.values(), *(partial.item for partial in self.partial_stories.values())]

    @property
    def written_editions(self) -> list[Edition]:
        """All editions, including the readable fields of those with mistakes."""
        return [*self.editions.values(), *(partial.item for partial in self.partial_editions.values())]
