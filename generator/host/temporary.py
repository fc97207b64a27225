"""Temporary folders of builds and servers: those left by a killed process are removed by the next one.

Each has a mark in the newsletter's cache that names it. The mark is locked as long as its process, or one forked from
it, lives; the system releases the lock however the process dies. Where files cannot be locked (Windows), nothing is
marked.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path

from generator.cache import Cache, forget_unfinished
from generator.files import opened

_MARKS = "temporary"


def mark(cache: Cache, folder: Path) -> Callable[[], None]:
    """Mark a folder as this process's own. Return a function that removes the mark, for when the folder is gone."""
    gone = ExitStack()
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not there on every system

        file = cache.folder / _MARKS / folder.name
        with suppress(OSError):  # without a mark the folder stays if this process is killed
            file.parent.mkdir(parents=True, exist_ok=True)
            held = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)  # open until the process ends, or `gone`
            gone.callback(os.close, held)
            gone.callback(file.unlink, missing_ok=True)
            fcntl.flock(held, fcntl.LOCK_EX)
            os.write(held, _told(folder).encode())
    return gone.close


def sweep(cache: Cache) -> None:
    """Remove the marked folders of processes that have ended, and what they had begun to write into the cache."""
    forget_unfinished(cache)
    with suppress(OSError):
        for file in sorted((cache.folder / _MARKS).iterdir()):
            _sweep(file)


def _sweep(file: Path) -> None:
    """Remove a marked folder, unless a process holds its mark, or another folder has taken its name."""
    import fcntl  # noqa: PLC0415 - not there on every system, but then nothing is marked

    with suppress(BlockingIOError), opened(file) as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        told = held.readall().decode("utf-8", "replace")
        folder = Path(told.partition("\n")[2])
        with suppress(OSError):
            if folder.name == file.name and told == _told(folder) and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)
        file.unlink(missing_ok=True)


def _told(folder: Path) -> str:
    """The content of a folder's mark: its device, inode and owner, and the path on a line of its own."""
    stat = folder.lstat()
    if stat.st_uid != os.getuid():
        raise PermissionError(str(folder))
    return f"{stat.st_dev} {stat.st_ino} {stat.st_uid}\n{folder}"
