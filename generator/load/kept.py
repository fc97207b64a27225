"""Stories and editions as they were read the last time, so that files which did not change are not read again.

A file counts as unchanged while its size and its times are the same; a file as young as the cache itself is read again,
since it may have been written twice within one tick of the clock.
"""

from __future__ import annotations

import time
from typing import Generic, TypeVar

import msgspec
from msgspec.structs import force_setattr

from generator.cache import YOUNG, Cache
from generator.cache.buckets import Buckets, encoded
from generator.files import Stamp
from generator.model.content import Story
from generator.model.held import Bytes, Held, nothing

T = TypeVar("T")
Entry = tuple[Stamp, str, T]


Sent = tuple[bytes, bytes]
"""An item as it is sent to another process: the item as JSON, and a story's account."""


def sent(item: object) -> Sent:
    """An item as `Kept.received` reads it."""
    return encoded(item), (_account(item) or nothing)()


def _account(item: object) -> Bytes | None:
    return item.account if isinstance(item, Story) else None


def _with_account(item: T, account: Bytes | None) -> T:
    """The item itself, which has been told to nobody yet; as it is where there is no account."""
    if account and isinstance(item, Story):
        force_setattr(item, "account", account)
    return item


class Kept(Generic[T]):
    """What was read of one folder, by the name of the file: its stamp, the digest of its bytes, and the item."""

    def __init__(self, cache: Cache | None, folder: str, kind: type[T]) -> None:
        self._buckets: Buckets[Entry[T]] = Buckets(cache, folder, tuple[Stamp, str, kind])  # type: ignore[valid-type]
        self._before = self._buckets.before
        for file, (_, _, item) in self._before.items() if kind is Story else ():
            _with_account(item, self._buckets.beside(file))
        self._decoder = msgspec.json.Decoder(kind)
        self._now: dict[str, Entry[T]] = {}
        self._new: dict[str, Entry[T]] = {}
        """Those of them that are not what they were."""

    def received(self, sent: Sent) -> T:
        """An item that was read by another process."""
        item, account = sent
        return _with_account(self._decoder.decode(item), Held(account) if account else None)

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
        self.keep(file, stamp, digest, found[2])
        return found[2]

    def keep(self, file: str, stamp: Stamp, digest: str, item: T) -> None:
        """An item that was read now."""
        self._now[file] = self._new[file] = (stamp, digest, item)

    def forget(self, file: str) -> None:
        """Have a file read again the next time, however it is."""
        self._now.pop(file, None)
        self._new.pop(file, None)

    def save(self) -> None:
        """Keep what was read now, but for what is too young. The accounts of what is kept lie there from now on."""
        oldest = time.time_ns() - YOUNG
        for file, (stamp, _, _) in self._new.items():
            if max(stamp[1:]) >= oldest:
                del self._now[file]
        self._buckets.save(self._now, lambda entry: _account(entry[2]))
        for file in self._new.keys() & self._now.keys():
            _with_account(self._new[file][2], self._buckets.beside(file))
