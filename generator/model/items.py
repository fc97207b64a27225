"""The items of a site in columns: an archive has many, and a build after one changed story needs few."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Collection, ItemsView, Iterator, Mapping
from itertools import accumulate, pairwise, takewhile
from typing import Any

from msgspec import Struct

from generator.model.reach import UnitRecord, UnitRecords

_WIDE = 8


class Columns(Struct, frozen=True, array_like=True):
    """Items in columns, sorted by unit. Raises `ValueError` if the columns differ in length."""

    units: list[str] = []
    prints: list[str] = []
    places: bytes = b""
    """The places of all items, concatenated."""
    ends: bytes = b""
    """The end of each item's place in `places`, as eight-byte numbers."""

    def __post_init__(self) -> None:
        if not len(self.units) == len(self.prints) == len(self.ends) / _WIDE:
            raise ValueError("columns that do not fit")

    @classmethod
    def of(cls, items: UnitRecords) -> Columns:
        in_order = sorted(items.items())
        places = [item.place.encode() for _, item in in_order]
        ends = array("q", accumulate(map(len, places))).tobytes()
        return cls([unit for unit, _ in in_order], [item.print for _, item in in_order], b"".join(places), ends)

    def get(self, unit: str) -> UnitRecord | None:
        number = bisect_left(self.units, unit)
        if number == len(self.units) or self.units[number] != unit:
            return None
        start, end = self._end(number - 1), self._end(number)
        return UnitRecord(self.prints[number], self.places[start:end].decode())

    def _end(self, number: int) -> int:
        return int.from_bytes(self.ends[_WIDE * number : _WIDE * (number + 1)], sys.byteorder) if number >= 0 else 0

    def all(self) -> dict[str, UnitRecord]:
        """All items by unit."""
        places = (self.places[start:end].decode() for start, end in pairwise((0, *array("q", self.ends))))
        return dict(zip(self.units, map(UnitRecord, self.prints, places), strict=True))


class KeptItems(Mapping[str, UnitRecord]):
    """Items that were kept, each decoded on demand, and the changes to them since."""

    __slots__ = ("gone", "kept", "new")

    def __init__(self, kept: Columns, new: Mapping[str, UnitRecord] | None = None, gone: Collection[str] = ()) -> None:
        """`new` items replace kept ones or add to them; `gone` are kept units that no longer exist."""
        self.kept, self.new, self.gone = kept, dict(new or {}), frozenset(gone)

    def __getitem__(self, unit: str) -> UnitRecord:
        found: UnitRecord | None = self.get(unit)
        if found is None:
            raise KeyError(unit)
        return found

    def get(self, unit: str, default: Any = None) -> Any:
        found = self.new.get(unit)
        if found is None and unit not in self.gone:
            found = self.kept.get(unit)
        return default if found is None else found

    def __contains__(self, unit: object) -> bool:
        return isinstance(unit, str) and self.get(unit) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self.kept.units) - len(self.gone) + sum(self.kept.get(unit) is None for unit in self.new)

    def items(self) -> ItemsView[str, UnitRecord]:
        return self._all().items()

    def _all(self) -> dict[str, UnitRecord]:
        found = self.kept.all() | self.new
        for unit in self.gone:
            del found[unit]
        return found

    def changed(self, new: Mapping[str, UnitRecord], gone: Collection[str] = ()) -> KeptItems:
        """A copy with the `new` items, and without those that are gone."""
        now = {unit: item for unit, item in {**self.new, **new}.items() if unit not in gone or unit in new}
        lost = (unit for unit in gone if self.kept.get(unit) is not None)
        return KeptItems(self.kept, now, {*self.gone, *lost} - now.keys())

    def beginning(self, words: str) -> list[str]:
        """The units whose names begin with some words."""
        units = self.kept.units
        behind = (units[number] for number in range(bisect_left(units, words), len(units)))
        kept = [unit for unit in takewhile(lambda unit: unit.startswith(words), behind) if unit not in self.gone]
        return [*dict.fromkeys((*kept, *(unit for unit in self.new if unit.startswith(words))))]


def changed(items: UnitRecords, new: Mapping[str, UnitRecord], gone: Collection[str] = ()) -> UnitRecords:
    """The items with the `new` ones, and without those that are gone."""
    if isinstance(items, KeptItems):
        return items.changed(new, gone)
    return {unit: item for unit, item in {**items, **new}.items() if unit not in gone or unit in new}


def beginning(items: UnitRecords, words: str) -> list[str]:
    """The units whose names begin with some words."""
    if isinstance(items, KeptItems):
        return items.beginning(words)
    return [unit for unit in items if unit.startswith(words)]
