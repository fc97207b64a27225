"""Where a build writes before it publishes, and how two builds of one site keep out of each other's way."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.processes import uninterrupted


@contextmanager
def stage_beside(target: Path) -> Iterator[Path]:
    """A new folder on the same disk, so that files can be renamed into place; it goes when the build ends.

    It lies beside the site's folder; where that is a disk of its own, in it. Those that killed builds left behind are
    removed: the caller is the only build of this site.
    """
    folder = target.resolve()
    place = folder.parent if _are_on_one_disk(folder, folder.parent) else folder
    begin = f".{folder.name}-stage-"
    for old in place.glob(f"{begin}*"):
        shutil.rmtree(old, ignore_errors=True)
    stage = Path(tempfile.mkdtemp(prefix=begin, dir=place))
    try:
        yield stage
    finally:
        with uninterrupted():
            shutil.rmtree(stage, ignore_errors=True)


def _are_on_one_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev


@contextmanager
def alone(target: Path, wait: Callable[[], None]) -> Iterator[None]:
    """While this context lasts, there is no other build of a site; `wait` is called before waiting for another.

    The site's folder itself is locked, so no file is left lying about, and the system takes the lock from a process
    that dies. Where folders cannot be locked (Windows) builds do not know of each other.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl

    folder = os.open(target, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            wait()
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)
