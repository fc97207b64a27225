"""Texts whose citations are numbered for one page, and the list of sources of that page."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from generator.model.content import Dispute, Question, Source
from generator.model.vocabulary import Publisher


class Mark(Struct, frozen=True):
    """One citation as shown on a page: a number that links to a source."""

    number: int
    target: str
    """Id of the source's entry in the page's list."""
    anchor: str
    """Id of the citation itself, to which the entry links back."""
    label: str
    """The publisher of the source, for screen readers."""


class LinkedText(Struct, frozen=True):
    """A text in HTML with markers (see `generator.prose`), and the citations at each of them."""

    html: str
    marks: tuple[tuple[Mark, ...], ...]


class LinkedPart(Struct, frozen=True):
    """A part of a story, or its body if `title` is empty."""

    id: str
    title: str
    texts: tuple[LinkedText, ...]
    is_list: bool = False


class LinkedVersion(Struct, frozen=True):
    """One version of a disputed point, with the numbers of its sources."""

    value: str
    marks: tuple[Mark, ...]


class LinkedDispute(Struct, frozen=True):
    """A disputed point, with the sources of its versions numbered for a page."""

    dispute: Dispute
    versions: tuple[LinkedVersion, ...]


class LinkedPoint(Struct, frozen=True):
    """A takeaway or an action."""

    lead: str
    text: LinkedText


class LinkedFocus(Struct, frozen=True):
    """A focus of an edition, its citations numbered."""

    lead: str
    texts: tuple[tuple[str, LinkedText], ...]
    """What changed, why it matters, what to watch: pairs of field name and text."""


class LinkedQuestion(Struct, frozen=True):
    """A question of a quiz, with the explanation of its answer."""

    question: Question
    explanation: LinkedText


class Standing(Struct, frozen=True):
    """Whether a source is still online, and where there is a copy of it."""

    gone: date | None = None
    """The day on which the page was found gone."""
    copy: str | None = None
    """Address of a copy."""
    taken: date | None = None
    """The day of the copy, if known."""

    def href(self, url: str) -> str:
        """The address for readers: the source's copy once the page itself is gone."""
        return self.copy if self.gone and self.copy else url


class Reference(Struct, frozen=True):
    """An entry of a page's list of sources, derived from the citations on the page, so it always matches them."""

    number: int
    source: Source
    publisher: Publisher
    relays: Publisher | None
    anchors: tuple[str, ...]
    """All ids by which citations on the page refer to this source; the first is the entry's own."""
    uses: tuple[str, ...]
    """Ids of the places where it is cited, in reading order."""
    standing: Standing = Standing()

    @property
    def href(self) -> str:
        """The address of the source for readers."""
        return self.standing.href(self.source.url)

    @property
    def author(self) -> str:
        """The author to show; empty if the same as the name of a publisher shown with it."""
        told = {known.name.casefold() for known in (self.publisher, self.relays) if known}
        author = self.source.author or ""
        return "" if author.casefold() in told else author


class StoryTexts(Struct, frozen=True):
    """A story's own words, numbered for one page."""

    parts: tuple[LinkedPart, ...]
    disputes: tuple[LinkedDispute, ...]


class EditionTexts(Struct, frozen=True):
    """An edition's own words, numbered together with those of its stories, and the sources of all."""

    takeaways: tuple[LinkedPoint, ...]
    actions: tuple[LinkedPoint, ...]
    focus: tuple[LinkedFocus, ...]
    quiz: tuple[LinkedQuestion, ...]
    references: tuple[Reference, ...]
    words: int
