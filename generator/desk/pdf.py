"""What a PDF says of itself. Needs the extra `pdf`, so it is only imported to read a PDF."""

from __future__ import annotations

import logging
import re
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from generator.desk.page import NAME_LIMIT, TITLE_LIMIT, Page, blocks, day_of, person, plain

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # how a PDF of others is made is not the editor's to mend

PDF_PAGES = 20
"""Pages of a PDF that are searched for passages."""


def pdf_page(url: str, data: bytes) -> Page:
    """Title, author and day of a PDF, and the text of its first pages. An unreadable one gives only its address."""
    try:
        reader = PdfReader(BytesIO(data))
        about = reader.metadata
        pages = [reader.pages[number].extract_text() for number in range(min(len(reader.pages), PDF_PAGES))]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return Page(url)
    made = re.match(r"D:(\d{8})", str(about.get("/CreationDate", ""))) if about else None
    return Page(
        url,
        title=plain(about.title if about else None)[:TITLE_LIMIT],
        author=person(about.author if about else None)[:NAME_LIMIT],
        published=day_of(made[1]) if made else None,
        paragraphs=tuple(block for page in pages for block in blocks(page)),
    )
