"""All content as it was read, with what is kept beside it: what is checked, linked and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from typing import Generic, TypeVar

from msgspec import Struct, field

from generator.model.authors import Known, known_authors
from generator.model.content import Edition, Story
from generator.model.evidence import Fate
from generator.model.problems import Path
from generator.model.tracing import Ledgers
from generator.model.vocabulary import Entity, Newsletter, Publisher, Term, Topic
from generator.model.withdrawals import Withdrawal

Item = TypeVar("Item", Story, Edition)
UNREAD_IDS = "ids"
"""Among the fields of a story that could not be read: not even the ids of its sources are known."""
UNREAD_TELLERS = "tellers"
"""Among the fields of a story that could not be read: of some source it is not known whose it is."""
EMPTY = "empty"
"""Among the same: something was left empty. It hides no words, but all that is to be said has not been said."""


class Partial(Struct, Generic[Item], frozen=True):
    """The readable fields of a story or an edition with mistakes, so that other mistakes are found in the same run.

    The other fields are empty. It is never shown.
    """

    item: Item
    unread: frozenset[str]
    """The fields with something in them that could not be read, by their names in the model."""
    standing: Mapping[Path, tuple[int, ...]]
    """The places in the file of what could be read of a list, by the paths of those lists that have more."""
    unsound: frozenset[str] = frozenset()
    """Ids of sources with something wrong in them, so that nobody knows all that is kept of them."""
    traps: frozenset[Path] = frozenset()
    """The paths in the file of words that YAML may take for something else, of which nothing more is to be said."""

    def in_file(self, path: Path) -> Path:
        """A path in the item as one in its file."""
        found: Path = ()
        for step in path:
            places = self.standing.get(found)
            found = (*found, places[step] if places and isinstance(step, int) else step)
        return found


class Signature(Struct, frozen=True):
    """An entry of the journal: what was known of a story or an edition when it was signed."""

    digest: str
    """Digest of what the item said when it was signed (see `generator.model.journal`)."""
    noted: datetime | None
    """The last change of which it told by then."""
    file: str
    """The file of the journal that says so."""


class Renewed(Struct, frozen=True):
    """In which files stories and editions may differ from an earlier run; all others are the very same.

    `load` makes it from what the files hold. `KeptFindings.keep` adds files whose findings have changed, and `out`
    leaves out what readers do not see.
    """

    before: str
    """Fingerprint of the stories and editions of the earlier run; empty where it is not known, and all may differ."""
    now: str
    """Fingerprint of the stories and editions of this run."""
    files: frozenset[str]
    """Files in which anything may differ."""
    unkept: frozenset[str] = frozenset()
    """Files of which nothing is kept, such as those that are too young. The fingerprints say nothing of them."""


class Library(Struct, frozen=True, dict=True):
    """All content as it was read; nothing has been checked yet."""

    newsletter: Newsletter
    publishers: Mapping[str, Publisher]
    entities: Mapping[str, Entity]
    topics: Mapping[str, Topic]
    stories: Mapping[str, Story]
    editions: Mapping[str, Edition]
    unreadable: frozenset[str] = frozenset()
    """Slugs of stories whose files have errors, so that naming them is not called an error as well."""
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
    """Stories and editions that were taken back, by name."""
    restored: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Those that stand again."""
    incomplete: frozenset[str] = frozenset()
    """What has files with errors (`editions`, or the name of a vocabulary), so that it cannot be counted on."""
    fates: Mapping[str, Fate] = field(default_factory=dict)
    """What became of sources, by the keys of their addresses (`page_key`): whether they are gone, and have a copy."""
    signed: Mapping[str, Signature] = field(default_factory=dict)
    """The journal of what was published, by the names that `generator.model.journal` gives."""
    ledgers: Ledgers | None = None
    """What is claimed and what the evidence says of it; None where nothing was traced."""
    renewed: Renewed | None = None
    """What has changed in stories and editions since they were kept; None where that is not known."""

    @cached_property
    def known_authors(self) -> Known:
        """The authors whose kind is told somewhere, by name; every story looks its authors up here."""
        return known_authors(self.newsletter, self.entities.values(), self.publishers.values())

    def story(self, slug: str) -> Story | None:
        """A story by its name, as far as it could be read; None where there is none."""
        partial = self.partial_stories.get(slug)
        return partial.item if partial else self.stories.get(slug)

    def edition(self, slug: str) -> Edition | None:
        """An edition by its name, as far as it could be read; None where there is none."""
        partial = self.partial_editions.get(slug)
        return partial.item if partial else self.editions.get(slug)

    @property
    def written_stories(self) -> list[Story]:
        """All stories, and what could be read of those with mistakes."""
        return [*self.stories.values(), *(partial.item for partial in self.partial_stories.values())]

    @property
    def written_editions(self) -> list[Edition]:
        """All editions, and what could be read of those with mistakes."""
        return [*self.editions.values(), *(partial.item for partial in self.partial_editions.values())]
