"""What rules know of a language: turns of phrase, names and number words, from a data file of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product

from msgspec import Struct

from generator.tables import table

KINDS = ("relative", "vague", "overclaim", "according", "reporting")
"""Lists of turns of phrase. Of two that begin at one word, the longer counts."""


class Language(Struct, frozen=True):
    """The words of one language, in small letters."""

    phrases: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]
    """Turns of phrase by their first word: the kind and the other words of each, the longest first."""
    outlets: frozenset[str]
    """Names of news organisations, as `named` gives them."""
    numbers: Mapping[str, int]
    filler: frozenset[str]
    """Words that say nothing of what a figure counts."""
    left: tuple[tuple[str, tuple[str, ...]], ...]
    """Words, with their signs, that a machine says to whoever asked it; before those that have it, a sign of them."""


def primary(tag: str) -> str:
    """The language of a tag (BCP 47): `en` of `en-GB`."""
    return tag.partition("-")[0].lower()


@cache
def language(tag: str) -> Language | None:
    """The words of the language of a tag (BCP 47); None when there is no file of it."""
    file = files("generator") / "check" / "languages" / f"{primary(tag)}.yml"
    if not primary(tag).isalpha() or not file.is_file():
        return None
    found = table(file)
    return Language(
        _by_first_word((kind, phrase) for kind in KINDS for line in found[kind] for phrase in _written_out(line)),
        frozenset(named(outlet) for outlet in found["outlets"]),
        {word: int(value) for word, value in found["numbers"].items()},
        frozenset(found["filler"].split()),
        _by_sign(found["left"]),
    )


def _written_out(line: str) -> Iterator[tuple[str, ...]]:
    """Every phrase that a line stands for: `next|last week` is two."""
    places = [("", *word[1:-1].split("|")) if word[0] == "(" else tuple(word.split("|")) for word in line.split()]
    for words in product(*places):
        yield tuple(word for word in words if word)


def _by_first_word(
    phrases: Iterable[tuple[str, tuple[str, ...]]],
) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for kind, words in phrases:
        found.setdefault(words[0], []).append((kind, words[1:]))
    return {first: tuple(sorted(rest, key=lambda phrase: -len(phrase[1]))) for first, rest in found.items()}


def _by_sign(lines: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Lines by a few characters that they share, so that a text is searched for these alone."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault("!" if "!" in line else line[:5], []).append(line)
    return tuple((sign, tuple(having)) for sign, having in found.items())


def named(name: str) -> str:
    """A name as it is compared: small letters, without an article before it or a word in brackets behind it."""
    return name.partition(" (")[0].casefold().removeprefix("the ")
