"""Build the mail around an edition (its headers and its two bodies) as bytes to send.

RFC 5322 (headers), RFC 2046, section 5.1.4 (`multipart/alternative`), RFC 2919 (`List-Id`), RFC 2369 and RFC 8058
(`List-Unsubscribe`, in one click).
"""

from __future__ import annotations

import hashlib
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from generator.mail.addresses import Mailbox
from generator.mail.bodies import Bodies
from generator.mail.settings import MailSettings
from generator.model.content import Edition
from generator.model.vocabulary import Newsletter
from generator.texts.characters import CONTROL

_UNFOLDABLE = ("list-unsubscribe", "list-unsubscribe-post", "list-id", "message-id")
_OF_MAILBOXES = ("from", "to", "reply-to")
_OURS = (*_UNFOLDABLE, *_OF_MAILBOXES, "subject")
_ROOM = 600
"""Characters of a name on a single line: a line has at most 998 (RFC 5322, section 2.1.1)."""


class _Wire(EmailPolicy):
    """The library's policy for SMTP, except for text written by people, and for what is longer than a line.

    The library would write an address as an encoded word, which no mail program accepts; drop the quotation marks of a
    name, so that each comma in it begins another address; and lose the space where text beyond ASCII is folded. We also
    never decode text that looks like an encoded word: the result could begin another header.
    """

    def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
        if name.lower() != "subject":
            return super().header_store_parse(name, value)
        if "\r" in value or "\n" in value:
            raise ValueError("a subject is one line")
        return name, value

    def fold(self, name: str, value: Any) -> str:
        kind = name.lower()
        if kind not in _OURS or (kind == "subject" and _is_plain(value)):
            return str(super().fold(name, value))
        if kind in _OF_MAILBOXES:
            (one,) = value.addresses
            written = f"{_worded(one.display_name, name, self.linesep)}{self.linesep} <{one.addr_spec}>"
            return f"{name}: {str(one) if _is_plain(one.display_name) else written}{self.linesep}"
        if kind == "subject":
            return f"{name}: {_worded(value, name, self.linesep)}{self.linesep}"
        return f"{name}: {value}{self.linesep}"

    def fold_binary(self, name: str, value: Any) -> bytes:
        return self.fold(name, value).encode("ascii") if name.lower() in _OURS else super().fold_binary(name, value)


def _is_plain(text: str) -> bool:
    """Whether a text can be in a header unchanged."""
    return text.isascii() and "=?" not in text and len(text) < _ROOM


def _worded(text: str, header: str, linesep: str) -> str:
    """A text as encoded words (RFC 2047), one per line; the whitespace between them is not part of it."""
    return Header(text, "utf-8", header_name=header).encode(linesep=linesep)


WIRE = _Wire(linesep=SMTP.linesep)


def message_id(newsletter: Newsletter, edition: Edition) -> str:
    """The edition's id, equal for all readers and tries, so that mail programs show a mail sent twice once."""
    return f"<edition.{edition.first_slug}@{newsletter.authority}>"


def message(
    newsletter: Newsletter, edition: Edition, settings: MailSettings, to: Mailbox, way_out: str, bodies: Bodies
) -> bytes:
    """The mail of an edition to one reader, in ASCII with CRLF.

    `way_out` is the reader's own https address for unsubscribing. The same arguments give the same bytes.
    """
    mail = EmailMessage(policy=WIRE)
    mail["From"] = _written(settings.sender)
    mail["To"] = _written(to)
    if settings.reply_to:
        mail["Reply-To"] = _written(settings.reply_to)
    mail["Subject"] = header_text(bodies.title)
    mail["Date"] = edition.published
    mail["Message-ID"] = message_id(newsletter, edition)
    mail["List-Id"] = f"<{settings.list_id}>"
    mail["List-Unsubscribe"] = f"<{way_out}>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(bodies.text, cte="quoted-printable")
    mail.add_alternative(bodies.html, subtype="html", cte="quoted-printable")
    mail.set_boundary(_boundary(mail["Message-ID"]))
    return mail.as_bytes()


def header_text(text: str) -> str:
    """A text as a header's value: one line, without control characters that could begin another."""
    return " ".join(CONTROL.sub(" ", text).split())


def _written(who: Mailbox) -> Address:
    return Address(header_text(who.name), addr_spec=who.address)


def _boundary(id_: str) -> str:
    """A boundary that no body can contain: in quoted-printable text an underscore never follows an equals sign."""
    return f"=_{hashlib.sha256(id_.encode()).hexdigest()[:32]}"
