"""Compare texts regardless of typography: of blanks, quotation marks, dashes and ligatures."""

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
_UNSEEN = str.maketrans({**dict.fromkeys("\u200c\u200d\u2060"), "\N{FRACTION SLASH}": "/"})
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


def fold(text: str) -> str:
    """A text as words are looked for in it, however they were set: `plain`, and more.

    Ligatures, raised and lowered digits, wide letters and fractions are taken apart (Unicode NFKC), letters are small,
    and there is one kind of quotation mark.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_UNSEEN)
    return _DASHES.sub("-", " ".join(text.casefold().replace('"', "'").replace("''", "'").split()))
