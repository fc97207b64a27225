"""Block quotations: words that a page sets apart as those of somebody else, without quotation marks.

A paragraph of one is held like words in quotation marks, in an interview what stands behind the name of who says it.
Left to themselves are asides (`> **Note:** ...`), lists, headings and tables in it, and paragraphs with quotation marks
of their own, which say where the quotation ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from generator.texts.patterns import late
from generator.trace.markup import plain
from generator.trace.quotations import find

MARK = re.compile(r"[ \t]*(?:(?:[-*+]|\d{1,3}\.)[ \t]+)?>[ \t>]*")
"""What a line of a block quotation begins with, also that of one in a list."""
_OWN_BLOCK = re.compile(r"(?:[-*+]|\d{1,3}\.)[ \t]|[#|]|`{3}|~{3}|[A-ZÀ-Þ][\w.’'-]*:\s")
"""A list, a heading, a table, code, or words behind a label: `Q: ...`, `Note: ...`."""
_SPEAKER = re.compile(r"(?P<name>[A-ZÀ-Þ][\w.’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){1,3}):\s")
"""A full name before what somebody says in an interview."""
_BOLD = r"(?:\*\*|__)"
_ASIDE = late(rf"[^\w*\n]*{_BOLD}[^*\n]+?(?::{_BOLD}|{_BOLD}:|(?<![.!?…\"”»’]){_BOLD}[ \t]*(?:\n|\Z))|\[!|#")
"""A label in bold, or a heading."""
_SIGNED = late(
    r"\n?[ \t>*_]*(?:(?:[—–―]|--)[ \t]*(?=[\w*_\[“\"])[^\n]*"
    r"|\((?=[A-ZÀ-Þ]|emphasis|italics)[^()\n.!?]*\)[ \t]*(?:\[@[^\]\n]*\])?)\s*\Z"
    r"|\n[ \t>*_]*(?:[—–―]|--)[ \t]*(?=[\w*_\[“\"])[^\n]*\n[ \t>]*[^\n.!?]{1,80}\s*\Z"
)
"""What names at the end of a block quotation whose words it has: `— Jane Aldane`, with a line for her office, or
`(Jane Aldane)`."""
_NO_WORDS = late(r"[\W_]*\Z")
_EMPTY = re.compile(r"\n[ \t]*\n")
_LONGEST_NAME = 120
"""Most characters of such a line."""
_STOPS = tuple('.!?…。！？"”“»’)]')
_TERM = 3
"""Words in quotation marks up to this number may be a term within the quotation."""

Block = tuple[int, int]


def _is_quoted(markdown: str, block: Block) -> bool:
    """Whether a block is part of a block quotation."""
    return MARK.match(markdown, *block) is not None


def joined(markdown: str, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of a text, each line that names a speaker as part of the quotation above it."""
    found: list[Block] = []
    for block in blocks:
        is_below = found and _is_quoted(markdown, found[-1]) and _follows(markdown, found[-1], block)
        if is_below and _is_signature(markdown, block):
            found[-1] = found[-1][0], block[1]
        else:
            found.append(block)
    return found


def _follows(markdown: str, one: Block, other: Block) -> bool:
    """Whether nothing stands between two blocks of a quotation."""
    return not markdown[one[1] : other[0]].strip(" \t\n>")


def runs(markdown: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The block quotations of a text: numbers of the first block of each, and of the one behind its last."""
    at = 0
    while at < len(blocks):
        first = at
        while at < len(blocks) and _is_quoted(markdown, blocks[at]):
            if at > first and not _follows(markdown, blocks[at - 1], blocks[at]):
                break
            at += 1
        if at > first:
            yield first, at
        else:
            at += 1


def words_of(markdown: str, covered: str, blocks: Sequence[Block]) -> list[int]:
    """Where the quoted words of each block of a quotation end, as offsets in its text; 0 for one that has none.

    An aside goes on to the next empty line.
    """
    found, is_aside, end = list[int](), False, 0
    for block in blocks:
        if end and _EMPTY.search(markdown, end - 1, block[0]):
            is_aside = False
        is_aside = is_aside or _ASIDE.match(markdown, behind_mark(markdown, block), block[1]) is not None
        end = block[1]
        found.append(0 if is_aside else _end_of_words(markdown, covered, block))
    return found


def speaker_of(markdown: str, block: Block) -> tuple[str, int]:
    """Who says the words of a block of an interview, with the offset of these words; empty and 0 if nobody is named."""
    told = _SPEAKER.match(markdown, behind_mark(markdown, block), block[1])
    return (told["name"], told.end()) if told else ("", 0)


def behind_mark(markdown: str, block: Block) -> int:
    """Where a block begins behind the mark of a block quotation; at its start if it has none."""
    return mark.end() if (mark := MARK.match(markdown, *block)) else block[0]


def _end_of_words(markdown: str, covered: str, block: Block) -> int:
    """Where the quoted words of a block end; 0 if marks say it, or if it is no prose."""
    begin = speaker_of(markdown, block)[1] or block[0]
    if _OWN_BLOCK.match(markdown, behind_mark(markdown, block), block[1]) or _has_marks(covered, (begin, block[1])):
        return 0
    if _NO_WORDS.match(plain(covered[slice(*block)])):  # `[…]` between two paragraphs
        return 0
    signed = _SIGNED.search(markdown, *block)
    if signed is None or len(signed[0]) > _LONGEST_NAME:
        return block[1]
    words = plain(covered[block[0] : signed.start()])
    is_apart = not markdown[markdown.rfind("\n", 0, signed.start()) + 1 : signed.start()].strip(" \t\n>")
    return signed.start() if is_apart or words.endswith(_STOPS) else block[1]


def _is_signature(markdown: str, block: Block) -> bool:
    line = markdown[slice(*block)].strip()
    return len(line) <= _LONGEST_NAME and "\n" not in line and _SIGNED.match(line) is not None


def _has_marks(covered: str, block: Block) -> bool:
    """Whether quotation marks in a block say where a quotation begins and ends."""
    words = plain(covered[slice(*block)])
    return any(quoted.text.count(" ") >= _TERM or quoted.start == 1 for quoted in find(words))
