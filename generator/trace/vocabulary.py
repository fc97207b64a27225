"""The names that a newsletter knows, and those of them that a text can mean.

A text is traced only with the names that occur in it, so that a ledger does not depend on the rest of a vocabulary, and
a newsletter may have any number of names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TypeVar

from msgspec import Struct

from generator.figures.screen import words_in
from generator.model.fingerprint import fingerprint
from generator.model.vocabulary import Entity
from generator.texts.language import has_capital_nouns

T = TypeVar("T")
Entry = tuple[frozenset[str], T]
"""The words of a name after its first, and the object that has it."""

_WORD = re.compile(r"\w+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


class Vocabulary(Struct, frozen=True, eq=False):
    """The names that a text can mean, by their small letters.

    Equal names share one object, compared by identity, which makes it a fast cache key.
    """

    known: Mapping[str, Entity]
    others: frozenset[str]
    """Names of publishers."""
    numbered: tuple[str, ...]
    """Names of publishers that begin with a number (`24 AI News`)."""
    print: str
    """Fingerprint of these names and of the kinds of their entities."""
    nouns_have_capitals: bool = False
    """Whether nouns have capitals, as in German: then a capital makes no name, and only these are names."""


class Spelled(Struct, frozen=True, eq=False):
    """An entity with its names as they are looked up. Cached per entity, because building it is expensive."""

    entity: Entity
    names: tuple[str, ...]
    """Its names, in small letters."""
    made_of: str
    """Text of all that decides how its names are traced: its kind and its names."""


@lru_cache(maxsize=65536)
def _spelled(entity: Entity) -> Spelled:
    names = called(entity)
    return Spelled(entity, tuple(name.lower() for name in names), repr((entity.kind, *names)))


def vocabulary(entities: tuple[Entity, ...], publishers: tuple[str, ...], language: str = "en") -> Vocabulary:
    """Return the vocabulary of entities and publishers in a language; the same object for the same names."""
    return _vocabulary(tuple(map(_spelled, entities)), publishers, has_capital_nouns(language))


@lru_cache(maxsize=512)
def _vocabulary(entities: tuple[Spelled, ...], publishers: tuple[str, ...], nouns_have_capitals: bool) -> Vocabulary:
    known = {name: its.entity for its in entities for name in its.names}
    others = frozenset(name.lower() for name in publishers)
    numbered = tuple(sorted(name for name in others if name[:1].isdigit()))
    told = f"[{', '.join([its.made_of for its in entities])}]"
    print_ = fingerprint(told, repr(publishers), str(nouns_have_capitals))
    return Vocabulary(known, others, numbered, print_, nouns_have_capitals)


def called(entity: Entity) -> tuple[str, ...]:
    """The names of an entity, without a suffix in brackets that tells it apart: `Colossus (data centre)`."""
    name = _IN_BRACKETS.sub("", entity.name) if "(" in entity.name else entity.name
    return name, *entity.also


class Names(Struct, frozen=True, eq=False):
    """Every name of a newsletter, found by its first word."""

    entities: Mapping[str, tuple[Entry[Spelled], ...]]
    publishers: Mapping[str, tuple[Entry[str], ...]]
    nouns_have_capitals: bool

    def within(self, texts: Iterable[str]) -> Vocabulary:
        """Return the names whose words all occur in the texts, with the other names of their entities."""
        return _within(self, tuple(texts))


@lru_cache(maxsize=32)
def _within(names: Names, texts: tuple[str, ...]) -> Vocabulary:
    words = _words_of("\n".join(texts))
    entities = {its.entity.id: its for its in _met(names.entities, words)}
    publishers = sorted(set(_met(names.publishers, words)))
    return _vocabulary(tuple([entities[id_] for id_ in sorted(entities)]), tuple(publishers), names.nouns_have_capitals)


def _words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters; an underscore is a letter here."""
    return frozenset(_WORD.findall(text.lower()) if "_" in text else words_in(text))


@lru_cache(maxsize=4)
def names(entities: tuple[Entity, ...], publishers: tuple[str, ...], language: str = "en") -> Names:
    """Return the index of a newsletter's names in a language."""
    return Names(
        _by_first_word((name, its) for its in map(_spelled, entities) for name in its.names),
        _by_first_word((name, name) for name in publishers),
        has_capital_nouns(language),
    )


def _by_first_word(named: Iterable[tuple[str, T]]) -> dict[str, tuple[Entry[T], ...]]:
    found: dict[str, list[Entry[T]]] = defaultdict(list)
    for name, what in named:
        if words := _WORD.findall(name.lower()):
            found[words[0]].append((frozenset(words[1:]), what))
    return {first: tuple(entries) for first, entries in found.items()}


def _met(index: Mapping[str, tuple[Entry[T], ...]], words: frozenset[str]) -> Iterator[T]:
    for word in index.keys() & words:
        for others, what in index[word]:
            if others <= words:
                yield what
