"""The option `mail` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from generator.mail.addresses import Mailbox, address_fault, mailbox
from generator.model.address import is_readable, web_fault
from generator.model.vocabulary import Newsletter
from generator.settings import Settings, refuse_faults
from generator.web.addresses import LOOPBACK

SECURITY = {"starttls": 587, "tls": 465, "none": 25}
"""How to encrypt a connection, with the usual port of each (RFC 8314, section 3.3, for `tls`)."""
JOURNAL = "mail-journal.sqlite"
_LIST_ID = re.compile(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
BUTTONDOWN = "https://api.buttondown.com"


class Smtp(Struct, frozen=True):
    """The server that takes the mail. Credentials come from the environment, never from here."""

    host: str
    port: int
    security: str = "starttls"
    rate: int = 60
    """Messages a minute."""
    timeout: int = 60
    """Seconds for each answer of the server."""


class Listmonk(Struct, frozen=True):
    """A listmonk server and its lists that get the edition."""

    url: str
    lists: tuple[int, ...]
    template: int | None = None


class MailSettings(Struct, frozen=True):
    sender: Mailbox
    postal_address: str
    """The sender's address, which the law of many countries requires, in lines as they are shown."""
    unsubscribe: str
    """An https address with `{token}`."""
    list_id: str
    reply_to: Mailbox | None = None
    smtp: Smtp | None = None
    subscribers: str | None = None
    """The CSV file, relative to the folder of `mkdocs.yml`."""
    journal: str = JOURNAL
    """The journal of what was sent to whom, relative to the folder of `mkdocs.yml`."""
    buttondown: str = BUTTONDOWN
    """The address of Buttondown's API."""
    listmonk: Listmonk | None = None
    private: bool = False
    """Whether a service may be on a private network."""
    leave_out: tuple[str, ...] = ()
    """Ids of story parts that only the site has."""
    passages: bool = True
    """Whether the list of sources quotes passages."""


def mail_settings(given: Mapping[str, Any], newsletter: Newsletter | None = None) -> MailSettings:
    """Settings from a mapping, with defaults that depend on the newsletter.

    Without a newsletter, what depends on it is not checked. Raises `SettingsError` with every fault.
    """
    option = Settings("mail", given)
    found = MailSettings(
        sender=_mailbox(option, "sender", needed=True, like='"The Desk <desk@news.example>"') or Mailbox(""),
        postal_address=option.text("postal_address", needed=True, like='"The Desk, 1 Main Street, Springfield"'),
        unsubscribe=_unsubscribe(option),
        list_id=_list_id(option, newsletter),
        reply_to=_mailbox(option, "reply_to"),
        smtp=_smtp(option.inner("smtp")),
        subscribers=option.text("subscribers") or None,
        journal=option.text("journal", JOURNAL),
        buttondown=_secret_web(option, "buttondown", BUTTONDOWN),
        listmonk=_listmonk(option.inner("listmonk")),
        private=option.switch("private"),
        leave_out=_parts(option, newsletter),
        passages=option.switch("passages", True),
    )
    refuse_faults(option)
    return found


def _smtp(option: Settings | None) -> Smtp | None:
    if option is None:
        return None
    host, security = option.text("host", needed=True), option.choice("security", SECURITY, "starttls")
    if security == "none" and host not in LOOPBACK:
        option.fault("security", "can be `none` for a server on this machine only: others need starttls or tls")
    port = option.whole("port", SECURITY.get(security, 0), 1, 65535)
    return Smtp(host, port, security, option.whole("rate", 60, 1, 6000), option.whole("timeout", 60, 1, 600))


def _listmonk(option: Settings | None) -> Listmonk | None:
    if option is None:
        return None
    url, lists = _secret_web(option, "url", needed=True), option.take("lists")
    if not isinstance(lists, list) or not lists or not all(type(item) is int and item > 0 for item in lists):
        option.fault("lists", "needs the numbers of the lists there, such as [1, 3]")
        lists = []
    return Listmonk(url, tuple(lists), option.whole("template", 0, 0, 2**31) or None)


def _mailbox(option: Settings, name: str, *, needed: bool = False, like: str = "") -> Mailbox | None:
    text = option.text(name, needed=needed, like=like)
    found = mailbox(text) if text else None
    if found and (fault := address_fault(found.address)):
        option.fault(name, f"has the address `{found.address}`, and {fault}")
    return found


def _list_id(option: Settings, newsletter: Newsletter | None) -> str:
    text = option.text("list_id", f"editions.{newsletter.authority if newsletter else 'example.org'}")
    if not _LIST_ID.match(text):
        option.fault("list_id", "is not of the form editions.example.org (RFC 2919)")
    return text


def _parts(option: Settings, newsletter: Newsletter | None) -> tuple[str, ...]:
    given = option.several("leave_out")
    known = newsletter.parts if newsletter else given
    for part in given:
        if part not in known:
            option.fault("leave_out", f"names `{part}`; the parts are {', '.join(known)}")
    return tuple(map(str, given))


def _unsubscribe(option: Settings) -> str:
    text = option.text("unsubscribe", needed=True, like='"https://news.example/unsubscribe?{token}"')
    plain = text.replace("{token}", "t")
    if text and ("{token}" not in text or set(plain) & set("{}")):
        option.fault("unsubscribe", "needs `{token}` where each subscriber's own goes, and no other braces")
    elif text and (fault := web_fault(plain) or ("" if plain.startswith("https://") else "it is not https")):
        option.fault("unsubscribe", f"cannot be the address of one click (RFC 8058): {fault}")
    return text


def _secret_web(option: Settings, name: str, usual: str = "", *, needed: bool = False) -> str:
    """An address that secrets are sent to: https, or a server on this machine."""
    text = option.text(name, usual, needed=needed).rstrip("/")
    if text and not is_readable(text):
        option.fault(name, "cannot be read as an address")
    elif text:
        parts = urlsplit(text)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            option.fault(name, "is not an https address: a secret is sent there")
    return text
