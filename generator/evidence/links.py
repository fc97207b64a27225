"""Check whether the sources still exist and still say what is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from generator.evidence.cited import Cited
from generator.evidence.store import kept_of
from generator.evidence.texts import Extractor, NoTextError
from generator.model.address import canonical
from generator.model.evidence import Look, Snapshot, State
from generator.texts.typography import fold
from generator.texts.verbatim import missing, stands_in
from generator.web.crowd import Answer, read_all
from generator.web.errors import TooLargeError, UnreachableError, WebError
from generator.web.reader import Reader
from generator.web.response import Response

DEAD = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
"""Statuses that mean a page is gone. Other failures may be temporary, or aimed at robots."""
_HOME = re.compile(r"/?(?:index\.\w{2,5}|home/?)?", re.IGNORECASE)
_SAYS_MISSING = re.compile(r"(?:^|[/=_-])(?:404|not-?found|page-?not-?found|error)(?:$|[/.?&_-])", re.IGNORECASE)


class Looked(Struct, frozen=True):
    """The finding for one source."""

    cited: Cited
    look: Look
    changed: str = ""
    """How its text differs from the snapshot, in words; empty if it does not, or there is nothing to compare."""
    is_reached: bool = True
    """Whether any server answered."""


def none_reached(found: Sequence[Looked]) -> bool:
    """Whether pages were looked at and no server was reached, so that the fault is in our network."""
    return bool(found) and not any(one.is_reached for one in found)


def due(pages: Sequence[Cited], seen: Mapping[str, Look], before: datetime | None) -> list[Cited]:
    """The pages not looked at since a moment, or all if it is None."""
    return [page for page in pages if before is None or page.url not in seen or seen[page.url].last < before]


def look_at(
    content: Path, pages: Sequence[Cited], reader: Reader, extract: Extractor, now: datetime
) -> Iterator[Looked]:
    """Look at pages, and yield each finding as it arrives. Writes nothing. Raises `OSError`."""
    by_address = {page.address: page for page in pages}
    for address, answer in read_all(reader, by_address):
        cited = by_address[address]
        yield _judged(cited, answer, kept_of(content, cited.url), extract, now)


def _judged(cited: Cited, answer: Answer, kept: Snapshot | None, extract: Extractor, now: datetime) -> Looked:
    state, why = _state(cited, answer)
    moved: str | None = None
    gone: tuple[str, ...] = ()
    changed = ""
    if isinstance(answer, Response) and state is State.ALIVE:
        for_good = answer.moved_for_good
        moved = for_good if for_good and canonical(for_good) != cited.url else None
        if kept and answer.body is not None:
            gone, changed = _compared(cited, answer, kept, extract)
    return Looked(
        cited, Look(cited.url, state, why, now, now, moved, gone), changed, not isinstance(answer, UnreachableError)
    )


def _state(cited: Cited, answer: Answer) -> tuple[State, str]:
    """Whether the page exists, and why we think so."""
    if isinstance(answer, TooLargeError):
        return State.ALIVE, "it answers, but is too large to be read"
    if isinstance(answer, WebError):
        return State.UNKNOWN, str(answer)
    if answer.status in DEAD:
        return State.DEAD, answer.status_words
    if not answer.is_sound:
        return State.UNKNOWN, answer.status_words
    if elsewhere := led_astray(cited, answer):
        return State.SUSPICIOUS, elsewhere
    return State.ALIVE, answer.status_words


def led_astray(cited: Cited, page: Response) -> str:
    """Where a source redirects instead of showing itself, in words, as sites do with missing pages; else empty."""
    if page.hops and _is_home(page.at) and not _is_home(cited.address):
        return "it leads to the home page"
    if page.hops and _SAYS_MISSING.search(_path(page.at)) and not _SAYS_MISSING.search(_path(cited.address)):
        return f"it leads to {page.at}"
    return ""


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _is_home(address: str) -> bool:
    return _HOME.fullmatch(_path(address)) is not None


def _compared(cited: Cited, page: Response, kept: Snapshot, extract: Extractor) -> tuple[tuple[str, ...], str]:
    """Passages that are gone, and how the text differs, in words."""
    try:
        text = extract(page)
    except NoTextError as error:
        return (), f"its text cannot be compared: {error}"
    before, after = fold(kept.text), fold(text)
    if before == after:
        return (), ""
    gone = tuple(p for p in missing(cited.passages, text) if stands_in(p, before))
    lines = [line for line in kept.text.split("\n") if line]
    lost = len(missing(lines, text))
    return (
        gone,
        f"its text has changed since {kept.fetched.date()}: {lost} of {len(lines)} paragraphs are not as they were",
    )
