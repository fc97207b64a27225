"""What was found before: a story that did not change is not judged again by rules that look at nothing but it.

What tracing finds is known by less than that: a new name in a vocabulary judges the stories again, and traces only
those in which it occurs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from generator.check.rules import Finding
from generator.model.content import Edition, Library, Story
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.journal import signature_of
from generator.trace.tracer import Tracer

Findings = tuple[tuple[str, Finding], ...]
"""What rules found in one item, each with the name of its rule."""


class Found(NamedTuple):
    """What was found in an item: in itself, and in its ledger with what stands for all that this was made from."""

    own: Findings
    ledger: Findings
    traced: str

    @property
    def all(self) -> Findings:
        return (*self.own, *self.ledger)


@dataclass
class Known:
    """Findings by what they were found from: an item, the evidence of its sources, and all by which it is judged."""

    before: Mapping[str, Found] = field(default_factory=dict)
    evidence: Callable[[Story], str] = lambda story: ""
    """Stands for the texts that are kept of a story's sources."""
    now: dict[str, Found] = field(default_factory=dict)
    """Those of this run, for the next one."""

    def of(
        self, key: str | None, judge: Callable[[], Findings], traced: Callable[[], str], trace: Callable[[], Findings]
    ) -> Findings:
        """The findings of an item, from before where they are known.

        `key` stands for all that they depend on, `traced` for all that those of its ledger do.
        """
        if key is None:
            return (*judge(), *trace())
        found = self.before.get(key)
        if found is None:
            of = traced()
            ledger = self._ledgers.get(of)
            found = Found(judge(), trace() if ledger is None else ledger, of)
        self.now[key] = found
        return found.all

    @cached_property
    def _ledgers(self) -> dict[str, Findings]:
        return {found.traced: found.ledger for found in self.before.values()}


class Keys:
    """Names each item together with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], known: Known, traces: Tracer) -> None:
        self._library, self._known, self._traces = library, known, traces
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        self._rules = fingerprint(*sorted(rules))
        self._context = Fingerprints(self._rules).of((*words, sorted(library.incomplete)))

    def story(self, story: Story) -> str | None:
        """None where a story was not read from a file as a whole."""
        signature = signature_of(self._library.signed, story)
        evidence = self._known.evidence(story)
        return fingerprint(self._context, story.slug, story.digest, repr(signature), evidence) if story.digest else None

    def edition(self, edition: Edition) -> str | None:
        """An edition is judged with its stories."""
        stories = [self._library.stories.get(slug) for slug in edition.stories]
        keys = [self.story(story) if story else None for story in stories]
        whole = [key for key in keys if key]
        if not edition.digest or len(whole) < len(keys):
            return None
        signature = signature_of(self._library.signed, edition)
        return fingerprint(self._context, edition.slug, edition.digest, repr(signature), *whole)

    def traced(self, item: Story | Edition) -> str:
        """What the findings in the ledger of an item depend on."""
        stories = [item] if isinstance(item, Story) else [self._library.stories[slug] for slug in item.stories]
        made_of = [part for story in stories for part in (story.digest or "", self._known.evidence(story))]
        return fingerprint(self._rules, item.digest or "", *made_of, self._traces.names_for(item))
