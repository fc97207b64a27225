"""Stories and editions as they were read the last time, so that files which did not change are not read again.

A file counts as unchanged while its size and its times are the same. Of a file that has just been written nothing is
kept (`cache.YOUNG`), since it may be written again within the same tick of the clock.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import force_setattr

from generator.cache import YOUNG, Cache
from generator.cache.buckets import Beside, Buckets, encoded
from generator.files import FileStamp, Stamp
from generator.model.content import Story
from generator.model.held import Bytes, Held, nothing

T = TypeVar("T")
Entry = tuple[Stamp, str, T]


Sent = tuple[bytes, bytes]
"""An item as it is sent to another process: the item as JSON, and a story's account."""


def sent(item: object) -> Sent:
    """An item as it is sent to another process, where `KeptFiles.received` reads it."""
    return encoded(item), (_account(item) or nothing)()


def _account(item: object) -> Bytes | None:
    return item.account if isinstance(item, Story) else None


def _lay(item: object, account: Bytes) -> None:
    """Set where the account of a story lies: nobody else has the story yet, so it may still be changed."""
    if isinstance(item, Story):
        force_setattr(item, "account", account)


class KeptFiles(Generic[T]):
    """What was read from the files of one folder, kept by their names: stamp, digest of the bytes, and item."""

    def __init__(self, cache: Cache | None, folder: str, kind: type[T]) -> None:
        beside: Beside[Entry[T]] = Beside(lambda entry: _account(entry[2]), lambda entry, at: _lay(entry[2], at))
        entry = tuple[Stamp, str, kind]  # type: ignore[valid-type]
        self._buckets: Buckets[Entry[T]] = Buckets(cache, folder, entry, beside)
        self._before = self._buckets.before.all()
        self._decoder = msgspec.json.Decoder(kind)
        self._words: dict[str | None, Any] = {}
        self._new: dict[str, Entry[T]] = {}
        self.gone = {*self._before}
        """The files that were kept and have not been found unchanged in this run."""

    def received(self, sent: Sent) -> T:
        """The item that another process has read and sent."""
        item, account = self._decoder.decode(sent[0]), sent[1]
        if account:
            _lay(item, Held(account))
        if isinstance(item, Story):
            self._share(item)
        return item

    def _share(self, story: Story) -> None:
        """Let stories share the words that many of them have, which saves memory in a large archive."""
        one = self._words.setdefault
        for name in ("section", "sentiment"):
            word = getattr(story, name)
            force_setattr(story, name, one(word, word))
        for name in ("topics", "mentions"):
            force_setattr(story, name, tuple([one(word, word) for word in getattr(story, name)]))

    @property
    def count(self) -> int:
        """How many files earlier runs have kept."""
        return len(self._before)

    def knows(self, file: str) -> bool:
        """Whether an earlier run has kept a file, whatever has become of it."""
        return file in self._before

    @property
    def state(self) -> str:
        """Fingerprint of all that is kept."""
        return self._buckets.state

    def unchanged(self, files: Iterable[FileStamp]) -> dict[str, T | None]:
        """The kept items of all files, in their order; None for those whose stamps are not the same."""
        kept = self._before.get
        found = {file: entry[2] if (entry := kept(file)) and entry[0] == stamp else None for file, stamp in files}
        others = {file for file, item in found.items() if item is None}
        touched = others & self._before.keys()
        is_all = len(found) - len(others) + len(touched) == len(self._before)
        self.gone = touched if is_all else touched | self._before.keys() - found.keys()
        return found

    def standing(self, file: str, stamp: Stamp) -> T | None:
        """The kept item of one file; None where its stamp is not the same."""
        entry = self._before.get(file)
        if entry is None or entry[0] != stamp:
            return None
        self.gone.discard(file)
        return entry[2]

    def same(self, file: str, stamp: Stamp, digest: str) -> T | None:
        """The kept item of a file that was touched but holds the same bytes; None otherwise."""
        found = self._before.get(file)
        if found is None or found[1] != digest:
            return None
        self.keep(file, stamp, digest, found[2])
        return found[2]

    def keep(self, file: str, stamp: Stamp, digest: str, item: T) -> None:
        """Note an item that was read now, to be kept by `save`."""
        self._new[file] = (stamp, digest, item)

    def forget(self, file: str) -> None:
        """Keep nothing of a file, so that the next run reads it again."""
        self._new.pop(file, None)

    def save(self) -> Collection[str]:
        """Keep what was read now, but for what is too young; answers with the files of which something new is kept.

        The accounts of these stories are read from the file of the cache from now on.
        """
        oldest = time.time_ns() - YOUNG
        new = {file: entry for file, entry in self._new.items() if max(entry[0][1:]) < oldest}
        self._buckets.change(new, self.gone - new.keys())
        return new.keys()
