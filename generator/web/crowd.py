"""Read many pages at once: several hosts in parallel, the pages of one host one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from queue import SimpleQueue

from generator.web.addresses import host_of
from generator.web.errors import RefusedError, WebError
from generator.web.reader import Reader
from generator.web.response import Response

Answer = Response | WebError


def read_all(
    reader: Reader, urls: Iterable[str], read: Callable[[str], Response] | None = None
) -> Iterator[tuple[str, Answer]]:
    """Read pages, several hosts in parallel, and yield each address with its response or error as it arrives.

    If the consumer stops early (Ctrl-C, an error), the reader is closed: nothing goes on in the background.
    """
    one = read or reader.read
    groups: dict[str, list[str]] = {}
    for url in dict.fromkeys(urls):
        groups.setdefault(_host(url), []).append(url)
    answers: SimpleQueue[tuple[str, Answer]] = SimpleQueue()

    def visit(group: list[str]) -> None:
        busy = False
        for url in group:
            answer = WebError("its host wants no more requests now") if busy else _answer(one, url)
            busy = busy or (isinstance(answer, Response) and answer.status == HTTPStatus.TOO_MANY_REQUESTS)
            answers.put((url, answer))

    pool = ThreadPoolExecutor(reader.limits.hosts)
    finished = False
    try:
        for group in groups.values():
            pool.submit(visit, group)
        for _ in range(sum(map(len, groups.values()))):
            yield answers.get()
        finished = True
    finally:
        if not finished:
            reader.close()
        pool.shutdown(cancel_futures=True)


def _answer(read: Callable[[str], Response], url: str) -> Answer:
    """The response or the error. Unexpected errors are caught too, so that the consumer is never left waiting."""
    try:
        return read(url)
    except WebError as error:
        return error
    except Exception as error:
        return WebError(f"it could not be read ({type(error).__name__}: {error})")


def _host(url: str) -> str:
    try:
        return host_of(url)
    except RefusedError:
        return ""
