"""Process many things in batches: in this process, in several forked ones, or on a cluster.

Forking pays from `WORTH` things on. If an engine is set (`done_by`), it gets the work that can be pickled.
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
"""Start and end index of a batch; the end is exclusive."""
Engine = Callable[[Callable[[int, int], T], Sequence[Batch]], Iterator[T]]
"""Runs a function on each batch and yields the results in order. The function can be pickled."""

WORTH = 400
"""For fewer things than this, forking costs more than it saves."""


_engine: Engine[Any] | None = None


@contextmanager
def done_by(engine: Engine[Any]) -> Iterator[None]:
    """Within this context, the engine does all work that can be sent to other machines."""
    global _engine  # noqa: PLW0603 - one for the whole process, like the processors of this machine
    before, _engine = _engine, engine
    try:
        yield
    finally:
        _engine = before


def in_batches(
    work: Callable[[int, int], T],
    count: int,
    size: int,
    *,
    weights: Sequence[int] = (),
    is_sent: bool = False,
    may_fork: bool = True,
) -> Iterator[T]:
    """Call `work(start, end)` for each batch of `count` things, and yield the results in order.

    `weights` says how many usual things could be done in the time of each; by default one. `size` is the most that a
    batch weighs, if it has more than one thing.

    `work` may run in a forked process, so its results must be picklable, and what it changes in memory is lost.
    `is_sent` says that `work` itself can be pickled with all it needs, so an engine may do it. Set `may_fork` to False
    for work that waits more than it computes: forking gains nothing there.
    """
    spared = partial(_spared, work)
    batches = [*cut(weights or [1] * count, size)]
    if _engine is not None and is_sent and count >= WORTH:
        yield from _engine(work, batches)
        return
    with memory_left_alone():
        is_forked = may_fork and len(batches) > 1 and (sum(weights) or count) >= WORTH and processes.may_help()
        yield from _in_processes(spared, batches) if is_forked else (spared(*batch) for batch in batches)


def cut(weights: Sequence[int], size: int) -> Iterator[Batch]:
    """Batches of things with these weights. Each weighs at most `size`, unless its first thing is heavier."""
    start = weighs = 0
    for number, weight in enumerate(weights):
        if number > start and weight and weighs + weight > size:
            yield start, number
            start, weighs = number, 0
        weighs += weight
    if weights:
        yield start, len(weights)


def _spared(work: Callable[[int, int], T], start: int, end: int) -> T:
    return with_reserve(partial(work, start, end))


def _in_processes(work: Callable[[int, int], T], batches: Sequence[Batch]) -> Iterator[T]:
    """Do batches in this process and in several forked ones, which inherit everything the work needs.

    This process works too instead of only waiting, since each further one costs memory: Python keeps reference counts
    inside every value, so a forked process copies whatever it looks at.
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
            # A failed batch is done again here, where the error keeps its traceback through the templates. So is a
            # missing one: the system killed its process, perhaps for lack of memory, and one process needs less.
            is_done, answer = done.pop(number, (False, None))
            yield answer if is_done else work(*batch)


class _Row:
    """A queue of batch numbers: each process takes the next number that is left."""

    def __init__(self, count: int) -> None:
        self._file = os.fdopen(os.memfd_create("batches"), "w+b", buffering=0)
        self._file.write(array("I", range(count)).tobytes())
        self._file.seek(0)  # forked processes share the file offset, which the system keeps
        self.is_left = True
        """Whether more numbers may be left."""

    def take(self) -> int | None:
        """The next number; None if none is left.

        Only one process reads at a time: the system does not lock the position of a file in memory, so two of them
        could get the same number, and one would write what the other has finished. The lock ends with its process.
        """
        from fcntl import LOCK_EX, LOCK_UN, lockf

        if not self.is_left:
            return None
        lockf(self._file, LOCK_EX)
        found = array("I", self._file.read(array("I").itemsize))
        lockf(self._file, LOCK_UN)
        self.is_left = bool(found)
        return found[0] if found else None

    def close(self) -> None:
        self._file.close()


@contextmanager
def _helpers(count: int, work: Callable[[Connection], None]) -> Iterator[list[Connection]]:
    """Fork processes to do some work, and yield the pipes to read their answers from; kill them on exit.

    There may be fewer if the system has no room for so many, so the caller must be able to do all of the work.
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
    """Do batches while there are any. Send each one's number, whether it succeeded, and its answer."""
    _widen(parent)
    while (number := row.take()) is not None:
        try:
            answer = True, work(*batches[number])
        except Exception:
            answer = False, None
        parent.send((number, answer))


def _widen(pipe: Connection) -> None:
    """Let a pipe hold several answers, so that no helper waits until they are read."""
    from fcntl import F_SETPIPE_SZ, fcntl

    with suppress(OSError):
        fcntl(pipe.fileno(), F_SETPIPE_SZ, 1 << 20)


def _hear(helpers: list[Connection], done: dict[int, tuple[bool, Any]], *, is_idle: bool) -> None:
    """Read the answers that are there, or wait for some when idle. Helpers that have ended are removed from the list.

    If an idle wait times out, all are removed: a process that runs out of memory may hang forever (`with_reserve`).
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
