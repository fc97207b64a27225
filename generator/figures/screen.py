"""Quick checks of what a text must have before a pattern is tried on it, and at which places.

Most sentences have no figure, and most figures are no dates or ranks. A pattern of many alternatives costs a hundred
times as much as looking up the words of a sentence in a table; so each finder first names words that its findings need,
and tries its pattern only where these begin.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache

from generator.texts.patterns import late, places_whole

_CODE_PAGE = "cp1252"
"""An encoding of 256 characters that covers most texts in Latin letters, so that one table finds their words."""
_WORD = re.compile(r"[^\W_]+")
_IN_WORD = re.compile(r"\w")
_DIGITS = b"0123456789"


def _table() -> bytes:
    """Map each character of the code page to lower case, or to a blank if it is not part of a word."""
    characters = (bytes((code,)).decode(_CODE_PAGE, "replace") for code in range(256))
    return b"".join((c.lower() if c.isalnum() else " ").encode(_CODE_PAGE) for c in characters)


_SMALL_WORDS = _table()


def words_in(text: str) -> list[str]:
    """The words and numbers of a text in small letters, in reading order."""
    if text.isascii():
        return text.encode().translate(_SMALL_WORDS).decode("ascii").split()
    try:
        return text.encode(_CODE_PAGE).translate(_SMALL_WORDS).decode(_CODE_PAGE).split()
    except UnicodeEncodeError:
        return _WORD.findall(text.lower())


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters as a set. Cached for the next finder."""
    return frozenset(words_in(text))


_DIGIT, _DIGIT_OF_ANY_SCRIPT = re.compile(r"[0-9]"), re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether a text has a digit of any script."""
    if text.isascii():
        characters = text.encode()
        return len(characters.translate(None, _DIGITS)) < len(characters)
    return (_DIGIT.search(text) or _DIGIT_OF_ANY_SCRIPT.search(text)) is not None


_NUMBER = re.compile(r"[0-9](?<![0-9]{2})")
_NUMBER_OF_ANY_SCRIPT = re.compile(r"\d(?<![0-9]{2})")
_STRANGE = late(
    "[^\x00-\x7f\xa0-\xa9\xab-\xb1\xb4\xb6-\xb8\xbb\xbf-\u012f\u0132-\u017e\u0180-\u024f\u2010-\u203a\u20ac]"
)
"""Characters of words and numbers other than Latin letters, or letters that patterns match as another one (`ſ`)."""


@lru_cache(maxsize=64)
def is_strange(text: str) -> bool:
    """Whether a text has letters or digits that the quick checks do not cover."""
    return not text.isascii() and _STRANGE.search(text) is not None


@lru_cache(maxsize=64)
def numbers_at(text: str) -> tuple[int, ...]:
    """Sorted offsets of the numbers of a text, where every figure that starts with a digit begins."""
    pattern = _NUMBER_OF_ANY_SCRIPT if is_strange(text) else _NUMBER
    return tuple([found.start() for found in pattern.finditer(text)])


def words_at(text: str, words: frozenset[str]) -> Collection[int]:
    """Offsets where words, given in small letters, begin in a text; any offset if it has other than Latin letters."""
    if is_strange(text):
        return range(len(text))
    wanted = words_of(text) & words
    if not wanted:
        return ()
    small = text.lower()
    return sorted(at for word in wanted for at in places_whole(word, small))


def may_have(text: str, words: frozenset[str]) -> bool:
    """Whether a text may have one of some words, given in small letters."""
    return not words.isdisjoint(words_in(text)) or is_strange(text)


class Phrases:
    """A set of words to match at given places. A pattern of hundreds takes longer to compile than a story to read."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._sizes: dict[str, list[int]] = {}
        """The lengths of the words that begin with a character, longest first."""
        for word in sorted(self._words, key=len, reverse=True):
            sizes = self._sizes.setdefault(word[0], [])
            if len(word) not in sizes:
                sizes.append(len(word))

    def at(self, text: str, place: int) -> Iterator[str]:
        """Words that the text has at a place, longest first; their ends are not checked."""
        for size in self._sizes.get(text[place : place + 1], ()):
            if (word := text[place : place + size]) in self._words:
                yield word

    def is_behind(self, text: str, place: int) -> bool:
        """Whether the text has one of them as a whole word at a place, or after a blank there."""
        starts = (place + 1, place) if text[place : place + 1].isspace() else (place,)
        return any(not _IN_WORD.match(text, start + len(word)) for start in starts for word in self.at(text, start))


def matches(pattern: re.Pattern[str], text: str, places: Iterable[int]) -> Iterator[re.Match[str]]:
    """A cheaper `finditer` for a pattern that can only begin at certain places, given in order."""
    end = 0
    for at in places:
        if at >= end and (found := pattern.match(text, at)):
            end = found.end()
            yield found
