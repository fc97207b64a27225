"""Put a passage between quotation marks, and change the marks inside it to inner ones: “‘We are done,’ she said”.

A passage that is one quotation from end to end gets no second pair. Only marks change, never a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

_STRAIGHT = '"'
CLOSED_BY = {'"': '"', "“": "”", "”": "”“", "„": "“”", "«": "»", "»": "«", "「": "」"}
"""Closing marks by opening mark: each language has its own pairs."""
_MARKS = frozenset("".join((*CLOSED_BY, *CLOSED_BY.values())))
_FOREIGN = "„"
"""An opening mark whose closing mark is the opening one in English."""
_CLOSES_FOREIGN = "“”"
_OPENS_AFTER = " \t\n\xa0\u202f([{-–—/‘'"


PASSAGE_WORDS = 50
"""Most words of a passage: a quotation is short, and anything longer is somebody else's text."""


class Marks(NamedTuple):
    """The quotation marks of a page."""

    opens: str
    closes: str
    inner_opens: str
    inner_closes: str


def is_short(passage: str) -> bool:
    """Whether a passage has at most `PASSAGE_WORDS` words."""
    return len(passage.split()) <= PASSAGE_WORDS


def quoted(pieces: Sequence[str], marks: Marks) -> list[str]:
    """The pieces of a passage, with a page's quotation marks around them all, and inner marks for its own."""
    passage = "".join(pieces)
    changed = dict(_within(passage, marks)) if not _MARKS.isdisjoint(passage) else {}
    result, at = [], 0
    for piece in pieces:
        spots = [number for number in changed if at <= number < at + len(piece)] if changed else ()
        parts = list(piece)
        for number in spots:
            parts[number - at] = changed[number]
        result.append("".join(parts) if spots else piece)
        at += len(piece)
    result[0] = marks.opens + result[0]
    result[-1] += marks.closes
    return result


_TOLD = Marks("“", "”", "‘", "’")


def as_quoted(words: str) -> str:
    """Words of a source quoted for a message. A quotation mark at either end that has lost its partner is removed."""
    if sum(mark in _MARKS for mark in words) % 2:
        words = words[:-1] if words[-1] in _MARKS else words[1:] if words[0] in _MARKS else words
    return quoted((words,), _TOLD)[0]


def _within(passage: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """The offsets of marks to change in a passage, and their replacements."""
    if _is_one_quotation(passage):
        yield 0, ""
        yield len(passage) - 1, ""
        return
    opens, closes = _pair(passage, marks)
    is_open = False
    for at, mark in enumerate(passage):
        if mark == _STRAIGHT:
            begins = not is_open and (at == 0 or passage[at - 1] in _OPENS_AFTER)
            if begins or is_open:
                yield at, marks.inner_opens if begins else marks.inner_closes
                is_open = begins
        elif mark == opens or mark in closes:
            yield at, marks.inner_opens if mark == opens and (opens != closes or not is_open) else marks.inner_closes
            is_open = not is_open


def _pair(passage: str, marks: Marks) -> tuple[str, str]:
    """The mark that opens quotations inside a passage, and those that close them; empty if all stay as they are.

    It is the page's own mark. On a page that uses „ it may be the English one, which looks like the closing mark there.
    """
    opens, closes = marks.opens.strip(), marks.closes.strip()
    if opens == _FOREIGN:
        at = passage.find("“")
        is_english = _FOREIGN not in passage and at >= 0 and (at == 0 or passage[at - 1] in _OPENS_AFTER)
        return ("“", "”") if is_english else (_FOREIGN, _CLOSES_FOREIGN)
    return ("", "") if _FOREIGN in passage else (opens, closes)


def _is_one_quotation(passage: str) -> bool:
    """Whether a passage begins with a quotation mark that its last character closes, with no other one between."""
    if len(passage) < 3 or passage[-1] not in CLOSED_BY.get(passage[0], ""):
        return False
    return _MARKS.isdisjoint(passage[1:-1])
