"""The option `mail` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from generator.mail.addresses import Mailbox, address_fault, mailbox
from generator.model.address import is_readable, web_fault
from generator.model.settings import SettingsError
from generator.model.vocabulary import Newsletter
from generator.web.addresses import LOOPBACK

SECURITY = {"starttls": 587, "tls": 465, "none": 25}
"""How a connection is kept from listeners, with the usual port of each (RFC 8314, section 3.3, for `tls`)."""
JOURNAL = "mail-journal.sqlite"
_LIST_ID = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
BUTTONDOWN = "https://api.buttondown.com"


class Smtp(Struct, frozen=True):
    """The server that takes the mail. Who may use it is said in the environment, never here."""

    host: str
    port: int
    security: str = "starttls"
    rate: int = 60
    """Messages a minute."""
    timeout: int = 60
    """Seconds for each answer of the server."""


class Listmonk(Struct, frozen=True):
    """A listmonk server and the lists there that get the edition."""

    url: str
    lists: tuple[int, ...]
    template: int | None = None


class MailSettings(Struct, frozen=True):
    """The settings of mail."""

    sender: Mailbox
    postal_address: str
    """The sender's address, which the law of many countries asks for; lines as they are to be shown."""
    unsubscribe: str
    """An https address with `{token}`."""
    list_id: str
    reply_to: Mailbox | None = None
    smtp: Smtp | None = None
    subscribers: str | None = None
    """The CSV file, from the folder of `mkdocs.yml`."""
    journal: str = JOURNAL
    """What was sent to whom, from the folder of `mkdocs.yml`."""
    buttondown: str = BUTTONDOWN
    """Where Buttondown's API is."""
    listmonk: Listmonk | None = None
    private: bool = False
    """Whether a service may stand in the network of this machine."""
    leave_out: tuple[str, ...] = ()
    """Parts of stories that are read on the site only, by id."""
    passages: bool = True
    """Whether the list of sources quotes them."""


def mail_settings(given: Mapping[str, Any], newsletter: Newsletter | None = None) -> MailSettings:
    """The settings of a mapping, which may leave out what follows from the newsletter.

    Where the newsletter is not known yet, what depends on it is not judged. Raises `SettingsError` with every fault.
    """
    return _Reader(given, newsletter).settings()


class _Reader:
    """Takes fields out of a mapping one by one and notes what is wrong with them."""

    def __init__(
        self,
        given: Mapping[str, Any],
        newsletter: Newsletter | None,
        prefix: str = "mail",
        faults: list[str] | None = None,
    ) -> None:
        self._given, self._newsletter = dict(given), newsletter
        self._prefix = prefix
        self.faults: list[str] = [] if faults is None else faults

    def settings(self) -> MailSettings:
        found = MailSettings(
            sender=self._mailbox("sender", needed=True) or Mailbox(""),
            postal_address=self._text("postal_address", needed=True),
            unsubscribe=self._unsubscribe(),
            list_id=self._list_id(),
            reply_to=self._mailbox("reply_to"),
            smtp=self._smtp(),
            subscribers=self._text("subscribers") or None,
            journal=self._text("journal") or JOURNAL,
            buttondown=self._web("buttondown") or BUTTONDOWN,
            listmonk=self._listmonk(),
            private=self._switch("private", False),
            leave_out=self._parts(),
            passages=self._switch("passages", True),
        )
        self._done()
        if self.faults:
            raise SettingsError(self.faults)
        return found

    def _smtp(self) -> Smtp | None:
        inner = self._inner("smtp")
        if inner is None:
            return None
        host, security = inner._text("host", needed=True), inner._text("security") or "starttls"
        if security not in SECURITY:
            inner._fault("security", f"is `{security}`; it can be {', '.join(SECURITY)}")
        elif security == "none" and host not in LOOPBACK:
            inner._fault("security", "can be `none` for a server on this machine only: others need starttls or tls")
        port = inner._number("port", SECURITY.get(security, 0), 65535)
        rate, timeout = inner._number("rate", 60, 6000), inner._number("timeout", 60, 600)
        inner._done()
        return Smtp(host, port, security, rate, timeout)

    def _listmonk(self) -> Listmonk | None:
        inner = self._inner("listmonk")
        if inner is None:
            return None
        url, lists = inner._web("url", needed=True), inner._given.pop("lists", None)
        if not isinstance(lists, list) or not lists or not all(type(item) is int and item > 0 for item in lists):
            inner._fault("lists", "needs the numbers of the lists there, such as [1, 3]")
            lists = []
        template = inner._number("template", 0, 2**31) or None
        inner._done()
        return Listmonk(url, tuple(lists), template)

    def _inner(self, name: str) -> _Reader | None:
        given = self._given.pop(name, None)
        if given is None:
            return None
        if isinstance(given, dict):
            return _Reader(given, self._newsletter, f"{self._prefix}.{name}", self.faults)
        self._fault(name, "is not a mapping")
        return None

    def _text(self, name: str, needed: bool = False) -> str:
        value = self._given.pop(name, None)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if value is not None:
            self._fault(name, "is not a text")
        elif needed:
            self._fault(name, "is missing")
        return ""

    def _number(self, name: str, usual: int, most: int) -> int:
        value = self._given.pop(name, usual)
        if type(value) is int and (0 < value <= most or value == usual):
            return value
        self._fault(name, f"is not a whole number from 1 to {most}")
        return usual

    def _mailbox(self, name: str, needed: bool = False) -> Mailbox | None:
        text = self._text(name, needed)
        found = mailbox(text) if text else None
        if found and (fault := address_fault(found.address)):
            self._fault(name, f"has the address `{found.address}`, and {fault}")
        return found

    def _list_id(self) -> str:
        text = self._text("list_id") or f"editions.{self._newsletter.authority if self._newsletter else 'example.org'}"
        if not _LIST_ID.match(text):
            self._fault("list_id", "is not of the form editions.example.org (RFC 2919)")
        return text

    def _parts(self) -> tuple[str, ...]:
        given = self._given.pop("leave_out", [])
        if not isinstance(given, list):
            self._fault("leave_out", "is not a list of parts")
            return ()
        known = self._newsletter.parts if self._newsletter else given
        for part in given:
            if part not in known:
                self._fault("leave_out", f"names `{part}`; the parts are {', '.join(known)}")
        return tuple(map(str, given))

    def _switch(self, name: str, usual: bool) -> bool:
        value = self._given.pop(name, usual)
        if not isinstance(value, bool):
            self._fault(name, "is neither true nor false")
        return bool(value)

    def _unsubscribe(self) -> str:
        text = self._text("unsubscribe", needed=True)
        if not text:
            return ""
        plain = text.replace("{token}", "t")
        if "{token}" not in text or set(plain) & set("{}"):
            self._fault("unsubscribe", "needs `{token}` where each subscriber's own goes, and no other braces")
        elif fault := web_fault(plain) or ("" if plain.startswith("https://") else "it is not https"):
            self._fault("unsubscribe", f"cannot be the address of one click (RFC 8058): {fault}")
        return text

    def _web(self, name: str, needed: bool = False) -> str:
        """An address to which secrets are sent: https, or a server on this machine."""
        text = self._text(name, needed).rstrip("/")
        if text and not is_readable(text):
            self._fault(name, "cannot be read as an address")
        elif text:
            parts = urlsplit(text)
            if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
                self._fault(name, "is not an https address: a secret is sent there")
        return text

    def _fault(self, name: str, what: str) -> None:
        self.faults.append(f"`{self._prefix}.{name}` {what}")

    def _done(self) -> None:
        """Note every field that nobody asked for."""
        for name in self._given:
            self._fault(str(name), "is not a setting")
