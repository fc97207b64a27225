"""Do some work for many things, batch by batch: in this process, in several forked ones, or on a cluster.

Processes are worth their cost from `WORTH` things on; an engine (`done_by`) gets the work where one is set and the work
can be pickled.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from generator import processes
from generator.heap import memory_left_alone, with_reserve
from generator.processes import PATIENCE

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")
Batch = tuple[int, int]
"""The number of the first thing of a batch, and of the one behind its last."""
Engine = Callable[[Callable[[int, int], T], Sequence[Batch]], Iterator[T]]
"""Has some work done for each batch, and gives its answers in their order. The work can be pickled."""

WORTH = 400
"""For fewer things than this, processes cost more than they save."""


_engine: Engine[Any] | None = None


@contextmanager
def done_by(engine: Engine[Any]) -> Iterator[None]:
    """While this context lasts, the engine does all work that can be sent to other machines."""
    global _engine  # noqa: PLW0603 - one for the whole process, like the processors of this machine
    before, _engine = _engine, engine
    try:
        yield
    finally:
        _engine = before


def in_batches(
    work: Callable[[int, int], T], count: int, size: int, *, is_sent: bool = False, may_fork: bool = True
) -> Iterator[T]:
    """Call `work(start, end)` for each batch of `count` things, and give its results in order.

    In a forked process, `work` must return what can be pickled, and what it changes in memory is lost. `is_sent` says
    that `work` itself can be pickled with all that it needs, so an engine may do it. Without `may_fork` no process is
    forked: work that waits more than it computes gains nothing by it.
    """
    spared = partial(_spared, work)
    batches = [(start, min(start + size, count)) for start in range(0, count, size)]
    if _engine is not None and is_sent and count >= WORTH:
        yield from _engine(work, batches)
        return
    with memory_left_alone():
        is_forked = may_fork and count >= WORTH and processes.may_help()
        yield from _in_processes(spared, batches) if is_forked else (spared(*batch) for batch in batches)


def _spared(work: Callable[[int, int], T], start: int, end: int) -> T:
    return with_reserve(partial(work, start, end))


def _in_processes(work: Callable[[int, int], T], batches: Sequence[Batch]) -> Iterator[T]:
    """Do batches in this process and in several forked ones, which have all that the work needs.

    This process works too instead of only waiting, since each further one costs memory: Python counts references inside
    every value, so whatever a forked process looks at is copied for it.
    """
    done: dict[int, tuple[bool, Any]] = {}
    with (
        closing(_Row(len(batches))) as row,
        _helpers(processes.cores() - 1, partial(_help, work, batches, row)) as helpers,
    ):
        for number, batch in enumerate(batches):
            while number not in done and (row.is_left or helpers):
                if (mine := row.take()) is not None:
                    done[mine] = True, work(*batches[mine])
                _hear(helpers, done, is_idle=mine is None)
            # What failed is done once more here, where the error keeps its trace through the templates; and what is
            # missing, since the system ended the process that had it, for want of memory perhaps: one needs less.
            is_done, answer = done.pop(number, (False, None))
            yield answer if is_done else work(*batch)


class _Row:
    """A queue of batch numbers: each process takes the next number that is left."""

    def __init__(self, count: int) -> None:
        self._file = os.fdopen(os.memfd_create("batches"), "w+b", buffering=0)
        self._file.write(array("I", range(count)).tobytes())
        self._file.seek(0)  # how far it has been read is one for all forked processes, and kept by the system
        self.is_left = True
        """Whether there may be more numbers."""

    def take(self) -> int | None:
        """The next number; None when there is none left."""
        found = array("I", self._file.read(array("I").itemsize) if self.is_left else b"")
        self.is_left = bool(found)
        return found[0] if found else None

    def close(self) -> None:
        self._file.close()


@contextmanager
def _helpers(count: int, work: Callable[[Connection], None]) -> Iterator[list[Connection]]:
    """Fork processes to do some work; gives the pipes that they answer by. They are killed when this context ends.

    Where the system has no room for so many, there are fewer: whoever shares out the work can do all of it.
    """
    from multiprocessing import Pipe

    pids, heard = list[int](), list["Connection"]()
    try:
        with suppress(OSError):
            for _ in range(count):
                ours, theirs = Pipe(duplex=False)
                pids.append(processes.forked(partial(work, theirs)))
                theirs.close()
                heard.append(ours)
        yield heard
    finally:
        for pid in pids:
            processes.end(pid)


def _help(work: Callable[[int, int], Any], batches: Sequence[Batch], row: _Row, parent: Connection) -> None:
    """Do batches while there are any, and send each answer with the number of the batch, and whether it was done."""
    _widen(parent)
    while (number := row.take()) is not None:
        try:
            answer = True, work(*batches[number])
        except Exception:
            answer = False, None
        parent.send((number, answer))


def _widen(pipe: Connection) -> None:
    """Let a pipe hold several answers, so that nobody need wait until they are heard."""
    from fcntl import F_SETPIPE_SZ, fcntl

    with suppress(OSError):
        fcntl(pipe.fileno(), F_SETPIPE_SZ, 1 << 20)


def _hear(helpers: list[Connection], done: dict[int, tuple[bool, Any]], *, is_idle: bool) -> None:
    """Take the answers that are there, or wait for some when idle; a helper that has ended is taken off the list.

    Those that nothing is heard of for long are taken off as well: without memory a process may never come to an end
    (`with_reserve`).
    """
    from multiprocessing.connection import wait

    heard = wait(helpers, PATIENCE if is_idle else 0) if helpers else []
    if is_idle and not heard:
        helpers.clear()
    for helper in heard:
        try:
            number, answer = cast("Connection", helper).recv()
        except (EOFError, OSError):
            helpers.remove(cast("Connection", helper))
        else:
            done[number] = answer
