"""Cached stories and editions, so that unchanged files are not read again.

A file counts as unchanged while its size and times are the same. A file that has just been written is not cached
(`cache.YOUNG`), since it may be written again within the same tick of the clock.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from collections.abc import Set as AbstractSet
from typing import Generic, Protocol, TypeVar

import msgspec

from generator.cache import YOUNG, Cache
from generator.cache.buckets import Buckets, encoded
from generator.files import FileStamps, Stamp
from generator.load.accounts import account_json
from generator.model.content import Story
from generator.model.stories import slug_of

T = TypeVar("T")
Entry = tuple[Stamp, T]


Sent = tuple[bytes, bytes]
"""An item encoded for another process: the item as JSON, and a story's account."""


def sent(item: object) -> Sent:
    """Encode an item for another process, where `Kept.received` decodes it."""
    return encoded(item), account_json(item) if isinstance(item, Story) else b""


class Kept(Protocol[T]):
    """A cache of the items read from the files of one folder, with the files' stamps, by file."""

    @property
    def gone(self) -> AbstractSet[str]:
        """The cached files that were not found unchanged in this run."""

    @property
    def state(self) -> str:
        """Fingerprint of everything cached."""

    @property
    def count(self) -> int:
        """How many files earlier runs have cached."""

    def knows(self, file: str) -> bool:
        """Whether an earlier run has cached a file, even if it has changed since."""

    def received(self, sent: Sent) -> T:
        """Decode an item that another process has read and sent."""

    def due(self, files: FileStamps) -> list[int]:
        """Compare all files with the cache. Return the indexes of those that have changed or are new."""

    def before(self, file: str) -> T | None:
        """The item that an earlier run has cached for a file, even if it has changed since; None if there is none."""

    def keep(self, file: str, stamp: Stamp, item: T) -> None:
        """Note an item that was read in this run, for `save`."""

    def forget(self, file: str) -> None:
        """Do not cache a file, so that the next run reads it again."""

    def by_file(self, fresh: Mapping[str, T | None]) -> Mapping[str, T | None]:
        """Unchanged and fresh items by file, in the order of the files; None for files that could not be read."""

    def by_slug(self, fresh: Mapping[str, T | None]) -> Mapping[str, T] | None:
        """Unchanged and fresh items by slug, in the order of the files; None if two files have the same slug."""

    def save(self) -> Collection[str]:
        """Cache the items noted in this run, except those of too young files. Return the files newly cached."""


class KeptFiles(Generic[T]):
    """A `Kept` for items that are small, or always needed: all of them are read from the cache at once."""

    def __init__(self, cache: Cache | None, folder: str, kind: type[T]) -> None:
        entry = tuple[Stamp, kind]  # type: ignore[valid-type]
        self._buckets: Buckets[Entry[T]] = Buckets(cache, folder, entry)
        self._before = self._buckets.before.all()
        self._decoder = msgspec.json.Decoder(kind)
        self._new: dict[str, Entry[T]] = {}
        self._looked_at: dict[str, T | None] = {}
        self.gone = {*self._before}

    def received(self, sent: Sent) -> T:
        return self._decoder.decode(sent[0])

    @property
    def count(self) -> int:
        return len(self._before)

    def knows(self, file: str) -> bool:
        return file in self._before

    @property
    def state(self) -> str:
        return self._buckets.state

    def due(self, files: FileStamps) -> list[int]:
        kept = self._before.get
        found = {file: entry[1] if (entry := kept(file)) and entry[0] == stamp else None for file, stamp in files}
        self._looked_at = found
        self.gone = {file for file in self._before if found.get(file) is None}
        return [place for place, item in enumerate(found.values()) if item is None]

    def unchanged(self, file: str, stamp: Stamp) -> T | None:
        """The cached item of one file; None if the file has changed."""
        entry = self._before.get(file)
        if entry is None or entry[0] != stamp:
            return None
        self.gone.discard(file)
        return entry[1]

    def before(self, file: str) -> T | None:
        entry = self._before.get(file)
        return entry[1] if entry else None

    def keep(self, file: str, stamp: Stamp, item: T) -> None:
        self._new[file] = (stamp, item)

    def forget(self, file: str) -> None:
        self._new.pop(file, None)

    def by_file(self, fresh: Mapping[str, T | None]) -> dict[str, T | None]:
        found = {file: fresh.get(file, item) for file, item in self._looked_at.items()}
        return {file: item for file, item in found.items() if item is not None or file in fresh}

    def by_slug(self, fresh: Mapping[str, T | None]) -> dict[str, T] | None:
        items = self.by_file(fresh)
        found = {slug_of(file): item for file, item in items.items()}
        return {slug: item for slug, item in found.items() if item} if len(found) == len(items) else None

    def save(self) -> Collection[str]:
        new = old_enough(self._new)
        self._buckets.change(new, self.gone - new.keys())
        return new.keys()


def old_enough(new: Mapping[str, Entry[T]]) -> dict[str, Entry[T]]:
    """The new entries whose files are old enough to be cached."""
    oldest = time.time_ns() - YOUNG
    return {file: entry for file, entry in new.items() if max(entry[0][1:]) < oldest}
