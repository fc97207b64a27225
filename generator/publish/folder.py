"""The folder of a site: created if missing, and locked by one build at a time."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path

from generator.files import alone
from generator.publish.stage import new_stage

_TAKEN = (errno.EEXIST, errno.ENOTEMPTY)
"""How the system says that there is something already where a folder should go."""


@contextmanager
def held(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of `alone` on a folder. A missing folder is created so that it is locked from the start.

    Otherwise a build that starts in between could publish first and then be overwritten, though it read the content
    later. The lock is retried if a failed build has removed the folder meanwhile. `wait` is called once before waiting
    for another build. If the build fails and the folder is empty, as when a first build fails, it is removed. Raises
    `OSError`.
    """
    waits = cache(wait)
    with ExitStack() as stack:
        while not (_locked(folder, waits, stack) if folder.is_dir() else _made(folder, stack)):
            pass
        yield


def _locked(folder: Path, wait: Callable[[], None], stack: ExitStack) -> bool:
    """Lock a folder until the stack closes. Return whether it is still the same folder."""
    with ExitStack() as lock, suppress(FileNotFoundError):
        before = folder.stat()
        lock.enter_context(alone(folder, wait))
        if os.path.samestat(before, folder.stat()):
            lock.enter_context(_gone_if_empty(folder))
            stack.push(lock.pop_all())
            return True
    return False


def _made(folder: Path, stack: ExitStack) -> bool:
    """Create a folder and its missing parents elsewhere, lock it, and move it into place.

    Returns False if another process has just created it. What a killed build leaves beside the topmost missing parent
    is removed by the next one; builds hold the folder above it (`alone_from_here`).
    """
    whole = folder.absolute()
    missing = [place for place in (whole, *whole.parents) if not os.path.lexists(place)]
    try:
        if not missing:
            if os.path.lexists(folder) and not folder.is_dir():
                raise OSError(errno.ENOTDIR, "a file, or a link that leads nowhere, stands in the way: move it away")
            return False
        top = missing[-1]
        with new_stage(top, top.parent) as stage, ExitStack() as lock:
            new = stage / whole.relative_to(top.parent)
            new.mkdir(parents=True)
            lock.enter_context(alone(new, lambda: None))
            lock.enter_context(_gone_if_empty(folder))  # now, since an interrupt may come as soon as it is there
            (stage / top.name).rename(top)
            stack.push(lock.pop_all())
            return True
    except OSError as error:
        if error.errno in _TAKEN and missing:
            return False  # another process has made one of the folders meanwhile
        raise OSError(error.errno, error.strerror, str(folder)) from error


@contextmanager
def _gone_if_empty(folder: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        with suppress(OSError):
            folder.rmdir()
        raise
