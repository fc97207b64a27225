"""Sentences, and the citations that support each.

A citation supports the sentence that it is in, or whose full stop it follows. A sentence without a citation is
supported by that of the next sentence of its paragraph that has one: writers put the source once, behind the sentences
that rest on it. This ends with a paragraph, a heading or a list item. A table row without a citation rests on that of
the table's head, of a paragraph before it that ends in a colon, or of a short line below it. The head of a table labels
its rows, and is not a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from generator import prose
from generator.texts.abbreviations import FIRST, STOPS, STOPS_ALONE, is_abbreviated
from generator.texts.patterns import late
from generator.trace.markup import COVER, covered, plain

_CLOSING = COVER + "\"'”’»)\\]"
_END = late(
    rf"[{STOPS}{STOPS_ALONE}](?:(?<=[{STOPS}])[{_CLOSING}]*\s[\s{COVER}]*"
    rf"(?=[{COVER}\"'“‘«(\[]*[{FIRST}])|(?<=[{STOPS_ALONE}])[{_CLOSING}」』]*)"
)
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)\s")
_QUOTED = late(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\w)‘[^‘]*?’(?!\w)")
_OPENING = re.compile('["“„«‘]')
LONGEST = 2000
"""Most characters of a sentence. Anything longer is a table, or a list without stops."""


Citations = tuple[tuple[int, str], ...]
"""Offset of each citation of a text, and the text in its brackets."""


class Written(NamedTuple):
    """A sentence as its author wrote it."""

    start: int
    """Offset of its first word in the Markdown."""
    text: str
    """The words of the sentence, without markup."""
    cited: tuple[str, ...]
    """The ids that support it, in their order."""
    about: str = ""
    """What it is about, if its own words do not say so."""


@lru_cache(maxsize=512)
def read(markdown: str) -> tuple[Written, ...]:
    """The sentences of a text."""
    text, citations = covered(markdown)
    heads, rows = _tables(markdown) if "|" in markdown else (_NONE, _NONE)
    blocks = tuple(_blocks(markdown, rows))
    below = _below_tables(markdown, text, blocks, rows, citations) if "|" in markdown else {}
    return tuple(
        sentence
        for start, end in blocks
        if start not in heads
        for sentence in _block(text, start, end, citations, below.get(start, ()))
    )


_NONE = frozenset[int]()
_RULE = late(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
"""The line below the head of a table."""


_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


def _tables(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Offsets of the two head lines of each table, and of all its lines that have a bar."""
    heads, rows = list[int](), list[int]()
    for paragraph in _PARAGRAPH.finditer(text):
        lines = paragraph[0].split("\n")
        if len(lines) > 1 and "|" in lines[0] and _RULE.fullmatch(lines[1]):
            starts = list(accumulate((len(line) + 1 for line in lines), initial=paragraph.start()))
            heads += starts[:2]
            rows += [start for start, line in zip(starts, lines, strict=False) if "|" in line]
    return frozenset(heads), frozenset(rows)


def _blocks(text: str, rows: frozenset[int]) -> Iterator[tuple[int, int]]:
    start = end = 0
    for line in text.split("\n"):
        begin, end = end, min(end + len(line) + 1, len(text))
        words = line.strip()
        is_alone = not words or words[0] in "#|" or begin in rows
        if is_alone or _ITEM.match(words):
            if start < begin:
                yield start, begin
            start = begin
            if is_alone:
                start = end
                if words:
                    yield begin, end
    if start < len(text):
        yield start, len(text)


_LINE = 40
"""Most characters of a line below a table that only names its source."""


def _below_tables(
    markdown: str, text: str, blocks: Sequence[tuple[int, int]], rows: frozenset[int], citations: Citations
) -> dict[int, tuple[str, ...]]:
    """The ids that each table row rests on when it has none of its own, by its start."""
    found: dict[int, tuple[str, ...]] = {}
    is_row = [start in rows or markdown[start:end].lstrip().startswith("|") for start, end in blocks]
    at = 0
    while at < len(blocks):
        first = at
        while (
            at < len(blocks) and is_row[at] and (at == first or not markdown[blocks[at - 1][1] : blocks[at][0]].strip())
        ):
            at += 1
        if at > first:
            ids = _of_table(text, blocks, first, at, citations)
            found |= dict.fromkeys((start for start, _ in blocks[first:at]), ids)
        else:
            at += 1
    return found


def _of_table(
    text: str, blocks: Sequence[tuple[int, int]], first: int, behind: int, citations: Citations
) -> tuple[str, ...]:
    if head := _ids(blocks[first], citations):
        return head
    if first and plain(text[slice(*blocks[first - 1])]).endswith(":") and (ids := _ids(blocks[first - 1], citations)):
        return ids
    line = blocks[behind] if behind < len(blocks) else None
    return _ids(line, citations) if line and len(plain(text[slice(*line)])) <= _LINE else ()


def _ids(block: tuple[int, int], citations: Citations) -> tuple[str, ...]:
    """The ids cited in a block."""
    return tuple(dict.fromkeys(id_ for _, ids in _cited(block, citations) for id_ in ids))


def _cited(block: tuple[int, int], citations: Citations) -> list[tuple[int, tuple[str, ...]]]:
    start, end = block
    return [(at, ids) for at, inside in citations if start <= at < end and (ids := prose.group_ids(inside))]


def _block(text: str, start: int, end: int, citations: Citations, otherwise: tuple[str, ...]) -> Iterator[Written]:
    spans = list(ends(text, start, end))
    here = _cited((start, end), citations)
    for (first, last), ids in zip(spans, _support(spans, here), strict=True):
        words = plain(text[first:last])
        if words:
            yield Written(_first_word(text, first), words, ids or otherwise)


def _support(
    spans: Sequence[tuple[int, int]], citations: Sequence[tuple[int, tuple[str, ...]]]
) -> Sequence[tuple[str, ...]]:
    """The ids that support each sentence of a block: its own, else those of the next sentence that has some."""
    left, support = list(citations), []
    ids: tuple[str, ...] = ()
    for first, _ in reversed(spans):
        own = []
        while left and left[-1][0] >= first:
            own.append(left.pop()[1])
        if own:
            ids = own[0] if len(own) == 1 else tuple(dict.fromkeys(chain.from_iterable(reversed(own))))
        support.append(ids)
    return support[::-1]


def _first_word(text: str, start: int) -> int:
    while start < len(text) and (text[start] == COVER or text[start].isspace()):
        start += 1
    return start


def ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences between two offsets, each with the blanks and citations behind it."""
    first = start
    quotes = _QUOTED.finditer(text, start, end) if _OPENING.search(text, start, end) else ()
    quoted = [span.span() for span in quotes]
    for found in _END.finditer(text, start, end):
        stop, behind = found.span()
        if quoted and any(opens < stop and behind < closes for opens, closes in quoted):
            continue
        is_cited = behind - stop > len(". ") and COVER in found[0]
        if text[stop] == "." and not is_cited and is_abbreviated(text, first, stop):
            continue
        yield from _cut(text, first, behind)
        first = behind
    if first < end:
        yield from _cut(text, first, end)


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence, in pieces if it is too long: searches scan all of a sentence."""
    pieces = []
    while end - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST) + 1 or start + LONGEST
        pieces.append((start, at))
        start = at
    return [*pieces, (start, end)]
