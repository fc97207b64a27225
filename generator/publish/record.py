"""What is remembered of a site, in two files: the whole of it, and what is different since that was written.

An archive has so many files that to write down a morning's changes alone takes a hundredth of the time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from io import FileIO
from typing import Any, TypeVar

import msgspec
from msgspec import Struct, field

from generator.cache import Cache
from generator.model.artifacts import Order
from generator.model.reach import Item
from generator.publish.footprint import Stamp

T = TypeVar("T")

_MOST = 1 / 16
"""How much of it may be different before the whole is written anew."""


class Standing(Struct, frozen=True, array_like=True, gc=False):
    """A published file as it was left."""

    print: str
    """Of what it was made from; empty where that is not known."""
    size: int
    time: int
    order: Order
    unit: str
    """As that of the artifact."""
    modified: str = ""
    """Likewise (ISO 8601); empty for what is no page."""

    @property
    def stamp(self) -> Stamp:
        return self.size, self.time


class Record(Struct, frozen=True):
    """A site as it was left."""

    common: str = ""
    """Stands for what the whole site depended on."""
    footprint: str = ""
    items: dict[str, Item] = field(default_factory=dict)
    """Those of which it was made, by unit."""
    basis: str = ""
    """As that of `Before`."""
    files: dict[str, Standing] = field(default_factory=dict)
    """By path."""


class _Since(Struct, frozen=True):
    """What is different."""

    whole: str
    """From this one."""
    record: Record
    """With those items and files alone that are new, or are others."""
    gone: tuple[list[str], list[str]]
    """Items and files that are there no more."""


class Records:
    """The record of one site; nothing where there is no cache, or it is damaged."""

    def __init__(self, cache: Cache | None, name: str) -> None:
        self._cache, self._whole_name, self._since_name = cache, f"{name}.msgpack", f"{name}.since.msgpack"
        self._whole, self._stamp = Record(), ""
        with suppress(OSError, msgspec.MsgspecError):
            if cache:
                with cache.opened(self._whole_name) as file:
                    self._whole, self._stamp = msgspec.msgpack.decode(file.readall(), type=Record), _stamp(file)
        self.last = self._mended()

    def _mended(self) -> Record:
        """What was written last."""
        data = self._cache.read(self._since_name) if self._cache else b""
        try:
            since = msgspec.msgpack.decode(data, type=_Since) if data else None
        except msgspec.MsgspecError:
            return Record()  # of a part of the site nobody knows how it was left
        if since is None or since.whole != self._stamp:
            return self._whole
        items, files = {**self._whole.items, **since.record.items}, {**self._whole.files, **since.record.files}
        for unit in since.gone[0]:
            del items[unit]
        for path in since.gone[1]:
            del files[path]
        return Record(since.record.common, since.record.footprint, items, since.record.basis, files)

    def write(self, record: Record) -> None:
        """Keep a record in place of the last one."""
        if self._cache is None:
            return
        items, files = _different(self._whole.items, record.items), _different(self._whole.files, record.files)
        if self._stamp and sum(map(len, (*items, *files))) < _MOST * (len(record.items) + len(record.files)):
            new = Record(record.common, record.footprint, items[0], record.basis, files[0])
            self._cache.write(self._since_name, _encoded(_Since(self._stamp, new, (items[1], files[1]))))
            return
        with suppress(OSError):
            (self._cache.folder / self._since_name).unlink()
        self._cache.write(self._whole_name, _encoded(record))


def _different(old: Mapping[str, T], new: Mapping[str, T]) -> tuple[dict[str, T], list[str]]:
    """What is new or another, and what is gone."""
    changed = {name: value for name, value in new.items() if (was := old.get(name)) is not value and was != value}
    came = sum(name not in old for name in changed)
    return changed, [name for name in old if name not in new] if len(old) + came > len(new) else []


def _encoded(value: Any) -> bytes:
    return msgspec.msgpack.encode(value)


def _stamp(file: FileIO) -> str:
    """Of one that was written whole: there is no other like it."""
    stat = os.fstat(file.fileno())
    return f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}"
