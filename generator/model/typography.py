"""What typography may change without changing what is said: blanks, quotation marks, dashes."""

from __future__ import annotations

import re
import unicodedata

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ′`´", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\xad\u200b\ufeff", ""),
        "…": "...",
    }
)
_DASHES = re.compile(r"\s*-+\s*")
_DOUBLED = re.compile(r"''")


def plain(text: str) -> str:
    """A text as any typesetter would set it: two texts that differ by typography alone give one result.

    Blanks are folded; quotation marks and dashes are those of a typewriter; letters are composed (Unicode NFC).
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if "''" in text:
        text = _DOUBLED.sub('"', text)
    if "-" in text:
        text = _DASHES.sub("-", text)
    return " ".join(text.split())
