"""What was found before: a story that did not change is not judged again, nor an edition of which no story changed.

An item is known again by its key, which covers all that rules look at beside the item; one that can have no key is
judged on every run. A ledger depends on less: when a name is added to a vocabulary, all stories are judged again, but
only those that have the name are traced again.
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
"""What the rules found in one item, each with the name of its rule."""


class Judged(Struct, frozen=True, array_like=True):
    """What was found in one item, as it is kept from run to run."""

    key: str
    """Names the item together with all that its findings depend on; empty where it cannot be known again."""
    findings: Findings = ()
    ledger: Bytes | None = None
    """The item's ledger as JSON, which few ask for; None where no rule asked for it."""
    traced: str = ""
    """Fingerprint of all that the ledger was made from; empty where it cannot be known again."""

    def ledger_of(self, made_of: str) -> Ledger | None:
        """The item's ledger if it was made from this (`Keys.traced`); else None."""
        if self.ledger is None or not made_of or made_of != self.traced:
            return None
        return msgspec.json.decode(self.ledger(), type=Ledger)


class Found(Struct, frozen=True):
    """What was found in items, by their files: in those that were looked up in this run, and before in all others."""

    now: Mapping[str, Judged]
    before: Mapping[str, Judged]
    doubted: frozenset[str]
    """Files of which nothing counts that was found before."""

    def get(self, file: str) -> Judged | None:
        """What was found in the item of a file; None where nobody has looked."""
        return self.now.get(file) or (None if file in self.doubted else self.before.get(file))


class Known(Struct):
    """What was found in items, by their files: in earlier runs (`before`), and by now in this one (`now`)."""

    before: Mapping[str, Judged] = field(default_factory=dict)
    evidence: Callable[[Story], str] = lambda story: ""
    """Answers with the stamps of the texts that are kept of a story's sources."""
    wants: Callable[[str], bool] = lambda file: True
    """Says of a file whether anybody asks for what is found in it."""
    touched: Callable[[str], frozenset[str] | None] = lambda context: None
    """Answers with the files in which items may differ from what was judged in a context; None where any item may."""
    standing: Mapping[str, Findings] = field(default_factory=dict)
    """What the earlier run found in items that are not touched. Those without a fault are left out."""
    now: dict[str, Judged] = field(default_factory=dict)
    """What was found in the items that were looked up in this run, by their files."""
    looked_up: int = 0
    """How many items were looked up in this run."""
    context: str = ""
    """Fingerprint of the words and the rules by which items are judged in this run."""
    doubted: frozenset[str] | None = None
    """Files of which the items were looked up one by one, or are gone; None where all items were looked up."""

    def doubtful(self, library: Library, context: str) -> list[Story | Edition]:
        """Leave most items as they are known. Answers with the others, which must be looked up by their keys."""
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
    def all(self) -> Found:
        """What was found in all items, in this run or before."""
        return Found(self.now, {} if self.doubted is None else self.before, self.doubted or frozenset())

    def findings(self) -> Iterator[tuple[str, Findings]]:
        """What the rules found in the items that have a fault, by their files."""
        yield from ((file, judged.findings) for file, judged in self.now.items() if judged.findings)
        if self.doubted is not None:
            yield from ((file, findings) for file, findings in self.standing.items() if file not in self.doubted)

    def lasting(self) -> tuple[dict[str, Judged], frozenset[str]]:
        """What to keep of this run by file, and files of which to keep nothing. Others are kept already."""
        among = self.now.keys() | self.before.keys() if self.doubted is None else self.doubted
        found = {file: judged for file in among if (judged := self.now.get(file)) and judged.key}
        return found, frozenset(among - found.keys())

    def take(self, files: Sequence[str], keys: Sequence[str | None]) -> list[int]:
        """Take over what was found before under the same keys. Answers with the numbers of the items to be judged."""
        self.looked_up, before = len(files), self.before.get
        found = [
            judged if (judged := before(file)) and judged.key == key else None
            for file, key in zip(files, keys, strict=True)
        ]
        self.now.update((file, judged) for file, judged in zip(files, found, strict=True) if judged)
        return [number for number, judged in enumerate(found) if judged is None and self.wants(files[number])]


class Keys:
    """Makes the keys of items. A key names an item together with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], evidence: Callable[[Story], str]) -> None:
        self._library, self._evidence = library, evidence
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        unsure = sorted(library.incomplete - {"editions"})  # which no rule asks for that judges one item
        self.context = Fingerprints("").of((*words, unsure, sorted(rules)))
        self._of_stories: dict[str, str | None] = {}

    def of(self, item: Story | Edition) -> str | None:
        """The key of an item; None where it cannot be known again."""
        return self.story(item) if isinstance(item, Story) else self.edition(item)

    def story(self, story: Story) -> str | None:
        """The key of a story, remembered for the keys of editions; None if it was not read from a file as a whole."""
        return self._of_stories.get(story.slug) or self._story(story)

    def _story(self, story: Story) -> str | None:
        signature, evidence = self._signature(story), self._evidence(story)
        beside = fingerprint(signature, evidence) if signature or evidence else ""
        key = f"{story.digest} {self.context} {beside}" if story.digest else None
        self._of_stories[story.slug] = key
        return key

    def _signature(self, item: Story | Edition) -> str:
        """What the journal knows of an item, as one text for its key; empty where there is no journal."""
        return repr(signature_of(self._library.signed, item)) if self._library.signed else ""

    def edition(self, edition: Edition) -> str | None:
        """The key of an edition with its stories; None if one is lacking, withdrawn or cannot be known again."""
        keys = list(map(self._of_stories.get, edition.stories))
        if None in keys:  # or nobody has asked yet
            stories = map(self._library.stories.get, edition.stories)
            keys = [self.story(story) if story else None for story in stories]
        whole = [key for key in keys if key]
        if not edition.digest or len(whole) < len(keys):
            return None
        if not self._library.withdrawn.keys().isdisjoint(edition.stories):
            return None
        return fingerprint(self.context, edition.slug, edition.digest, self._signature(edition), *whole)

    def traced(self, item: Story | Edition, traces: Tracer) -> str:
        """Fingerprint of all that the ledger of an item is made from; empty where some of that is in no file."""
        stories = (
            [item] if isinstance(item, Story) else list(filter(None, map(self._library.stories.get, item.stories)))
        )
        if not item.digest or not all(story.digest for story in stories):
            return ""
        made_of = [part for story in stories for part in (story.digest, self._evidence(story))]
        return fingerprint(item.digest, *made_of, traces.names_for(item))
