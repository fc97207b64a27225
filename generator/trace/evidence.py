"""The kept words of a source, prepared for lookups."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from generator.figures.dates import Day
from generator.figures.numerals import has_decimal_comma
from generator.figures.read import Measured, is_bare
from generator.model.content import Source
from generator.model.evidence import Snapshot
from generator.model.tracing import Operand, OperandOrigin, Place, SourcePart
from generator.model.vocabulary import Publisher
from generator.texts.language import primary
from generator.texts.patterns import late
from generator.texts.verbatim import missing
from generator.trace.reading import Reading, read, sentences_in

_ASIAN = late("[⺀-鿿가-힣]{4}")


class Evidence(Struct, frozen=True, dict=True, eq=False):
    """The kept words of a source. Compared by identity, because its texts are long and nothing needs more."""

    source: str
    """The id with which the text cites it."""
    texts: tuple[tuple[SourcePart, int, str], ...]
    """Passages, title and snapshot, each with its part and its index."""
    is_whole: bool
    """Whether the whole text is kept, so that what is not in it is not in the source."""
    language: str
    """The language of the source; if it names none, that of the newsletter citing it."""
    read: datetime.date | None
    written: datetime.date | None
    """The day from which dates without a year are understood; None if unknown."""
    names: tuple[str, ...]
    """Names of its publisher, of the publisher whose report it passes on, and of its author."""
    roles: tuple[str, ...]
    """The role of each name, in words."""
    published: datetime.date | None = None
    damaged: str = ""
    """Why its kept text cannot be used; empty if it can."""
    is_told: bool = True
    """Whether the source states its language."""
    home: str = "en"
    """The language of the newsletter."""

    @cached_property
    def is_foreign(self) -> bool:
        """Whether it is in another language than the newsletter's, so that words cannot be compared."""
        if primary(self.language) != primary(self.home):
            return True
        return not self.is_told and any(_ASIAN.search(text) for *_, text in self.texts)

    @cached_property
    def readings(self) -> tuple[tuple[SourcePart, int, Reading], ...]:
        """Readings of the texts that have figures (most titles have none), each with its part and index."""
        language = self.language if self.is_told or has_decimal_comma("", self.language) else None
        return tuple([(part, index, read(text, language)) for part, index, text in self.texts if not is_bare(text)])

    def text(self, part: SourcePart, index: int) -> str:
        """One of its texts, by part and index."""
        return next(text for kind, number, text in self.texts if (kind, number) == (part, index))

    def place(self, part: SourcePart, index: int, start: int, end: int) -> Place:
        text = self.text(part, index)
        around = text if part is SourcePart.PASSAGE else _around(text, start)
        is_held = self.is_whole and (part is not SourcePart.TITLE or self._has_title)
        return Place(self.source, part, index, start, end, text[start:end], around, self.read, is_held)

    @cached_property
    def _has_title(self) -> bool:
        """Whether the title stands in the text that is kept."""
        texts = {part: text for part, _, text in self.texts if part is not SourcePart.PASSAGE}
        return not missing((texts.get(SourcePart.TITLE, ""),), texts.get(SourcePart.SNAPSHOT, ""))

    def place_of_day(self) -> Place | None:
        """The day on which it was published, as a place; None if the citation gives none."""
        if self.published is None:
            return None
        day = self.published.isoformat()
        return Place(self.source, SourcePart.PUBLISHED, 0, 0, len(day), day, day, self.read)

    def day_of_words(self) -> Operand | None:
        """The day from which its words are reckoned: its own, else that of the text citing it."""
        if self.written is None:
            return None
        place = self.place_of_day()
        return Operand(self.written.isoformat(), OperandOrigin.SOURCE if place else OperandOrigin.PAGE, place=place)

    def year_of(self, day: Measured, claim: Measured, sentence: str) -> int | None:
        """The year meant by a date without one: that of the source, or the year before for a later month.

        If it is not known when the source was written, the claim's year, since nothing contradicts it; so too if the
        words right before the date look ahead and the claim's is the next such month.
        """
        if not isinstance(day, Day):
            return None
        meant = claim.year if isinstance(claim, Day) else None
        if self.written is None or day.month is None:
            return self.written.year if self.written else meant
        next_one = self.written.year + (day.month < self.written.month)
        if meant == next_one and _AHEAD.search(sentence, 0, day.start):
            return meant
        return self.written.year - (day.month > self.written.month + 1)


_WHERE = r"(?:\s(?:by|before|at)\s(?:the\s|an?\s)?[\w’'-]+(?:\s[A-Z][\w’'-]+){0,3})?"
_AHEAD = late(
    rf"\b(?:(?:will|shall)(?:\sbe)?\s[a-z]+{_WHERE}|(?:is|are)\s(?:due|expected|planned|scheduled)(?:\sto(?:\sbe)?\s[a-z]+)?)"
    r"\s(?:on|in|by)\s(?:the\s(?:start|end)\sof\s)?\Z|\b(?:wird|werden)\s(?:am|im)\s\Z"
)
"""Matches before a date that is still to come; not in `will hear what happened on 3 February`."""


def are_whole(support: Sequence[Evidence]) -> bool:
    """Whether the whole text of every source is kept, so that anything missing from all of them is in none."""
    return not [kept for kept in support if not kept.is_whole]


def are_legible(support: Sequence[Evidence]) -> bool:
    """Whether the whole text of every source is kept, in the newsletter's own language."""
    return not [kept for kept in support if not kept.is_whole or kept.is_foreign]


def _around(text: str, at: int) -> str:
    parts = sentences_in(text)
    return " ".join(parts.sentences[parts.sentence_at(at)].split())


def kept_of(
    id_: str,
    source: Source,
    snapshot: Snapshot | None,
    publishers: Mapping[str, Publisher],
    told: datetime.date | None,
    home: str = "en",
) -> Evidence:
    """Return the evidence of a source that a story cites as `id_`; `home` is the newsletter's language.

    `told` is the day of the story, None if unknown.
    """
    texts = [(SourcePart.PASSAGE, index, passage) for index, passage in enumerate(source.passages)]
    if source.title:
        texts.append((SourcePart.TITLE, 0, source.title))
    if snapshot:
        texts.append((SourcePart.SNAPSHOT, 0, snapshot.text))
    named = [(publishers[who].name, _ROLES[who == source.relays]) for who in publishers_of(source, publishers)]
    read_on = snapshot.fetched.date() if snapshot else source.accessed
    if source.author:
        named.append((source.author, "who wrote it"))
    names, roles = tuple([name for name, _ in named]), tuple([role for _, role in named])
    written = source.published or told
    language = source.language or home
    is_told = source.language is not None
    is_whole, published = snapshot is not None, source.published
    return Evidence(
        id_,
        tuple(texts),
        is_whole,
        language,
        read_on,
        written,
        names,
        roles,
        published=published,
        is_told=is_told,
        home=home,
    )


_ROLES = ("who published it", "whose report it passes on")


def publishers_of(source: Source, known: Mapping[str, Publisher]) -> tuple[str, ...]:
    """The ids of the source's publisher and of the publisher whose report it passes on, if known."""
    return tuple([who for who in (source.publisher, source.relays) if who and who in known])
