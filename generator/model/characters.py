"""Characters that no text may hold: control characters, overrides of the text's direction, lost letters."""

from __future__ import annotations

import html
import re

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Invisible, and forbidden in XML or HTML."""
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that make text read otherwise than it is written (Unicode's bidirectional overrides and isolates)."""
LOST = re.compile("\ufffd")
"""The mark of a letter that was lost on the way."""
ODD = re.compile(f"[{''.join(kind.pattern.strip('[]') for kind in (CONTROL, DIRECTION, LOST))}]")
"""Any of these."""

_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?")


def one_line(text: str) -> str:
    """Words of others on one line, without what ends a line in some format or moves the cursor of a terminal."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def without_disguise(text: str) -> str:
    """The text with characters that are written by their numbers (`&#8238;`) as themselves."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&#" in text else text


def harmless(text: str) -> str:
    """The text in which a number that stands for a forbidden character stands for a lost letter."""
    if "&#" not in text:
        return text

    def checked(found: re.Match[str]) -> str:
        character = html.unescape(found[0])
        return "\ufffd" if CONTROL.search(character) or DIRECTION.search(character) else found[0]

    return _REFERENCE.sub(checked, text)


def sound(text: str) -> str:
    """A text of strangers without the characters that no text may have: a terminal would obey some of them."""
    return ODD.sub("", text)
