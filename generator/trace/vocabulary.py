"""The names that a newsletter knows, and those of them that a text can mean.

A text is traced with the names that occur in it alone: so a ledger does not depend on what else a vocabulary holds, and
a newsletter may have as many names as it likes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from generator.figures.screen import words_in
from generator.model.fingerprint import fingerprint
from generator.model.vocabulary import Entity

T = TypeVar("T")
Entry = tuple[frozenset[str], T]
"""All words of a name, and what has it."""

_WORD = re.compile(r"\w+")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The names that a text can mean, by their small letters. There is one of the same names, and it equals itself."""

    known: Mapping[str, Entity]
    others: frozenset[str]
    """Names of publishers."""
    numbered: tuple[str, ...]
    """Those of them that begin with a number (`24 AI News`)."""
    stamp: str
    """Stands for all of it."""


@lru_cache(maxsize=8192)
def vocabulary(entities: tuple[Entity, ...], publishers: tuple[str, ...]) -> Vocabulary:
    """The names of entities and publishers; the same one for the same names."""
    named = [(entity, called(entity)) for entity in entities]
    known = {name.lower(): entity for entity, its_names in named for name in its_names}
    others = frozenset(name.lower() for name in publishers)
    numbered = tuple(sorted(name for name in others if name[:1].isdigit()))
    stamp = fingerprint(repr([(entity.kind, *its_names) for entity, its_names in named]), repr(publishers))
    return Vocabulary(known, others, numbered, stamp)


def called(entity: Entity) -> tuple[str, ...]:
    """By what an entity is called, without what tells it apart from others: `Colossus (data centre)`."""
    name = _IN_BRACKETS.sub("", entity.name) if "(" in entity.name else entity.name
    return name, *entity.also


@dataclass(frozen=True, slots=True, eq=False)
class Names:
    """Every name of a newsletter, found by its first word."""

    entities: Mapping[str, tuple[Entry[Entity], ...]]
    publishers: Mapping[str, tuple[Entry[str], ...]]

    def within(self, texts: Iterable[str]) -> Vocabulary:
        """The names of which all words occur in some texts, and the other names of the entities that have these."""
        return _within(self, tuple(texts))


@lru_cache(maxsize=32)
def _within(names: Names, texts: tuple[str, ...]) -> Vocabulary:
    words = _words_of("\n".join(texts))
    entities = {entity.id: entity for entity in _met(names.entities, words)}
    publishers = sorted(set(_met(names.publishers, words)))
    return vocabulary(tuple(entities[id_] for id_ in sorted(entities)), tuple(publishers))


def _words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters; a low line is a letter here."""
    return frozenset(_WORD.findall(text.lower()) if "_" in text else words_in(text))


@lru_cache(maxsize=4)
def names(entities: tuple[Entity, ...], publishers: tuple[str, ...]) -> Names:
    """The index of the names of a newsletter."""
    return Names(
        _by_first_word((name, entity) for entity in entities for name in called(entity)),
        _by_first_word((name, name) for name in publishers),
    )


def _by_first_word(named: Iterable[tuple[str, T]]) -> dict[str, tuple[Entry[T], ...]]:
    found: dict[str, list[Entry[T]]] = defaultdict(list)
    for name, what in named:
        if words := _WORD.findall(name.lower()):
            found[words[0]].append((frozenset(words), what))
    return {first: tuple(entries) for first, entries in found.items()}


def _met(index: Mapping[str, tuple[Entry[T], ...]], words: frozenset[str]) -> Iterator[T]:
    for word in index.keys() & words:
        yield from (what for its_words, what in index[word] if its_words <= words)
