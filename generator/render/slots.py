"""Number the items of a feed from the oldest; what was withdrawn keeps its number, so no other item moves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct

from generator.model.withdrawals import Withdrawal

Item = TypeVar("Item")
Key = tuple[datetime, str]


class Slots(Struct, frozen=True):
    """The places of the items of a feed, and of what was withdrawn from it."""

    gone: tuple[tuple[int, Withdrawal], ...] = ()
    """The places of what was withdrawn, counted from the oldest, which is 0."""

    @classmethod
    def of(
        cls, oldest_first: Sequence[Item], key: Callable[[Item], Key], gone: Iterable[tuple[Key, Withdrawal]]
    ) -> Slots:
        """The places among some items, which stand in the order of their keys, of what was withdrawn, by its keys."""
        found = sorted(gone, key=itemgetter(0))
        older = (bisect_left(oldest_first, place, key=key) for place, _ in found)
        places = (items + others for others, items in enumerate(older))
        return cls(tuple(zip(places, (withdrawal for _, withdrawal in found), strict=True)))

    def of_item(self, number: int) -> int:
        """The place of the item before which there are so many."""
        for place, _ in self.gone:
            number += place <= number
        return number

    def items_before(self, place: int) -> int:
        """How many items stand before a place."""
        return place - sum(gone < place for gone, _ in self.gone)

    def number(self, items: int) -> int:
        """How many places so many items take, which are all."""
        return items + len(self.gone)

    def withdrawn(self, start: int, end: int) -> tuple[Withdrawal, ...]:
        """What was withdrawn from some places."""
        return tuple(withdrawal for place, withdrawal in self.gone if start <= place < end)
