"""Memory of this process: how often garbage is collected, what is held in reserve, what is returned to the system."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from mmap import mmap
from typing import TypeVar

T = TypeVar("T")

_RESERVE = 4 << 20


def with_reserve(work: Callable[[], T]) -> T:
    """Do some work with memory in reserve, so that cleanup code can run if it fails with a `MemoryError`.

    The error keeps everything that was in use alive until it has been handled. Without a free byte, Python 3.11 to 3.13
    never gets through a `with` or a `finally` on its way (it must record where it was, and retries that forever).
    """
    reserve = None
    with suppress(OSError):  # if that little is not left, the work itself will fail
        reserve = mmap(-1, _RESERVE)  # never touched, so it costs nothing but address space
    try:
        return work()
    except MemoryError:  # an `except` needs no memory, unlike `finally`
        if reserve:
            reserve.close()
        raise


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """Switch the garbage collector off within this context, for code whose values live longer than it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


_GARBAGE = 30_000
"""How many new values must be alive before the garbage collector runs."""


@contextmanager
def memory_left_alone() -> Iterator[None]:
    """Let the garbage collector look only at values made within this context.

    So forked processes keep sharing older memory, since nothing writes to it. New values are mostly gone when the work
    is done, so they too are checked less often than by default, which saves a thirtieth of a first build.
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


def give_back() -> None:
    """Return free memory to the system, as far as possible.

    The results of many processes leave gaps between the values that stay. They would be kept for later use here, but
    later work is done in forked processes, which do not share unused memory.
    https://man7.org/linux/man-pages/man3/malloc_trim.3.html
    """
    if sys.platform == "linux":
        import ctypes

        with suppress(AttributeError):  # not in every C library
            ctypes.CDLL(None).malloc_trim(0)
