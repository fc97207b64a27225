"""What a process does with its memory: how often garbage is looked for, what is kept in reserve, what is given back."""

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
def memory_left_alone() -> Iterator[None]:
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
