"""What is kept of a source beside its citation: its text when it was read, and what became of its page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum

from msgspec import Struct


class Snapshot(Struct, frozen=True):
    """The main text of a page as it was read. It is kept as evidence and never published."""

    url: str
    """The canonical address under which it is cited."""
    fetched: datetime
    """When it was read, with its zone."""
    via: str
    """How it was read, such as `http 200 text/html` or the name of an archive."""
    digest: str
    """SHA-256 of `text` in UTF-8, in hexadecimal."""
    text: str


class State(StrEnum):
    """What a look at a source found."""

    ALIVE = "alive"
    DEAD = "dead"
    SUSPICIOUS = "suspicious"
    """The source answers, but hardly with the page that was cited."""
    UNKNOWN = "unknown"


class Look(Struct, frozen=True):
    """What was found when a source was looked at: the same from its first look to its last."""

    url: str
    """The canonical address."""
    state: State
    why: str
    since: datetime
    last: datetime
    moved: str | None = None
    """Where the page says that it now is, for good."""
    gone: tuple[str, ...] = ()
    """Passages that were in the snapshot and are not in the page any more."""


class Copy(Struct, frozen=True):
    """A copy of a source in an archive, seen to be there."""

    url: str
    """The canonical address of the source."""
    address: str
    taken: datetime


class Fate(Struct, frozen=True):
    """What became of a source after it was cited, as far as pages show it."""

    gone: date | None = None
    """The day since which the page is known to be gone."""
    copy: Copy | None = None
    look: Look | None = None
    """The last look at it."""


class DamagedError(ValueError):
    """A snapshot is not what was once written; the text names its file, and says what to do."""


SnapshotOf = Callable[[str], Snapshot | None]
"""Looks up what is kept of a page by its canonical address; None where nothing is. Raises `DamagedError`."""


def nothing_kept(url: str) -> Snapshot | None:
    """The `SnapshotOf` of a newsletter that keeps none."""
    return None
