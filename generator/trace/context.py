"""What a figure is about: the words around it, the nearer the weightier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[A-Za-zÀ-ɏ]+(?:[’'][a-z]+)?")
_COMMON = frozenset(
    """a about above after again all almost along also although am among an and another any are around as at be because
    been before being below between both but by can could did do does each either even every few for had has have he her
    here his how i if in into is it its itself just least less made make many may might more most much must near nearly no
    nor not now of off on once one only or other our out over own per put roughly said same say says several she should
    since so some still such than that the their them then there these they this those though through thus to too under
    until up upon us very was we were what when where which while who whom whose why will with within without would yet
    you your percent million billion trillion thousand dollar euro dollars euros bn""".split()
)
_ROLES = frozenset("from to than against versus".split())
"""Small words that tell which of two figures comes first."""
_SUFFIX = re.compile(r"(?:[’']s|ings?|edly|ed|ies|es|s|ly|e)\Z")
_REACH = 28


@lru_cache(maxsize=16384)
def stem(word: str) -> str:
    """A word without its ending, so that `shares` meets `share` and `doubled` meets `doubling`."""
    small = word.lower()
    return _SUFFIX.sub("", small) if len(small) > 4 else small.removesuffix("s") if len(small) > 3 else small


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a sentence that mean something, with the offset of each."""

    stems: tuple[tuple[int, str], ...]

    def around(self, start: int, end: int) -> Mapping[str, float]:
        """The weight of each word for the figure at some offsets: those before it count a little more."""
        weights: dict[str, float] = {}
        for at, word in self.stems:
            if start <= at < end:
                continue
            distance = (start - at) if at < start else (at - end) * 1.2
            weight = 1.0 / (1.0 + distance / _REACH)
            if weight > weights.get(word, 0.0):
                weights[word] = weight
        return weights


@lru_cache(maxsize=16384)
def words_of(sentence: str) -> Words:
    found = []
    for word in _WORD.finditer(sentence):
        small = word[0].lower()
        if small in _ROLES:
            found.append((word.start(), f"<{small}>"))
        elif small not in _COMMON and len(small) > 1:
            found.append((word.start(), stem(word[0])))
    return Words(tuple(found))


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much two contexts share: each common word by the weight that it has in both."""
    if len(one) > len(other):
        one, other = other, one
    return sum(
        weight * other[word] * (_ROLE_WEIGHT if word[0] == "<" else 1.0) for word, weight in one.items() if word in other
    )


_ROLE_WEIGHT = 0.3
