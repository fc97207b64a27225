"""The record of a site, in two files: one with the whole record, and one with the changes since that was written.

An archive has so many files that writing only a morning's changes takes a hundredth of the time.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Generic, TypeVar
from uuid import uuid4

import msgspec
from msgspec import Struct, field

from generator.cache import Cache
from generator.files import SizeAndTime
from generator.model.artifacts import Order
from generator.model.items import Columns, KeptItems
from generator.model.reach import UnitRecord, UnitRecords

T = TypeVar("T")

_SITES = 16
"""How many sites of a newsletter are remembered, the latest ones; each `citewire serve` has a folder of its own."""
_MOST = 1 / 16
"""Share of the record that may differ before the whole record is written again."""


class Standing(Struct, frozen=True, array_like=True, gc=False):
    """A published file as it was left."""

    print: str
    """Fingerprint of everything the file was made from; empty if not known."""
    size: int
    time: int
    order: Order
    unit: str
    """The unit of the artifact (`Artifact.unit`)."""
    modified: str = ""
    """When the content of the page last changed (ISO 8601); empty if not known, and for files that are not pages."""

    @property
    def size_and_time(self) -> SizeAndTime:
        return self.size, self.time


_Row = tuple[int, str, str, str, str, int, int]
"""One file's entries in the columns, in such an order that sorted rows are in the order of going public."""


def _row(path: str, file: Standing) -> _Row:
    return file.order, path, file.unit, file.print, file.modified, file.size, file.time


_NUMBER = struct.Struct("q")
_WIDE = _NUMBER.size


class Files(Struct, frozen=True, array_like=True):
    """The published files in columns, in the order in which they go public.

    So a whole archive is read and compared at once; more is needed of only a few files. Raises `ValueError` if the
    columns differ in length.
    """

    paths: list[str] = []
    orders: bytes = b""
    """The `Order` of each file, one byte each."""
    units: list[str] = []
    prints: list[str] = []
    modified: list[str] = []
    sizes: bytes = b""
    """Eight-byte numbers."""
    times: bytes = b""
    """Eight-byte numbers."""

    def __post_init__(self) -> None:
        counts = {len(column) for column in (self.orders, self.units, self.prints, self.modified)}
        wide = {len(self.sizes), len(self.times)}
        if counts != {len(self)} or wide != {_WIDE * len(self)} or max(self.orders, default=0) >= len(Order):
            raise ValueError("columns that do not fit")

    @classmethod
    def _of(cls, rows: Iterable[_Row]) -> Files:
        if not (in_order := sorted(rows)):
            return cls()
        orders, paths, units, prints, modified, sizes, times = map(list, zip(*in_order, strict=True))
        stamps = (array("q", some).tobytes() for some in (sizes, times))
        return cls(paths, bytes(orders), units, prints, modified, *stamps)

    def _rows(self) -> Iterator[_Row]:
        sizes, times = array("q", self.sizes), array("q", self.times)
        return zip(self.orders, self.paths, self.units, self.prints, self.modified, sizes, times, strict=True)

    def __len__(self) -> int:
        return len(self.paths)

    def get(self, path: str, order: Order) -> Standing | None:
        """A file by its path and order; None if there is none."""
        number = self._number(path, order)
        return self._standing(number) if number >= 0 else None

    def changed(self, new: Mapping[str, Standing], gone: Collection[str]) -> Files:
        """A copy with the new and changed files, and without those that are gone."""
        numbers = [self._number(path, file.order) for path, file in new.items()]
        if gone or -1 in numbers:
            rows = {row[1]: row for row in self._rows()}
            for path in gone:
                rows.pop(path, None)
            rows |= {path: _row(path, file) for path, file in new.items()}
            return Files._of(rows.values())
        units, prints, modified = self.units.copy(), self.prints.copy(), self.modified.copy()
        sizes, times = array("q", self.sizes), array("q", self.times)
        for number, file in zip(numbers, new.values(), strict=True):
            units[number], prints[number], modified[number] = file.unit, file.print, file.modified
            sizes[number], times[number] = file.size_and_time
        return Files(self.paths, self.orders, units, prints, modified, sizes.tobytes(), times.tobytes())

    def _number(self, path: str, order: Order) -> int:
        """The index of a file in the columns; -1 if there is none."""
        start, end = bisect_left(self.orders, order), bisect_right(self.orders, order)
        number = bisect_left(self.paths, path, start, end)
        return number if number < end and self.paths[number] == path else -1

    def _standing(self, number: int) -> Standing:
        size, time = (_NUMBER.unpack_from(some, number * _WIDE)[0] for some in (self.sizes, self.times))
        order = Order(self.orders[number])
        return Standing(self.prints[number], size, time, order, self.units[number], self.modified[number])


class SiteRecord(Struct, frozen=True):
    """A site as a build left it."""

    common: str = ""
    """Fingerprint of everything the whole site depended on."""
    footprint: str = ""
    items: UnitRecords = field(default_factory=dict)
    """The items that the site was made from, by unit."""
    basis: str = ""
    """Fingerprint of everything the items of stories and editions were made from (`Declared.basis`)."""
    files: Files = Files()
    """The published files."""


class _Whole(Struct, frozen=True):
    """The content of the large file: a whole record."""

    id: str = ""
    """A unique id; empty if there is no record yet."""
    common: str = ""
    footprint: str = ""
    items: Columns = Columns()
    basis: str = ""
    files: Files = Files()


class _Differing(Struct, Generic[T], frozen=True):
    """The difference from earlier values by name: new and changed values, and the names of those gone."""

    new: dict[str, T] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.new) + len(self.gone)


class _Since(Struct, frozen=True):
    """The content of the small file: how the record differs from the whole one."""

    whole: str = ""
    """The id of the whole record that it refers to."""
    common: str = ""
    footprint: str = ""
    basis: str = ""
    items: _Differing[UnitRecord] = _Differing()
    files: _Differing[Standing] = _Differing()


class Records:
    """The record of one site, read from two files (`last`); empty if there is no cache, or it is damaged."""

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._whole_name, self._since_name = cache, _whole(name), f"{name}.since.msgpack"
        self._whole = self._read(self._whole_name, _Whole) or _Whole()
        since = self._read(self._since_name, _Since)
        self._since = since if since and since.whole == self._whole.id else None
        self.last = _record(self._whole, self._since)

    def _read(self, name: str, kind: type[T]) -> T | None:
        return self._cache.value(name, msgspec.msgpack.Decoder(kind).decode) if self._cache else None

    def write(self, record: SiteRecord, new: Mapping[str, Standing], gone: Collection[str]) -> None:
        """Replace the last record. While the differences from the whole record are few, only these are written.

        `new` are the files that are new or changed since the last record, and `gone` those removed since.
        """
        if self._cache is None:
            return
        whole, last = self._whole, self._since or _Since()
        items = _different(whole.items, record.items)
        files = _since(whole.files, last.files, new, gone)
        if whole.id and len(items) + len(files) < _MOST * (len(record.items) + len(record.files)):
            since = _Since(whole.id, record.common, record.footprint, record.basis, items, files)
            if since != self._since:
                self._cache.write(self._since_name, msgspec.msgpack.encode(since))
            self._cache.use(self._whole_name)
        else:
            columns = Columns.of(record.items)
            whole = _Whole(uuid4().hex, record.common, record.footprint, columns, record.basis, record.files)
            self._cache.write(self._whole_name, msgspec.msgpack.encode(whole))
            self._cache.drop_older(self._whole_name, _SITES)


def note_use(cache: Cache, name: str) -> None:
    """Note that a site was built, even if nothing was written: sites that are no longer built are forgotten first."""
    cache.use(_whole(name))


def _whole(name: str) -> str:
    return f"{name}.msgpack"


def _record(whole: _Whole, since: _Since | None) -> SiteRecord:
    """The last record: the whole one with the differences applied."""
    kept = KeptItems(whole.items)
    if since is None:
        return SiteRecord(whole.common, whole.footprint, kept, whole.basis, whole.files)
    items = kept.changed(since.items.new, since.items.gone)
    files = whole.files.changed(since.files.new, since.files.gone)
    return SiteRecord(since.common, since.footprint, items, since.basis, files)


def _different(old: Columns, now: UnitRecords) -> _Differing[UnitRecord]:
    """The difference of items from those in the whole record."""
    if isinstance(now, KeptItems) and now.kept is old:
        return _Differing({unit: item for unit, item in now.new.items() if old.get(unit) != item}, sorted(now.gone))
    before = old.all()
    changed = {unit: item for unit, item in now.items() if before.get(unit) != item}
    return _Differing(changed, sorted(before.keys() - now.keys()))


def _since(
    whole: Files, last: _Differing[Standing], new: Mapping[str, Standing], gone: Collection[str]
) -> _Differing[Standing]:
    """The difference of files from the whole record: the last difference updated with new, changed and gone files."""
    found = {path: file for path, file in {**last.new, **new}.items() if path not in gone}
    differing = {path: file for path, file in found.items() if whole.get(path, file.order) != file}
    return _Differing(differing, sorted({*last.gone, *gone} - new.keys()))
