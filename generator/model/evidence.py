"""What is kept of a source as it was read, apart from what is published of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
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


SnapshotOf = Callable[[str], Snapshot | None]
"""Looks up what is kept of a page by its canonical address; None where nothing is."""


def nothing_kept(url: str) -> Snapshot | None:
    """The `SnapshotOf` of a newsletter that keeps none."""
    return None
