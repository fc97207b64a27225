"""Number the items of a feed from the oldest; withdrawn items keep their number, so no other item moves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from operator import itemgetter
from typing import TypeVar

from msgspec import Struct

from generator.model.withdrawals import Withdrawal

T = TypeVar("T")
Key = tuple[datetime, str]


class Slots(Struct, frozen=True):
    """The places of a feed's items, and of those withdrawn from it."""

    gone: tuple[tuple[int, Withdrawal], ...] = ()
    """Withdrawn items by their places, counted from the oldest, which is 0."""

    @classmethod
    def of(cls, oldest_first: Sequence[T], key: Callable[[T], Key], gone: Iterable[tuple[Key, Withdrawal]]) -> Slots:
        """Place withdrawn items, given with their keys, among some items sorted by `key`."""
        found = sorted(gone, key=itemgetter(0))
        older = (bisect_left(oldest_first, place, key=key) for place, _ in found)
        places = (items + others for others, items in enumerate(older))
        return cls(tuple(zip(places, (withdrawal for _, withdrawal in found), strict=True)))

    def of_item(self, number: int) -> int:
        """The place of the item that has `number` items before it."""
        for place, _ in self.gone:
            number += place <= number
        return number

    def items_before(self, place: int) -> int:
        """How many items come before a place."""
        return place - sum(gone < place for gone, _ in self.gone)

    def number(self, items: int) -> int:
        """How many places all items take, given their number."""
        return items + len(self.gone)

    def withdrawn(self, start: int, end: int) -> tuple[Withdrawal, ...]:
        """What was withdrawn from the places from `start` up to `end`."""
        return tuple(withdrawal for place, withdrawal in self.gone if start <= place < end)
