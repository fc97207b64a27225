"""A folder for what may be lost at any time: it saves work, and never changes a result."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import msgspec
from msgspec import Struct

from generator.files import PACKAGE, put_open, stamps
from generator.model.fingerprint import fingerprint

T = TypeVar("T")
_WITH_VERSIONS = (".dist-info", ".egg-info", ".pth")
"""Endings of what an installer puts beside a package."""
YOUNG = 2_000_000_000
"""Nanoseconds. A file as young as this may be written again within one tick of its clock: the coarsest in use (FAT's)
ticks every two seconds."""
_SUM = 4
"""Bytes of a checksum (CRC-32)."""


class Cache(Struct, frozen=True):
    """Bytes kept in a folder, by name. What another version of the program kept is not found."""

    folder: Path
    program: str
    """Fingerprint of the program with all its files."""

    def read(self, name: str) -> bytes:
        """The bytes that were kept under a name; none when there is nothing, or they are damaged."""
        try:
            with self.opened(name) as file:
                sum_, data = file.read(_SUM), file.readall()  # apart, since a copy of megabytes takes milliseconds
                return data if sum_ == _sum(data) else b""
        except OSError:
            return b""

    def value(self, name: str, decode: Callable[[bytes], T]) -> T | None:
        """What was kept under a name, decoded by a codec of msgspec's; None when there is nothing, or it is damaged."""
        data = self.read(name)
        try:
            return decode(data) if data else None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def opened(self, name: str) -> FileIO:
        """The file in which something was kept, at the place where that begins. Raises `OSError` when there is none."""
        file = FileIO(self.folder / name)
        if file.read(len(self._head)) == self._head:
            return file
        file.close()
        raise FileNotFoundError(name)

    def write(self, name: str, data: bytes) -> None:
        """Keep something, whole or not at all. A folder that cannot be written is no misfortune."""
        with suppress(OSError):
            self.written(name, summed(data)).close()

    def written(self, name: str, data: bytes) -> FileIO:
        """Keep something; answers with its file, standing where it begins. Raises `OSError` when it cannot be kept."""
        file = put_open(self.folder / name, self._head + data)
        file.seek(len(self._head))
        return file

    def use(self, name: str) -> None:
        """Note that something is of use still, though it need not be written again (`drop_older`)."""
        with suppress(OSError):
            os.utime(self.folder / name)

    def drop_older(self, name: str, kept: int) -> None:
        """Keep of all that lies beside something so many: those written or used last.

        Files whose names differ only behind the first dot count as one.
        """
        written: dict[str, list[Path]] = {}
        with suppress(OSError):
            for file in sorted((self.folder / name).parent.iterdir(), key=lambda file: -file.stat().st_mtime_ns):
                written.setdefault(file.name.partition(".")[0], []).append(file)
            for files in [*written.values()][kept:]:
                for file in files:
                    file.unlink()

    @property
    def _head(self) -> bytes:
        return self.program.encode() + b"\n"


def summed(data: bytes) -> bytes:
    """Bytes with a checksum before them, since a disk may give others than it took."""
    return _sum(data) + data if data else b""


def whole(found: bytes) -> bytes | None:
    """The bytes without their checksum; None where it is not theirs, or there are none."""
    data = memoryview(found)[_SUM:]
    return found[_SUM:] if data and found[:_SUM] == _sum(data) else None


def _sum(data: bytes | memoryview) -> bytes:
    return crc32(data).to_bytes(_SUM, "big")


def cache_of(root: Path) -> Cache:
    """The cache of a newsletter, by the newsletter's folder."""
    return Cache(root / ".cache" / "citewire", program())


def name_of(folder: Path) -> str:
    """A short name for a folder, for what is kept of it: one newsletter may be built into several."""
    return blake2b(os.fsencode(folder.resolve()), digest_size=8).hexdigest()


def program() -> str:
    """The fingerprint of all that makes the results: Python, the packages, and the files of the program.

    Files are known by their sizes and times, so that work on the program shows at once.
    """
    files = ((path, stamp) for path, stamp in stamps(str(PACKAGE)) if not path.endswith(".pyc"))
    own = (f"{path} {size} {changed}" for path, (size, changed, _) in files)
    return fingerprint(sys.version, *packages(), *own)


def packages() -> list[str]:
    """The packages that are installed, each as the folder that an installer names by its version.

    They are the same by whatever door a command came in: `python -m`, a script of its own, or another command's.
    """
    found: set[str] = set()
    for folder in {os.path.realpath(folder) for folder in sys.path}:
        with suppress(OSError):
            found.update(entry.path for entry in os.scandir(folder) if entry.name.endswith(_WITH_VERSIONS))
    return sorted(found)
