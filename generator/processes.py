"""Forked processes: `beside` and `answered` do work in parallel with this process."""

from __future__ import annotations

import os
import select
import signal
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from typing import NoReturn

from generator.heap import memory_left_alone

PATIENCE = 120.0
"""Seconds to wait for a process when there is nothing else to do; after that its work is done here."""


def may_help() -> bool:
    """Whether forking pays: it is safe here, and there is a processor to spare."""
    return can_fork() and cores() > 1


def forked(work: Callable[[], object]) -> int:
    """Fork a process that does some work and then exits. Return its process id."""
    itself = os.getpid()
    if (pid := fork()) == 0:
        _run(itself, work)
    return pid


def fork() -> int:
    """Fork like `os.fork`, but delay interrupts until that is done.

    Python runs code of its own around a fork, and swallows exceptions raised there.
    """
    with uninterrupted():
        return os.fork()


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Delay interrupts within this context, where the system allows it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def can_fork() -> bool:
    """Whether forking is safe here: on Linux, with no other thread that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


def beside(work: Callable[[], object], patience: float = PATIENCE) -> Callable[[], None]:
    """Start some work in a forked process. Return a function that waits for its end, at most `patience` seconds.

    Only what the work writes to disk remains: its result and its errors are lost. So the caller, after waiting, looks
    at what is there and does the rest itself, or everything if no process could be forked.
    """
    process = _begun(lambda pipe: _left_alone(work))
    return partial(process.wait, patience) if process else lambda: None


_SHORT = 4096
"""Bytes that a write to a pipe transfers atomically (https://man7.org/linux/man-pages/man7/pipe.7.html)."""


def answered(work: Callable[[], str]) -> Callable[[], str]:
    """Start to compute a short text in a forked process. Return a function that waits for it and remembers it.

    If no process can be forked, or it ends without an answer or takes too long, the text is computed here on demand.
    """
    process = _begun(partial(_say, work))
    return cache(lambda: process.heard(PATIENCE) or work()) if process else cache(work)


def _begun(work: Callable[[int], object]) -> _Beside | None:
    """Fork a process to do some work; None if forking is unsafe or pointless here, or the system has no room."""
    with suppress(OSError):
        return _Beside(work) if may_help() else None
    return None


def _say(work: Callable[[], str], pipe: int) -> None:
    os.write(pipe, work().encode())


def _left_alone(work: Callable[[], object]) -> None:
    with memory_left_alone():
        work()


class _Beside:
    """A forked process, which may write a short text into a pipe.

    It is killed if this object is dropped before being waited for, or when the wait times out.
    """

    def __init__(self, work: Callable[[int], object]) -> None:
        self._pipe, writing = os.pipe()
        try:
            pid = forked(partial(work, writing))
        except OSError:
            os.close(self._pipe)
            raise
        finally:
            os.close(writing)  # only the child has this end now, and the system closes it when the child ends
        self._end = weakref.finalize(self, _end_heard, pid, self._pipe)

    def wait(self, patience: float) -> None:
        """Wait for the process to end. Waiting again is harmless."""
        self.heard(patience)

    def heard(self, patience: float) -> str:
        """Wait until the process writes or ends, and return its text; empty after a timeout or on a second call."""
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
    end(pid)


def end(pid: int) -> None:
    """Kill a forked process, whatever it is doing."""
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def cores() -> int:
    """The number of processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _run(parent: int, work: Callable[[], object]) -> NoReturn:
    """Do some work in a freshly forked process, then exit."""
    try:
        _end_with(parent)
        work()
    except BaseException:  # whatever went wrong, the parent does the work that is missing
        os._exit(0)
    os._exit(0)


_PR_SET_PDEATHSIG = 1


def _end_with(parent: int) -> None:
    """Have the system kill this process when its parent dies, so it does not outlive a parent that is killed.

    https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
    """
    import ctypes

    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
