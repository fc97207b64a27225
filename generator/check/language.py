"""Languages for rules: turns of phrase, names and number words, from one data file each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from pathlib import Path

from msgspec import Struct

from generator.tables import table
from generator.texts.language import primary

KINDS = ("relative", "vague", "overclaim", "according", "reporting")
"""Lists of turns of phrase. If two begin with the same word, the longer one is tried first."""
_BARRED = "!"
NUMBER = "#"
"""Any number, in digits or words, in lists of words that must not be beside a turn of phrase."""


class Turn(Struct, frozen=True):
    """A turn of phrase, without its first word."""

    kind: str
    rest: tuple[frozenset[str], ...]
    """The alternatives for each of its other words."""
    not_behind: frozenset[str] = frozenset()
    """Words before it that change its meaning: `how many people say`."""
    not_before: frozenset[str] = frozenset()
    """Words after it that change its meaning: `according to some 400 patients`."""


class Language(Struct, frozen=True):
    """The words of one language, in small letters."""

    phrases: Mapping[str, tuple[Turn, ...]]
    """Turns of phrase by their first word, the longest first."""
    outlets: frozenset[str]
    """Names of news organisations, normalised by `named`."""
    numbers: Mapping[str, int]
    filler: frozenset[str]
    """Words that do not tell what a figure counts."""
    past: frozenset[str]
    """Verbs saying that something has happened."""
    foreseen: frozenset[str]
    """Words for things that have not happened yet."""
    left: tuple[tuple[str, tuple[str, ...]], ...]
    """Words of a machine to its user, in groups after a sign that all of a group contain."""


@cache
def language(tag: str) -> Language | None:
    """Return the words of the language of a tag (BCP 47); None if it has no file."""
    file = Path(__file__).with_name("languages") / f"{primary(tag)}.yml"
    if not primary(tag).isalpha() or not file.is_file():
        return None
    found = table(file)
    return Language(
        _by_first_word(pair for kind in KINDS for line in found[kind] for pair in _written_out(line, kind)),
        frozenset(named(outlet) for outlet in found["outlets"]),
        {word: int(value) for word, value in found["numbers"].items()},
        frozenset(found["filler"].split()),
        frozenset(found["past"].split()),
        frozenset(found["foreseen"].split()),
        _by_sign(" ".join(words) for line in found["left"] for words in product(*map(_either, line.split()))),
    )


def _written_out(line: str, kind: str) -> Iterator[tuple[str, Turn]]:
    """Every phrase of a line, by its first word: `next|last week` is two."""
    words = line.split()
    behind = _barred(words.pop(0)) if words[0].startswith(_BARRED) else frozenset[str]()
    before = _barred(words.pop()) if words[-1].startswith(_BARRED) else frozenset[str]()
    places = [(_either(word[1:-1]), frozenset[str]()) if word[0] == "(" else (_either(word),) for word in words]
    for chosen in product(*places):
        first, *rest = filter(None, chosen)
        for word in sorted(first):
            yield word, Turn(kind, tuple(rest), behind, before)


def _either(word: str) -> frozenset[str]:
    return frozenset(word.split("|"))


def _barred(word: str) -> frozenset[str]:
    return _either(word.removeprefix(_BARRED))


def _by_first_word(phrases: Iterable[tuple[str, Turn]]) -> dict[str, tuple[Turn, ...]]:
    found: dict[str, list[Turn]] = {}
    for first, turn in phrases:
        found.setdefault(first, []).append(turn)
    return {first: tuple(sorted(turns, key=lambda turn: -len(turn.rest))) for first, turns in found.items()}


def _by_sign(lines: Iterable[str]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Group lines by their longest word, or by an exclamation mark, so that texts are searched only for these."""
    found: dict[str, list[str]] = {}
    for line in lines:
        found.setdefault("!" if "!" in line else max(line.split(), key=len), []).append(line)
    return tuple((sign, tuple(sorted(having))) for sign, having in sorted(found.items()))


def named(name: str) -> str:
    """A name as compared: in small letters, without a leading article or a trailing word in brackets."""
    return name.partition(" (")[0].casefold().removeprefix("the ")
