"""Read pages by address (HTML, PDF or text) and return what they say of themselves."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from generator.desk.page import Page, blocks, sound_page
from generator.desk.said import html_page
from generator.extras import missing_words
from generator.web.charset import decode
from generator.web.crowd import Answer, read_all
from generator.web.errors import WebError
from generator.web.limits import MIB, Limits
from generator.web.reader import PAGES, Reader
from generator.web.response import Response

LIMITS = Limits(size=8 * MIB, total=20, pause=0)
"""Limits for pages that a person waits for: named ones, each read once."""


def read_page(reader: Reader, url: str) -> Page:
    """Read a page whose address a person gave, and return what it says of itself. Raises `WebError`."""
    return page_of(reader.read(url, PAGES, is_named=True))


def read_pages(reader: Reader, urls: Sequence[str], *, is_named: bool) -> list[tuple[str, Page | WebError]]:
    """Read pages, several hosts at a time.

    Returns what each says of itself, or why it could not be read, in the order of the addresses.
    """
    read = partial(reader.read, kinds=PAGES, is_named=is_named)
    answers = dict(read_all(reader, urls, read))
    return [(url, _page_or_error(answers[url])) for url in dict.fromkeys(urls)]


def _page_or_error(answer: Answer) -> Page | WebError:
    if isinstance(answer, WebError):
        return answer
    try:
        return page_of(answer)
    except WebError as error:
        return error


def page_of(answer: Response) -> Page:
    """Return what a response says of itself: HTML, PDF, text, or nothing but its address.

    Raises `WebError` for a response that is not a page, and for a PDF if the extra that reads them is missing.
    """
    if not answer.is_sound:
        raise WebError(f"it answers {answer.status_words}")
    return sound_page(_said(answer))


def _said(answer: Response) -> Page:
    data = answer.body or b""
    if answer.kind == "application/pdf" or data[:5] == b"%PDF-":
        return _pdf(answer.at, data)
    if answer.kind in ("text/html", "application/xhtml+xml", ""):
        return html_page(answer.at, decode(data, answer.charset))
    if answer.kind == "text/plain":
        return Page(answer.at, paragraphs=blocks(decode(data, answer.charset)))
    return Page(answer.at)


def _pdf(url: str, data: bytes) -> Page:
    try:
        from generator.desk.pdf import pdf_page
    except ModuleNotFoundError as error:
        raise WebError(missing_words("pdf", error.name)) from error
    return pdf_page(url, data)
