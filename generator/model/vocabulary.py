"""The newsletter's own words: its name, sections, parts, and who and what its stories are about."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

PUBLISHER_KINDS = ("wire", "newspaper", "trade", "company", "government", "aggregator", "blog")
ENTITY_KINDS = ("company", "person", "model", "product", "institution")
SENTIMENTS = ("positive", "neutral", "negative")
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


class Entity(Struct, frozen=True):
    """A company, person, model, product or institution that stories mention."""

    id: str
    name: str
    kind: str
    description: str | None = None
    site: str | None = None
    also: tuple[str, ...] = ()
    """Other names of it."""


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


class Style(Struct, frozen=True):
    """The typography that the house asks of its writers."""

    quotes: str | None = None
    """One of `QUOTES`."""
    dashes: str | None = None
    """One of `DASHES`; `en` is the dash with a blank on either side."""


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
