"""What was found before: a story that did not change is not judged again by rules that look at nothing but it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from generator.check.rules import Finding
from generator.model.content import Edition, Library, Story
from generator.model.fingerprint import Fingerprints, fingerprint

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

    def has(self, key: str | None) -> bool:
        """Whether the findings of an item are known from before."""
        return key is not None and key in self.before

    def of(self, key: str | None, fresh: Findings | None) -> Findings:
        """The findings of an item: those of now where there are any, or else from before."""
        found = self.before.get(key or "", ()) if fresh is None else fresh
        if key is not None:
            self.now[key] = found
        return found


class Keys:
    """Names each item together with all that its findings depend on."""

    def __init__(self, library: Library, rules: Collection[str], known: Known) -> None:
        self._library, self._known = library, known
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.glossary)
        self._context = Fingerprints("").of((*words, sorted(library.incomplete), sorted(rules)))

    def of(self, item: Story | Edition) -> str | None:
        """None for what cannot be known again."""
        return self.story(item) if isinstance(item, Story) else self.edition(item)

    def story(self, story: Story) -> str | None:
        """None where a story was not read from a file as a whole."""
        signature = self._library.signed.get(story.slug) or self._library.signed.get(story.renamed_from or "")
        evidence = self._known.evidence(story)
        return fingerprint(self._context, story.slug, story.digest, repr(signature), evidence) if story.digest else None

    def edition(self, edition: Edition) -> str | None:
        """An edition is judged with its stories."""
        stories = [self._library.stories.get(slug) for slug in edition.stories]
        keys = [self.story(story) if story else None for story in stories]
        whole = [key for key in keys if key]
        if not edition.digest or len(whole) < len(keys):
            return None
        return fingerprint(self._context, edition.slug, edition.digest, *whole)
