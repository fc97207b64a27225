"""Sentences, and the citations that support each.

A citation supports the sentence in which it stands or behind whose full stop it stands. A sentence without one of its
own is supported by that of the next sentence of its paragraph which has one: writers put the source once, behind the
sentences that rest on it. A paragraph, a heading, an item of a list ends this.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator import prose
from generator.trace.markup import COVER, covered, plain

_CLOSING = COVER + "\"'”’»)\\]"
_END = re.compile(
    rf"(?P<mark>[.!?…。！？])(?:(?<=[.!?…])[{_CLOSING}]*\s[\s{COVER}]*"
    rf"(?=[{COVER}\"'“‘«(\[]*[A-Z0-9À-ÞΑ-ΩА-Я$€£¥])|(?<=[。！？])[{_CLOSING}」』]*)"
)
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}\.)\s")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|(?<!\w)‘[^‘]*?’(?!\w)")
_OPENING = '"“„«‘'
_SHORT = frozenset(
    """Mr Mrs Ms Dr Prof St No Nos vs Inc Corp Co Ltd Jr Sr Gen Sen Rep Gov approx ca cf est Fig al e.g i.e
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Nr""".split()
)
_LONGEST_SHORT = 12
"""Characters in which a short form stands."""
_ABBREVIATION = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, sorted(_SHORT)))})|(?:\b[A-Z]\.)*\b[A-Z])\Z")


class Written(NamedTuple):
    """A sentence as its author wrote it."""

    start: int
    """Offset of its first word in the Markdown."""
    text: str
    """Its words, without markup."""
    cited: tuple[str, ...]
    """The ids that support it, in the order in which they stand."""


@lru_cache(maxsize=512)
def read(markdown: str) -> tuple[Written, ...]:
    """The sentences of a text."""
    text, citations = covered(markdown)
    return tuple(sentence for start, end in _blocks(markdown) for sentence in _block(text, start, end, citations))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    start = end = 0
    for line in text.split("\n"):
        begin, end = end, min(end + len(line) + 1, len(text))
        words = line.strip()
        if not words or words[0] in "#|" or _ITEM.match(words):
            if start < begin:
                yield start, begin
            start = begin
            if words[:1] in ("#", "|", ""):
                start = end
                if words:
                    yield begin, end
    if start < len(text):
        yield start, len(text)


def _block(text: str, start: int, end: int, citations: tuple[tuple[int, str], ...]) -> Iterator[Written]:
    spans = list(ends(text, start, end))
    here = [(at, ids) for at, inside in citations if start <= at < end and (ids := prose.group_ids(inside))]
    own = [_cited_in(span, here) for span in spans] if here else [()] * len(spans)
    following: tuple[str, ...] = ()
    support = []
    for ids in reversed(own):
        following = ids or following
        support.append(following)
    for (first, last), ids in zip(spans, reversed(support), strict=True):
        words = plain(text[first:last])
        if words:
            yield Written(_first_word(text, first), words, ids)


def _cited_in(span: tuple[int, int], citations: list[tuple[int, tuple[str, ...]]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(id_ for at, ids in citations if span[0] <= at < span[1] for id_ in ids))


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
        if found["mark"] == "." and COVER not in found[0] and _is_abbreviated(text, first, found.start()):
            continue
        yield first, found.end()
        first = found.end()
    if first < end:
        yield first, end


def _is_abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the word before a stop is a short form, of those that begin behind an offset."""
    start = max(start, stop - _LONGEST_SHORT)
    last = text[start:stop].rsplit(maxsplit=1)[-1:]
    if last and last[0].isalpha() and not text[stop - 1].isspace():
        return last[0] in _SHORT or ("A" <= last[0] <= "Z" and len(last[0]) == 1)
    return _ABBREVIATION.search(text, start, stop) is not None
