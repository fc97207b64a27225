"""The results of tracing: for each sentence its figures, quotations and names, each with a verdict and its evidence.

A ledger holds all that a page or `citewire check --trace` shows. `docs/tracing.md` says what each verdict means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from msgspec import Struct

from generator.model.problems import Path

SAME_NAME, SAME_DATE = "the same name", "the same date"
"""How a figure follows that is no quantity: the version of a model, a day."""
NOTED = "the same quantity, but "
"""How one follows of which the source says more than the text: `up to $10,000`."""


class ClaimKind(StrEnum):
    """What in a sentence can be held against its sources."""

    FIGURE = "figure"
    QUOTATION = "quotation"
    NAME = "name"


class Verdict(StrEnum):
    """What the evidence says of a claim."""

    TRACED = "traced"
    """The claim stands in the evidence of a citation that supports its sentence, or is computed from that."""
    CONTRADICTED = "contradicted"
    """The evidence has something else in its place."""
    UNTRACED = "untraced"
    """The whole text of every supporting source is kept, and it is in none of them."""
    NO_EVIDENCE = "no evidence kept"
    """The claim is in no passage, and of a supporting source no more than passages is kept."""
    UNCITED = "uncited"
    """No citation stands in the sentence, nor behind it in its paragraph."""


def _standing(verdict: Verdict) -> str:
    return verdict.name.lower().replace("_", "-")


STANDINGS = (*map(_standing, Verdict), "answered")
"""Where a claim can stand for readers, as messages name it: with a verdict, or answered for by the writer."""


class SourcePart(StrEnum):
    """Which of the kept words of a source."""

    PASSAGE = "passage"
    TITLE = "title"
    SNAPSHOT = "snapshot"
    PUBLISHER = "publisher"
    """The name of who published the source, whose report it passes on, or who wrote it, which the citation shows."""
    PUBLISHED = "published"
    """The day on which it was published, as in `2026-05-07`, which the citation itself shows."""


def anchor_of(source: str) -> str:
    """The id of a source's entry in a page's list, from the id by which the text cites it."""
    return f"source-{source.replace('/', '--')}"


class Place(Struct, frozen=True):
    """Words in the evidence."""

    source: str
    """The source's id as the text cites it: `hubkub`, in an edition `meta-coreweave-21bn/hubkub`."""
    part: SourcePart
    index: int
    """Which passage, from 0; 0 for the others."""
    start: int
    """Offset in the passage, title or snapshot, in characters."""
    end: int
    text: str
    """The words themselves."""
    around: str
    """The passage, or the sentence of the title or snapshot, in which they stand."""
    read: date | None
    """The day on which the source was read."""

    @property
    def day(self) -> date | None:
        """The day on which the source was published, where that is what the claim follows from."""
        return date.fromisoformat(self.text) if self.part is SourcePart.PUBLISHED else None

    @property
    def public(self) -> str:
        """The words as they may be published: of a page that is kept whole the very words, and nothing around them."""
        return self.text if self.part is SourcePart.SNAPSHOT else self.around

    @property
    def anchor(self) -> str:
        """The id of the source's entry on the page that makes the claim."""
        return anchor_of(self.source)


class Operation(StrEnum):
    """What is reckoned of the terms of a claim."""

    CHANGE = "change"
    """From one of the two to the other, in percent."""
    SHARE = "share"
    """Of the first in the second, in percent."""
    MULTIPLE = "multiple"
    """How many times one of the two is the other."""
    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    """Of the first by the second."""
    DOUBLE = "double"
    """Of what each of two has."""
    YEAR = "year"
    """Twelve times what is of one month."""
    SPREAD = "spread"
    """The first, which is of a time, by the year or the like, or the other way round; the second is the time."""
    SPAN = "span"
    """The time between two days."""
    DAY = "day"
    """What the words mean on the day on which they were written: `last year`, `9 April`; that day is the term."""


class Origin(StrEnum):
    """Who tells a term."""

    SENTENCE = "sentence"
    """The sentence that makes the claim."""
    BEFORE = "sentence before"
    SOURCE = "source"
    PAGE = "page"
    """The story or the edition: it is its own day."""


class Term(Struct, frozen=True):
    """A figure that a claim is computed from, or a day that it is reckoned from."""

    text: str
    """As the sentence or the source has it; a day from which words are reckoned is written as in `2026-05-07`."""
    told: Origin
    start: int | None = None
    """Offset in the sentence that tells it; None of what no sentence of ours tells."""
    place: Place | None = None
    """Where the evidence has it; None where it is itself computed or not traced, and of the day of a page."""

    @property
    def day(self) -> date | None:
        """The day from which words are reckoned; None of a term that is another figure."""
        is_day = self.told is Origin.PAGE or (self.place is not None and self.place.day is not None)
        return date.fromisoformat(self.text) if is_day else None


class Reckoning(Struct, frozen=True):
    """What a claim follows from that does not stand in the evidence as such."""

    by: Operation
    terms: tuple[Term, ...]


Count = Mapping[str, int]
"""Numbers of claims, by their kind and where they stand: `{"figure traced": 3}`."""


class Claim(Struct, frozen=True):
    """A figure, quotation or name in a sentence, with what the evidence says of it."""

    kind: ClaimKind
    text: str
    start: int
    """Offset in the sentence's `text`."""
    end: int
    verdict: Verdict
    place: Place | None = None
    """Where it was found; what stands there instead of a contradicted claim, what comes nearest to an untraced one.

    Of a claim that is computed the first of its terms that has a place.
    """
    how: str = ""
    """How the claim follows from the place: `word for word`, `the same quantity`, `rounded`, `computed`; or why not."""
    silenced: str | None = None
    """The writer's reason for which the verdict is not reported."""
    reckoned: Reckoning | None = None
    """How it is computed, or reckoned from a day; None of what stands in the evidence as such."""

    @property
    def is_decided(self) -> bool:
        """Whether the evidence says something of the very claim, and not only of what is like it."""
        return self.verdict in (Verdict.TRACED, Verdict.CONTRADICTED) and self.silenced is None

    @property
    def shown(self) -> Place | None:
        """The place that readers are shown: none of a claim that is only like the words of a source."""
        return self.place if self.is_decided else None

    @property
    def places(self) -> tuple[Place, ...]:
        """Its own place and those of its terms."""
        terms = self.reckoned.terms if self.reckoned else ()
        return tuple([place for place in (self.place, *(term.place for term in terms)) if place])

    @property
    def shown_reckoning(self) -> Reckoning | None:
        """How it is computed or reckoned, where readers are shown that."""
        return self.reckoned if self.reckoned and self.is_decided else None

    @property
    def shown_how(self) -> str:
        """How it follows, or why it cannot be; empty where the evidence answers nothing."""
        return self.how if self.is_decided else ""

    @property
    def is_impossible(self) -> bool:
        """Whether it is wrong whatever the evidence says: a weekday that is not that of its date."""
        return self.verdict is Verdict.CONTRADICTED and self.is_decided and not self.places

    @property
    def standing(self) -> str:
        """What readers are told of it: one of `STANDINGS`."""
        return "answered" if self.silenced is not None else _standing(self.verdict)

    @property
    def is_noted(self) -> bool:
        """Whether it is traced, and its source says something else of it beside the number."""
        return self.verdict is Verdict.TRACED and self.how.startswith(NOTED)

    @property
    def is_fault(self) -> bool:
        """Whether the writer has something to mend."""
        return self.verdict in (Verdict.CONTRADICTED, Verdict.UNTRACED) and self.silenced is None


class Sentence(Struct, frozen=True):
    """A sentence of an author's text, without its markup, and what it claims."""

    path: Path
    """Where its text stands in the file."""
    start: int
    """Offset of its first word in that text."""
    text: str
    sources: tuple[str, ...]
    """The ids that support it, in the order in which they are cited."""
    claims: tuple[Claim, ...]
    about: str = ""
    """The point on which the sources disagree, where the text is what some of them say of it."""


class Misquoted(Struct, frozen=True):
    """A passage that is not in the kept text of its own source."""

    source: str
    index: int
    passage: str


class Damaged(Struct, frozen=True):
    """A source whose snapshot cannot be used: its file is damaged or was changed."""

    source: str
    why: str
    """Names the file, and says what to do."""


class Ledger(Struct, frozen=True):
    """All sentences of a story or an edition that claim something, in reading order."""

    sentences: tuple[Sentence, ...]
    misquoted: tuple[Misquoted, ...] = ()
    unmet: tuple[int, ...] = ()
    """Indexes of the writer's `trace:` entries that meet no claim."""
    damaged: tuple[Damaged, ...] = ()

    @property
    def claims(self) -> Iterator[Claim]:
        return (claim for sentence in self.sentences for claim in sentence.claims)

    def counted(self) -> Mapping[Verdict, int]:
        """How many claims have each verdict; the silenced are not among them."""
        return Counter(claim.verdict for claim in self.claims if claim.silenced is None)

    @property
    def silenced(self) -> int:
        return sum(claim.silenced is not None for claim in self.claims)

    def count(self) -> Count:
        """How many claims of each kind stand where: `{"figure traced": 3, "name answered": 1}`."""
        return Counter(f"{claim.kind} {claim.standing}" for claim in self.claims)

    @property
    def tally(self) -> Tally:
        """What readers are told of it."""
        verdicts = [claim.verdict for claim in self.claims]
        return Tally(len(verdicts), verdicts.count(Verdict.TRACED))


class Tally(Struct, frozen=True):
    """How much of what is claimed is traced."""

    claims: int = 0
    traced: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.claims + other.claims, self.traced + other.traced)


class Ledgers(Struct, frozen=True):
    """The ledgers of a site, made when a page asks for one."""

    of: Callable[[Any], Ledger]
    """Answers with the ledger of a story or an edition."""
    print_of: Callable[[Any], str]
    """Answers with a fingerprint of all that a story's ledger depends on beside the story."""
