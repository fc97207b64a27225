"""Rules and their findings."""

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
    """How many times the words of `excerpt` occur before the place; None if unknown."""
    at_key: bool = False
    only_plain: bool = False
    """Whether it is dropped for a value in YAML quotation marks, which show that it is meant."""
    mend: str | None = None
    """What `citewire check --fix` writes instead of `excerpt`; None if a person must decide."""


def in_text(path: Path, text: str, start: int, words: str, what: str, hint: str, mend: str | None = None) -> Finding:
    """Return a finding on words at an offset of a text, which may occur elsewhere in it as well."""
    return Finding(path, what, hint, words, bisect_left(_all_places(words, text), start), mend=mend)


@lru_cache(maxsize=64)
def _all_places(words: str, text: str) -> tuple[int, ...]:
    """Offsets of words in a text. Cached, because a slip often occurs many times."""
    return tuple(places_of(words, text))


ItemRule = Callable[[Story | Edition, Library], Iterator[Finding]]
StoryRule = Callable[[Story, Library], Iterator[Finding]]
EditionRule = Callable[[Edition, Library], Iterator[Finding]]
LibraryRule = Callable[[Library], Iterator[tuple[str, Finding]]]
"""Looks at everything at once, and yields a file with each finding."""


class Thread(Struct, frozen=True):
    """The stories of one event over time, oldest first, with the slugs of the editions that have each of them."""

    stories: tuple[Story, ...]
    editions: tuple[frozenset[str], ...]


ThreadRule = Callable[[Thread, Library], Iterator[tuple[str, Finding]]]
"""Looks at the stories of a thread and at the newsletter's vocabularies, and yields a file with each finding."""
LedgerRule = Callable[[Ledger, Story | Edition], Iterator[Finding]]
"""Looks at the ledger of a story or an edition."""


class Rule(Struct, frozen=True):
    """A row of the table: the name of a rule, its default severity, and its function."""

    name: str
    severity: Severity
    summary: str
    item: ItemRule | None = None
    """Judges stories and editions alike. If the two differ, `story` and `edition` are used."""
    story: StoryRule | None = None
    edition: EditionRule | None = None
    thread: ThreadRule | None = None
    library: LibraryRule | None = None
    ledger: LedgerRule | None = None
    needs: frozenset[str] = frozenset()
    """Fields that the rule judges together: it is skipped if one of them could not be read."""
    editorial: bool = False
    """Whether it judges how the newsletter is written, not whether a site can be built or what tracing finds."""

    def judge_of(self, item: Story | Edition) -> Callable[[Any, Library], Iterator[Finding]] | None:
        """Return the function that judges this kind of item; None if there is none."""
        return self.item or (self.story if isinstance(item, Story) else self.edition)

    @property
    def of_writing(self) -> bool:
        """Whether it skips items that were written under other rules, which are marked with `imported`."""
        return self.editorial or self.ledger is not None


Setting = Literal["off", "warning", "error"]
T = TypeVar("T")


def once(make: Callable[[Library], T]) -> Callable[[Library], T]:
    """Cache what a rule computes from the whole library. Only the last library is kept."""
    kept: list[tuple[Library, T]] = []

    def made(library: Library) -> T:
        if not kept or kept[0][0] is not library:
            kept[:] = [(library, make(library))]
        return kept[0][1]

    return made
