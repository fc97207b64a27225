"""Send an edition to all subscribers: one after the other, at a limited rate, and to nobody twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from msgspec import Struct, field

from generator.mail.addresses import Mailbox, same_mailbox
from generator.mail.journal import Journal, Outcome, State
from generator.mail.smtp import NotConnectedError, ServerRefusedError

WAITS = (30.0, 120.0)
"""Seconds before the first and the second retry of mails that were put off; after that they wait for a later run."""


ALIKE = 10
"""When this many readers in a row are refused for the same reason, it may be our fault, and the run ends."""
_CODE = re.compile(r"5\.\d+\.\d+\b")
"""The reason for a refusal (RFC 3463). The words beside it may be about one reader, or hold a unique number."""
_DEAD = ("5.1.", "5.2.")
"""Prefixes of codes about an address or a mailbox: many of these in a row are normal."""


class Carrier(Protocol):
    """Sends mail: a `Courier`, or a substitute in tests."""

    def ready(self) -> None: ...
    def deliver(self, to: str, mail: bytes) -> Outcome: ...


class Pace(Struct):
    """Limits the rate to `rate` messages a minute. `clock` and `sleep` work in seconds, like those of `time`."""

    rate: int
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    _next: float = 0.0

    def take_turn(self) -> None:
        """Wait until the next message may go."""
        now = self.clock()
        if now < self._next:
            self.sleep(self._next - now)
        self._next = max(now, self._next) + 60 / self.rate


class Undelivered(Struct, frozen=True):
    """What a reader's server said, for the report."""

    address: str
    outcome: Outcome


class Report(Struct):
    """The outcome of a run."""

    sent: int = 0
    already: int = 0
    """Readers who had it from an earlier run."""
    bounced: int = 0
    """Readers whose server refused it for good in an earlier run."""
    refused: list[Undelivered] = field(default_factory=list)
    put_off: list[Undelivered] = field(default_factory=list)
    in_doubt: list[Undelivered] = field(default_factory=list)
    left: int = 0
    """Readers who were not tried before the run ended early."""
    stopped: str = ""
    """Why the run ended early."""

    @property
    def complete(self) -> bool:
        """Whether everybody who can have it has it."""
        return not (self.put_off or self.in_doubt or self.stopped)


CUT_SHORT = "an earlier run was cut short while it was sent"
INTERRUPTED = "the run was interrupted"


class Sending(Struct, frozen=True):
    """The sending of one edition."""

    edition: str
    mail_for: Callable[[Mailbox], bytes]
    carrier: Carrier
    journal: Journal
    pace: Pace
    tell: Callable[[int, int], None] = lambda done, of: None
    say_waiting: Callable[[str], None] = lambda why: None
    """Called with the reason for each longer wait."""
    report: Report = field(default_factory=Report)
    """The outcome so far, for a caller that is interrupted."""

    def to(self, readers: Sequence[Mailbox]) -> Report:
        """Send to each reader who has not had it. Mails in doubt from an earlier run are reported and left alone.

        When many readers in a row are refused for the same reason, the run ends: a server that takes our mails for spam
        should not be given all of them. An interrupt is noted in the report and passed on.
        """
        report = self.report
        due = self._due(readers, report)
        try:
            for wait in (0.0, *WAITS):
                if wait and due:
                    self._wait(wait, f"{len(due)} put off by the server")
                due = self._round(due, report, len(readers))
        except ServerRefusedError as error:
            self._end(str(error), readers)
        except (KeyboardInterrupt, SystemExit):  # Ctrl-C, SIGTERM
            self._end(INTERRUPTED, readers)
            raise
        return report

    def _end(self, why: str, readers: Sequence[Mailbox]) -> None:
        """Note why the run ends early, the mail that was being sent just then, and how many readers are left."""
        report, states = self.report, self.journal.states(self.edition)
        told = {undelivered.address for undelivered in (*report.in_doubt, *report.put_off)}
        for reader in readers:
            state = states.get(same_mailbox(reader.address))
            if state is State.IN_DOUBT and reader.address not in told:
                doubt = Outcome(state, reply=f"{INTERRUPTED} while it was sent")
                report.in_doubt.append(Undelivered(reader.address, doubt))
            report.left += state in (None, State.PUT_OFF) and reader.address not in told
        report.stopped = why

    def _due(self, readers: Iterable[Mailbox], report: Report) -> list[Mailbox]:
        due, states = [], self.journal.states(self.edition)
        for reader in readers:
            state = states.get(same_mailbox(reader.address))
            if state in (None, State.PUT_OFF):
                due.append(reader)
            elif state is State.IN_DOUBT:
                why = self.journal.reply(self.edition, reader.address) or CUT_SHORT
                report.in_doubt.append(Undelivered(reader.address, Outcome(State.IN_DOUBT, reply=why)))
            elif state is State.SENT:
                report.already += 1
            else:
                report.bounced += 1
        return due

    def _round(self, due: Sequence[Mailbox], report: Report, of: int) -> list[Mailbox]:
        """Try each reader once and return those put off, who stay in the report only while they are."""
        report.put_off.clear()
        again, row = [], list[str]()
        for number, reader in enumerate(due):
            outcome = self._one(reader)
            row = _row(row, outcome)
            if outcome is None:
                report.already += 1
            elif outcome.state is State.SENT:
                report.sent += 1
            else:
                lists = {State.REFUSED: report.refused, State.IN_DOUBT: report.in_doubt}
                lists.get(outcome.state, report.put_off).append(Undelivered(reader.address, outcome))
                again += [reader] if outcome.state is State.PUT_OFF else []
            self.tell(of - (len(due) - number - 1) - len(again), of)
            if len(row) == ALIKE and number + 1 < len(due):
                raise ServerRefusedError(f"{ALIKE} readers in a row were refused alike, so it may be for what we do")
        return again

    def _one(self, reader: Mailbox) -> Outcome | None:
        """Send one reader's mail, recorded before and after; None if another run has claimed it meanwhile."""
        mail = self.mail_for(reader)
        self.pace.take_turn()
        self._reach()
        if not self.journal.claim(self.edition, reader.address):
            return None
        outcome = self._delivered(reader, mail)
        self.journal.settle(self.edition, reader.address, outcome)
        return outcome

    def _delivered(self, reader: Mailbox, mail: bytes) -> Outcome:
        try:
            return self.carrier.deliver(reader.address, mail)
        except ServerRefusedError as error:
            self.journal.settle(self.edition, reader.address, Outcome(State.PUT_OFF, reply=str(error)))
            raise

    def _reach(self) -> None:
        """Connect, with retries. Raises `ServerRefusedError` if no connection can be made."""
        for wait in (*WAITS, None):
            try:
                return self.carrier.ready()
            except NotConnectedError as error:
                if wait is None:
                    raise ServerRefusedError(f"no connection to the server, {error}") from error
                self._wait(wait, f"no connection to the server, {error}")
        return None

    def _wait(self, seconds: float, why: str) -> None:
        self.say_waiting(f"{why}; trying again in {seconds:.0f} seconds")
        self.pace.sleep(seconds)


def _row(before: list[str], outcome: Outcome | None) -> list[str]:
    """The reasons why the last readers were refused, as long as they are the same and not the readers' own."""
    if outcome is None or outcome.state is State.PUT_OFF:
        return before
    found = _CODE.search(outcome.reply)
    what = found[0] if found else str(outcome.code)
    if outcome.state is not State.REFUSED or what.startswith(_DEAD):
        return []
    return [*before, what] if before[-1:] in ([], [what]) else [what]
