"""Extract the main text of a page, without menus and advertisements.

Only the separate process of `evidence.bounded` runs this, since pages are not trusted.
"""

from __future__ import annotations

import io
import re
import unicodedata

import pypdf
import trafilatura
from pypdf.errors import PyPdfError

from generator.evidence.store import TEXT_LIMIT
from generator.evidence.texts import NoTextError
from generator.texts.characters import CONTROL
from generator.web.charset import decode

PDF_PAGES = 500
"""Pages of a PDF that are read."""
_BLANKS = re.compile(r"[^\S\n]+")
_HTML = re.compile(rb"<(!doctype html|html|head|body|title|meta|p|div|h1)\b", re.IGNORECASE)


def main_text(body: bytes, kind: str, charset: str) -> str:
    """The text of a page: one line per paragraph, blanks folded, at most `TEXT_LIMIT` characters.

    `kind` is the media type given by the server; the bytes themselves count for more. Raises `NoTextError`.
    """
    head = body[:1024].lstrip()
    if b"%PDF-" in head:
        text = _pdf(body)
    elif kind == "text/plain" or (kind in ("", "application/pdf") and not _HTML.search(body[:4096])):
        if kind != "text/plain":
            raise NoTextError("it is not a page with a text")
        text = decode(body, charset)
    else:
        text = _html(decode(body, charset))
    tidy = _tidy(text)
    if not tidy:
        raise NoTextError("no text could be found in it")
    return tidy


def _html(markup: str) -> str:
    try:
        found = trafilatura.extract(markup, include_comments=False, include_tables=True, favor_recall=True)
        return found or trafilatura.html2txt(markup)
    except RecursionError as error:
        raise NoTextError("its elements are nested too deeply") from error


def _pdf(body: bytes) -> str:
    """The text of a PDF, page by page. The library fails in many ways on a broken file; all are treated alike."""
    pieces: list[str] = []
    try:
        document = pypdf.PdfReader(io.BytesIO(body))
        for page in document.pages[:PDF_PAGES]:
            pieces.append(page.extract_text())
            if sum(map(len, pieces)) > TEXT_LIMIT:
                break
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise NoTextError("it is a PDF that cannot be read") from error
    if not "".join(pieces).strip():
        raise NoTextError("it is a PDF of pictures, without a text")
    return "\n".join(pieces)


def _tidy(text: str) -> str:
    """A text in normal form: NFC, no control characters, single blanks, no empty lines."""
    clean = CONTROL.sub("", unicodedata.normalize("NFC", text[: 2 * TEXT_LIMIT].replace("\r", "\n")))
    lines = (_BLANKS.sub(" ", line).strip() for line in clean.split("\n"))
    return "\n".join(line for line in lines if line)[:TEXT_LIMIT]
