"""What is remembered of a site, in two files: the whole of it, and what is different since that was written.

An archive has so many files that to write down a morning's changes alone takes a hundredth of the time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar
from uuid import uuid4

import msgspec
from msgspec import Struct, field

from generator.cache import Cache
from generator.model.artifacts import Order
from generator.model.reach import Item
from generator.publish.footprint import Stamp

T = TypeVar("T")

_MOST = 1 / 16
"""Share of the record that may differ before the whole of it is written anew."""


class Standing(Struct, frozen=True, array_like=True, gc=False):
    """A published file as it was left."""

    print: str
    """Fingerprint of what the file was made from; empty where it is not known."""
    size: int
    time: int
    order: Order
    unit: str
    """The unit of the artifact (`Artifact.unit`)."""
    modified: str = ""
    """When what the page shows last changed (ISO 8601); empty for what is no page, and where it is not known."""

    @property
    def stamp(self) -> Stamp:
        return self.size, self.time


class Record(Struct, frozen=True):
    """A site as a build left it."""

    common: str = ""
    """Fingerprint of what the whole site depended on."""
    footprint: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    """The items of which the site was made, by unit."""
    basis: str = ""
    """Fingerprint of what the items of stories and editions were made of (`Declared.basis`)."""
    files: dict[str, Standing] = field(default_factory=dict)
    """The published files by path."""


class _Whole(Struct, frozen=True):
    """What the large file holds: a whole record."""

    id: str = ""
    """An id that no other record has; empty where there is no record yet."""
    record: Record = Record()


class _Since(Struct, frozen=True):
    """What the small file holds: how the record differs from the whole one."""

    whole: str
    """The id of the whole record from which it differs."""
    record: Record
    """A record with only those items and files that are new or have changed."""
    gone: tuple[list[str], list[str]]
    """Units of items and paths of files that are no longer there."""


class Records:
    """The record of one site, read from two files (`last`); empty where there is no cache, or it is damaged."""

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._whole_name, self._since_name = cache, f"{name}.msgpack", f"{name}.since.msgpack"
        self._whole = self._read(self._whole_name, _Whole) or _Whole()
        self._since = self._read(self._since_name, _Since)
        is_of_it = self._since is not None and self._since.whole == self._whole.id
        self.last = _mended(self._whole.record, self._since) if self._since and is_of_it else self._whole.record

    def _read(self, name: str, kind: type[T]) -> T | None:
        return self._cache.value(name, msgspec.msgpack.Decoder(kind).decode) if self._cache else None

    def write(self, record: Record) -> None:
        """Keep a record in place of the last one: only how it differs, while that is little."""
        if self._cache is None:
            return
        whole = self._whole.record
        items, files = _different(whole.items, record.items), _different(whole.files, record.files)
        if self._whole.id and sum(map(len, (*items, *files))) < _MOST * (len(record.items) + len(record.files)):
            new = Record(record.common, record.footprint, items[0], record.basis, files[0])
            since = _Since(self._whole.id, new, (items[1], files[1]))
            if since != self._since:
                self._cache.write(self._since_name, msgspec.msgpack.encode(since))
        else:
            self._cache.write(self._whole_name, msgspec.msgpack.encode(_Whole(uuid4().hex, record)))


def _mended(whole: Record, since: _Since) -> Record:
    """The last record: the whole one, with what differs put into it."""
    items, files = {**whole.items, **since.record.items}, {**whole.files, **since.record.files}
    for unit in since.gone[0]:
        items.pop(unit, None)
    for path in since.gone[1]:
        files.pop(path, None)
    return Record(since.record.common, since.record.footprint, items, since.record.basis, files)


def _different(old: Mapping[str, T], new: Mapping[str, T]) -> tuple[dict[str, T], list[str]]:
    """The values that are new or have changed, and the names of those that are gone."""
    changed = {name: value for name, value in new.items() if (was := old.get(name)) is not value and was != value}
    return changed, sorted(old.keys() - new.keys())
