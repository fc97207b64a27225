"""What a rule is, and what it answers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Literal, TypeVar

from msgspec import Struct

from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path, Severity, places_of
from generator.model.tracing import Ledger


class Finding(Struct, frozen=True):
    """One place that a rule objects to."""

    path: Path
    what: str
    hint: str = ""
    excerpt: str = ""
    earlier: int | None = None
    """How often the words of `excerpt` stand in the text before the place; None where that is not known."""
    at_key: bool = False
    only_plain: bool = False
    """Whether quotation marks of YAML around the value say that it is meant."""
    mend: str | None = None
    """What `citewire check --fix` writes instead of `excerpt`; None where a person must decide."""


def in_text(path: Path, text: str, start: int, words: str, what: str, hint: str, mend: str | None = None) -> Finding:
    """A finding on words of a text that begin at an offset in it, and may stand elsewhere in it as well."""
    return Finding(path, what, hint, words, bisect_left(_all_places(words, text), start), mend=mend)


@lru_cache(maxsize=64)
def _all_places(words: str, text: str) -> tuple[int, ...]:
    """Where words stand in a text. Remembered, since a slip that stands there once may well stand there often."""
    return tuple(places_of(words, text))


ItemRule = Callable[[Story | Edition, Library], Iterator[Finding]]
StoryRule = Callable[[Story, Library], Iterator[Finding]]
EditionRule = Callable[[Edition, Library], Iterator[Finding]]
LibraryRule = Callable[[Library], Iterator[tuple[str, Finding]]]
"""Looks at everything at once; answers with the file beside each finding."""
LedgerRule = Callable[[Ledger, Story | Edition], Iterator[Finding]]
"""Looks at what tracing found in a story or an edition."""


class Rule(Struct, frozen=True):
    """A row of the table: its name, how grave it is unless the configuration says otherwise, and the function."""

    name: str
    severity: Severity
    summary: str
    item: ItemRule | None = None
    """Judges stories and editions alike. Where the two differ, `story` and `edition` judge them."""
    story: StoryRule | None = None
    edition: EditionRule | None = None
    library: LibraryRule | None = None
    ledger: LedgerRule | None = None
    needs: frozenset[str] = frozenset()
    """Fields that the rule judges together: where one of them could not be read, it is silent."""
    editorial: bool = False
    """Whether it judges how the newsletter is written; not whether a site can be made of it, nor what tracing finds."""

    def judge_of(self, item: Story | Edition) -> Callable[[Any, Library], Iterator[Finding]] | None:
        """The function that judges such an item; None where the rule says nothing of its kind."""
        return self.item or (self.story if isinstance(item, Story) else self.edition)

    @property
    def of_writing(self) -> bool:
        """Whether what was written under other rules, and says so by `imported`, is not judged by it."""
        return self.editorial or self.ledger is not None


Setting = Literal["off", "warning", "error"]
T = TypeVar("T")


def once(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """Make what a rule needs of the whole library once: it is remembered for the library that was asked last."""
    kept: list[tuple[Library, T]] = []

    def made(library: Library) -> T:
        if not kept or kept[0][0] is not library:
            kept[:] = [(library, make(library))]
        return kept[0][1]

    return made
