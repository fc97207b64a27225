"""The words of an author's Markdown, with every character still at its place.

Findings must be shown at their line and column, so the text is read as it was written: markup is not taken out but
covered. `plain` gives the words without the cover, and `offset` leads from them back into the text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache

from generator.model.patterns import CITED, late

COVER = "\0"
"""What stands for a character that readers do not see."""

_CITATION = re.compile(rf"\[({CITED})\]")
_LINK = re.compile(r"\[([^\]\[\n]*)\](\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))")
_BLOCK_MARKS = re.compile(r"\n[ \t]*(?:#{1,6}|>|[-*+](?=[ \t])|\d{1,3}\.(?=[ \t]))[ \t]*")
"""A line begins behind a line end, the first one too when one is put before it: that is found faster than by `^`."""
_CODE = late(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_FENCED = late(r"^(?P<fence>~{3,}|`{3,})[^`\n]*\n(?:.*?\n)??(?P=fence)[ \t]*$", re.DOTALL | re.MULTILINE)
"""Lines of code, which tell nothing of the world."""
_NOT_A_LINE_END = re.compile(r"[^\n]")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][0-9A-Za-z]{1,31});")
"""What stands for a character: `&amp;`."""
_QUOTATION_MARKS = dict.fromkeys(map(ord, "\"'“”„‘’«»「」"), COVER)
_UNSURE_MARKS = re.compile(r"_+(?!\w)|(?<!\w)_+|\\(?=[^\w\s])")
"""Marks that may also be characters like any other."""


@lru_cache(maxsize=512)
def covered(text: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """The text with its markup covered, and the inside of each citation (`@a; @b`) with its offset."""
    found = tuple(_CITATION.finditer(text)) if "[@" in text else ()
    citations = tuple((citation.start(1), citation[1]) for citation in found)
    text = _without(text, found)
    if "](" in text:
        text = _LINK.sub(lambda found: COVER + found[1] + COVER * (len(found[2]) + 1), text)
    if "```" in text or "~~~" in text:
        text = _FENCED.sub(lambda found: _NOT_A_LINE_END.sub(COVER, found[0]), text)
    if "`" in text:  # what is quoted in a program is nobody's word
        text = _CODE.sub(lambda found: found[0].translate(_QUOTATION_MARKS), text)
    text = _BLOCK_MARKS.sub(_cover, f"\n{text}")[1:]
    for mark in "*`|":
        text = text.replace(mark, COVER)
    if "_" in text or "\\" in text:
        text = _UNSURE_MARKS.sub(_cover, text)
    return _REFERENCE.sub(_character, text) if "&" in text else text, citations


def _character(found: re.Match[str]) -> str:
    """The character that a reference stands for, and cover behind it; one of two characters is left as it is."""
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
    """Cover what a pattern found, character for character, but for a line end at the beginning."""
    return f"\n{COVER * (len(found[0]) - 1)}" if found[0][0] == "\n" else COVER * len(found[0])


_GROUPING = re.compile(r"((?<=\d)[\u00a0\u2009\u202f](?=\d{3}))")
"""A blank within a number, at which no line breaks."""
_HELD = ("\u00a0", "\u2009", "\u202f")


def plain(covered_text: str) -> str:
    """The words alone, blanks folded, but for those within a number."""
    words = covered_text.replace(COVER, "")
    if words.isascii():
        return " ".join(words.split())
    return "".join(part if part in _HELD else " ".join(part.split()) for part in _GROUPING.split(words))


def offset(covered_text: str, start: int, in_plain: int) -> int:
    """Where a character of `plain(covered_text[start:...])` stands in the covered text."""
    words = plain(covered_text[start:])
    left = sum(not c.isspace() for c in words[:in_plain])
    for at in range(start, len(covered_text)):
        if covered_text[at] != COVER and not covered_text[at].isspace():
            if left == 0:
                return at
            left -= 1
    return len(covered_text)


_LONGEST = 160
"""Characters of an excerpt. A text that says as many twice, word for word, is that of no writer."""


def excerpt(text: str, sentence: int, in_plain: int, words: str) -> str:
    """Words of a text by which a claim's place can be found: as many behind it as make them the only ones.

    `sentence` is the offset of the claim's sentence in the text, `in_plain` the claim's offset in the words of it.
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
