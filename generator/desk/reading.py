"""From the bytes at an address to what the page says of itself."""

from __future__ import annotations

import re

from generator.desk.page import FetchError, Page, blocks
from generator.desk.said import html_page


def page_of(url: str, content_type: str, data: bytes) -> Page:
    """What the bytes at an address say of themselves: HTML, PDF, or nothing but the address.

    Raises `FetchError` for a PDF where the extra that reads them is missing.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/pdf" or data[:5] == b"%PDF-":
        return _pdf(url, data)
    if kind in ("text/html", "application/xhtml+xml", ""):
        return html_page(url, _decoded(data, content_type))
    if kind == "text/plain":
        return Page(url, paragraphs=blocks(_decoded(data, content_type)))
    return Page(url)


def _pdf(url: str, data: bytes) -> Page:
    try:
        from generator.desk.pdf import pdf_page
    except ImportError as error:
        raise FetchError(f"{url} is a PDF; to read those: pip install 'citewire[pdf]'") from error
    return pdf_page(url, data)


def _decoded(data: bytes, content_type: str) -> str:
    """The text of a page in the encoding that it names; what cannot be read is marked as lost."""
    found = re.search(r"charset=[\"']?([\w.-]+)", content_type) or re.search(
        rb"<meta[^>]{0,200}charset=[\"']?([\w.-]+)", data[:4096], re.IGNORECASE
    )
    named = found[1] if found else "utf-8"
    try:
        return data.decode(named if isinstance(named, str) else named.decode("ascii"), "replace")
    except LookupError:
        return data.decode("utf-8", "replace")
