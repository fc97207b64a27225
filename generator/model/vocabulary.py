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
"""More than an edition can have: who counts more counts something else."""
MACHINE_PARTS = ("drafted", "assisted", "none")

BODY = "body"
"""The id which, among the parts of the vocabulary, stands for the place of the story's own text."""


class Section(Struct, frozen=True):
    """A shelf of the edition, such as "Big Tech"."""

    id: str
    title: str
    description: str | None = None


class Part(Struct, frozen=True):
    """A titled block of a story beside its body, such as "Why This Matters"."""

    id: str
    title: str


class Publisher(Struct, frozen=True):
    """Who published a source."""

    id: str
    name: str
    domain: str
    kind: str
    note: str | None = None
    also_at: tuple[str, ...] = ()
    """Other domains with pages of it."""

    @property
    def domains(self) -> Iterator[str]:
        """Its domains as they are compared."""
        return map(_bare, (self.domain, *self.also_at))

    def domain_of(self, host: str) -> str:
        """The closest of its domains to which a host belongs; empty where it belongs to none."""
        return max((domain for domain in self.domains if is_of(host, domain)), key=len, default="")


def publisher_at(host: str, publishers: Iterable[Publisher]) -> Publisher | None:
    """The publisher whose domain matches a host most closely; None where none does."""
    fits = [(len(domain), publisher) for publisher in publishers if (domain := publisher.domain_of(host))]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def is_of(host: str, domain: str) -> bool:
    """Whether a host is a domain or below it."""
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def _bare(domain: str) -> str:
    """A domain as it is compared, whichever way it was written: `https://www.Reuters.com/` is `reuters.com`."""
    return domain.lower().rpartition("://")[2].partition("/")[0].removeprefix("www.")


class Entity(Struct, frozen=True):
    """A company, person, model, product or institution that stories mention."""

    id: str
    name: str
    kind: str
    description: str | None = None
    site: str | None = None
    also: tuple[str, ...] = ()
    """Other names of it."""
    was: tuple[str, ...] = ()
    """The ids of entities that were merged into it: their pages and feeds lead here."""


class Topic(Struct, frozen=True):
    """A subject that stories share."""

    id: str
    name: str
    description: str | None = None


class Person(Struct, frozen=True):
    """Who answers for the newsletter."""

    name: str
    email: str


QUOTES = ("curly", "straight")
DASHES = ("en", "em", "spaced-em")


class HouseWord(Struct, frozen=True):
    """Words that the house does not write."""

    avoid: tuple[str, ...]
    """The forms of a word, or a few words together. In small letters they count with a first capital too."""
    write: str | None = None
    """What the house writes instead."""
    why: str | None = None
    """What writers are told of it."""

    def advice(self, write: str | None) -> str:
        """What a writer is told, with the better word in the form that fits: `Write uses. Short words are read.`"""
        return " ".join(filter(None, (f"Write {write}." if write else "", self.why)))


class Style(Struct, frozen=True):
    """The typography and the words that the house asks of its writers."""

    quotes: str | None = None
    """One of `QUOTES`."""
    dashes: str | None = None
    """One of `DASHES`; `en` is the dash with a blank on either side."""
    words: tuple[HouseWord, ...] = ()


class Newsletter(Struct, frozen=True):
    """`content/newsletter.yml`: what is the same in every edition."""

    name: str
    tagline: str
    language: str
    authority: str
    """The domain in which item ids are minted (RFC 4151). It outlives a move of the site and never changes."""
    editor: Person
    sections: Mapping[str, Section]
    parts: Mapping[str, Part]
    """The parts of a story in the order in which it shows them; the id `body` marks the place of its own text."""
    copyright: str | None = None
    banner: str | None = None
    """A line above every page, such as a note that this is a demonstration."""
    messages: Mapping[str, str] = field(default_factory=dict)
    """Words of the newsletter's own for those of the message catalogue."""
    style: Style | None = None


class Term(Struct, frozen=True):
    """A word of the trade that readers may not know, explained once for the whole newsletter."""

    id: str
    term: str
    meaning: str
    also: tuple[str, ...] = ()
    """Other words for it, its plural among them."""
    source: Source | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """Every word by which texts know it."""
        return (self.term, *self.also)
