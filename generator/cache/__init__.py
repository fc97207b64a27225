"""A cache folder, which may be lost at any time: it saves work, and never changes a result."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Container
from contextlib import suppress
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import TypeVar
from zlib import crc32

import msgspec
from msgspec import Struct

from generator.files import PACKAGE, is_unfinished, opened, put_open, stamps
from generator.model.fingerprint import fingerprint

T = TypeVar("T")
_WITH_VERSIONS = (".dist-info", ".egg-info", ".pth")
"""Suffixes of the entries that an installer puts beside a package."""
YOUNG = 2_000_000_000
"""Nanoseconds. A younger file may be written again within the same tick of its clock: the coarsest in use (FAT's) ticks
every two seconds."""
_HOUR = 3_600_000_000_000
"""Nanoseconds. Nothing takes so long to write that it is not finished by then."""
_MONTH = 30 * 86_400_000_000_000
"""Nanoseconds."""
_SUM = 4
"""Size in bytes of a checksum (CRC-32)."""


class Cache(Struct, frozen=True):
    """Bytes kept in a folder, by name. Entries of another version of the program are ignored."""

    folder: Path
    program: str
    """Fingerprint of the program with all its files."""

    def read(self, name: str) -> bytes:
        """The bytes kept under a name; empty if there are none, or they are damaged."""
        try:
            with self.opened(name) as file:
                sum_, data = file.read(_SUM), file.readall()  # separately, since copying megabytes takes milliseconds
                return data if sum_ == _sum(data) else b""
        except OSError:
            return b""

    def value(self, name: str, decode: Callable[[bytes], T]) -> T | None:
        """The value kept under a name, decoded by a msgspec codec; None if there is none, or it is damaged."""
        data = self.read(name)
        try:
            return decode(data) if data else None
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def opened(self, name: str) -> FileIO:
        """The file of an entry, positioned at the start of its data. Raises `OSError` if there is none."""
        file = opened(self.folder / name)
        if file.read(len(self._head)) == self._head:
            return file
        file.close()
        raise FileNotFoundError(name)

    def write(self, name: str, data: bytes) -> None:
        """Keep some bytes, atomically. Errors are ignored."""
        with suppress(OSError):
            self.written(name, summed(data)).close()

    def written(self, name: str, data: bytes) -> FileIO:
        """Keep some bytes, and return the file, positioned at their start. Raises `OSError` if they cannot be kept."""
        file = put_open(self.folder / name, self._head + data)
        file.seek(len(self._head))
        return file

    def use(self, name: str) -> None:
        """Note that an entry is still in use, though it is not written again (see `drop_older`)."""
        note_used(self.folder / name)

    def drop_older(self, name: str, kept: int) -> None:
        """Remove the entries beside this one, except the `kept` ones written or used last.

        Files whose names differ only after the first dot count as one.
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


def forget_beside(file: Path, wanted: Container[str] = ()) -> None:
    """Remove the files beside a new one whose names are not wanted, and which were not used in the month before.

    For folders whose files are named by what they are made of. Whoever adds one tidies up beside it, so that nobody has
    to go through all of them. For a month they stay, since another site of the newsletter may want them: the one that
    is served shows drafts, too. Errors are ignored.
    """
    with suppress(OSError), os.scandir(file.parent) as beside:
        oldest = file.stat().st_mtime_ns - _MONTH
        for other in [entry for entry in beside if entry.name not in wanted]:
            if other.stat().st_mtime_ns < oldest:
                Path(other.path).unlink()


def forget_unfinished(cache: Cache) -> None:
    """Remove what killed processes had begun to write into a cache, an hour ago or earlier. Errors are ignored.

    Folders of folders (cards, pictures) are not gone through: `forget_beside` tidies up in those.
    """
    with suppress(OSError):
        oldest = time.time_ns() - _HOUR
        for folder in [cache.folder, *(path for path in cache.folder.iterdir() if path.is_dir())]:
            with os.scandir(folder) as there:
                for file in [entry for entry in there if is_unfinished(entry.name)]:
                    with suppress(OSError):
                        if file.stat().st_mtime_ns < oldest:
                            Path(file.path).unlink()


def note_used(file: Path) -> None:
    """Note that a file is still in use, though it is not written again (see `forget_beside`)."""
    with suppress(OSError):
        os.utime(file)


def summed(data: bytes) -> bytes:
    """Bytes with a checksum before them, since disks may return other bytes than were written."""
    return _sum(data) + data if data else b""


def whole(found: bytes) -> bytes | None:
    """The bytes without their checksum; None if it does not match, or there are none."""
    data = memoryview(found)[_SUM:]
    return found[_SUM:] if data and found[:_SUM] == _sum(data) else None


def _sum(data: bytes | memoryview) -> bytes:
    return crc32(data).to_bytes(_SUM, "big")


def cache_of(root: Path) -> Cache:
    """The cache of the newsletter in a folder."""
    return Cache(root / ".cache" / "citewire", program())


def name_of(folder: Path) -> str:
    """A short name for a folder, for its cache entries: one newsletter may be built into several folders."""
    return blake2b(os.path.realpath(os.fsencode(folder)), digest_size=8).hexdigest()


def program() -> str:
    """The fingerprint of everything that determines results: Python, the packages, and the files of the program.

    Files are identified by size and time, so that changes to the program take effect at once.
    """
    files = ((path, stamp) for path, stamp in stamps(str(PACKAGE)) if "/__pycache__/" not in path)
    own = (f"{path} {size} {changed}" for path, (size, changed, _) in files)
    return fingerprint(sys.version, *packages(), *own)


def packages() -> list[str]:
    """The installed packages, as the entries that installers name after package and version.

    They are the same however a command was started: by `python -m`, by its own script, or by another command's.
    """
    found: set[str] = set()
    for folder in {os.path.realpath(folder) for folder in sys.path}:
        with suppress(OSError):
            found.update(entry.path for entry in os.scandir(folder) if entry.name.endswith(_WITH_VERSIONS))
    return sorted(found)
