"""A journal of what was sent to whom, written before and after each mail, so that a crash never sends one twice.

A row says `intent` before the mail is handed to the server, and its outcome afterwards. A row that still says `intent`
in a later run belongs to a mail that may have arrived: it is reported, and sent again only on request.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from msgspec import Struct

from generator.mail.addresses import same_mailbox

FORMAT = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS delivery (
  edition TEXT NOT NULL,
  address TEXT NOT NULL,
  state TEXT NOT NULL,
  code INTEGER NOT NULL DEFAULT 0,
  reply TEXT NOT NULL DEFAULT '',
  changed TEXT NOT NULL,
  PRIMARY KEY (edition, address)
) WITHOUT ROWID
"""


class State(StrEnum):
    """How far the mail to one reader has come."""

    INTENT = "intent"
    """About to be handed to the server, or interrupted there."""
    SENT = "sent"
    REFUSED = "refused"
    """The server will not take the mail, now or later."""
    PUT_OFF = "put-off"
    """The mail was certainly not sent, and may be tried again."""
    IN_DOUBT = "in-doubt"
    """Handed to a server that did not answer."""


class Outcome(Struct, frozen=True):
    """The outcome of one mail."""

    state: State
    code: int = 0
    """The server's reply code (RFC 5321, section 4.2), or 0 if it gave none."""
    reply: str = ""


class JournalError(Exception):
    """The file is not a journal, or belongs to a newer Citewire."""


class Journal:
    """The deliveries of all editions. Each change is on disk when its method returns."""

    def __init__(self, connection: sqlite3.Connection, now: Callable[[], datetime]) -> None:
        self._connection = connection
        self._now = now

    def claim(self, edition: str, address: str) -> bool:
        """Claim an address for this run; False if any run has claimed it already, unless it was put off."""
        taken = self._connection.execute(
            "INSERT INTO delivery (edition, address, state, changed) VALUES (?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET state = excluded.state, changed = excluded.changed WHERE state = ?",
            (edition, same_mailbox(address), State.INTENT, self._stamp(), State.PUT_OFF),
        )
        return taken.rowcount == 1

    def settle(self, edition: str, address: str, outcome: Outcome) -> None:
        """Record the outcome of a mail."""
        self._connection.execute(
            "UPDATE delivery SET state = ?, code = ?, reply = ?, changed = ? WHERE edition = ? AND address = ?",
            (outcome.state, outcome.code, outcome.reply, self._stamp(), edition, same_mailbox(address)),
        )

    def states(self, edition: str) -> dict[str, State]:
        """The state of each address of an edition, in lower case; an interrupted mail is in doubt."""
        rows = self._connection.execute("SELECT address, state FROM delivery WHERE edition = ?", (edition,))
        return {address: State.IN_DOUBT if state == State.INTENT else State(state) for address, state in rows}

    def reply(self, edition: str, address: str) -> str:
        """The outcome of a mail in words; empty if unknown."""
        query = "SELECT reply FROM delivery WHERE edition = ? AND address = ?"
        found = self._connection.execute(query, (edition, same_mailbox(address))).fetchone()
        return str(found[0]) if found else ""

    def clear_doubts(self, edition: str) -> None:
        """Let mails in doubt be sent again: somebody has decided that two are better than none."""
        self._clear(edition, State.INTENT, State.IN_DOUBT)

    def clear_refusals(self, edition: str) -> None:
        """Let refused mails be sent again: somebody has fixed the reason for the refusal."""
        self._clear(edition, State.REFUSED, State.REFUSED)

    def _clear(self, edition: str, *states: State) -> None:
        self._connection.execute(
            "UPDATE delivery SET state = ?, changed = ? WHERE edition = ? AND state IN (?, ?)",
            (State.PUT_OFF, self._stamp(), edition, *states),
        )

    def rename(self, old: str, new: str) -> None:
        """Move deliveries to an edition's new name. Those put off are dropped: they were not sent."""
        self._connection.execute(
            "UPDATE OR REPLACE delivery SET edition = ? WHERE edition = ? AND state != ?", (new, old, State.PUT_OFF)
        )

    def bounces(self, address: str) -> int:
        """How many editions an address has refused for good."""
        query = "SELECT COUNT(*) FROM delivery WHERE address = ? AND state = ?"
        found: int = self._connection.execute(query, (same_mailbox(address), State.REFUSED)).fetchone()[0]
        return found

    def _stamp(self) -> str:
        return self._now().isoformat(timespec="seconds")


@contextmanager
def journal(file: Path, now: Callable[[], datetime]) -> Iterator[Journal]:
    """The journal in a file, created if missing. Raises `JournalError`, `OSError`."""
    try:
        connection = sqlite3.connect(file, isolation_level=None, timeout=10)
    except sqlite3.OperationalError as error:
        raise OSError(None, str(error), str(file)) from error
    try:
        connection.execute("PRAGMA synchronous = FULL")
        found = connection.execute("PRAGMA user_version").fetchone()[0]
        if found not in (0, FORMAT):
            raise JournalError(f"{file} was written by a newer Citewire (format {found})")
        connection.execute(_TABLE)
        connection.execute(f"PRAGMA user_version = {FORMAT}")
        yield Journal(connection, now)
    except sqlite3.DatabaseError as error:
        raise JournalError(f"{file}: {error}") from error
    finally:
        connection.close()
