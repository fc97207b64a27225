"""What a rule is, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from generator.model.content import Edition, Library, Story
from generator.model.problems import Path, Severity
from generator.model.tracing import Ledger


@dataclass(frozen=True, slots=True)
class Finding:
    """One place that a rule objects to."""

    path: Path
    what: str
    hint: str = ""
    excerpt: str = ""
    at_key: bool = False


StoryRule = Callable[[Story, Library], Iterator[Finding]]
EditionRule = Callable[[Edition, Library], Iterator[Finding]]
LibraryRule = Callable[[Library], Iterator[tuple[str, Finding]]]
"""Looks at everything at once; answers with the file beside each finding."""
LedgerRule = Callable[[Ledger, Story | Edition], Iterator[Finding]]
"""Looks at what tracing found in a story or an edition."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table: its name, how grave it is unless the configuration says otherwise, and the function."""

    name: str
    severity: Severity
    summary: str
    story: StoryRule | None = None
    edition: EditionRule | None = None
    library: LibraryRule | None = None
    ledger: LedgerRule | None = None
    on_drafts: bool = False
    """Whether the rule can judge a story of which some fields could not be read."""


Setting = Literal["off", "warning", "error"]
