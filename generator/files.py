"""List the files of a folder, write files atomically, and lock a folder for one process."""

from __future__ import annotations

import errno
import os
import re
import sys
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from io import FileIO
from operator import attrgetter
from pathlib import Path
from stat import S_ISFIFO, S_ISSOCK

_USUAL = 0o644
_NEW = ".new"
_UNFINISHED = re.compile(r"\.[0-9]+\Z")

Stamp = tuple[int, int, int]
"""Size in bytes, mtime and ctime in nanoseconds."""
NO_FILE: Stamp = (-1, -1, -1)
"""The stamp of anything that is neither a folder nor a file, such as a broken link."""

SizeAndTime = tuple[int, int]
"""Size in bytes, and mtime in nanoseconds."""

FileStamp = tuple[str, Stamp]
"""A file's path and stamp."""


class FileStamps:
    """Many files with their stamps, in columns, since those of an archive are kept and compared as a whole."""

    __slots__ = ("numbers", "paths")

    def __init__(self, paths: list[str], numbers: array[int]) -> None:
        self.paths = paths
        self.numbers = numbers
        """The three numbers of each stamp, one stamp after the other."""

    @classmethod
    def of(cls, files: Iterable[FileStamp]) -> FileStamps:
        paths, numbers = list[str](), array("q")
        for path, stamp in files:
            paths.append(path)
            numbers.extend(stamp)
        return cls(paths, numbers)

    def __len__(self) -> int:
        return len(self.paths)

    def __iter__(self) -> Iterator[FileStamp]:
        return zip(self.paths, zip(*self.columns(), strict=True), strict=True)

    def columns(self) -> tuple[array[int], array[int], array[int]]:
        """The sizes, mtimes and ctimes of all files."""
        return self.numbers[::3], self.numbers[1::3], self.numbers[2::3]

    def stamp(self, place: int) -> Stamp:
        size, changed, touched = self.numbers[3 * place : 3 * place + 3]
        return size, changed, touched

    @property
    def no_files(self) -> list[str]:
        """The paths whose stamp is `NO_FILE`."""
        sizes = self.numbers[::3]
        return [path for path, size in zip(self.paths, sizes, strict=True) if size < 0] if NO_FILE[0] in sizes else []

    def some(self, places: range) -> FileStamps:
        """The files at these consecutive places."""
        start, stop = places.start, places.stop
        return FileStamps(self.paths[start:stop], self.numbers[3 * start : 3 * stop])

    def in_order(self) -> FileStamps:
        """The same files, sorted by path."""
        paths = self.paths
        return self if sorted(paths) == paths else FileStamps.of(sorted(self))

    def clear(self) -> None:
        """Remove all files."""
        self.paths.clear()
        del self.numbers[:]


PACKAGE = Path(__file__).parent
"""The program's own folder."""


def home() -> Path | None:
    """The user's home; None if there is none, as for an unnamed user in a container."""
    with suppress(RuntimeError):
        return Path.home()
    return None


def name_here(path: Path) -> str:
    """A path relative to the current folder, so that a terminal or another command finds it."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except (OSError, ValueError):  # this folder is gone, or the path is on another Windows drive
        return path.as_posix()


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises `OSError`, also for a pipe or a socket, whose end nobody may ever write."""
    if S_ISFIFO(mode := path.stat().st_mode) or S_ISSOCK(mode):
        raise OSError(errno.EINVAL, "this is no file: move it elsewhere", str(path))
    return path.read_bytes()


def opened(path: Path) -> FileIO:
    """Open a file for reading. Raises `OSError`, also for a pipe, which would wait for somebody who writes."""
    return FileIO(path, opener=_at_once)


def _at_once(path: str, flags: int) -> int:
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if S_ISFIFO(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "this is no file", path)
    return handle


def texts_of(folder: Path) -> Iterator[str]:
    """The source code of the program's modules in a folder, for a fingerprint that changes with every edit."""
    return (file.read_text("utf-8") for file in sorted(folder.glob("*.py")))


def stamp_of(stat: os.stat_result) -> Stamp:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns


def size_and_time(path: str) -> SizeAndTime:
    """Size and mtime, for files that others may touch without changing them; (-1, -1) for a missing file."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten thousand times a build
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns


def stamps(folder: str, within: str = "") -> Iterator[FileStamp]:
    """The path and stamp of every file below a folder; nothing if the folder does not exist.

    Links that `entries` does not follow get `NO_FILE`. A file that goes while the folder is read was never there: an
    editor saves by way of one. Raises `OSError` if a folder cannot be read.
    """
    for path, entry in entries(folder, within):
        try:
            stamp = stamp_of(entry.stat()) if entry and entry.is_file() else NO_FILE
        except FileNotFoundError:
            continue
        yield path, stamp


def entries(
    folder: str, within: str = "", above: tuple[str, ...] = ()
) -> Iterator[tuple[str, os.DirEntry[str] | None]]:
    """The path and entry of every file below a folder; nothing if the folder does not exist.

    Links are not followed, and have None as their entry, if they lead to nothing, to a folder that contains them, or
    out of the folder `within` if given. `above` are the real paths of the folders that links have led through.
    Raises `OSError` if a folder cannot be read.
    """
    with _listed(folder) as listed:
        for entry in listed:
            path, through = f"{folder}/{entry.name}", above
            if entry.is_symlink():
                through = (*above, os.path.realpath(folder))
                if fault_of_link(path, within, through):
                    yield path, None
                    continue
            if entry.is_dir():
                yield from entries(path, within, through)
            else:
                yield path, entry


def fault_of_link(path: str, within: str, through: tuple[str, ...] = ()) -> str:
    """Why a link is not followed; empty if it is."""
    target = os.path.realpath(path)
    if within and not is_below(target, os.path.realpath(within)):
        return "the link leads out of the folder of the content"
    through = through or (os.path.realpath(os.path.dirname(path)),)  # noqa: PTH120
    if any(is_below(folder, target) for folder in through):
        return "the link leads to a folder that it is in"
    return "" if os.path.exists(target) else "the link leads to no file"  # noqa: PTH110


def is_below(path: str, folder: str) -> bool:
    """Whether a path is a folder or below it."""
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")


@contextmanager
def _listed(folder: str) -> Iterator[list[os.DirEntry[str]]]:
    """The entries of a folder, by name; none if the folder does not exist.

    Where the system allows it, files are accessed relative to the folder: full paths take half as long again.
    """
    number = None
    try:
        try:
            if os.scandir in os.supports_fd:
                number = os.open(folder, os.O_RDONLY)
            entries = sorted(os.scandir(folder if number is None else number), key=attrgetter("name"))
        except FileNotFoundError:
            entries = []
        yield entries
    finally:
        if number is not None:
            os.close(number)


_from_here: set[tuple[int, int, int]] = set()
"""Folders locked by `alone_from_here`: process id, and the folder's device and inode."""


@contextmanager
def alone(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold a lock on a folder within this context. Calls `wait` before waiting for another process.

    `wait` may raise instead. The folder itself is locked, so no lock file is left behind, and the system releases the
    lock of a process that dies. On Windows folders cannot be locked, and this does nothing.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415 - not there on every system

    locked = os.open(folder, os.O_RDONLY)
    try:
        if _lock_of(folder) not in _from_here:
            try:
                fcntl.flock(locked, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(locked, fcntl.LOCK_EX)
        yield
    finally:
        os.close(locked)


@contextmanager
def alone_from_here(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of `alone` from before the content is read until the folder has been written.

    Otherwise a build that read earlier could overwrite one that read later. If the folder does not exist yet, the
    nearest one above it is locked, if it is readable. Within this context, `alone` does not wait in this process.
    Raises `OSError`.
    """
    waits = cache(wait)
    with ExitStack() as stack:
        while (place := _nearest(folder)) == folder or os.access(place, os.R_OK):
            if (lock := _lock_of(place)) in _from_here:
                break
            held = stack.enter_context(ExitStack())
            held.enter_context(alone(place, waits))
            if _lock_of(_nearest(folder)) == lock:
                _from_here.add(lock)
                held.callback(_from_here.discard, lock)
                break
            held.close()  # another process has created or replaced the folder
        yield


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest existing one above it."""
    return next(place for place in (folder, *folder.absolute().parents) if place.is_dir())


def _lock_of(folder: Path) -> tuple[int, int, int]:
    stat = folder.stat()
    return os.getpid(), stat.st_dev, stat.st_ino


def write_whole(path: Path, data: bytes) -> None:
    """Replace or create a file atomically: readers see the old bytes or the new ones, nothing in between.

    A symbolic link is followed, and the file keeps its mode. On failure raises an `OSError` that names the file, and
    leaves nothing behind.
    """
    try:
        _replace(path.resolve(), data)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file as `write_whole` does, creating its folder, unless it holds these bytes. Return whether it wrote."""
    try:
        if path.read_bytes() == data:
            return False
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    return True


def put(path: Path, data: bytes) -> None:
    """Write a file atomically, creating its folder, without waiting for the disk as `write_whole` does.

    For files that can be made again. Raises `OSError`.
    """
    put_open(path, data).close()


def put_open(path: Path, data: bytes) -> FileIO:
    """Write a file as `put` does, and return it open, so that the caller keeps this file even if it is replaced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")  # a name that `is_unfinished` knows
    try:
        beside.write_bytes(data)
        file = FileIO(beside)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    return file


def is_unfinished(name: str) -> bool:
    """Whether a file's name is one that `put` writes under, before it has the name that it is to have."""
    return _UNFINISHED.search(name) is not None


def _replace(target: Path, data: bytes) -> None:
    mode = target.stat().st_mode & 0o7777 if target.exists() else _USUAL
    handle, name = _beside(target)
    with os.fdopen(handle, "wb") as file:  # open to the end, to hold its lock
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if sys.platform == "win32":  # an open file cannot be renamed there
                file.close()
            Path(name).chmod(mode)
            Path(name).replace(target)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    _settle_names(target.parent)


def _beside(target: Path) -> tuple[int, str]:
    """Open an empty temporary file next to the target, which only this process writes. Return its handle and path.

    Its name is fixed for the target if possible, so what a killed process leaves is overwritten by the next one.
    """
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not there on every system

        name = str(target.with_name(f".{target.name}{_NEW}"))
        with suppress(OSError), ExitStack() as stack:
            handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
            stack.callback(os.close, handle)
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            mine, there = os.fstat(handle), os.lstat(name)  # another process may have renamed it meanwhile
            if (mine.st_ino, mine.st_nlink, mine.st_uid) == (there.st_ino, 1, os.geteuid()):
                os.ftruncate(handle, 0)
                stack.pop_all()
                return handle, name
    return tempfile.mkstemp(prefix=".", suffix=_NEW, dir=target.parent)


def _settle_names(folder: Path) -> None:
    """Flush a folder's entries to disk, or a power cut may bring back the old content of a renamed file.

    Not possible everywhere (Windows, some network disks); errors are ignored.
    """
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
