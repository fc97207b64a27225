"""What was found before: a story that did not change is not judged again by rules that look at nothing but it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from generator.check.rules import Finding
from generator.model.content import Edition, Library, Story
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.journal import signature_of

Findings = tuple[tuple[str, Finding], ...]
"""What the rules found in one item, each with the name of its rule."""


@dataclass(slots=True)
class Known:
    """Findings by what they were found from: an item, the evidence of its sources, and all by which it is judged."""

    before: Mapping[str, Findings] = field(default_factory=dict)
    evidence: Callable[[Story], str] = lambda story: ""
    """Stands for the texts that are kept of a story's sources."""
    now: dict[str, Findings] = field(default_factory=dict)
    """Those of this run, for the next one."""

    def of(self, key: str | None, judge: Callable[[], Findings]) -> Findings:
        """The findings of an item, from before where they are known."""
        if key is None:
            return judge()
        found = self.before.get(key)
        self.now[key] = judge() if found is None else found
        return self.now[key]


class Keys:
    """Names each item together with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], known: Known) -> None:
        self._library, self._known = library, known
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        self._context = Fingerprints("").of((*words, sorted(library.incomplete), sorted(rules)))

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
