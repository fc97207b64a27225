"""Whether words stand in a text word for word, regardless of typography.

White space, dashes, quotation marks, ligatures, the case of letters and the stop at the end may differ. An ellipsis
leaves words out; square brackets put words in.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from generator.model.patterns import late, places_whole
from generator.model.typography import fold

ENDS = " .,;:!?'\"-"
"""What may stand at either end of quoted words and not in the text."""
_GAP = late(r"\s*(?:\[?(?:…|\.\s?\.\s?\.)\]?|\[[^\[\]]{2,}\])\s*")
_LETTER = re.compile(r"\[(\w)\]")
"""A letter that was made large or small."""


def pieces_of(words: str) -> list[str]:
    """The pieces of quoted words between which something is left out or put in, folded."""
    return [piece for gap in _GAP.split(_LETTER.sub(r"\1", words)) if (piece := fold(gap).strip(ENDS))]


def ends_of(pieces: list[str], folded: str, at: int) -> Iterator[tuple[int, int]]:
    """Start and end of each piece in a folded text, in their order from an offset on; fewer where one is missing."""
    for piece in pieces:
        at = next(places_whole(piece, folded, at), -1)
        if at < 0:
            return
        yield at, at + len(piece)
        at += len(piece)


def stands_in(words: str, folded: str) -> bool:
    """Whether words stand in a folded text."""
    pieces = pieces_of(words)
    return len(list(ends_of(pieces, folded, 0))) == len(pieces)


def missing(passages: Iterable[str], text: str) -> tuple[str, ...]:
    """The passages that do not stand in a text."""
    folded = fold(text)
    return tuple(passage for passage in passages if not stands_in(passage, folded))


def unfolded(text: str, folded: str, offset: int) -> int:
    """The offset in a text of a character of its folded form."""
    if len(text) == len(folded) and text.isascii():
        return offset
    return bisect_left(range(len(text) + 1), offset + 1, key=lambda end: len(fold(text[:end]))) - 1
