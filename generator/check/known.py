"""Earlier findings: an unchanged story is not judged again, nor an edition whose stories did not change.

An item is recognised by its key, which covers all that rules read besides the item; an item without a key is judged on
every run. A ledger depends on less: a new name in a vocabulary makes all stories be judged again, but only those with
that name be traced again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from generator.check.rules import Finding
from generator.model.content import Edition, Story
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.held import Bytes
from generator.model.journal import signature_of
from generator.model.library import Library
from generator.model.tracing import Ledger
from generator.trace.tracer import Tracer

Findings = tuple[tuple[str, Finding], ...]
"""The findings of one item, each with the name of its rule."""
OfThread = tuple[tuple[str, str, Finding], ...]
"""The findings in the stories of a thread, each with the name of its rule and its file."""


class Judged(Struct, frozen=True, array_like=True):
    """The findings and the ledger of one item, as kept from run to run."""

    key: str
    """Identifies the item with all that its findings depend on; empty if it cannot be recognised later."""
    findings: Findings = ()
    ledger: Bytes | None = None
    """The item's ledger as JSON, decoded only on demand; None if no rule asked for it."""
    traced: str = ""
    """Fingerprint of all inputs of the ledger; empty if it cannot be recognised later."""

    def ledger_of(self, made_of: str) -> Ledger | None:
        """Return the item's ledger if it was made from these inputs (`Keys.traced`); None otherwise."""
        if self.ledger is None or not made_of or made_of != self.traced:
            return None
        return msgspec.json.decode(self.ledger(), type=Ledger)


class Results(Struct, frozen=True):
    """Results by file: of this run for items that were looked up in it, else of earlier runs."""

    now: Mapping[str, Judged]
    before: Mapping[str, Judged]
    doubted: frozenset[str]
    """Files whose earlier results do not count."""

    def get(self, file: str) -> Judged | None:
        """Return the result for the item of a file; None if nobody has looked."""
        return self.now.get(file) or (None if file in self.doubted else self.before.get(file))


class Known(Struct):
    """Results by file, of earlier runs (`before`) and of this one so far (`now`)."""

    before: Mapping[str, Judged] = field(default_factory=dict)
    evidence: Callable[[Story], str] = lambda story: ""
    """Returns the stamps of the texts kept of a story's sources."""
    wants: Callable[[str], bool] = lambda file: True
    """Returns whether the results of a file are needed."""
    touched: Callable[[str], frozenset[str] | None] = lambda context: None
    """Returns the files whose items may differ from those judged in a context; None if any may."""
    standing: Mapping[str, Findings] = field(default_factory=dict)
    """Earlier findings in untouched items. Items without findings are left out."""
    threads: Mapping[str, OfThread] = field(default_factory=dict)
    """Earlier findings in threads, by a key that covers all that they depend on."""
    in_threads: dict[str, OfThread] = field(default_factory=dict)
    """The findings of this run in threads, by the same keys."""
    now: dict[str, Judged] = field(default_factory=dict)
    """Results of the items that were looked up in this run."""
    looked_up: int = 0
    """Number of items looked up in this run."""
    context: str = ""
    """Fingerprint of the vocabularies and the rules of this run."""
    doubted: frozenset[str] | None = None
    """Files whose items were looked up one by one, or are gone; None if all items were looked up."""

    def doubtful(self, library: Library, context: str) -> list[Story | Edition]:
        """Keep most items as known, and return the others, which must be looked up by their keys."""
        touched, stories, editions = self.touched(context), library.stories, library.editions
        self.context = context
        if touched is None:
            return [*stories.values(), *editions.values()]
        slugs = {Path(file).stem for file in touched} | library.withdrawn.keys()
        items: list[Story | Edition] = [stories[slug] for slug in sorted(slugs & stories.keys())]
        items += [e for slug, e in editions.items() if slug in slugs or not slugs.isdisjoint(e.stories)]
        self.doubted = touched.union(item.file for item in items)
        return items

    @property
    def all(self) -> Results:
        """Results of all items, from this run or earlier ones."""
        return Results(self.now, {} if self.doubted is None else self.before, self.doubted or frozenset())

    def findings(self) -> Iterator[tuple[str, Findings]]:
        """Yield the findings of each item that has any, with its file."""
        yield from ((file, judged.findings) for file, judged in self.now.items() if judged.findings)
        if self.doubted is not None:
            yield from ((file, findings) for file, findings in self.standing.items() if file not in self.doubted)

    def lasting(self) -> tuple[dict[str, Judged], frozenset[str]]:
        """Return the results to keep, by file, and the files to keep nothing of. All others are kept already."""
        among = self.now.keys() | self.before.keys() if self.doubted is None else self.doubted
        found = {file: judged for file in among if (judged := self.now.get(file)) and judged.key}
        return found, frozenset(among - found.keys())

    def take(self, files: Sequence[str], keys: Sequence[str | None]) -> list[int]:
        """Adopt earlier results that have the same keys. Returns the numbers of the items still to be judged."""
        self.looked_up, before = len(files), self.before.get
        found = [
            judged if (judged := before(file)) and judged.key == key else None
            for file, key in zip(files, keys, strict=True)
        ]
        self.now.update((file, judged) for file, judged in zip(files, found, strict=True) if judged)
        return [number for number, judged in enumerate(found) if judged is None and self.wants(files[number])]


class Keys:
    """Makes the keys of items. A key identifies an item with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], evidence: Callable[[Story], str]) -> None:
        self._library, self._evidence = library, evidence
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        unsure = sorted(library.incomplete - {"editions"})  # no rule that judges single items reads editions
        self.context = Fingerprints("").of((*words, unsure, sorted(rules)))
        self._of_stories: dict[str, str | None] = {}

    def of(self, item: Story | Edition) -> str | None:
        """Return the key of an item; None if it cannot be recognised later."""
        return self.story(item) if isinstance(item, Story) else self.edition(item)

    def story(self, story: Story) -> str | None:
        """Return the key of a story, cached for the keys of editions; None if it was not read whole from a file."""
        return self._of_stories.get(story.slug) or self._story(story)

    def _story(self, story: Story) -> str | None:
        signature, evidence = self._signature(story), self._evidence(story)
        beside = fingerprint(signature, evidence) if signature or evidence else ""
        key = f"{story.digest} {self.context} {beside}" if story.digest else None
        self._of_stories[story.slug] = key
        return key

    def _signature(self, item: Story | Edition) -> str:
        """The journal's entry for an item, as text for its key; empty without a journal."""
        return repr(signature_of(self._library.signed, item)) if self._library.signed else ""

    def edition(self, edition: Edition) -> str | None:
        """Return the key of an edition and its stories; None if any is missing, withdrawn or without a key."""
        keys = list(map(self._of_stories.get, edition.stories))
        if None in keys:  # or they were not asked for yet
            stories = map(self._library.stories.get, edition.stories)
            keys = [self.story(story) if story else None for story in stories]
        whole = [key for key in keys if key]
        if not edition.digest or len(whole) < len(keys):
            return None
        if not self._library.withdrawn.keys().isdisjoint(edition.stories):
            return None
        return fingerprint(self.context, edition.slug, edition.digest, self._signature(edition), *whole)

    def traced(self, item: Story | Edition, traces: Tracer) -> str:
        """Return the fingerprint of all inputs of an item's ledger; empty if some are in no file."""
        stories = (
            [item] if isinstance(item, Story) else list(filter(None, map(self._library.stories.get, item.stories)))
        )
        if not item.digest or not all(story.digest for story in stories):
            return ""
        made_of = [part for story in stories for part in (story.digest, self._evidence(story))]
        return fingerprint(item.digest, *made_of, traces.names_for(item))
