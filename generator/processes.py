"""Work on many like things: one after the other, or in several processes where there are enough of them.

Where an engine is set, work that can be sent is done on other machines.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")
Batch = tuple[int, int]
"""The first of some things, and their end."""
Engine = Callable[[Callable[[int, int], T], Sequence[Batch]], Iterator[T]]
"""Answers what work answers for each batch, in their order. The work has been made to be pickled."""

WORTH = 400
"""Things below which processes cost more than they save."""


_engine: Engine[Any] | None = None


@contextmanager
def done_by(engine: Engine[Any]) -> Iterator[None]:
    """As long as this lasts, work that can be sent is the engine's."""
    global _engine  # noqa: PLW0603 - one for the whole process, like the processors of this machine
    before, _engine = _engine, engine
    try:
        yield
    finally:
        _engine = before


def in_batches(
    work: Callable[[int, int], T], count: int, size: int, *, is_sent: bool = False, may_fork: bool = True
) -> Iterator[T]:
    """What `work` answers for each batch of `count` things, in their order; it is told the first and the end of each.

    Where processes do the work, it must answer with what can be pickled, and what it changes in memory is lost. What
    `is_sent` can be pickled itself, with all that it needs; what waits more than it works need not be forked.
    """
    batches = [(start, min(start + size, count)) for start in range(0, count, size)]
    if _engine is not None and is_sent and count >= WORTH:
        yield from _engine(work, batches)
        return
    with _memory_left_alone():
        is_forked = may_fork and _is_worth_processes(count)
        yield from _in_processes(work, batches) if is_forked else (work(*batch) for batch in batches)


@contextmanager
def _memory_left_alone() -> Iterator[None]:
    """Garbage of the work is collected, and what was there before is not looked through for it again and again.

    Forked processes go on sharing that memory, too, since nothing writes to it.
    """
    was_on = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        if not was_on:
            gc.disable()


def _is_worth_processes(count: int) -> bool:
    """Forking is sound only where the system is made for it, and while no other thread could hold a lock."""
    return sys.platform == "linux" and count >= WORTH and threading.active_count() == 1 and cores() > 1


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _in_processes(work: Callable[[int, int], T], batches: list[Batch]) -> Iterator[T]:
    """Batches done by processes that are forked here, and so have everything that is needed already."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _shared  # noqa: PLW0603 - what the forked processes are to do; it cannot be sent
    _shared, done = work, 0
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(cores(), context, _ends_with, (os.getpid(),)) as pool:
            for batch, (is_done, answer) in zip(batches, pool.map(_batch, batches), strict=True):
                # What failed is done once more here, where the error keeps its trace through the templates.
                yield answer if is_done else work(*batch)
                done += 1
    except BrokenProcessPool:  # the system ended one of them, for want of memory perhaps; one alone needs less
        yield from (work(*batch) for batch in batches[done:])
    finally:
        _shared = None


_shared: Callable[[int, int], Any] | None = None
_PR_SET_PDEATHSIG = 1


def _ends_with(parent: int) -> None:
    """Have this process ended when the one that forked it ends: where that was killed, it would wait for ever for work.

    https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
    """
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def _batch(batch: Batch) -> tuple[bool, Any]:
    assert _shared is not None  # noqa: S101
    try:
        return True, _shared(*batch)
    except Exception:
        return False, None
