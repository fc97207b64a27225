"""The results of tracing: the figures, quotations and names of each sentence, each with a verdict and its evidence.

A ledger holds everything that a page or `citewire check --trace` shows. `docs/tracing.md` explains the verdicts.
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
"""`Claim.how` of figures that are not quantities: the version of a model, a day."""
NOTED = "the same quantity, but "
"""Start of `Claim.how` for a figure that the source qualifies and the text does not: `up to $10,000`."""
IN_ITS_PLACE = "the source seems to have"
"""Start of `Claim.how` for a figure that stands in the source, but rather for something else."""


class ClaimKind(StrEnum):
    """The kinds of claim that can be checked against sources."""

    FIGURE = "figure"
    QUOTATION = "quotation"
    NAME = "name"


class Verdict(StrEnum):
    """The result of comparing a claim with the evidence."""

    TRACED = "traced"
    """The claim is in the evidence of a citation that supports its sentence, or is computed from that."""
    CONTRADICTED = "contradicted"
    """The evidence has something else in its place."""
    UNTRACED = "untraced"
    """The whole text of every supporting source is kept, and the claim is in none of them, or for something else."""
    NO_EVIDENCE = "no evidence kept"
    """The claim is in no passage, and of some supporting source only passages are kept."""
    UNCITED = "uncited"
    """There is no citation in the sentence, nor after it in its paragraph."""


def _standing(verdict: Verdict) -> str:
    return verdict.name.lower().replace("_", "-")


CREDITED, ELSEWHERE, ANSWERED = "credited", "elsewhere", "answered"
STANDINGS = (
    *("traced", CREDITED, "contradicted", ELSEWHERE),
    *map(_standing, (Verdict.UNTRACED, Verdict.NO_EVIDENCE, Verdict.UNCITED)),
    ANSWERED,
)
"""The standings of a claim for readers, as named in messages: a verdict, only named by the citation, in the source for
something else as it seems, or vouched for by the writer."""


class SourcePart(StrEnum):
    """Which part of a source's evidence."""

    PASSAGE = "passage"
    TITLE = "title"
    SNAPSHOT = "snapshot"
    PUBLISHER = "publisher"
    """The name of the publisher, of the relayed publisher or of the author, which the citation shows."""
    PUBLISHED = "published"
    """The day of publication, such as `2026-05-07`, which the citation shows."""


def anchor_of(source: str) -> str:
    """The HTML id of a source's entry in a page's list, from the id by which the text cites it."""
    return f"source-{source.replace('/', '--')}"


class Place(Struct, frozen=True, rename={"is_held": "held"}):
    """Words in the evidence."""

    source: str
    """The source's id as cited in the text: `hubkub`, or in an edition `meta-coreweave-21bn/hubkub`."""
    part: SourcePart
    index: int
    """Index of the passage; 0 for other parts."""
    start: int
    """Offset in the passage, title or snapshot, in characters."""
    end: int
    text: str
    """The words themselves."""
    around: str
    """The passage, or the sentence of the title or snapshot, that contains them."""
    read: date | None
    """The day on which the source was read."""
    is_held: bool = False
    """Whether the words are known to be in the source: its whole text is kept, and holds them.

    The passages of other sources were copied by whoever wrote the story, and no program has seen the page.
    """

    @property
    def is_of_citation(self) -> bool:
        """Whether it is what the citation says of the source, and no words of the source."""
        return self.part in (SourcePart.PUBLISHER, SourcePart.PUBLISHED)

    @property
    def day(self) -> date | None:
        """The day on which the source was published, if the claim follows from that."""
        return date.fromisoformat(self.text) if self.part is SourcePart.PUBLISHED else None

    @property
    def public(self) -> str:
        """The words that may be published: from a snapshot only the words themselves, with nothing around them."""
        return self.text if self.part is SourcePart.SNAPSHOT else self.around

    @property
    def anchor(self) -> str:
        """The HTML id of the source's entry on the page that makes the claim."""
        return anchor_of(self.source)


class Operation(StrEnum):
    """How a claim is computed from its terms."""

    CHANGE = "change"
    """The change from one term to the other, in percent."""
    SHARE = "share"
    """The first term as a share of the second, in percent."""
    MULTIPLE = "multiple"
    """One term divided by the other."""
    SUM = "sum"
    DIFFERENCE = "difference"
    PRODUCT = "product"
    QUOTIENT = "quotient"
    """The first term divided by the second."""
    DOUBLE = "double"
    """Twice an amount that each of two has."""
    YEAR = "year"
    """Twelve times a monthly amount."""
    SPREAD = "spread"
    """The first term converted from a period to a rate (per year or the like), or back. The second is the period."""
    SPAN = "span"
    """The time between two days."""
    DAY = "day"
    """The meaning of words like `last year` or `9 April` on the day they were written, which is the operand."""


class OperandOrigin(StrEnum):
    """Where an operand comes from."""

    SENTENCE = "sentence"
    """The sentence that makes the claim."""
    BEFORE = "sentence before"
    SOURCE = "source"
    PAGE = "page"
    """The story or the edition itself: the operand is its day."""


class Operand(Struct, frozen=True):
    """A figure that a claim is computed from, or a day that it is relative to."""

    text: str
    """As written in the sentence or the source; a day that words are relative to is written as `2026-05-07`."""
    told: OperandOrigin
    start: int | None = None
    """Offset in the sentence that it comes from; None if it comes from none of the page's sentences."""
    place: Place | None = None
    """Where it is in the evidence; None if it is itself computed or not traced, or is the day of a page."""

    @property
    def day(self) -> date | None:
        """The day that words are relative to; None if it is another figure."""
        is_day = self.told is OperandOrigin.PAGE or (self.place is not None and self.place.day is not None)
        return date.fromisoformat(self.text) if is_day else None


class Reckoning(Struct, frozen=True):
    """How a claim follows from the evidence if it is not in it as such."""

    by: Operation
    terms: tuple[Operand, ...]


Count = Mapping[str, int]
"""Numbers of claims by kind and standing: `{"figure traced": 3}`."""


class Claim(Struct, frozen=True):
    """A figure, quotation or name in a sentence, with its verdict."""

    kind: ClaimKind
    text: str
    start: int
    """Offset in the sentence's `text`."""
    end: int
    verdict: Verdict
    place: Place | None = None
    """Where it was found. For a contradicted claim the words in its place, for an untraced one the nearest words.

    For a computed claim the place of the first term that has one.
    """
    how: str = ""
    """How the claim follows from the place: `word for word`, `the same quantity`, `rounded`, `computed`; or why not."""
    silenced: str | None = None
    """The writer's reason not to report the verdict."""
    reckoned: Reckoning | None = None
    """How it is computed, or derived from a day; None if it is in the evidence as such."""

    @property
    def is_decided(self) -> bool:
        """Whether the evidence confirms or contradicts the claim itself, and the writer has not silenced it."""
        return self.verdict in (Verdict.TRACED, Verdict.CONTRADICTED) and self.silenced is None

    @property
    def shown(self) -> Place | None:
        """The place to show readers; None if the claim only resembles words of a source."""
        return self.place if self.is_decided else None

    @property
    def places(self) -> tuple[Place, ...]:
        """Its own place and the places of its terms."""
        terms = self.reckoned.terms if self.reckoned else ()
        return tuple([place for place in (self.place, *(term.place for term in terms)) if place])

    @property
    def shown_reckoning(self) -> Reckoning | None:
        """How it is computed, to show readers; None if the evidence does not decide the claim."""
        return self.reckoned if self.reckoned and self.is_decided else None

    @property
    def shown_how(self) -> str:
        """How it follows, or why not, to show readers; mostly empty if the evidence does not decide the claim."""
        if self.standing == ELSEWHERE:
            return "in the source, as it seems for something else"  # with none of its words: the page may be kept
        return self.how if self.is_decided else ""

    @property
    def is_impossible(self) -> bool:
        """Whether it is wrong regardless of the evidence, such as a weekday that does not match its date."""
        return self.verdict is Verdict.CONTRADICTED and self.is_decided and not self.places

    @property
    def is_credited(self) -> bool:
        """Whether nothing but the citation itself shows it: the name of the publisher, the date of the source."""
        is_named = self.place is not None and self.place.is_of_citation and self.reckoned is None
        return is_named and self.verdict is Verdict.TRACED

    @property
    def is_elsewhere(self) -> bool:
        """Whether the source has it, but as it seems for something else (see `IN_ITS_PLACE`)."""
        return self.verdict is Verdict.UNTRACED and self.how.startswith(IN_ITS_PLACE)

    @property
    def is_copied(self) -> bool:
        """Whether it is traced to words that the writer copied from a page of which the text is not kept."""
        words = [place for place in self.places if not place.is_of_citation]
        return self.verdict is Verdict.TRACED and any(not place.is_held for place in words)

    @property
    def standing(self) -> str:
        """Its standing for readers: one of `STANDINGS`."""
        if self.silenced is not None:
            return ANSWERED
        if self.is_elsewhere:
            return ELSEWHERE
        return CREDITED if self.is_credited else _standing(self.verdict)

    @property
    def is_noted(self) -> bool:
        """Whether it is traced, but the source qualifies the number (see `NOTED`)."""
        return self.verdict is Verdict.TRACED and self.how.startswith(NOTED)

    @property
    def is_fault(self) -> bool:
        """Whether the writer has something to fix."""
        return self.verdict in (Verdict.CONTRADICTED, Verdict.UNTRACED) and self.silenced is None


class Sentence(Struct, frozen=True):
    """A sentence of an author's text, without its markup, and its claims."""

    path: Path
    """The path of its text in the file."""
    start: int
    """Offset of its first word in that text."""
    text: str
    sources: tuple[str, ...]
    """The ids of the sources that support it, in the order of citation."""
    claims: tuple[Claim, ...]
    about: str = ""
    """The point on which the sources disagree, if the text is one of the versions."""


class Misquoted(Struct, frozen=True):
    """A passage that is not in the snapshot of its own source."""

    source: str
    index: int
    passage: str


class Damaged(Struct, frozen=True):
    """A source whose snapshot cannot be used: its file is damaged or was changed."""

    source: str
    why: str
    """The reason, with the name of the file and what to do."""


class Ledger(Struct, frozen=True):
    """All sentences of a story or an edition that make claims, in reading order."""

    sentences: tuple[Sentence, ...]
    misquoted: tuple[Misquoted, ...] = ()
    unmet: tuple[int, ...] = ()
    """Indexes of the writer's `trace:` entries that match no claim."""
    damaged: tuple[Damaged, ...] = ()

    @property
    def claims(self) -> Iterator[Claim]:
        return (claim for sentence in self.sentences for claim in sentence.claims)

    def counted(self) -> Mapping[Verdict, int]:
        """How many claims have each verdict, except silenced ones."""
        return Counter(claim.verdict for claim in self.claims if claim.silenced is None)

    @property
    def silenced(self) -> int:
        return sum(claim.silenced is not None for claim in self.claims)

    def count(self) -> Count:
        """Numbers of claims by kind and standing: `{"figure traced": 3, "name answered": 1}`."""
        return Counter(f"{claim.kind} {claim.standing}" for claim in self.claims)

    @property
    def tally(self) -> Tally:
        """The summary for readers."""
        claims = [claim for claim in self.claims if not claim.is_credited]
        traced = [claim for claim in claims if claim.verdict is Verdict.TRACED]
        return Tally(len(claims), len(traced), sum(claim.is_copied for claim in traced))


class Tally(Struct, frozen=True):
    """How many claims there are apart from those that only the citation shows, and how many of them are traced."""

    claims: int = 0
    traced: int = 0
    copied: int = 0
    """How many are traced to words that the writer copied (`Claim.is_copied`)."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.claims + other.claims, self.traced + other.traced, self.copied + other.copied)


class Ledgers(Struct, frozen=True):
    """The ledgers of a site, made on demand."""

    of: Callable[[Any], Ledger]
    """Returns the ledger of a story or an edition."""
    print_of: Callable[[Any], str]
    """Returns a fingerprint of everything that a story's ledger depends on, apart from the story."""
