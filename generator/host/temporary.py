"""Temporary folders of builds and servers: what one that was killed has left is taken away by the next.

Each has a mark in the newsletter's cache that names it. The mark is locked as long as its process lives, or one that
was forked from it; the system takes the lock from a process that dies, however it dies. Where files cannot be locked
(Windows), nothing is marked.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack, suppress
from io import FileIO
from pathlib import Path

from generator.cache import Cache

_MARKS = "temporary"


def mark(cache: Cache, folder: Path) -> Callable[[], None]:
    """Mark a folder as this process's own; answers with what takes the mark away, when the folder is gone."""
    gone = ExitStack()
    if sys.platform != "win32":
        import fcntl  # noqa: PLC0415 - not there on every system

        file = cache.folder / _MARKS / folder.name
        with suppress(OSError):  # then the folder stays where this process is killed
            file.parent.mkdir(parents=True, exist_ok=True)
            held = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)  # open until the process ends, or `gone`
            gone.callback(os.close, held)
            gone.callback(file.unlink, missing_ok=True)
            fcntl.flock(held, fcntl.LOCK_EX)
            os.write(held, _told(folder).encode())
    return gone.close


def sweep(cache: Cache) -> None:
    """Take away the marked folders of processes that are no more."""
    with suppress(OSError):
        for file in sorted((cache.folder / _MARKS).iterdir()):
            _sweep(file)


def _sweep(file: Path) -> None:
    """Take a marked folder away, unless a process holds it; and nothing that has its name and is another one."""
    import fcntl  # noqa: PLC0415 - where it is not there, nothing is marked

    with suppress(BlockingIOError), FileIO(file) as held:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        told = held.readall().decode("utf-8", "replace")
        folder = Path(told.partition("\n")[2])
        with suppress(OSError):
            if folder.name == file.name and told == _told(folder) and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)
        file.unlink(missing_ok=True)


def _told(folder: Path) -> str:
    """What a mark says of a folder: its device, its number and its owner, and on a line of its own the path."""
    stat = folder.lstat()
    if stat.st_uid != os.getuid():
        raise PermissionError(str(folder))
    return f"{stat.st_dev} {stat.st_ino} {stat.st_uid}\n{folder}"
