"""Whether words stand in a text, however the text is set."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′`´", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_LEFT_OUT = re.compile(r"\s*(?:\[?(?:…|\.\.\.)\]?)\s*")


def fold(text: str) -> str:
    """A text without what typesetting changes: blanks, quotation marks, dashes, ligatures, letter case."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).split()).casefold()


def stands_in(passage: str, folded: str) -> bool:
    """Whether a passage stands in a folded text; words left out with an ellipsis may be any."""
    at = 0
    for piece in filter(None, map(fold, _LEFT_OUT.split(passage))):
        found = folded.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def missing(passages: Iterable[str], text: str) -> tuple[str, ...]:
    """The passages that do not stand in a text."""
    folded = fold(text)
    return tuple(passage for passage in passages if not stands_in(passage, folded))
