"""Values by name in a few files of a cache, so that one change costs the writing of one of them.

Beside a value bytes may be kept that few ask for. They stay in the file until somebody does, so that in a large archive
they take neither time nor memory.
"""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from generator.cache import Cache
from generator.model.fingerprint import fingerprint
from generator.model.held import Bytes, Held, nothing

T = TypeVar("T")

BUCKETS = 32
"""Files in which values are kept."""
_CAN_LAY = sys.platform != "win32"
"""Whether bytes may stay in an open file. On Windows it cannot be replaced, nor read at a place: all is read."""
_SUM = 4
"""Bytes of a checksum (CRC-32)."""
_NOT_WRITTEN = ()
"""Stamp of a file that could not be written: no file has it, so that no later run takes what lies there for this."""
_DIGITS = 12
"""Digits of the number with which such a file begins: how many bytes the values take, before what lies beside them."""


class Opened:
    """A file that is open as long as somebody may ask for some of it."""

    def __init__(self, file: FileIO, name: str) -> None:
        self._name, self._number = name, os.dup(file.fileno())
        weakref.finalize(self, os.close, self._number)

    def read(self, start: int, size: int) -> bytes:
        """Bytes at a place, by which processes that share the file do not disturb each other. Raises `OSError`."""
        found = _whole(os.pread(self._number, size, start))
        if found is None:
            Path(self._name).unlink(missing_ok=True)  # it is only a way to skip work: the next build reads anew
            raise OSError(None, "the cache is damaged; build again, and it is made anew", self._name)
        return found


class Laid:
    """Bytes in a file, read when they are asked for. The file never changes: a cache puts a new one in its place."""

    __slots__ = ("_file", "_size", "_start")

    def __init__(self, file: Opened, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size

    def __call__(self) -> bytes:
        return self._file.read(self._start, self._size)

    def __reduce__(self) -> tuple[type[Held], tuple[bytes]]:
        """Pickled, it takes the bytes along: another machine has no such file."""
        return Held, (self(),)


class Beside(NamedTuple, Generic[T]):
    """How bytes are kept beside values: `of` takes them from a value, and `lay` tells it where they lie."""

    of: Callable[[T], Bytes | None] = lambda value: None
    lay: Callable[[T, Bytes], object] = lambda value, where: None
    """Tells a value where its bytes lie from now on."""


class Buckets(Generic[T]):
    """Values by name, kept in files of a cache, and the bytes beside each.

    They are kept as JSON, in which a time has the zone that its writer gave; MessagePack knows moments only.
    """

    def __init__(self, cache: Cache | None, folder: str, kind: Any, beside: Beside[T] | None = None) -> None:
        self._cache, self._folder = cache, folder
        self._beside: Beside[T] = beside or Beside()
        self._decoder: Any = msgspec.json.Decoder(dict[str, tuple[kind, int]])
        self._names: dict[int, list[str]] = {}
        self._files: dict[int, tuple[int, ...]] = {}
        """Stamps of the files by number, which tell when another file has taken the place of one."""
        self.before: dict[str, T] = {}
        """The values that were kept, by name. Those that cannot be read are not there."""
        if cache:
            self._read_all(cache)

    def _read_all(self, cache: Cache) -> None:
        for number in range(BUCKETS):
            with suppress(OSError, ValueError, msgspec.MsgspecError):
                self._read(cache, number)

    @property
    def state(self) -> str:
        """Fingerprint of all that is kept: as long as it is the same, nobody has kept anything else.

        Where something could not be written, it is one that no later run finds.
        """
        return fingerprint(*(f"{number} {stamp}" for number, stamp in sorted(self._files.items())))

    def save(self, now: Mapping[str, T]) -> int:
        """Keep these values and no others, writing what differs; answers how many are new."""
        return self.change(now, self.before.keys() - now.keys())

    def change(self, new: Mapping[str, T], gone: Collection[str] = ()) -> int:
        """Add or replace some values, and drop those that are gone; answers how many have been written."""
        if self._cache is None:
            return 0
        before = self.before
        changed = {_bucket(name): dict[str, T]() for name in before.keys() & gone}
        for name, value in new.items():
            if (old := before.get(name)) is not value and old != value:
                changed.setdefault(_bucket(name), {})[name] = value
        for number, values in changed.items():
            stay = {name: before[name] for name in self._names.get(number, ()) if name not in gone}
            try:
                self._write(self._cache, number, stay | values)
            except OSError:
                self._files[number] = _NOT_WRITTEN
        return sum(map(len, changed.values()))

    def _write(self, cache: Cache, number: int, values: Mapping[str, T]) -> None:
        more = [_summed((self._beside.of(value) or nothing)()) for value in values.values()]
        sized = {name: (value, len(data)) for (name, value), data in zip(values.items(), more, strict=True)}
        head = encoded(sized)
        with cache.written(self._name(number), b"".join((f"{len(head):0{_DIGITS}}".encode(), head, *more))) as file:
            self._files[number] = _stamp(file)
            file.seek(_DIGITS + len(head), os.SEEK_CUR)
            self._lay(cache, number, file, sized.values())

    def _read(self, cache: Cache, number: int) -> None:
        with cache.opened(self._name(number)) as file:
            sized = self._decoder.decode(file.read(int(file.read(_DIGITS))))
            if file.tell() + sum(size for _, size in sized.values()) != os.fstat(file.fileno()).st_size:
                raise ValueError(self._name(number))
            self._lay(cache, number, file, sized.values())
            self._files[number] = _stamp(file)
        self._names[number] = list(sized)
        self.before.update({name: value for name, (value, _) in sized.items()})

    def _lay(self, cache: Cache, number: int, file: FileIO, sized: Iterable[tuple[T, int]]) -> None:
        """Tell values where the bytes beside them lie: one after the other, from where the file stands."""
        lay, start, opened = self._beside.lay, file.tell(), None
        for value, size in sized:
            if size:
                opened = opened or Opened(file, str(cache.folder / self._name(number)))
                lay(value, Laid(opened, start, size) if _CAN_LAY else Held(_whole(file.read(size)) or b""))
                start += size

    def _name(self, number: int) -> str:
        return f"{self._folder}/{number:02}"


def _stamp(file: FileIO) -> tuple[int, ...]:
    """A stamp that no other file has: one that is written anew is another one, or is written at another time."""
    stat = os.fstat(file.fileno())
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _summed(data: bytes) -> bytes:
    """Bytes with a checksum before them, since nobody looks at them when the rest of their file is read."""
    return crc32(data).to_bytes(_SUM, "big") + data if data else b""


def _whole(summed: bytes) -> bytes | None:
    """The bytes without their checksum; None where it is not theirs, or there are none."""
    data = summed[_SUM:]
    return data if data and summed == _summed(data) else None


def encoded(value: object) -> bytes:
    """A value as JSON, but for what lies beside it, which is null there."""
    return msgspec.json.encode(value, enc_hook=lambda part: None if callable(part) else str(part))


def _bucket(name: str) -> int:
    return crc32(name.encode()) % BUCKETS
