"""Whether words are in a text word for word, regardless of typography.

White space, dashes, quotation marks, ligatures, case and the final stop may differ. An ellipsis leaves words out;
square brackets insert words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from generator.texts.patterns import late, places_whole
from generator.texts.typography import fold

ENDS = " .,;:!?'\"-"
"""Characters that quoted words may begin or end with without their being in the text."""
_GAP = late(r"\s*(?:\[?(?:…|\.\s?\.\s?\.)\]?|\[[^\[\]]{2,}\])\s*")
_LETTER = re.compile(r"\[(\w)\]")
"""A letter whose case was changed."""


def pieces_of(words: str) -> list[str]:
    """Quoted words split where something is left out or inserted, each piece folded."""
    return [piece for gap in _GAP.split(_LETTER.sub(r"\1", words)) if (piece := fold(gap).strip(ENDS))]


def ends_of(pieces: list[str], folded: str, at: int) -> Iterator[tuple[int, int]]:
    """Start and end of each piece in a folded text, in order, from an offset on. Stops at the first missing piece."""
    for piece in pieces:
        at = next(places_whole(piece, folded, at), -1)
        if at < 0:
            return
        yield at, at + len(piece)
        at += len(piece)


def stands_in(words: str, folded: str) -> bool:
    """Whether words are in a folded text."""
    pieces = pieces_of(words)
    return len(list(ends_of(pieces, folded, 0))) == len(pieces)


def missing(passages: Iterable[str], text: str) -> tuple[str, ...]:
    """The passages that are not in a text."""
    folded = fold(text)
    return tuple(passage for passage in passages if not stands_in(passage, folded))


def unfolded(text: str, folded: str, offset: int) -> int:
    """Convert an offset in the folded form of a text to one in the text."""
    if len(text) == len(folded) and text.isascii():
        return offset
    return bisect_left(range(len(text) + 1), offset + 1, key=lambda end: len(fold(text[:end]))) - 1
