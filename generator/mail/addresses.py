"""Mail addresses: which ones can be written to, and the token with which one subscriber unsubscribes."""

from __future__ import annotations

import base64
import hmac
import re
from email.utils import getaddresses

from msgspec import Struct

ADDRESS_LIMIT = 254
"""Characters (RFC 5321, section 4.5.3.1.3, without the angle brackets)."""
LOCAL_LIMIT = 64
_ATOMS = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOMS}(?:\.{_ATOMS})*@{_LABEL}(?:\.{_LABEL})+\Z")
"""The dot-atom form of RFC 5322, section 3.4.1, which real mailboxes have."""
SIGNATURE_BYTES = 18


class Mailbox(Struct, frozen=True):
    """An address and the name of its owner, which may be empty."""

    address: str
    name: str = ""


def mailbox(text: str) -> Mailbox:
    """Parse `The Footnote <desk@footnote.example>` or a bare address; check the result with `address_fault`."""
    found = getaddresses([text])
    return Mailbox(found[0][1], found[0][0]) if len(found) == 1 and found[0][1] else Mailbox(text)


def address_fault(address: str) -> str | None:
    """Why no mail can go to an address, in a few words; None if it can."""
    if "@" not in address:
        return "it has no @"
    if not address.isascii():
        return "it has letters beyond ASCII: write its domain in the xn-- form"
    if len(address) > ADDRESS_LIMIT or len(address.rsplit("@", 1)[0]) > LOCAL_LIMIT:
        return "it is too long"
    return None if _ADDRESS.match(address) else "it is not of the form name@example.org"


def same_mailbox(address: str) -> str:
    """Normalise an address, so that spellings of the same mailbox are equal: letter case does not count."""
    return address.lower()


def token(secret: str, list_id: str, address: str) -> str:
    """Return a subscriber's signed token for the link to unsubscribe: `address.signature`. It needs the secret.

    Both are URL-safe base64 without padding: the address in lower case, and the first 18 bytes of HMAC-SHA-256 over the
    list's id, a line feed and that address. The address is not readable in logs along the way.
    """
    who = same_mailbox(address)
    signature = hmac.digest(secret.encode(), f"{list_id}\n{who}".encode(), "sha256")[:SIGNATURE_BYTES]
    return f"{_base64(who.encode())}.{_base64(signature)}"


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
