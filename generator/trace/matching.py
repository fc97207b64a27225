"""Finding a figure in the evidence: every place that has one like it, and how well the words around it agree."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set

import msgspec

from generator.figures.comparing import follows, opposition
from generator.figures.labels import Label
from generator.figures.read import Measured
from generator.figures.units import AKIN
from generator.model.tracing import Place, SourcePart
from generator.trace.context import Context, are_told_of_two, are_two_sides, context, likeness
from generator.trace.evidence import Evidence
from generator.trace.reading import Reading

_SINCE = re.compile(r",?\s(?:up|down)\sfrom\b")
_TO = re.compile(r"\bto\s\Z")
"""Show a level: `growth of 1.5%, down from 2%`, and `cut its forecast for growth to 1.5%`."""
MOST = 1000
"""Most figures of one dimension in one text that are all examined. Articles have fewer; data files may have many."""


class Candidate(msgspec.Struct, frozen=True):
    """A figure in the evidence that could be the one a sentence means."""

    item: Measured
    how: str
    """How the claim follows from it; empty when it does not."""
    opposed: str
    """Why it does not follow though the number fits; empty otherwise."""
    likeness: float
    """How much its surroundings share with the claim's."""
    share: float
    """The likeness as a share of all that the claim's surroundings say."""
    kept: Evidence
    part: SourcePart
    index: int
    reading: Reading
    number: int
    """The number of its sentence in the reading."""

    @property
    def sentence(self) -> str:
        return self.reading.sentences[self.number]

    def stands_with(self, other: Candidate) -> bool:
        """Whether it is a different figure of the same sentence as `other`."""
        return self.reading is other.reading and self.number == other.number and self.item is not other.item

    @property
    def place(self) -> Place:
        start = self.reading.bounds[self.number][0]
        return self.kept.place(self.part, self.index, start + self.item.start, start + self.item.end)


def candidates(claim: Measured, sentence: str, support: Sequence[Evidence]) -> list[Candidate]:
    """Every figure of the claim's dimension in the evidence, in the order of the sources."""
    return of_dimensions(claim, sentence, support, AKIN.get(claim.dimension) or (claim.dimension,))


def of_dimensions(
    claim: Measured, sentence: str, support: Sequence[Evidence], dimensions: Iterable[str]
) -> list[Candidate]:
    """Every figure of some dimensions in the evidence."""
    own: Context | None = None
    found: list[Candidate] = []
    for dimension in dimensions:
        for kept in support:
            if any(dimension in reading.by_dimension for *_, reading in kept.readings):
                own = own or context(sentence, claim.start, claim.end)
                found += _in_source(claim, sentence, dimension, own, kept)
    return found


def _in_source(claim: Measured, sentence: str, dimension: str, own: Context, kept: Evidence) -> Iterator[Candidate]:
    for part, index, reading in kept.readings:
        there = reading.by_dimension.get(dimension, ())
        for item, number in there if len(there) <= MOST else _worth_looking_at(claim, reading, there, kept):
            if (
                isinstance(claim, Label)
                and isinstance(item, Label)
                and claim.family != item.family
                and claim.key != item.key
            ):
                continue
            how = follows(claim, item, kept.year_of(item, claim, reading.sentences[number]))
            opposed = opposition(claim, item) if how else ""
            if opposed and _may_be_told_so(claim, sentence, item, reading.sentences[number]):
                opposed = ""
            theirs = context(reading.sentences[number], item.start, item.end)
            score = likeness(own, theirs)
            share = score / own.whole if own.whole else 0.0
            yield Candidate(item, "" if opposed else how, opposed, score, share, kept, part, index, reading, number)


def _may_be_told_so(claim: Measured, sentence: str, item: Measured, there: str) -> bool:
    """Whether a figure that points the other way in the evidence may describe the same change from the other side."""
    is_level = _SINCE.match(there, item.end) is not None and _TO.search(sentence, 0, claim.start) is not None
    return is_level or are_two_sides(sentence, there) or are_told_of_two(sentence, claim.end, there, item.end)


def _worth_looking_at(
    claim: Measured, reading: Reading, there: Sequence[tuple[Measured, int]], kept: Evidence
) -> Iterator[tuple[Measured, int]]:
    """The first figures of a long table, and those that a claim follows from; words tell little there."""
    left = MOST
    for at, (item, number) in enumerate(there):
        if at < MOST // 2:
            yield item, number
        elif left and follows(claim, item, kept.year_of(item, claim, reading.sentences[number])):
            left -= 1
            yield item, number


def shared_words(claim: Measured, sentence: str, there: Candidate) -> Set[str]:
    """The words, without their endings, around both a claim and a figure of the evidence."""
    own, theirs = context(sentence, claim.start, claim.end), context(there.sentence, there.item.start, there.item.end)
    return own.weights.keys() & theirs.weights.keys()


def best(found: Sequence[Candidate]) -> Candidate | None:
    """The candidate whose surroundings agree best; the first of equals."""
    return max(found, key=lambda candidate: candidate.likeness, default=None)
