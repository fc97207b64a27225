"""Where the items of a feed stand, counted from the oldest: what was withdrawn keeps its place, so no other moves."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from msgspec import Struct

from generator.model.content import Edition, Story, Withdrawal
from generator.model.order import in_time


class Slots(Struct, frozen=True):
    """The places of the items of a feed, and of what was withdrawn from it."""

    gone: tuple[tuple[int, Withdrawal], ...] = ()
    """The places of what was withdrawn, counted from the oldest, which is 0."""

    @classmethod
    def of(cls, oldest_first: Sequence[Story | Edition], gone: Sequence[Withdrawal]) -> Slots:
        """The places among some items. What was withdrawn stands where it was published: with its day alone, at the
        end of that."""
        zone = oldest_first[-1].published.tzinfo if oldest_first else None
        keys = sorted(((each.published_at(zone), each.first_slug), number) for number, each in enumerate(gone))
        older = (bisect_left(oldest_first, key, key=in_time) for key, _ in keys)
        places = (items + others for others, items in enumerate(older))
        return cls(tuple(zip(places, (gone[number] for _, number in keys), strict=True)))

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
