"""Extract the text of a page in a separate process with limits on memory and processor time.

A page may be designed to keep a parser busy for hours or to use up all memory. Then only that process ends.
"""

from __future__ import annotations

import logging
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

from generator.evidence.texts import MissingError, NoTextError
from generator.extras import missing_words, not_installed
from generator.web.response import Response

try:
    import resource
except ImportError:  # a system without such bounds
    resource = None  # type: ignore[assignment]

MEMORY = 2 * 1024**3
"""Bytes of address space."""
SECONDS = 30
"""Seconds of processor time for one page."""


class BoundedExtractor:
    """An `Extractor` in a process of its own, started when first needed. Use it as a context manager."""

    def __init__(self, seconds: int = SECONDS, memory: int = MEMORY) -> None:
        """Raises `MissingError`."""
        if modules := not_installed("evidence"):
            raise MissingError(missing_words("evidence", *modules))
        self._seconds, self._memory = seconds, memory
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> BoundedExtractor:
        return self

    def __exit__(self, *exception: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def __call__(self, page: Response) -> str:
        if self._pool is None:
            context = get_context("spawn")
            self._pool = ProcessPoolExecutor(1, context, initializer=_bound, initargs=(self._memory,))
        try:
            text, fault = self._pool.submit(_extract, page.body or b"", page.kind, page.charset, self._seconds).result()
        except BrokenProcessPool as error:
            self._pool = None
            raise NoTextError("its text cannot be extracted with bounded time and memory") from error
        if fault:
            raise NoTextError(fault)
        return text


def _bound(memory: int) -> None:
    """Set up the process: memory limit, no core dumps.

    Ctrl-C is left to the parent, which ends this process; logs of libraries about broken pages are dropped.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.disable()
    if resource is not None:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _extract(body: bytes, kind: str, charset: str, seconds: int) -> tuple[str, str]:
    """The text of a page, or why there is none. When time is up, the system ends the process."""
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        most = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, most))
    from generator.evidence.extract import main_text  # noqa: PLC0415 - heavy, and for this process only

    try:
        return main_text(body, kind, charset), ""
    except NoTextError as error:
        return "", str(error)
    except MemoryError:
        return "", "its text takes too much memory"
