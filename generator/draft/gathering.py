"""Read the watched feeds and group their new items into events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct

from generator.desk.reading import read_pages
from generator.draft.drafting import MOST, Desk
from generator.draft.grouping import Event, events
from generator.draft.watched import KINDS, FeedEntry, items_of
from generator.model.address import canonical
from generator.web.crowd import Answer, read_all
from generator.web.errors import WebError
from generator.web.reader import Reader


class News(Struct, frozen=True):
    """New items of feeds."""

    events: list[Event]
    """Those reported independently by the most publishers first."""
    cited: int
    """Items that the newsletter's stories already cite."""
    undated: int
    """Items without a date."""
    failures: list[tuple[str, WebError]]
    """Feeds that could not be read."""


def news(
    reader: Reader,
    desk: Desk,
    feeds: Sequence[str],
    since: datetime,
) -> News:
    """Find items of feeds that are newer than a moment and not cited by any story."""
    items, failures = list[FeedEntry](), list[tuple[str, WebError]]()
    answers = dict(read_all(reader, feeds, partial(reader.read, kinds=KINDS, is_named=True)))
    for address in dict.fromkeys(feeds):
        try:
            items += _items(answers[address])
        except WebError as error:
            failures.append((address, error))
    undated = sum(item.published is None for item in items)
    recent = {canonical(i.page.url): i.page for i in items if i.published and since <= i.published <= desk.now}
    fresh = [desk.account(page) for url, page in recent.items() if url not in desk.cited]
    return News(events(fresh), len(recent) - len(fresh), undated, failures)


def _items(answer: Answer) -> list[FeedEntry]:
    if isinstance(answer, WebError):
        raise answer
    return items_of(answer)


def whole(reader: Reader, desk: Desk, event: Event) -> Event:
    """An event from feeds with its pages read in full where possible; otherwise with the feed's summary."""
    chosen = event.accounts[:MOST]
    read = dict(read_pages(reader, [account.page.url for account in chosen], is_named=False))
    pages = [(account, read[account.page.url]) for account in chosen]
    return Event(
        tuple(account if isinstance(page, WebError) else desk.account(page) for account, page in pages if page)
    )
