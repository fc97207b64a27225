"""Read the sources of stories and keep their texts as snapshots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from generator.evidence import store
from generator.evidence.cited import Cited
from generator.evidence.links import led_astray
from generator.evidence.texts import Extractor, NoTextError
from generator.model.address import page_key
from generator.texts.verbatim import missing
from generator.web.crowd import Answer, read_all
from generator.web.errors import WebError
from generator.web.reader import Reader
from generator.web.response import Response


class Outcome(StrEnum):
    """The outcome for one source."""

    KEPT = "kept"
    SAME = "same"
    """Read again, with unchanged text."""
    NOT_READ = "not read"


class Gathered(Struct, frozen=True):
    """What was done about one source, for the report."""

    cited: Cited
    outcome: Outcome
    words: str
    missing: tuple[str, ...] = ()
    """Passages quoted by stories that are not in its text."""


def lacking(content: Path, pages: Iterable[Cited], known: Mapping[str, str]) -> tuple[list[Cited], dict[str, str]]:
    """The pages without a sound snapshot, and the file stamps of the sound ones by address key.

    `known` are the stamps from an earlier run: a snapshot with the same stamp is not read again. Raises `OSError`.
    """
    stamps, sound = store.snapshot_stamps(content), dict[str, str]()
    found = []
    for page in pages:
        key = page_key(page.url)
        stamp = stamps.get(key)
        if stamp and (known.get(key) == stamp or store.kept_of(content, page.url)):
            sound[key] = stamp
        else:
            found.append(page)
    return found, sound


def gather(
    content: Path, pages: Sequence[Cited], reader: Reader, extract: Extractor, now: datetime
) -> Iterator[Gathered]:
    """Read pages and keep each as soon as it arrives, so that an interrupted run loses nothing. Raises `OSError`."""
    by_address = {page.address: page for page in pages}
    for address, answer in read_all(reader, by_address):
        cited = by_address[address]
        try:
            yield _keep(content, cited, _sound(cited, answer), extract, now)
        except (WebError, NoTextError) as error:
            kept = store.kept_of(content, cited.url)
            stays = f"; the snapshot of {kept.fetched.date()} stays" if kept else ""
            yield Gathered(cited, Outcome.NOT_READ, f"{error}{stays}")


def _sound(cited: Cited, answer: Answer) -> Response:
    """The page that was read. One that redirects elsewhere is no evidence. Raises `WebError`."""
    if isinstance(answer, WebError):
        raise answer
    if not answer.is_sound:
        raise WebError(f"it answers {answer.status_words}")
    if elsewhere := led_astray(cited, answer):
        raise WebError(elsewhere)
    if answer.body is None:
        raise WebError(f"it is not a page with a text, but {answer.kind or 'something'}")
    return answer


def _keep(content: Path, cited: Cited, page: Response, extract: Extractor, now: datetime) -> Gathered:
    text = extract(page)
    before = store.kept_of(content, cited.url)
    via = f"http {page.status} {page.kind}".strip()
    fresh = store.snapshot(cited.url, now, via, text)
    words = f"{len(text.split()):,} words"
    absent = missing(cited.passages, text)
    if before is not None and before.digest == fresh.digest:
        return Gathered(cited, Outcome.SAME, f"{words}, as on {before.fetched.date()}", absent)
    store.save(content, fresh)
    return Gathered(cited, Outcome.KEPT, words, absent)
