"""The words of an author's Markdown, with every character at its original offset.

Findings must be shown at their line and column, so markup is covered rather than removed. `plain` gives the words
without the cover, and `offset` maps from them back to the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from generator.texts.characters import CELL
from generator.texts.fences import without_code
from generator.texts.patterns import CITED, late

COVER = "\0"
"""Replaces each character that readers do not see."""

_CITATION = re.compile(rf"\[({CITED})\]")
_LINK = re.compile(r"\[([^\]\[\n]*)\](\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))")
_BLOCK_MARKS = re.compile(r"\n[ \t]*(?:#{1,6}|>|[-*+](?=[ \t])|\d{1,3}\.(?=[ \t]))[ \t]*")
"""Matches behind a line end, so one is put before the first line: faster to find than `^`."""
_QUOTE_MARKS = late(r"\n[ \t]*(?:(?:[-*+]|\d{1,3}\.)[ \t]+)?>[ \t>]*(?:(?:#{1,6}|[-*+]|\d{1,3}\.)(?=[ \t])[ \t]*)?")
"""The marks of a line of a block quotation, also of one in a list, and those within it."""
_CODE = late(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});")
"""A character reference: `&amp;`."""
_QUOTATION_MARKS = dict.fromkeys(map(ord, "\"'“”„‘’«»「」"), COVER)
_UNSURE_MARKS = re.compile(r"_+(?!\w)|(?<!\w)_+|\\(?=[^\w\s])")
"""Marks that may also be ordinary characters."""


@lru_cache(maxsize=512)
def covered(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text with its markup covered, a bar by `CELL`, and the inside of each citation (`@a; @b`) with its offset."""
    found = tuple(_CITATION.finditer(text)) if "[@" in text else ()
    citations = tuple((citation.start(1), citation[1]) for citation in found)
    text = _without(text, found)
    if "](" in text:
        text = _LINK.sub(lambda found: COVER + found[1] + COVER * (len(found[2]) + 1), text)
    text = without_code(text, COVER)  # which says nothing about the world
    if "`" in text:  # a quotation in code is nobody's words
        text = _CODE.sub(lambda found: found[0].translate(_QUOTATION_MARKS), text)
    text = f"\n{text}"
    if ">" in text:
        text = _QUOTE_MARKS.sub(_cover, text)
    text = _BLOCK_MARKS.sub(_cover, text)[1:]
    for mark in "*`":
        text = text.replace(mark, COVER)
    if "|" in text:
        text = text.replace(CELL, " ").replace("|", CELL)
    if "_" in text or "\\" in text:
        text = _UNSURE_MARKS.sub(_cover, text)
    return _REFERENCE.sub(_character, text) if "&" in text else text, citations


def _character(found: re.Match[str]) -> str:
    """The character of a reference, padded with cover; a reference to two characters is kept as it is."""
    meant = html.unescape(found[0])
    return (meant if meant != "\n" else " ").ljust(len(found[0]), COVER) if len(meant) == 1 else found[0]


def _without(text: str, citations: Sequence[re.Match[str]]) -> str:
    """A text with its citations covered, and the blanks before each."""
    parts, end = [], 0
    for citation in citations:
        words = text[end : citation.start()].rstrip()
        parts += [words, COVER * (citation.end() - end - len(words))]
        end = citation.end()
    return "".join((*parts, text[end:]))


def _cover(found: re.Match[str]) -> str:
    """Cover a match character by character, except for a leading line end."""
    return f"\n{COVER * (len(found[0]) - 1)}" if found[0][0] == "\n" else COVER * len(found[0])


_GROUPING = late(r"((?<=\d)[\u00a0\u2009\u202f](?=\d{3}))")
"""A blank inside a number, where no line breaks."""
_HELD = ("\u00a0", "\u2009", "\u202f")


def plain(covered_text: str) -> str:
    """The words alone, with blanks folded except inside numbers, and `CELL` between those of two cells."""
    words = covered_text.replace(COVER, "")
    if words.isascii():
        return " ".join(words.split())
    return CELL.join(folded for cell in words.split(CELL) if (folded := _folded(cell)))


def _folded(words: str) -> str:
    return "".join(part if part in _HELD else " ".join(part.split()) for part in _GROUPING.split(words))


def offset(covered_text: str, start: int, in_plain: int) -> int:
    """Map an offset in `plain(covered_text[start:...])` to one in the covered text."""
    words = plain(covered_text[start:])
    left = sum(not c.isspace() for c in words[:in_plain])
    for at in range(start, len(covered_text)):
        if covered_text[at] != COVER and not covered_text[at].isspace():
            if left == 0:
                return at
            left -= 1
    return len(covered_text)


_LONGEST = 160
"""Most characters of an excerpt. No writer repeats this many word for word."""


def excerpt(text: str, sentence: int, in_plain: int, words: str) -> str:
    """Return text from a claim on that is long enough to be unique, so that its place can be found.

    `sentence` is the offset of the claim's sentence in the text, `in_plain` that of the claim in the sentence's words.
    """
    shown = covered(text)[0]
    at = offset(shown, sentence, in_plain)
    line = text.find("\n", at)
    end = min(line if line >= 0 else len(text), at + max(_LONGEST, len(words)))
    last = offset(shown, sentence, in_plain + len(words) - 1) if words else at
    behind = found.end() if (found := _REFERENCE.match(text, last)) else last + 1
    for length in range(behind - at, end - at + 1):
        if text.count(text[at : at + length]) == 1:
            return text[at : at + length]
    return text[at:end] or words
