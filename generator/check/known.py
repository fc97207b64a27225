"""What was found before: a story that did not change is not judged again, nor an edition of which no story changed.

What rules look at beside the item itself is in its key, or it has none and is judged on every run. A ledger depends
on less: another name in a vocabulary has all stories judged again, and those traced that have it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct, field

from generator.check.rules import Finding
from generator.model.content import Edition, Library, Story
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.held import Bytes
from generator.model.journal import signature_of
from generator.model.tracing import Ledger
from generator.trace.tracer import Tracer

Findings = tuple[tuple[str, Finding], ...]
"""What the rules found in one item, each with the name of its rule."""


class Judged(Struct, frozen=True, array_like=True):
    """What is known of an item."""

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


class Known(Struct):
    """What was found of items, by their files."""

    before: Mapping[str, Judged] = field(default_factory=dict)
    evidence: Callable[[Story], str] = lambda story: ""
    """Answers with the stamps of the texts that are kept of a story's sources."""
    wants: Callable[[str], bool] = lambda file: True
    """Says of a file whether anybody asks for what is found in it."""
    touched: Callable[[str], frozenset[str] | None] = lambda context: None
    """Says of a context in which files items may not be as they were judged in it; None where any may not be."""
    now: dict[str, Judged] = field(default_factory=dict)
    """What was found in items in this run, by their files."""
    context: str = ""
    """Fingerprint of the words and the rules by which items are judged in this run."""
    doubted: frozenset[str] | None = None
    """The files of items that were looked for one by one, or are gone; None where all were."""

    def doubtful(self, library: Library, context: str) -> list[Story | Edition]:
        """Take what is known of all items but for some, and answer with those, which must be looked for one by one."""
        touched, stories, editions = self.touched(context), library.stories, library.editions
        self.context = context
        if touched is None:
            return [*stories.values(), *editions.values()]
        slugs = {Path(file).stem for file in touched} | library.withdrawn.keys()
        items: list[Story | Edition] = [stories[slug] for slug in sorted(slugs & stories.keys())]
        items += [e for slug, e in editions.items() if slug in slugs or not slugs.isdisjoint(e.stories)]
        self.doubted = touched.union(item.file for item in items)
        self.now = dict(self.before)
        for file in self.doubted & self.now.keys():
            del self.now[file]
        return items

    def lasting(self) -> tuple[dict[str, Judged], frozenset[str]]:
        """What may be known again, and the files of which nothing may; what was not doubted is known already."""
        among = self.now.keys() | self.before.keys() if self.doubted is None else self.doubted
        found = {file: judged for file in among if (judged := self.now.get(file)) and judged.key}
        return found, frozenset(among - found.keys())

    def take(self, files: Sequence[str], keys: Sequence[str | None]) -> list[int]:
        """Learn what was found before in items of these files with these keys; answers which are to be judged."""
        before = self.before.get
        found = [
            judged if (judged := before(file)) and judged.key == key else None
            for file, key in zip(files, keys, strict=True)
        ]
        self.now.update((file, judged) for file, judged in zip(files, found, strict=True) if judged)
        return [number for number, judged in enumerate(found) if judged is None and self.wants(files[number])]


class Keys:
    """Names each item together with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], evidence: Callable[[Story], str]) -> None:
        self._library, self._evidence = library, evidence
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        unsure = sorted(library.incomplete - {"editions"})  # which no rule asks for that judges one item
        self.context = Fingerprints("").of((*words, unsure, sorted(rules)))
        self._of_stories: dict[str, str | None] = {}

    def of(self, item: Story | Edition) -> str | None:
        """None for what cannot be known again."""
        return self.story(item) if isinstance(item, Story) else self.edition(item)

    def story(self, story: Story) -> str | None:
        """None where a story was not read from a file as a whole. Kept at hand, since the keys of editions have it."""
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
        """An edition is judged with its stories; None where any of them is lacking, or was withdrawn."""
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
