"""Build the mail around an edition (its headers and its two bodies) as bytes to be sent.

RFC 5322 (headers), RFC 2046, section 5.1.4 (`multipart/alternative`), RFC 2919 (`List-Id`), RFC 2369 and RFC 8058
(`List-Unsubscribe`, and that one click is enough).
"""

from __future__ import annotations

import hashlib
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy
from typing import Any

from generator.mail.addresses import Mailbox
from generator.mail.settings import MailSettings
from generator.mail.twins import Twins
from generator.model.characters import CONTROL
from generator.model.content import Edition
from generator.model.vocabulary import Newsletter

_UNFOLDABLE = ("list-unsubscribe", "list-unsubscribe-post", "list-id", "message-id")


class _Wire(EmailPolicy):
    """The library's policy for SMTP, except that it leaves addresses whole.

    It would write one that is longer than a line as an encoded word, which no mail program takes for an address.
    """

    def fold(self, name: str, value: Any) -> str:
        if name.lower() in _UNFOLDABLE:
            return f"{name}: {value}{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() in _UNFOLDABLE:
            return self.fold(name, value).encode("ascii")
        return super().fold_binary(name, value)


WIRE = _Wire(linesep=SMTP.linesep)


def message_id(newsletter: Newsletter, edition: Edition) -> str:
    """The edition's one id, the same for every reader and every try: whoever gets it twice is shown it once."""
    return f"<edition.{edition.first_slug}@{newsletter.authority}>"


def message(
    newsletter: Newsletter, edition: Edition, settings: MailSettings, to: Mailbox, way_out: str, bodies: Twins
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
    """A text as the value of a header: one line, without the control characters that could begin another."""
    return " ".join(CONTROL.sub(" ", text).split())


def _written(who: Mailbox) -> Address:
    return Address(header_text(who.name), addr_spec=who.address)


def _boundary(id_: str) -> str:
    """A boundary that no body can hold: in quoted-printable text an underscore never follows an equals sign."""
    return f"=_{hashlib.sha256(id_.encode()).hexdigest()[:32]}"
