"""What a page of another site says of itself, as a value."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from generator.texts.characters import sound, unescaped

TITLE_LIMIT, NAME_LIMIT = 300, 120
"""Characters that are kept of a title, and of a name."""


class Page(Struct, frozen=True):
    """What a page says of itself, unchecked."""

    url: str
    """The canonical address that the page names if it is on the same host, else the address where it was found."""
    title: str = ""
    site: str = ""
    """The publisher's name."""
    site_type: str = ""
    """The publisher's type in schema.org, such as `NewsMediaOrganization`."""
    author: str = ""
    published: date | None = None
    language: str = ""
    paragraphs: tuple[str, ...] = ()


def sound_page(page: Page) -> Page:
    """A page without characters that no text may have."""
    texts = {name: sound(value) for name, value in asdict(page).items() if isinstance(value, str)}
    return replace(page, **texts, paragraphs=tuple(map(sound, page.paragraphs)))


def plain(*candidates: Any) -> str:
    """The first candidate that is a non-empty text, on one line. Many sites escape theirs twice, or in JSON as well."""
    texts = (" ".join(unescaped(candidate).split()) for candidate in candidates if isinstance(candidate, str))
    return next((text for text in texts if text), "")


def person(*candidates: Any) -> str:
    """The first candidate that is a name rather than an address, without its `By`."""
    names = (re.sub(r"(?i)\Aby:?\s+", "", plain(candidate)) for candidate in candidates)
    return next((name for name in names if name and "://" not in name), "")


def day_of(text: Any) -> date | None:
    """The day at the start of a date as found on pages: `2026-04-09T...`, `2026/04/09`, `20260409`."""
    found = re.match(r"\s*(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?!\d)", text) if isinstance(text, str) else None
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def blocks(text: str) -> tuple[str, ...]:
    """The paragraphs of a plain text, each on one line."""
    return tuple(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())
