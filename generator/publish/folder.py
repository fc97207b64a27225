"""The folder of a site: made where it is not there, and held by one build at a time."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache, partial
from pathlib import Path

from generator.files import alone
from generator.processes import uninterrupted

_TAKEN = (errno.EEXIST, errno.ENOTEMPTY)
"""How the system says that there is something already where a folder should go."""


@contextmanager
def held(folder: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of `alone` on a folder. One that is not there is made, and is locked as soon as it is there.

    Otherwise a build that begins in between would come first, though it has read the content later and would be
    written over. Nor is the folder one that a failed build has taken away meanwhile. `wait` is called once before
    waiting for another build. Raises `OSError`.
    """
    waits = cache(wait)
    with ExitStack() as stack:
        while not (_locked(folder, waits, stack) if folder.is_dir() else _made(folder, stack)):
            pass
        yield


def _locked(folder: Path, wait: Callable[[], None], stack: ExitStack) -> bool:
    """Lock a folder for as long as the stack lasts; answers whether it is still the same one."""
    with ExitStack() as lock, suppress(FileNotFoundError):
        before = folder.stat()
        lock.enter_context(alone(folder, wait))
        if os.path.samestat(before, folder.stat()):
            stack.push(lock.pop_all())
            return True
    return False


def _made(folder: Path, stack: ExitStack) -> bool:
    """Make a folder, with those above it, elsewhere; when it is locked, it is moved into place.

    Answers whether it was made, and not by another process just now.
    """
    whole = folder.absolute()
    missing = [place for place in (whole, *whole.parents) if not os.path.lexists(place)]
    try:
        if not missing:
            folder.mkdir(exist_ok=True)  # an error where it is a file, or a link that leads nowhere
            return False
        top = missing[-1]
        with ExitStack() as beside:
            with uninterrupted():  # until somebody knows of it; one that is left by a killed build the next one removes
                stage = tempfile.mkdtemp(prefix=f".{folder.name}-stage-", dir=top.parent)
                beside.callback(partial(shutil.rmtree, stage, ignore_errors=True))
            new = Path(stage, whole.relative_to(top.parent))
            new.mkdir(parents=True)
            stack.enter_context(alone(new, lambda: None))
            Path(stage, top.name).rename(top)
            return True
    except OSError as error:
        if error.errno in _TAKEN and missing:
            return False  # another process has made one of the folders meanwhile
        raise OSError(error.errno, error.strerror, str(folder)) from error
