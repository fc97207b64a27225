"""Values by name in a few files of a cache, so that one change costs the writing of one of them.

With a value may be kept more that few ask for. It stays in the file until somebody does, so that neither time nor
memory goes into what an archive tells beside what is asked of all of it.
"""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from io import FileIO
from typing import Any, Generic, TypeVar
from zlib import crc32

import msgspec

from generator.cache import Cache
from generator.model.held import Bytes, Held, nothing

T = TypeVar("T")

BUCKETS = 32
"""Files in which values are kept."""
_CAN_LAY = sys.platform != "win32"
"""Elsewhere a file that is open cannot be replaced, nor read by places: all of it is read at once."""
_DIGITS = 12
"""Of the number that stands first in such a file: how many bytes the values take, before what lies beside them."""


class Opened:
    """A file that is open as long as somebody may ask for some of it."""

    def __init__(self, file: FileIO) -> None:
        self._name, self._number = str(file.name), os.dup(file.fileno())
        weakref.finalize(self, os.close, self._number)

    def read(self, start: int, size: int) -> bytes:
        """By its place, so that processes that share the file do not disturb each other. Raises `OSError`."""
        found = os.pread(self._number, size, start)
        if len(found) < size:
            raise OSError(None, "the cache was cut off while it was read", self._name)
        return found


class Laid:
    """Bytes in a file. It stays what it is: a cache puts a new one in its place."""

    __slots__ = ("_file", "_size", "_start")

    def __init__(self, file: Opened, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size

    def __call__(self) -> bytes:
        return self._file.read(self._start, self._size)

    def __reduce__(self) -> tuple[type[Held], tuple[bytes]]:
        """Another machine has no such file."""
        return Held, (self(),)


class Buckets(Generic[T]):
    """Values by name, and what lies beside each.

    They are kept as JSON, in which a time has the zone that its writer gave; MessagePack knows moments only.
    """

    def __init__(self, cache: Cache | None, folder: str, kind: Any) -> None:
        self._cache, self._folder = cache, folder
        self._decoder: Any = msgspec.json.Decoder(dict[str, tuple[kind, int]])
        self._names: dict[int, list[str]] = {}
        self._beside: dict[str, Bytes] = {}
        self.before: dict[str, T] = {}
        """What was kept; what cannot be read is not there."""
        for number in range(BUCKETS):
            with suppress(OSError, ValueError, msgspec.MsgspecError):
                self._read(number)

    def beside(self, name: str) -> Bytes | None:
        """What lies beside a value; None where nothing does."""
        return self._beside.get(name)

    def save(self, now: Mapping[str, T], beside: Callable[[T], Bytes | None] = lambda value: None) -> None:
        """Keep these values and no others, writing what differs; `beside` says of each new one what lies beside it."""
        if self._cache is None:
            return
        before = self.before
        new = {name for name, value in now.items() if (old := before.get(name)) is not value and old != value}
        changed = {number: dict[str, Bytes | None]() for number in map(_bucket, new | (before.keys() - now.keys()))}
        for number, names in changed.items():
            names |= {name: self.beside(name) for name in self._names.get(number, ()) if name in now}
        for name in new:
            changed[_bucket(name)][name] = beside(now[name])
        for number, names in changed.items():
            self._write(self._cache, number, {name: (now[name], (more or nothing)()) for name, more in names.items()})

    def _write(self, cache: Cache, number: int, values: Mapping[str, tuple[T, bytes]]) -> None:
        head = encoded({name: (value, len(more)) for name, (value, more) in values.items()})
        data = (f"{len(head):0{_DIGITS}}".encode(), head, *(more for _, more in values.values()))
        with suppress(OSError), cache.written(self._name(number), b"".join(data)) as file:
            file.seek(_DIGITS + len(head), os.SEEK_CUR)
            self._learn(number, file, ((name, len(more)) for name, (_, more) in values.items()))

    def _read(self, number: int) -> None:
        if self._cache is None:
            return
        with self._cache.opened(self._name(number)) as file:
            values = self._decoder.decode(file.read(int(file.read(_DIGITS))))
            if file.tell() + sum(size for _, size in values.values()) != os.fstat(file.fileno()).st_size:
                raise ValueError(self._name(number))
            self._learn(number, file, ((name, size) for name, (_, size) in values.items()))
        self.before.update({name: value for name, (value, _) in values.items()})

    def _learn(self, number: int, file: FileIO, sizes: Iterable[tuple[str, int]]) -> None:
        """Which values a file has, and where lies what is beside each; it begins where the file stands now."""
        names, start, opened = list[str](), file.tell(), None
        for name, size in sizes:
            names.append(name)
            if size:
                opened = opened or Opened(file)
                self._beside[name] = Laid(opened, start, size) if _CAN_LAY else Held(file.read(size))
                start += size
        self._names[number] = names

    def _name(self, number: int) -> str:
        return f"{self._folder}/{number:02}"


def encoded(value: object) -> bytes:
    """A value as JSON, but for what lies beside it, which is null there."""
    return msgspec.json.encode(value, enc_hook=lambda part: None if callable(part) else str(part))


def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
