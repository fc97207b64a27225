"""Group pages by the event that they report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from math import log, sqrt

from msgspec import Struct

from generator.draft.account import Account

ALIKE = 0.15
"""Similarity (0 to 1) from which two accounts may be of the same event."""
_APART = 3
"""Most days between two accounts of one event; anything later is another event, or a later report."""
_BACKGROUND = 60
"""Number of imaginary further accounts, so that a few can be compared as well."""
_COPIED = 0.6
"""Share of common word sequences from which one account is a copy of the other."""


class Event(Struct, frozen=True):
    """Accounts of one event, the most typical one first."""

    accounts: tuple[Account, ...]

    @property
    def voices(self) -> int:
        """The number of publishers that report it independently; copies of one text count once."""
        heard: list[frozenset[str]] = []
        publishers: set[str] = set()
        for account in self.accounts:
            if account.publisher not in publishers and not any(_is_copy(account.shingles, other) for other in heard):
                heard.append(account.shingles)
            publishers.add(account.publisher)
        return len(heard)


def _is_copy(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and len(one & other) / min(len(one), len(other)) >= _COPIED


Pair = tuple[int, int]


def events(accounts: Sequence[Account]) -> list[Event]:
    """Group accounts; events with the most voices first, then in the given order."""
    alike = _likenesses(accounts)
    groups = {number: [number] for number in range(len(accounts))}
    where = {number: number for number in groups}
    for one, other in sorted(alike, key=lambda pair: (-alike[pair], pair)):
        first, second = where[one], where[other]
        if first != second and _agree(groups[first], groups[second], alike):
            groups[first] += groups.pop(second)
            where |= dict.fromkeys(groups[first], first)
    found = [Event(tuple(accounts[number] for number in _inmost(group, alike))) for group in groups.values()]
    return sorted(found, key=lambda event: -event.voices)


def _agree(one: Sequence[int], other: Sequence[int], alike: Mapping[Pair, float]) -> bool:
    """Whether two groups are similar as wholes, so that one account between two events does not join them."""
    pairs = [(min(a, b), max(a, b)) for a in one for b in other]
    return sum(alike.get(pair, 0.0) for pair in pairs) / len(pairs) >= ALIKE * (0.7 if len(pairs) > 1 else 1)


def _inmost(group: Sequence[int], alike: Mapping[Pair, float]) -> list[int]:
    def closeness(number: int) -> float:
        return sum(alike.get((min(number, other), max(number, other)), 0.0) for other in group)

    return sorted(group, key=lambda number: (-closeness(number), number))


def _likenesses(accounts: Sequence[Account]) -> dict[Pair, float]:
    """The cosine similarity of each pair that is similar enough, with features weighted by rarity."""
    holders: dict[str, list[int]] = defaultdict(list)
    for number, account in enumerate(accounts):
        for feature in account.weights:
            holders[feature].append(number)
    whole = len(accounts) + _BACKGROUND
    rarity = {feature: log(1 + whole / len(having)) for feature, having in holders.items()}
    sizes = [sqrt(sum((w * rarity[f]) ** 2 for f, w in account.weights.items())) or 1.0 for account in accounts]
    shared: dict[Pair, float] = defaultdict(float)
    for feature, having in holders.items():
        if len(having) <= max(8, len(accounts) // 4):
            for one, other in combinations(having, 2):
                weights = accounts[one].weights[feature] * accounts[other].weights[feature]
                shared[one, other] += weights * rarity[feature] ** 2
    scaled = {(a, b): score / sizes[a] / sizes[b] * _near(accounts[a], accounts[b]) for (a, b), score in shared.items()}
    return {pair: score for pair, score in scaled.items() if score >= ALIKE / 4}


def _near(one: Account, other: Account) -> float:
    """How far two dates suggest the same event, from 0 to 1; 1 if either is unknown."""
    if one.day is None or other.day is None:
        return 1.0
    apart = abs((one.day - other.day).days)
    return 0.0 if apart > _APART else 1.0 - 0.1 * apart
