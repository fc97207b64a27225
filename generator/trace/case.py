"""What is judged: the figures of a sentence, each with what the evidence has for it and for those beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct

from generator.figures.amounts import Figure, inheriting
from generator.figures.comparing import value
from generator.figures.read import Measured
from generator.model.tracing import Claim
from generator.trace.evidence import Evidence, are_whole
from generator.trace.matching import Candidate, best


class Question(Struct, frozen=True, dict=True):
    """A sentence whose figures are to be judged."""

    text: str
    items: tuple[Measured, ...]
    before: tuple[Measured, ...]
    """The figures of the sentence before, in the same paragraph."""
    support: tuple[Evidence, ...]
    day: date | None
    """That of the story, for dates that name no year; None where it could not be read."""
    told: tuple[frozenset[str] | None, ...]
    """For each figure the sources that the sentence names as telling it."""
    claims_before: tuple[Claim, ...] = ()
    """What the sentence before claims."""

    @cached_property
    def in_units(self) -> dict[int, list[Figure]]:
        """What bare numbers of the sentence mean in the units of figures beside them, by where they begin."""
        found: dict[int, list[Figure]] = {}
        for figure in inheriting(self.text, self.items, None):
            found.setdefault(figure.start, []).append(figure)
        return found


class Case(NamedTuple):
    """A figure of a sentence, with what the evidence has for it and for those beside it."""

    item: Measured
    there: list[Candidate]
    """What may be the figure in the evidence."""
    own: Candidate | None
    """That of which it follows, where it does."""
    number: int
    question: Question
    found: Sequence[list[Candidate]]
    """For each figure of the sentence what may be it in the evidence."""
    chosen: Sequence[Candidate | None]
    """For each that of which it follows, where it does."""

    @property
    def items(self) -> tuple[Measured, ...]:
        """All figures of the sentence."""
        return self.question.items

    @property
    def text(self) -> str:
        """The sentence."""
        return self.question.text

    @property
    def fitting(self) -> list[Candidate]:
        """All of which it follows."""
        return [candidate for candidate in self.there if candidate.how]

    @property
    def beside(self) -> list[Candidate]:
        """That of which the other figures of the sentence follow."""
        return [other for at, other in enumerate(self.chosen) if other and at != self.number]

    @property
    def rival(self) -> Candidate | None:
        """The best figure of the evidence of which it does not follow, and which no other figure means."""
        beside = self.beside
        meant, values = {id(other.item) for other in beside}, {value(other.item) for other in beside}
        return best([c for c in self.there if not c.how and id(c.item) not in meant and value(c.item) not in values])

    @property
    def before(self) -> tuple[Measured, ...]:
        """The figures of the sentence before, of which it may be computed: nobody is said to tell what we compute."""
        return self.question.before if self.question.told[self.number] is None else ()

    @property
    def is_whole(self) -> bool:
        """Whether the whole text is kept of every source that is said to tell it."""
        told, support = self.question.told[self.number], self.question.support
        return are_whole(support if told is None else [kept for kept in support if kept.source in told])
