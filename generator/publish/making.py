"""Making artifacts: one after the other, or in several processes where there are enough of them."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.model.artifacts import Artifact

Tell = Callable[[int, int], None]
"""Told how many artifacts of how many are made."""

WORTH = 400
"""Artifacts below which processes cost more than they save."""
BATCH = 100


@dataclass(frozen=True, slots=True)
class _Work:
    artifacts: Sequence[Artifact]
    stage: Path
    target: Path

    def batch(self, start: int) -> list[int]:
        """Make a batch; the numbers of those that differ from what is published, which lie in the stage now."""
        return [n for n in range(start, min(start + BATCH, len(self.artifacts))) if self.differs(n)]

    def differs(self, number: int) -> bool:
        artifact = self.artifacts[number]
        data = artifact.make()
        if _same(f"{self.target}/{artifact.path}", data):
            return False
        file = f"{self.stage}/{artifact.path}"
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - thousands of times a build
        with open(file, "wb") as out:  # noqa: PTH123
            out.write(data)
        return True


def make_all(artifacts: Sequence[Artifact], stage: Path, target: Path, tell: Tell) -> list[Artifact]:
    """Make everything; those that differ from what is published lie in the stage when this returns, and are named."""
    work = _Work(artifacts, stage, target)
    starts = range(0, len(artifacts), BATCH)
    differing: list[Artifact] = []
    with _site_left_alone():
        batches = _in_processes(work, starts) if _is_worth_processes(len(artifacts)) else map(work.batch, starts)
        for done, numbers in enumerate(batches, start=1):
            differing += (artifacts[number] for number in numbers)
            tell(min(done * BATCH, len(artifacts)), len(artifacts))
    return differing


@contextmanager
def _site_left_alone() -> Iterator[None]:
    """Garbage of templates is collected, and the site itself is not looked through for it again and again.

    Forked processes go on sharing its memory, too, since nothing writes to it.
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
    return sys.platform == "linux" and count >= WORTH and threading.active_count() == 1 and _cores() > 1


def _cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _in_processes(work: _Work, starts: range) -> Iterator[list[int]]:
    """Batches made by processes that are forked here, and so have everything that is needed already."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    global _shared  # noqa: PLW0603 - what the forked processes are to know; it cannot be sent
    _shared, done = work, 0
    try:
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(_cores(), context) as pool:
            for start, numbers in zip(starts, pool.map(_batch, starts), strict=True):
                # What failed is made once more here, where the error keeps its trace through the templates.
                yield work.batch(start) if numbers is None else numbers
                done += 1
    except BrokenProcessPool:  # the system ended one of them, for want of memory perhaps; one alone needs less
        yield from map(work.batch, starts[done:])
    finally:
        _shared = None


_shared: _Work | None = None


def _batch(start: int) -> list[int] | None:
    assert _shared is not None  # noqa: S101
    try:
        return _shared.batch(start)
    except Exception:
        return None


def _same(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False
