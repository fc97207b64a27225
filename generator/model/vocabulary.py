"""The vocabularies of a newsletter: its sections, parts, publishers, entities, topics, glossary and house style."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from generator.model.content import Source

PUBLISHER_KINDS = (
    *("wire", "newspaper", "broadcaster", "trade", "journal"),
    *("company", "institution", "government", "aggregator", "blog"),
)
ENTITY_KINDS = ("company", "person", "model", "product", "institution")
SENTIMENTS = ("positive", "neutral", "negative")
MOST_COMMENTS = 999_999
"""More comments than an edition can have: a higher count is a mistake."""
MACHINE_PARTS = ("drafted", "assisted", "none")

BODY = "body"
"""The id that, among the parts of the vocabulary, marks the place of the story's own text."""


class Section(Struct, frozen=True):
    """A section of an edition, such as "Big Tech"."""

    id: str
    title: str
    description: str | None = None
    was: tuple[str, ...] = ()
    """The ids of sections that were merged into it, or that it had before: their pages and feeds lead here."""


class Part(Struct, frozen=True):
    """A titled block of a story apart from its body, such as "Why This Matters"."""

    id: str
    title: str


class Publisher(Struct, frozen=True):
    """The publisher of a source."""

    id: str
    name: str
    domain: str
    kind: str
    note: str | None = None
    also_at: tuple[str, ...] = ()
    """Other domains with its pages."""
    was: tuple[str, ...] = ()
    """The ids of publishers that were merged into it, or that it had before: their pages and feeds lead here."""

    @property
    def domains(self) -> Iterator[str]:
        """Its domains, normalised for comparison."""
        return map(_bare, (self.domain, *self.also_at))

    def domain_of(self, host: str) -> str:
        """The most specific of its domains that a host belongs to; empty if it belongs to none."""
        return max((domain for domain in self.domains if is_of(host, domain)), key=len, default="")


def publisher_at(host: str, publishers: Iterable[Publisher]) -> Publisher | None:
    """The publisher with the most specific domain that matches a host; None if none does."""
    fits = [(len(domain), publisher) for publisher in publishers if (domain := publisher.domain_of(host))]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def is_of(host: str, domain: str) -> bool:
    """Whether a host is a domain or below it."""
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _bare(domain: str) -> str:
    """A domain normalised for comparison: `https://www.Reuters.com/` -> `reuters.com`."""
    return domain.lower().rpartition("://")[2].partition("/")[0].removeprefix("www.")


class Entity(Struct, frozen=True):
    """A company, person, model, product or institution that stories mention."""

    id: str
    name: str
    kind: str
    description: str | None = None
    site: str | None = None
    also: tuple[str, ...] = ()
    """Other names for it."""
    was: tuple[str, ...] = ()
    """The ids of entities that were merged into it, or that it had before: their pages and feeds lead here."""


class Topic(Struct, frozen=True):
    """A subject that stories share."""

    id: str
    name: str
    description: str | None = None
    was: tuple[str, ...] = ()
    """The ids of topics that were merged into it, or that it had before: their pages and feeds lead here."""


class Person(Struct, frozen=True):
    """The person responsible for the newsletter."""

    name: str
    email: str


QUOTES = ("curly", "straight")
DASHES = ("en", "em", "spaced-em")


class HouseWord(Struct, frozen=True):
    """Words that the house style avoids."""

    avoid: tuple[str, ...]
    """The forms of a word or phrase. Those in lower case match with a capital first letter too."""
    write: str | None = None
    """The replacement."""
    why: str | None = None
    """The explanation for writers."""

    def advice(self, write: str | None) -> str:
        """The advice to a writer, with the better word in the fitting form: `Write uses. Short words are read.`"""
        return " ".join(filter(None, (f"Write {write}." if write else "", self.why)))


class Style(Struct, frozen=True):
    """The typography and wording of the house style."""

    quotes: str | None = None
    """One of `QUOTES`."""
    dashes: str | None = None
    """One of `DASHES`; `en` has a blank on either side."""
    words: tuple[HouseWord, ...] = ()


class Newsletter(Struct, frozen=True):
    """`content/newsletter.yml`: settings that are the same in every edition."""

    name: str
    tagline: str
    language: str
    authority: str
    """The domain in which item ids are minted (RFC 4151). It outlives a move of the site and never changes."""
    editor: Person
    sections: Mapping[str, Section]
    parts: Mapping[str, Part]
    """The parts of a story in the order in which they are shown; the id `body` marks the place of its own text."""
    copyright: str | None = None
    banner: str | None = None
    """A line above every page, such as a note that this is a demonstration."""
    messages: Mapping[str, str] = field(default_factory=dict)
    """The newsletter's own wordings, which replace those of the message catalogue."""
    style: Style | None = None


class Term(Struct, frozen=True):
    """A technical term that readers may not know, explained once for the whole newsletter."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()
    """Other words for it, including its plural."""
    source: Source | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """All words for it in texts."""
        return (self.term, *self.also)
