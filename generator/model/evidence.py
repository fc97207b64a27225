"""Evidence kept of a source beyond its citation: its text when it was read, and what became of its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class Snapshot(Struct, frozen=True):
    """The main text of a page when it was read, kept as evidence and never published."""

    url: str
    """The canonical address under which it is cited."""
    fetched: datetime
    """When it was read; has a time zone."""
    via: str
    """How it was read, such as `http 200 text/html` or the name of an archive."""
    digest: str
    """SHA-256 of `text` in UTF-8, in hexadecimal."""
    text: str


class State(StrEnum):
    """The state of a source when it was looked at."""

    ALIVE = "alive"
    DEAD = "dead"
    SUSPICIOUS = "suspicious"
    """The source responds, but probably not with the page that was cited."""
    UNKNOWN = "unknown"


class Look(Struct, frozen=True):
    """The result of looking at a source, unchanged from `since` to `last`."""

    url: str
    """The canonical address."""
    state: State
    why: str
    since: datetime
    last: datetime
    moved: str | None = None
    """Where the page says that it has moved permanently."""
    gone: tuple[str, ...] = ()
    """Passages in the snapshot that are no longer in the page."""


class Copy(Struct, frozen=True):
    """A copy of a source in an archive, checked to exist."""

    url: str
    """The canonical address of the source."""
    address: str
    taken: datetime


class Fate(Struct, frozen=True):
    """What became of a source after it was cited, as shown on pages."""

    gone: date | None = None
    """The day since which the page is known to be gone."""
    copy: Copy | None = None
    look: Look | None = None
    """The last look at it."""


class DamagedError(ValueError):
    """A snapshot is not as it was written. The message names its file, and says what to do."""


SnapshotOf = Callable[[str], Snapshot | None]
"""Returns the snapshot of a page by its canonical address, or None if there is none. Raises `DamagedError`."""


def nothing_kept(url: str) -> Snapshot | None:
    """The `SnapshotOf` for a newsletter that keeps no snapshots."""
    return None
