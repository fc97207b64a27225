"""All content as it was read, with what is known of it beside: what is checked, linked and published."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from msgspec import Struct, field

from generator.model.content import Edition, Story, Term, Withdrawal
from generator.model.evidence import Fate
from generator.model.tracing import Ledgers
from generator.model.vocabulary import Entity, Newsletter, Publisher, Topic

UNREAD_IDS = "ids"
"""Among the fields of a story that could not be read: not even the ids of its sources are known."""


class Signature(Struct, frozen=True):
    """What the journal of what was published knows of a story or an edition."""

    digest: str
    """Digest of what the item said when it was signed (see `generator.model.journal`)."""
    noted: datetime | None
    """The last change of which it told by then."""
    file: str
    """The file of the journal that says so."""


class Renewed(Struct, frozen=True):
    """How stories and editions differ from those of an earlier run: but in some files, they are the very same.

    Who reads them says so of what they hold, who judges them of what was found in them too, and who holds some of them
    back (see `generator.model.out`) of what is out.
    """

    before: str
    """Fingerprint of the stories and editions of the earlier run; empty where it is not known, and all may differ."""
    now: str
    """Fingerprint of the stories and editions of this run."""
    files: frozenset[str]
    """Files in which anything may differ."""
    unkept: frozenset[str] = frozenset()
    """Files of which nothing is kept, such as those that are too young. The fingerprints say nothing of them."""


class Library(Struct, frozen=True):
    """All content, as it was read: nothing is checked against anything else yet."""

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
    partial: Mapping[str, Story] = field(default_factory=dict)
    """What could be read of the unreadable ones, so that their other mistakes are named in the same run."""
    unread: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The fields of the partial stories that could not be read, by slug."""
    glossary: Mapping[str, Term] = field(default_factory=dict)
    comments: Mapping[str, int] = field(default_factory=dict)
    """How many comments editions had when they were last counted, by slug."""
    withdrawn: Mapping[str, Withdrawal] = field(default_factory=dict)
    """Stories and editions that were taken back, by name."""
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
