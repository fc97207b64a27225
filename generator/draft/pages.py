"""Read many pages, several hosts at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from generator.desk.page import Page
from generator.desk.reading import page_of
from generator.web.crowd import Answer, read_all
from generator.web.errors import WebError
from generator.web.reader import PAGES, Reader


def read_pages(reader: Reader, urls: Sequence[str], *, is_named: bool) -> list[tuple[str, Page | WebError]]:
    """Read pages; return what each says of itself, or why it could not be read, in the order of the addresses."""
    read = partial(reader.read, kinds=PAGES, is_named=is_named)
    answers = dict(read_all(reader, urls, read))
    return [(url, _page(answers[url])) for url in dict.fromkeys(urls)]


def _page(answer: Answer) -> Page | WebError:
    if isinstance(answer, WebError):
        return answer
    try:
        return page_of(answer)
    except WebError as error:
        return error
