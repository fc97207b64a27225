"""Give mails to an SMTP server and report the outcome of each (RFC 5321).

The protocol is spoken step by step, since the step at which a connection breaks shows whether a mail may have arrived:
before its last line was sent it certainly has not (section 4.1.1.4), afterwards nobody knows.
"""

from __future__ import annotations

import re
import smtplib
import ssl
from contextlib import suppress

from generator.mail.journal import Outcome, State
from generator.mail.settings import Smtp
from generator.texts.characters import one_line

_DOT = re.compile(rb"^\.", re.MULTILINE)
_CLOSING, _GO_ON = 421, 354
_BROKEN = (OSError, smtplib.SMTPException)
_OF_THE_READER = re.compile(r"5\.(?:1\.[0-69]|2\.\d+)\b")
"""Codes about a reader's address or mailbox (RFC 3463, sections 3.2 and 3.3)."""
_OF_US = re.compile(
    r"5\.(?:1\.[78]|4\.5)\b|(?<![\w.-])relay(?:ing)?(?![\w-]|\.\w)|\bauthenticat|\bnot verified|\bsender verif"
    r"|\b(?:daily|hourly|sending|sender|rate|messages? per)\b.*\b(?:quota|limit)",
    re.IGNORECASE,
)
"""Permanent refusals of the sender, though given for a reader: the sender may not relay, has not logged in, is not
known, or has sent enough for today."""
_OF_ONE = re.compile(r"\bRESOLVER\.|\bsize\b|\brate for\b", re.IGNORECASE)
"""Refusals of one list or mailbox, or of the size of the mail, which may have the same words."""
_LOG_IN = 530


class ServerRefusedError(Exception):
    """The server refuses to send to anybody: it does not know us, or is not secure. The message is for the user."""


class NotConnectedError(Exception):
    """There is no connection just now. The message says why."""


class Courier:
    """A connection to one server, kept between mails and reopened when it breaks."""

    def __init__(self, settings: Smtp, sender: str, credentials: tuple[str, str] | None) -> None:
        self._settings = settings
        self._sender = sender
        self._credentials = credentials
        self._server: smtplib.SMTP | None = None

    def ready(self) -> None:
        """Connect if needed. Raises `NotConnectedError` if it may work later, `ServerRefusedError` if it will not."""
        if self._server is not None:
            return
        where = f"{self._settings.host}:{self._settings.port}"
        try:
            self._server = self._connected()
        except smtplib.SMTPAuthenticationError as error:
            raise ServerRefusedError(
                f"{where} does not accept the user and password: {_words(error.smtp_error)}"
            ) from error
        except smtplib.SMTPNotSupportedError as error:
            raise ServerRefusedError(f"{where} cannot do what is asked of it: {error}") from error
        except ssl.SSLError as error:
            raise ServerRefusedError(f"no safe connection to {where}: {error.reason or error}") from error
        except _BROKEN as error:
            raise NotConnectedError(f"{where}: {error}") from error

    def _connected(self) -> smtplib.SMTP:
        settings = self._settings
        context = ssl.create_default_context()
        if settings.security == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                settings.host, settings.port, timeout=settings.timeout, context=context
            )
        else:
            server = smtplib.SMTP(settings.host, settings.port, timeout=settings.timeout)
        try:
            if settings.security == "starttls":
                server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if self._credentials:
                server.login(*self._credentials)
        except BaseException:
            server.close()
            raise
        return server

    def deliver(self, to: str, mail: bytes) -> Outcome:
        """Give one mail to the server; call `ready` first. Raises `ServerRefusedError`."""
        try:
            return self._delivered(to, mail)
        except ServerRefusedError:
            raise
        except BaseException:  # interrupted: the server may take anything said now as part of the mail
            self._hang_up()
            raise

    def _delivered(self, to: str, mail: bytes) -> Outcome:
        server = self._server
        assert server is not None  # noqa: S101
        try:
            refusal = self._envelope(server, to)
            if refusal:
                return refusal
            server.send(_DOT.sub(b"..", mail.removesuffix(b"\r\n")) + b"\r\n.\r\n")
        except _BROKEN as error:
            self.close()
            return Outcome(State.PUT_OFF, reply=f"the connection broke before the mail was given over ({error})")
        try:
            code, text = server.getreply()
        except _BROKEN as error:
            self.close()
            return Outcome(State.IN_DOUBT, reply=f"the server took the mail and did not answer ({error})")
        return self._judged(code, text)

    def _envelope(self, server: smtplib.SMTP, to: str) -> Outcome | None:
        """Give the server the sender and the reader of the mail; return its refusal, if any."""
        code, text = server.mail(self._sender)
        if code // 100 == 5:
            raise ServerRefusedError(f"the server refuses the sender {self._sender}: {code} {_words(text)}")
        if code // 100 == 2:
            code, text = server.rcpt(to)
        if code // 100 == 2:
            code, text = server.docmd("DATA")
        if code == _GO_ON:
            return None
        outcome = self._judged(code, text)
        if self._server is not None:
            try:
                server.rset()
            except _BROKEN:  # some servers hang up after a refusal, which stands
                self.close()
        return outcome

    def _judged(self, code: int, text: bytes) -> Outcome:
        if code == _CLOSING:
            self.close()
        state, words = {2: State.SENT, 5: State.REFUSED}.get(code // 100, State.PUT_OFF), _words(text)
        if state is State.REFUSED and not _OF_THE_READER.match(words) and (code == _LOG_IN or _is_of_us(words)):
            raise ServerRefusedError(f"the server refuses to send for {self._sender}: {code} {words}")
        return Outcome(state, code, words)

    def close(self) -> None:
        """Close the connection, politely if the server is still there."""
        with suppress(*_BROKEN):
            if self._server is not None:
                self._server.quit()
        self._hang_up()

    def _hang_up(self) -> None:
        """Close the connection without a word."""
        server, self._server = self._server, None
        if server is not None:
            server.close()


def _is_of_us(words: str) -> bool:
    """Whether a refusal is of the sender, by its words."""
    return _OF_US.search(words) is not None and _OF_ONE.search(words) is None


def _words(reply: bytes | str) -> str:
    """The beginning of a server's reply."""
    return one_line(reply.decode("ascii", "replace") if isinstance(reply, bytes) else reply)[:300]
