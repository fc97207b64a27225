"""Forked processes, and what is done with them.

`in_batches` runs a function over many batches: in this process, in several forked ones, or on a cluster. Processes are
worth their cost from `WORTH` things on; an engine (`done_by`) gets the work where one is set and the work can be
pickled. `beside` and `answered` do one thing while this process does another.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import threading
import weakref
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import cache, partial
from mmap import mmap
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar, cast

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


PATIENCE = 120.0
"""Seconds for a process to answer when there is nothing else to do; then its work is done here. A batch takes one."""


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
    with _memory_left_alone():
        is_forked = may_fork and _is_worth_processes(count)
        yield from _in_processes(spared, batches) if is_forked else (spared(*batch) for batch in batches)


def _spared(work: Callable[[int, int], T], start: int, end: int) -> T:
    return with_reserve(partial(work, start, end))


_RESERVE = 4 << 20


def with_reserve(work: Callable[[], T]) -> T:
    """Do some work, and keep memory for those who tidy up where it ends for want of it.

    The error holds all that was in use until everybody has heard of it. Without a free byte, Python 3.11 to 3.13 never
    comes to the end of a `with` or a `finally` on its way (it must write down where it was, and tries that for ever).
    """
    reserve = None
    with suppress(OSError):  # where there is not as much left, the work will say so
        reserve = mmap(-1, _RESERVE)  # nothing of it is used, so it costs nothing but addresses
    try:
        return work()
    except MemoryError:  # which needs no memory, unlike `finally`
        if reserve:
            reserve.close()
        raise


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """Switch the garbage collector off while this context lasts: what is made in it lives longer."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_GARBAGE = 30_000
"""How many values are made, and not gone, before garbage is looked for among them."""


@contextmanager
def _memory_left_alone() -> Iterator[None]:
    """Let the garbage collector look only at what is made while this context lasts.

    So forked processes go on sharing older memory, which nobody writes to. New values are mostly gone when the work is
    done, so they too are looked through less often than by default: that saves a thirtieth of a first build.
    """
    was_on, usual = gc.isenabled(), gc.get_threshold()
    gc.freeze()
    gc.enable()
    gc.set_threshold(_GARBAGE)
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)
        if not was_on:
            gc.disable()


def _is_worth_processes(count: int) -> bool:
    return count >= WORTH and _may_help()


def _may_help() -> bool:
    """Whether another process can work at the same time: one may be forked, and there is a processor for it."""
    return can_fork() and cores() > 1


def _forked(work: Callable[[], object]) -> int:
    """Fork a process that does some work and then ends; answers with its number."""
    itself = os.getpid()
    if (pid := fork()) == 0:
        _run(itself, work)
    return pid


def fork() -> int:
    """Fork as `os.fork` does, and delay an interrupt until that is done.

    Python runs code of its own around a fork, and swallows exceptions raised there.
    """
    with uninterrupted():
        return os.fork()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delay interrupts while this context lasts, where the system allows it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def can_fork() -> bool:
    """Whether forking is sound here: the system is made for it, and no other thread could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def beside(work: Callable[[], object], patience: float = PATIENCE) -> Callable[[], None]:
    """Start some work in a forked process, and return a function that waits for its end, so many seconds at most.

    The work leaves only what it writes to disk: its result and its errors are lost. So the caller, once it has waited,
    looks at what is there and does the rest itself; that is everything where no process could be forked.
    """
    process = _begun(lambda pipe: _left_alone(work))
    return partial(process.wait, patience) if process else _nothing_begun


_SHORT = 4096
"""Bytes that the system writes into a pipe at once, or not at all (https://man7.org/linux/man-pages/man7/pipe.7.html)."""


def answered(work: Callable[[], str]) -> Callable[[], str]:
    """Start to compute a short text in a forked process, and return a function that waits for it and remembers it.

    Where no process can be forked, or it ends without an answer or gives none for long, the text is computed here when
    it is asked for.
    """
    process = _begun(partial(_say, work))
    return cache(lambda: process.heard(PATIENCE) or work()) if process else cache(work)


def _begun(work: Callable[[int], object]) -> _Beside | None:
    """A process that does some work; None where none can be forked: not here, or the system has no room for more."""
    with suppress(OSError):
        return _Beside(work) if _may_help() else None
    return None


def _say(work: Callable[[], str], pipe: int) -> None:
    os.write(pipe, work().encode())


def _nothing_begun() -> None:
    """Wait for work that could not be begun: there is nothing to wait for."""


def _left_alone(work: Callable[[], object]) -> None:
    with _memory_left_alone():
        work()


class _Beside:
    """A forked process, which may write a short text into a pipe.

    It is killed if this value is dropped before anybody has waited for it, and when somebody has waited for long.
    """

    def __init__(self, work: Callable[[int], object]) -> None:
        self._pipe, writing = os.pipe()
        try:
            pid = _forked(partial(work, writing))
        except OSError:
            os.close(self._pipe)
            raise
        finally:
            os.close(writing)  # the process alone has this end now, and the system closes it with the process
        self._end = weakref.finalize(self, _end_heard, pid, self._pipe)

    def wait(self, patience: float) -> None:
        """Wait for its end; once more is no mistake."""
        self.heard(patience)

    def heard(self, patience: float) -> str:
        """What it has written when it has written or ended; nothing after so many seconds, or the second time."""
        if not self._end.alive:
            return ""
        try:
            poll = select.poll()
            poll.register(self._pipe, select.POLLIN)
            return os.read(self._pipe, _SHORT).decode() if poll.poll(patience * 1000) else ""
        finally:
            self._end()


def _end_heard(pid: int, pipe: int) -> None:
    os.close(pipe)
    _end(pid)


def _end(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def give_back() -> None:
    """Return free memory to the system, as far as possible.

    The results of many processes leave free pieces between values that stay. They would be kept for later use here, but
    later work is done in forked processes, which share no memory that is not in use.
    https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError):  # a C library that has no such function
            ctypes.CDLL(None).malloc_trim(0)


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _in_processes(work: Callable[[int, int], T], batches: Sequence[Batch]) -> Iterator[T]:
    """Do batches in this process and in several forked ones, which have all that the work needs.

    This process works too instead of only waiting, since each further one costs memory: Python counts references inside
    every value, so whatever a forked process looks at is copied for it.
    """
    done: dict[int, tuple[bool, Any]] = {}
    with (
        closing(_Row(len(batches))) as row,
        _helpers(cores() - 1, partial(_help, work, batches, row)) as helpers,
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
                pids.append(_forked(partial(work, theirs)))
                theirs.close()
                heard.append(ours)
        yield heard
    finally:
        for pid in pids:
            _end(pid)


def _run(parent: int, work: Callable[[], object]) -> NoReturn:
    """Do some work in a process that was forked for it, and end the process."""
    try:
        _end_with(parent)
        work()
    except BaseException:  # whatever was amiss: the parent does what this one has not done
        os._exit(0)
    os._exit(0)


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


_PR_SET_PDEATHSIG = 1


def _end_with(parent: int) -> None:
    """Have the system kill this process when its parent dies: otherwise it would go on alone when the parent is killed.

    https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
    """
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
