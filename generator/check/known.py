"""What was found before: a story that did not change is not judged again by rules that look at nothing but it.

A ledger depends on less: another name in a vocabulary has all stories judged again, and those traced that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from msgspec import Struct, field

from generator.check.rules import Finding
from generator.model.content import Edition, Library, Story
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.held import Bytes
from generator.model.journal import signature_of
from generator.trace.tracer import Tracer

Findings = tuple[tuple[str, Finding], ...]
"""What the rules found in one item, each with the name of its rule."""


Traced = Mapping[str, Bytes]
"""Ledgers as JSON, by what they were made from."""


class Judged(Struct, frozen=True, array_like=True):
    """What is known of an item."""

    key: str
    """Names the item together with all that its findings depend on; empty where it cannot be known again."""
    findings: Findings = ()
    ledger: Bytes | None = None
    """Its ledger as JSON, which few ask for; None where no rule did."""
    traced: str = ""
    """Stands for all that the ledger was made from; empty where that cannot be known again."""


NOTHING = Judged("")


class Known(Struct):
    """What was found of items, by their files."""

    before: Mapping[str, Judged] = field(default_factory=dict)
    evidence: Callable[[Story], str] = lambda story: ""
    """Stands for the texts that are kept of a story's sources."""
    wants: Callable[[str], bool] = lambda file: True
    """Says of a file whether anybody asks for what is found in it."""
    now: dict[str, Judged] = field(default_factory=dict)
    """That of this run."""

    @property
    def traced(self) -> Traced:
        """Ledgers from before."""
        return {judged.traced: judged.ledger for judged in self.before.values() if judged.traced and judged.ledger}

    @property
    def lasting(self) -> Mapping[str, Judged]:
        """What is found now and may be known again."""
        return {file: judged for file, judged in self.now.items() if judged.key}

    def of_before(self, file: str, key: str | None) -> Judged | None:
        """What was found from before of an item with this key."""
        found = self.before.get(file)
        return found if found and found.key == key else None

    def take(self, file: str, judged: Judged | None) -> Judged:
        """Learn what is known of an item; nothing of one that nobody asked for."""
        if judged is None:
            return NOTHING
        self.now[file] = judged
        return judged


class Keys:
    """Names each item together with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], evidence: Callable[[Story], str]) -> None:
        self._library, self._evidence = library, evidence
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        unsure = sorted(library.incomplete - {"editions"})  # which no rule asks for that judges one item
        self._context = Fingerprints("").of((*words, unsure, sorted(rules)))
        self._of_stories: dict[str, str | None] = {}

    def of(self, item: Story | Edition) -> str | None:
        """None for what cannot be known again."""
        return self.story(item) if isinstance(item, Story) else self.edition(item)

    def story(self, story: Story) -> str | None:
        """None where a story was not read from a file as a whole."""
        if story.slug not in self._of_stories:  # its editions ask too
            self._of_stories[story.slug] = self._story(story)
        return self._of_stories[story.slug]

    def _story(self, story: Story) -> str | None:
        if not story.digest:
            return None
        signature, evidence = self._signature(story), self._evidence(story)
        beside = fingerprint(signature, evidence) if signature or evidence else ""
        return f"{story.digest} {self._context} {beside}"

    def _signature(self, item: Story | Edition) -> str:
        """What stands for what the journal knows of an item; empty where it knows of none."""
        return repr(signature_of(self._library.signed, item)) if self._library.signed else ""

    def edition(self, edition: Edition) -> str | None:
        """An edition is judged with its stories."""
        stories = [self._library.stories.get(slug) for slug in edition.stories]
        keys = [self.story(story) if story else None for story in stories]
        whole = [key for key in keys if key]
        if not edition.digest or len(whole) < len(keys):
            return None
        return fingerprint(self._context, edition.slug, edition.digest, self._signature(edition), *whole)

    def traced(self, item: Story | Edition, traces: Tracer) -> str:
        """What stands for all that the ledger of an item is made from; empty where it was not read as a whole."""
        stories = (
            [item] if isinstance(item, Story) else list(filter(None, map(self._library.stories.get, item.stories)))
        )
        if not item.digest or not all(story.digest for story in stories):
            return ""
        made_of = [part for story in stories for part in (story.digest, self._evidence(story))]
        return fingerprint(item.digest, *made_of, traces.names_for(item))
