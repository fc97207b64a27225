"""Characters with a meaning of their own: those that no text may hold, and the blank between two cells of a table.

No text may hold control characters, overrides of the text's direction, and lost letters.
"""

from __future__ import annotations

import html
import re

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
"""Invisible characters that XML or HTML forbids."""
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Characters that make text read differently than it is written (Unicode's bidirectional overrides and isolates)."""
LOST = re.compile("\ufffd")
"""The replacement character, for a letter lost in decoding."""
ODD = re.compile(f"[{''.join(kind.pattern.strip('[]') for kind in (CONTROL, DIRECTION, LOST))}]")
"""Any of these."""

_ANY_REFERENCE = re.compile(r"&#?\w+;")
_REFERENCE = re.compile(r"&#(?:[xX][0-9a-fA-F]{1,6}|[0-9]{1,7});?")


CELL = "\u2003"
"""A blank between the words of two cells of a table, which make no name together: `Independent | 8`."""
INVISIBLE = r"\u200b-\u200f\u2060\ufeff"
"""Characters of no width that come with copied text, as the inside of a pattern's brackets."""


def code_point(character: str) -> str:
    """How Unicode names a character: `U+00A0`."""
    return f"U+{ord(character):04X}"


def one_line(text: str) -> str:
    """Others' words on one line, without characters that end a line in some format or move a terminal's cursor."""
    if not text.isprintable():
        text = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(text.split())


def without_disguise(text: str) -> str:
    """The text with numeric character references (`&#8238;`) resolved."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&#" in text else text


def unescaped(text: str) -> str:
    """The text with all character references resolved. One without its semicolon is left: `Fish &copy chips`."""
    return _ANY_REFERENCE.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text


def harmless(text: str) -> str:
    """The text with numeric references to forbidden characters replaced by the replacement character."""
    if "&#" not in text:
        return text

    def checked(found: re.Match[str]) -> str:
        character = html.unescape(found[0])
        return "\ufffd" if CONTROL.search(character) or DIRECTION.search(character) else found[0]

    return _REFERENCE.sub(checked, text)


def sound(text: str) -> str:
    """Others' text without the forbidden characters, some of which would control a terminal."""
    return ODD.sub("", text)
