"""Stories and editions as they were read the last time, so that files which did not change are not read again.

A file counts as unchanged while its size and its times are the same; a file as young as the cache itself is read again,
since it may have been written twice within one tick of the clock.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import force_setattr

from generator.cache import YOUNG, Cache
from generator.cache.buckets import Beside, Buckets, encoded
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


def _lay(item: object, account: Bytes) -> None:
    """Tell a story where its account lies. It has been told to nobody yet."""
    if isinstance(item, Story):
        force_setattr(item, "account", account)


class Kept(Generic[T]):
    """What was read of one folder, by the name of the file: its stamp, the digest of its bytes, and the item."""

    def __init__(self, cache: Cache | None, folder: str, kind: type[T]) -> None:
        beside: Beside[Entry[T]] = Beside(lambda entry: _account(entry[2]), lambda entry, at: _lay(entry[2], at))
        entry = tuple[Stamp, str, kind]  # type: ignore[valid-type]
        self._buckets: Buckets[Entry[T]] = Buckets(cache, folder, entry, beside)
        self._before = self._buckets.before
        self._decoder = msgspec.json.Decoder(kind)
        self._words: dict[str | None, Any] = {}
        self._standing: dict[str, T] = {}
        self._new: dict[str, Entry[T]] = {}

    def received(self, sent: Sent) -> T:
        """An item that was read by another process."""
        item, account = self._decoder.decode(sent[0]), sent[1]
        if account:
            _lay(item, Held(account))
        if isinstance(item, Story):
            self._share(item)
        return item

    def _share(self, story: Story) -> None:
        """Hold words that many stories have once for all of them: an archive of these weighs something."""
        one = self._words.setdefault
        for name in ("section", "sentiment"):
            word = getattr(story, name)
            force_setattr(story, name, one(word, word))
        for name in ("topics", "mentions"):
            force_setattr(story, name, tuple([one(word, word) for word in getattr(story, name)]))

    @property
    def count(self) -> int:
        """How many files were kept."""
        return len(self._before)

    def knows(self, file: str) -> bool:
        """Whether a file was kept, whatever has become of it."""
        return file in self._before

    @property
    def state(self) -> str:
        """Fingerprint of all that is kept."""
        return self._buckets.state

    @property
    def gone(self) -> frozenset[str]:
        """The files that were kept and do not stand as they stood."""
        is_whole = len(self._standing) == len(self._before)
        return frozenset() if is_whole else frozenset(self._before.keys() - self._standing.keys())

    def unchanged(self, files: Iterable[tuple[str, Stamp]]) -> dict[str, T]:
        """The items of those files that nobody has touched."""
        kept = self._before.get
        found = {file: entry[2] for file, stamp in files if (entry := kept(file)) and entry[0] == stamp}
        self._standing.update(found)
        return found

    def same(self, file: str, stamp: Stamp, digest: str) -> T | None:
        """The item of a file that was touched, and holds what it held."""
        found = self._before.get(file)
        if found is None or found[1] != digest:
            return None
        self.keep(file, stamp, digest, found[2])
        return found[2]

    def keep(self, file: str, stamp: Stamp, digest: str, item: T) -> None:
        """An item that was read now."""
        self._new[file] = (stamp, digest, item)

    def forget(self, file: str) -> None:
        """Have a file read again the next time, however it is."""
        self._standing.pop(file, None)
        self._new.pop(file, None)

    def save(self) -> Collection[str]:
        """Keep what was read now, but for what is too young; answers with the files of which something new is kept.

        The accounts of what is kept lie there from now on.
        """
        oldest = time.time_ns() - YOUNG
        new = {file: entry for file, entry in self._new.items() if max(entry[0][1:]) < oldest}
        self._buckets.change(new, self.gone - new.keys())
        return new.keys()
