"""Normalise texts to compare them regardless of blanks, quotation marks, dashes and ligatures."""

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
    """A text with plain typography: texts that differ only in typography give the same result.

    Blanks are collapsed, quotation marks and dashes are ASCII, and letters are composed (Unicode NFC).
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_PLAIN)
    if "''" in text:
        text = _DOUBLED.sub('"', text)
    if "-" in text:
        text = _DASHES.sub("-", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """A text folded for searching; this goes further than `plain`.

    Ligatures, superscripts, subscripts, wide letters and fractions are decomposed (Unicode NFKC), case is folded, and
    there is one kind of quotation mark.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_UNSEEN)
    return _DASHES.sub("-", " ".join(text.casefold().replace('"', "'").replace("''", "'").split()))
