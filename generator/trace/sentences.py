"""Sentences, and the citations that support each.

A citation supports the sentence in which it stands or behind whose full stop it stands. A sentence without one of its
own is supported by that of the next sentence of its paragraph which has one: writers put the source once, behind the
sentences that rest on it. A paragraph, a heading, an item of a list ends this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator import prose
from generator.trace.markup import COVER, covered, plain

_CLOSING = COVER + "\"'”’»)\\]"
_END = re.compile(
    rf"(?P<mark>[.!?…])[{_CLOSING}]*\s[\s{COVER}]*(?=[{COVER}\"'“‘«(\[]*[A-Z0-9À-ÞΑ-ΩА-Я$€£¥])|[。！？][{_CLOSING}」』]*"
)
_LINE = re.compile(r"[^\n]*\n?")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)\s")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\w)‘[^‘]*?’(?!\w)")
_OPENING = '"“„«‘'
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|vs|Inc|Corp|Co|Ltd|Jr|Sr|Gen|Sen|Rep|Gov|approx|ca|cf|est|Fig|al|e\.g|i\.e"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nr)|(?:\b[A-Z]\.)*\b[A-Z])\Z"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A sentence as its author wrote it."""

    start: int
    """Offset of its first word in the Markdown."""
    text: str
    """Its words, without markup."""
    cited: tuple[str, ...]
    """The ids that support it, in the order in which they stand."""


@lru_cache(maxsize=4096)
def read(markdown: str) -> tuple[Written, ...]:
    """The sentences of a text."""
    text, citations = covered(markdown)
    return tuple(sentence for start, end in _blocks(markdown) for sentence in _block(text, start, end, citations))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line in _LINE.finditer(text):
        words = line[0].strip()
        if not words or words[0] in "#|" or _ITEM.match(words):
            if start < line.start():
                yield start, line.start()
            start = line.start()
            if words[:1] in ("#", "|", ""):
                start = line.end()
                if words:
                    yield line.start(), line.end()
    if start < len(text):
        yield start, len(text)


def _block(text: str, start: int, end: int, citations: tuple[tuple[int, str], ...]) -> Iterator[Written]:
    spans = list(ends(text, start, end))
    own: list[tuple[str, ...]] = []
    for span in spans:
        inside = [ids for at, found in citations if span[0] <= at < span[1] and (ids := prose.group_ids(found))]
        own.append(tuple(dict.fromkeys(id_ for ids in inside for id_ in ids)))
    following: tuple[str, ...] = ()
    support = []
    for ids in reversed(own):
        following = ids or following
        support.append(following)
    for (first, last), ids in zip(spans, reversed(support), strict=True):
        words = plain(text[first:last])
        if words:
            yield Written(_first_word(text, first), words, ids)


def _first_word(text: str, start: int) -> int:
    while start < len(text) and (text[start] == COVER or text[start].isspace()):
        start += 1
    return start


def ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of the sentences between two offsets, each with the blanks and citations behind it."""
    first = start
    quotes = _QUOTED.finditer(text, start, end) if any(mark in text for mark in _OPENING) else ()
    quoted = [span.span() for span in quotes]
    for found in _END.finditer(text, start, end):
        if any(opens < found.start() and found.end() < closes for opens, closes in quoted):
            continue
        if (
            found["mark"] == "."
            and COVER not in found[0]
            and _ABBREVIATION.search(text, max(first, found.start() - 12), found.start())
        ):
            continue
        yield first, found.end()
        first = found.end()
    if first < end:
        yield first, end
