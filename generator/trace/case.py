"""Cases to judge: each figure of a sentence, with its candidates in the evidence and those of the figures beside it."""

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
    """The story's day, for dates without a year; None if it could not be read."""
    told: tuple[frozenset[str] | None, ...]
    """For each figure, the sources that the sentence attributes it to; None if it names none."""
    claims_before: tuple[Claim, ...] = ()
    """The claims of the sentence before."""

    @cached_property
    def in_units(self) -> dict[int, list[Figure]]:
        """Readings of bare numbers in the units of figures beside them, by start."""
        found: dict[int, list[Figure]] = {}
        for figure in inheriting(self.text, self.items, None):
            found.setdefault(figure.start, []).append(figure)
        return found


class Case(NamedTuple):
    """A figure of a sentence, with its candidates in the evidence and those of the figures beside it."""

    item: Measured
    there: list[Candidate]
    """Candidates for the figure in the evidence."""
    own: Candidate | None
    """The candidate it follows from, if any."""
    number: int
    question: Question
    found: Sequence[list[Candidate]]
    """Candidates for each figure of the sentence."""
    chosen: Sequence[Candidate | None]
    """The candidate that each figure follows from, if any."""

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
        """All candidates it follows from."""
        return [candidate for candidate in self.there if candidate.how]

    @property
    def beside(self) -> list[Candidate]:
        """The candidates that the other figures of the sentence follow from."""
        return [other for at, other in enumerate(self.chosen) if other and at != self.number]

    @property
    def rival(self) -> Candidate | None:
        """The best candidate it does not follow from and which no other figure of the sentence means."""
        values = {value(other.item) for other in self.beside}
        free = [c for c in self.there if not c.how and value(c.item) not in values]
        return best([c for c in free if not any(_overlap(c, other) for other in self.beside)])

    @property
    def before(self) -> tuple[Measured, ...]:
        """Inputs from the sentence before; none if the figure is attributed: no source reports what we compute."""
        return self.question.before if self.question.told[self.number] is None else ()

    @property
    def is_whole(self) -> bool:
        """Whether the whole text is kept of every source that the figure is attributed to."""
        told, support = self.question.told[self.number], self.question.support
        return are_whole(support if told is None else [kept for kept in support if kept.source in told])


def _overlap(one: Candidate, other: Candidate) -> bool:
    """Whether two candidates are the same figure, or an end and the whole of one range."""
    is_one = one.reading is other.reading and one.number == other.number
    return is_one and one.item.start < other.item.end and other.item.start < one.item.end
