"""Values by name in a few cache files, so that one change means writing only one of them.

Beside a value, bytes may be kept that are rarely needed. They stay in the file until then, so that in a large archive
they take neither time nor memory.
"""

from __future__ import annotations

import os
import sys
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from io import FileIO
from itertools import chain
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from zlib import crc32

import msgspec

from generator.cache import Cache, summed, whole
from generator.model.fingerprint import fingerprint
from generator.model.held import Bytes, Held, nothing

T = TypeVar("T")

BUCKETS = 32
"""How many files the values are spread over."""
CAN_LAY = sys.platform != "win32"
"""Whether bytes may stay in an open file. Windows can neither replace an open file nor read at an offset, so everything
is read at once there."""
_NOT_WRITTEN = ()
"""Stamp for a file that could not be written. No file has it, so no later run takes the old content for the new."""
_DIGITS = 12
"""Digits of the number that such a file begins with: the size of the values, before the bytes beside them."""


class DamagedCacheError(OSError):
    """A file of the cache does not hold what was written. It has been removed, so whoever begins again goes through."""


class Opened:
    """A file that stays open as long as some of it may be needed."""

    def __init__(self, file: FileIO, name: str) -> None:
        self._name, self._number, self.start = name, os.dup(file.fileno()), file.tell()
        weakref.finalize(self, os.close, self._number)

    @property
    def size(self) -> int:
        return os.fstat(self._number).st_size

    @property
    def stamp(self) -> tuple[int, ...]:
        """A stamp unique to this file: a rewritten file has another inode, or another time."""
        stat = os.fstat(self._number)
        return stat.st_ino, stat.st_size, stat.st_mtime_ns

    def part(self, start: int, size: int) -> bytes:
        """Read bytes at an offset, so that processes sharing the file do not disturb each other. Raises `OSError`."""
        if CAN_LAY:
            return os.pread(self._number, size, start)
        os.lseek(self._number, start, os.SEEK_SET)
        return os.read(self._number, size)

    def head(self) -> tuple[bytes, int]:
        """The head of the file, and the offset of the rest. Raises `OSError` or `ValueError` if it is damaged."""
        size = int(self.part(self.start, _DIGITS))
        start = self.start + _DIGITS
        head = whole(self.part(start, size)) if start + size <= self.size else None
        if head is None:
            raise ValueError(size)
        return head, start + size

    def read(self, start: int, size: int) -> bytes:
        """Read bytes and remove their checksum. Raises `DamagedCacheError` if it does not match."""
        return self.checked(self.part(start, size))

    def laid(self, start: int, size: int) -> Bytes:
        """A function that returns these bytes, reading them on demand if the file may stay open. Raises `OSError`."""
        return Laid(self, start, size) if CAN_LAY else Held(self.read(start, size))

    def checked(self, part: bytes) -> bytes:
        """Remove the checksum from bytes read from this file. Raises `DamagedCacheError` if it does not match."""
        found = whole(part)
        if found is None:
            self._drop()
            raise DamagedCacheError(None, "the cache is damaged; build again, and it is made anew", self._name)
        return found

    def _drop(self) -> None:
        """Remove such files from the cache, which only saves work, so that the next build reads everything again.

        This includes those of all folders: they may be damaged too, and each would break off another build.
        """
        cache = Path(self._name).parent.parent
        for file in cache.glob("*/[0-9][0-9]"):
            with suppress(OSError):
                file.unlink()


class Laid:
    """Bytes in a file, read on demand. The file never changes, since a cache replaces files by new ones."""

    __slots__ = ("_file", "_size", "_start")

    def __init__(self, file: Opened, start: int, size: int) -> None:
        self._file, self._start, self._size = file, start, size

    def __call__(self) -> bytes:
        return self._file.read(self._start, self._size)

    def __reduce__(self) -> tuple[type[Held], tuple[bytes]]:
        """Pickle with the bytes themselves, since another machine does not have the file."""
        return Held, (self(),)


class Beside(NamedTuple, Generic[T]):
    """How bytes are kept beside values: `of` gets them from a value, and `lay` gives it access to the stored ones."""

    of: Callable[[T], Bytes | None] = lambda value: None
    lay: Callable[[T, Bytes], object] = lambda value, where: None
    """Gives a value the function that reads its bytes from now on."""


class Values(Mapping[str, T], Generic[T]):
    """The values in some files, by name. A file is read when one of its values is needed."""

    def __init__(self, files: dict[int, Opened], kind: Any, lay: Callable[[T, Bytes], object]) -> None:
        self._files, self._lay = files, lay
        self._decoder: Any = msgspec.json.Decoder(dict[str, tuple[kind, int]])
        self._known: dict[int, dict[str, T]] = {}

    def of(self, number: int) -> dict[str, T]:
        """The values in one file, by name; none if it is missing or damaged."""
        if number not in self._known:
            self._known[number] = {}
            with suppress(KeyError, OSError, ValueError, msgspec.MsgspecError):
                self._known[number] = self._read(self._files.pop(number))
        return self._known[number]

    def _read(self, file: Opened) -> dict[str, T]:
        head, start = file.head()
        sized = self._decoder.decode(head)
        if start + sum(size for _, size in sized.values()) != file.size:
            raise ValueError(start)
        _lay(self._lay, file, start, sized.values())
        return {name: value for name, (value, _) in sized.items()}

    def all(self) -> dict[str, T]:
        """The values in all files, by name."""
        found: dict[str, T] = {}
        for number in range(BUCKETS):
            found.update(self.of(number))
        return found

    def __getitem__(self, name: str) -> T:
        return self.of(bucket(name))[name]

    def get(self, name: str, default: Any = None) -> Any:
        return self.of(bucket(name)).get(name, default)

    def __iter__(self) -> Iterator[str]:
        return chain.from_iterable(map(self.of, range(BUCKETS)))

    def __len__(self) -> int:
        return sum(len(self.of(number)) for number in range(BUCKETS))

    def __reduce__(self) -> tuple[type[dict[str, T]], tuple[dict[str, T]]]:
        """Pickle as a plain `dict` of all values, since another machine does not have the files."""
        return dict, (self.all(),)


class Files:
    """The files of a cache folder, by number. Each begins with a head, followed by more data."""

    def __init__(self, cache: Cache | None, folder: str) -> None:
        self._cache, self._folder = cache, folder
        self._stamps: dict[int, tuple[int, ...]] = {}
        """Stamps of the files by number, which show when one was replaced."""
        self.opened = dict(self._found(cache)) if cache else {}

    def _found(self, cache: Cache) -> Iterator[tuple[int, Opened]]:
        for number in range(BUCKETS):
            with suppress(OSError):
                yield number, self._opened(cache, number, cache.opened(self._name(number)))

    @property
    def state(self) -> str:
        """Fingerprint of everything kept: while it is the same, no file was replaced.

        If a file could not be written, no later run has the same fingerprint.
        """
        return fingerprint(*(f"{number} {stamp}" for number, stamp in sorted(self._stamps.items())))

    @property
    def are_kept(self) -> bool:
        """Whether there is a cache at all."""
        return self._cache is not None

    @contextmanager
    def changing(self, number: int) -> Iterator[None]:
        """A context for replacing a file. If that fails, this is noted in the state."""
        try:
            yield
        except OSError:
            self._stamps[number] = _NOT_WRITTEN

    def write(self, number: int, head: bytes, more: Iterable[bytes]) -> tuple[Opened, int]:
        """Replace a file. Return the new one, and the offset of `more` in it. Raises `OSError`."""
        if self._cache is None:
            raise FileNotFoundError(self._name(number))
        head = summed(head)
        data = b"".join((f"{len(head):0{_DIGITS}}".encode(), head, *more))
        opened = self._opened(self._cache, number, self._cache.written(self._name(number), data))
        return opened, opened.start + _DIGITS + len(head)

    def _opened(self, cache: Cache, number: int, file: FileIO) -> Opened:
        with file:
            opened = Opened(file, str(cache.folder / self._name(number)))
        self._stamps[number] = opened.stamp
        return opened

    def _name(self, number: int) -> str:
        return f"{self._folder}/{number:02}"


class Buckets(Generic[T]):
    """Values by name, kept in cache files, with the bytes beside each.

    They are kept as JSON, which preserves the zone of a time; MessagePack only stores moments.
    """

    def __init__(self, cache: Cache | None, folder: str, kind: Any, beside: Beside[T] | None = None) -> None:
        self._beside: Beside[T] = beside or Beside()
        self._files = Files(cache, folder)
        self.before = Values[T](self._files.opened, kind, self._beside.lay)
        """The values that were kept, by name, except those that cannot be read."""
        if not CAN_LAY:
            self.before.all()

    @property
    def state(self) -> str:
        """Fingerprint of everything kept (see `Files.state`)."""
        return self._files.state

    def save(self, now: Mapping[str, T]) -> int:
        """Keep these values and no others, writing only differences. Return how many values were written."""
        return self.change(now, self.before.keys() - now.keys())

    def change(self, new: Mapping[str, T], gone: Collection[str] = ()) -> int:
        """Add or replace some values, and drop those that are gone. Return how many were written."""
        if not self._files.are_kept:
            return 0
        before = self.before
        changed = {bucket(name): dict[str, T]() for name in gone if name in before}
        for name, value in new.items():
            number = bucket(name)
            if (old := before.of(number).get(name)) is not value and old != value:
                changed.setdefault(number, {})[name] = value
        for number, values in changed.items():
            stay = {name: value for name, value in before.of(number).items() if name not in gone}
            with self._files.changing(number):
                self._write(number, stay | values)
        return sum(map(len, changed.values()))

    def _write(self, number: int, values: Mapping[str, T]) -> None:
        more = [summed((self._beside.of(value) or nothing)()) for value in values.values()]
        sized = {name: (value, len(data)) for (name, value), data in zip(values.items(), more, strict=True)}
        _lay(self._beside.lay, *self._files.write(number, encoded(sized), more), sized.values())


def _lay(lay: Callable[[T, Bytes], object], file: Opened, start: int, sized: Iterable[tuple[T, int]]) -> None:
    """Give values access to the bytes beside them, which are consecutive in the file from an offset on."""
    for value, size in sized:
        if size:
            lay(value, file.laid(start, size))
            start += size


def encoded(value: object) -> bytes:
    """A value as JSON, with null for the bytes kept beside it."""
    return msgspec.json.encode(value, enc_hook=lambda part: None if callable(part) else str(part))


def bucket(name: str) -> int:
    """The number of the file for a value."""
    return crc32(name.encode()) % BUCKETS
