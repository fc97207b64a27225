"""Stories and editions as they were read the last time, so that files which did not change are not read again.

A file counts as unchanged while its size and its times are the same; a file as young as the cache itself is read again,
since it may have been written twice within one tick of the clock. They are kept as JSON, in which a time has the zone
that its writer gave; MessagePack knows moments only.
"""

from __future__ import annotations

import os
import time
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from generator.cache import Cache

T = TypeVar("T")
Stamp = tuple[int, int, int]
"""Bytes, time of the last change of the content, and of the last change of anything (nanoseconds)."""

BUCKETS = 32
"""Files in which one folder is kept: an edited story costs the writing of one of them."""
YOUNG = 2_000_000_000
"""Nanoseconds. The coarsest clock of a file system in use (FAT) ticks every two seconds."""


def stamp_of(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


class Kept(Generic[T]):
    """What was read of one folder, by the name of the file: its stamp, the digest of its bytes, and the item."""

    def __init__(self, cache: Cache | None, folder: str, kind: type[T]) -> None:
        self._cache, self._folder = cache, folder
        self._decoder: Any = msgspec.json.Decoder(dict[str, tuple[Stamp, str, kind]])  # type: ignore[valid-type]
        self._before: dict[str, tuple[Stamp, str, T]] = {}
        self._now: dict[str, tuple[Stamp, str, T]] = {}
        for number in range(BUCKETS if cache else 0):
            self._before |= self._read(number)

    def unchanged(self, file: str, stamp: Stamp) -> T | None:
        """The item of a file that nobody has touched."""
        found = self._before.get(file)
        if found is None or found[0] != stamp:
            return None
        self._now[file] = found
        return found[2]

    def same(self, file: str, stamp: Stamp, digest: str) -> T | None:
        """The item of a file that was touched, and holds what it held."""
        found = self._before.get(file)
        if found is None or found[1] != digest:
            return None
        self._now[file] = (stamp, digest, found[2])
        return found[2]

    def keep(self, file: str, stamp: Stamp, digest: str, item: T) -> None:
        """An item that was read now."""
        self._now[file] = (stamp, digest, item)

    def save(self) -> None:
        """Write what differs from what was kept."""
        if self._cache is None:
            return
        oldest = time.time_ns() - YOUNG
        sure = {file: entry for file, entry in self._now.items() if max(entry[0][1:]) < oldest}
        differing = {file for file in sure.keys() | self._before.keys() if sure.get(file) != self._before.get(file)}
        for number in {_bucket(file) for file in differing}:
            entries = {file: entry for file, entry in sure.items() if _bucket(file) == number}
            self._cache.write(self._name(number), msgspec.json.encode(entries, enc_hook=str))

    def _read(self, number: int) -> dict[str, tuple[Stamp, str, T]]:
        data = self._cache.read(self._name(number)) if self._cache else b""
        try:
            found: dict[str, tuple[Stamp, str, T]] = self._decoder.decode(data) if data else {}
        except msgspec.MsgspecError:
            return {}
        return found

    def _name(self, number: int) -> str:
        return f"{self._folder}/{number:02}.json"


def _bucket(file: str) -> int:
    return crc32(file.encode()) % BUCKETS
