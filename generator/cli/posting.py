"""The part of `citewire mail` that sends: over SMTP, or to a service."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
from msgspec import Struct

from generator.cli.console import IO_FAILURE, MISUSE, Progress, count, fail, failing, remark, say
from generator.cli.reader import service_reader
from generator.mail.addresses import Mailbox, same_mailbox
from generator.mail.edition import EditionMail
from generator.mail.journal import Journal, JournalError, State, journal
from generator.mail.send import Pace, Report, Sending, Undelivered
from generator.mail.services import LIMITS, ServiceError, ask, start_listmonk, to_buttondown, to_listmonk
from generator.mail.settings import Smtp
from generator.mail.smtp import Courier
from generator.web.reader import Reader

SMTP_USER, SMTP_PASSWORD = "CITEWIRE_SMTP_USER", "CITEWIRE_SMTP_PASSWORD"
UNSUBSCRIBE_SECRET = "CITEWIRE_UNSUBSCRIBE_SECRET"  # noqa: S105
BUTTONDOWN_KEY = "CITEWIRE_BUTTONDOWN_KEY"
LISTMONK_USER, LISTMONK_TOKEN = "CITEWIRE_LISTMONK_USER", "CITEWIRE_LISTMONK_TOKEN"
"""Environment variables that hold secrets, which are nowhere else."""
SECRET_LENGTH = 16
"""Least characters of the secret for the addresses for unsubscribing."""


class Post(Struct, frozen=True):
    """An edition, its readers, and the folder of the newsletter."""

    made: EditionMail
    readers: tuple[Mailbox, ...]
    root: Path

    @property
    def _edition(self) -> str:
        return self.made.page.edition.first_slug

    def plan(self) -> None:
        """Print who would get it."""
        with self._journal(self._file if self._file.exists() else None) as kept:
            states = kept.states(self._edition)
        for reader in self.readers:
            state = states.get(same_mailbox(reader.address))
            word = {None: "would be sent", State.PUT_OFF: "would be tried again"}.get(state, f"not again: {state}")
            click.echo(f"{reader.address}: {word}")

    def proof(self) -> None:
        """Send to an address that is not a subscriber's, any number of times."""
        with self._journal(None) as kept:
            self._run(kept)

    def everybody(self, resend_in_doubt: bool, resend_refused: bool) -> None:
        """Send to everybody who has not had it, according to the journal."""
        with self._journal(self._file) as kept:
            if resend_in_doubt:
                kept.clear_doubts(self._edition)
            if resend_refused:
                kept.clear_refusals(self._edition)
            self._run(kept)

    def _run(self, kept: Journal) -> None:
        smtp, secret = self._smtp(), self._secret()
        carrier = Courier(smtp, self.made.settings.sender.address, _credentials())
        with closing(carrier), Progress("Sending") as tell:
            pace = Pace(smtp.rate, time.monotonic, time.sleep)
            sending = Sending(
                self._edition, lambda reader: self.made.to(reader, secret), carrier, kept, pace, tell, remark
            )
            try:
                report = sending.to(self.readers)
            finally:
                _tell(sending.report, {told.address: kept.bounces(told.address) for told in sending.report.refused})
        if not report.complete:
            sys.exit(IO_FAILURE)

    @property
    def _file(self) -> Path:
        return self.root / self.made.settings.journal

    @contextmanager
    def _journal(self, file: Path | None) -> Iterator[Journal]:
        """The journal in a file, or one in memory; ends the command if it cannot be used."""
        where = file or Path(":memory:")
        with failing(JournalError, code=IO_FAILURE), journal(where, lambda: datetime.now(UTC)) as kept:
            kept.rename(self.made.page.edition.slug, self._edition)  # Citewire once recorded the current name
            yield kept

    def _smtp(self) -> Smtp:
        if self.made.settings.smtp is None:
            fail("there is no `smtp` under `mail` in mkdocs.yml: name the server that takes the mail", MISUSE)
        return self.made.settings.smtp

    @staticmethod
    def _secret() -> str:
        secret = _secret(UNSUBSCRIBE_SECRET, "each subscriber's unsubscribing address is signed with it")
        if len(secret) < SECRET_LENGTH:
            fail(f"{UNSUBSCRIBE_SECRET} can be guessed: give it {SECRET_LENGTH} characters or more", MISUSE)
        return secret


def _credentials() -> tuple[str, str] | None:
    user, password = os.environ.get(SMTP_USER, ""), os.environ.get(SMTP_PASSWORD, "")
    if bool(user) != bool(password):
        fail(f"set both {SMTP_USER} and {SMTP_PASSWORD}, or neither", MISUSE)
    return (user, password) if user else None


def _secret(name: str, why: str) -> str:
    return os.environ.get(name) or fail(f"{name} is not set in the environment: {why}", MISUSE)


def _tell(report: Report, bounces: dict[str, int]) -> None:
    """Report the run: those who did not get the mail by name, the others as numbers."""
    _list("refused for good; if the fault was yours, --resend-refused sends it again", report.refused, bounces)
    _list("put off by the server; run the command again later", report.put_off)
    _list("in doubt: nobody knows whether it arrived; --resend-in-doubt sends it again", report.in_doubt)
    if report.stopped:
        remark(f"stopped: {report.stopped}")
    numbers = {
        "sent": report.sent,
        "had it already": report.already,
        "refused": len(report.refused) + report.bounced,
        "put off": len(report.put_off),
        "in doubt": len(report.in_doubt),
        "not tried": report.left,
    }
    text = ", ".join(f"{number} {word}" for word, number in numbers.items() if number or word == "sent")
    words = f"{text}. The same command goes on with the rest." if report.left else f"{text}."
    say(words) if report.complete else click.echo(words, err=True)


def _list(heading: str, people: Sequence[Undelivered], bounces: dict[str, int] | None = None) -> None:
    if people:
        click.echo(f"{heading}:", err=True)
    for told in people:
        times = (bounces or {}).get(told.address, 0)
        before = f", {count(times, 'edition')} by now" if times > 1 else ""
        code = f"{told.outcome.code} " if told.outcome.code else ""
        click.echo(f"  {told.address}: {code}{told.outcome.reply}{before}", err=True)


def hand_over(made: EditionMail, service: str, send: bool) -> None:
    """Hand the edition to a service that manages the subscribers itself."""
    put = _to_buttondown if service == "buttondown" else _to_listmonk
    with failing(ServiceError, code=IO_FAILURE):
        where = put(made, send)
    say(f"{service}: {where}")


def _reader(made: EditionMail, url: str) -> Reader:
    return service_reader(made.templates.site.newsletter, LIMITS, url, made.settings.private)


def _to_buttondown(made: EditionMail, send: bool) -> str:
    key = _secret(BUTTONDOWN_KEY, "Buttondown shows it under Settings, API")
    url = made.settings.buttondown
    answer = ask(_reader(made, url), to_buttondown(made.issue(), url, key, send))
    return f"{'sending' if send else 'draft'} {answer.get('id', '')}"


def _to_listmonk(made: EditionMail, send: bool) -> str:
    settings = made.settings.listmonk
    if settings is None:
        fail("there is no `listmonk` under `mail` in mkdocs.yml: give its `url` and `lists`", MISUSE)
    who = (_secret(LISTMONK_USER, "an API user of listmonk"), _secret(LISTMONK_TOKEN, "that user's token"))
    reader = _reader(made, settings.url)
    campaign: Any = ask(reader, to_listmonk(made.issue(), settings, *who)).get("data")
    number = campaign.get("id") if isinstance(campaign, dict) else None
    if not isinstance(number, int):
        raise ServiceError(f"{settings.url} answered without the number of the campaign")
    if send:
        ask(reader, start_listmonk(number, settings, *who))
    return f"{'started' if send else 'draft of'} campaign {number}"
