"""Stories and editions as they were read the last time, so that files which did not change are not read again.

A file counts as unchanged while its size and its times are the same; a file as young as the cache itself is read again,
since it may have been written twice within one tick of the clock.
"""

from __future__ import annotations

import time
from typing import Generic, TypeVar

import msgspec
from msgspec.structs import force_setattr

from generator.cache import YOUNG, Buckets, Cache
from generator.files import Stamp
from generator.model.content import Story

T = TypeVar("T")
Entry = tuple[Stamp, str, T]


def encoded(item: object) -> bytes:
    """An item as `Kept.decode` reads it."""
    return msgspec.json.encode(item, enc_hook=str)


def _alone(item: T) -> T:
    """An item that holds nothing of the bytes that it was decoded from but its own."""
    if isinstance(item, Story):
        force_setattr(item, "account", item.account.copy())  # it has been told to nobody yet
    return item


class Kept(Generic[T]):
    """What was read of one folder, by the name of the file: its stamp, the digest of its bytes, and the item."""

    def __init__(self, cache: Cache | None, folder: str, kind: type[T]) -> None:
        self._buckets: Buckets[Entry[T]] = Buckets(cache, folder, tuple[Stamp, str, kind])  # type: ignore[valid-type]
        self._before = self._buckets.before
        self._decoder = msgspec.json.Decoder(kind)
        self._now: dict[str, Entry[T]] = {}

    def decode(self, data: bytes) -> T:
        """An item that was read by another process."""
        return _alone(self._decoder.decode(data))

    @property
    def count(self) -> int:
        """How many files were kept."""
        return len(self._before)

    def knows(self, file: str) -> bool:
        """Whether a file was kept, whatever has become of it."""
        return file in self._before

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
        """Keep what was read now, but for what is too young."""
        oldest = time.time_ns() - YOUNG
        self._buckets.save({file: entry for file, entry in self._now.items() if max(entry[0][1:]) < oldest})
