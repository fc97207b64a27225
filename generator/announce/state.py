"""Remember what was announced to whom: a JSON file, rewritten after every post."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import NoReturn

from msgspec import Struct, field
from msgspec.structs import asdict

from generator.files import alone, write_whole

VERSION = 1
KEPT = timedelta(days=60)
"""How long a post is remembered: longer than anybody asks for with `--within`."""


class StateError(Exception):
    """The file cannot be used. The message is for the user."""


class Told(Struct):
    """What one hub or channel was sent, and its failures."""

    feeds: dict[str, str] = field(default_factory=dict)
    """For a hub: the digest of each feed as last announced."""
    posted: dict[str, str] = field(default_factory=dict)
    """For a channel: the ids of posted items, with their days of publication."""
    unsure: dict[str, str] = field(default_factory=dict)
    """Items that may or may not have been posted."""
    sending: str | None = None
    """The id of the item being posted when this was saved."""
    failures: int = 0
    """Failed runs in a row."""
    off: str | None = None
    """Why it was switched off."""


class State(Struct):
    """What every hub (by address) and channel (by name) was sent."""

    file: Path
    told: dict[str, Told] = field(default_factory=dict)
    written: bytes = b""
    """What the file says."""

    def of(self, name: str) -> Told:
        return self.told.setdefault(name, Told())

    def save(self) -> None:
        """Write it, if it has changed, completely and to disk: nobody may be told twice after a power cut.

        Raises `OSError`.
        """
        document = {"version": VERSION, "told": {name: _short(told) for name, told in sorted(self.told.items())}}
        text = (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode()
        if text != self.written:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.file, text)
            self.written = text

    def forget(self, now: datetime) -> None:
        """Drop posts that are too old to be posted again."""
        oldest = (now - KEPT).date().isoformat()
        for told in self.told.values():
            told.posted = {id_: day for id_, day in told.posted.items() if day >= oldest}
            told.unsure = {id_: day for id_, day in told.unsure.items() if day >= oldest}


def _short(told: Told) -> dict[str, object]:
    return {name: value for name, value in asdict(told).items() if value}


def read(file: Path) -> State:
    """The state in a file; an empty one if there is no file. Raises `StateError`, `OSError`."""
    try:
        written = file.read_bytes()
        found = json.loads(written)
        if found["version"] != VERSION:
            raise StateError(f"{file} was written by another version of citewire")
        return State(file, {str(name): Told(**told) for name, told in found["told"].items()}, written)
    except FileNotFoundError:
        return State(file)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StateError(
            f"{file} is damaged: mend it, or remove it. Without it hubs are told of all feeds once more, and what was "
            "published within the last hours is posted again"
        ) from error


def only_one(file: Path) -> AbstractContextManager[None]:
    """Hold the lock on the folder of a state, so that only one announcement runs.

    Raises `StateError` if another one is running, `OSError`.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    return alone(file.parent, _refuse)


def _refuse() -> NoReturn:
    raise StateError("another announcement is under way")
