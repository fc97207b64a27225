"""Sentences, and the citations that support each.

A citation supports the sentence that it is in, or whose full stop it follows. A sentence without a citation is
supported by that of the next sentence of its paragraph that has one: writers put the source once, behind the sentences
that rest on it. This ends with a paragraph, a heading or a list item. A table row without a citation rests on that of
the table's head, of a paragraph before it that ends in a colon, or of a short line below it. The head of a table labels
its rows, and is not a sentence. A block quotation rests on its own citations, also those behind its later paragraphs,
or like a table on what leads to it or stands below it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from typing import NamedTuple

from generator import prose
from generator.texts.abbreviations import FIRST, STOPS, STOPS_ALONE, is_abbreviated
from generator.texts.fences import without_code
from generator.texts.patterns import late
from generator.trace import set_apart
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
    quoted: int = 0
    """How many of its characters, from the first on, are words of a block quotation."""
    lead: str = ""
    """The sentence with a colon that leads to the block quotation."""
    speaker: str = ""
    """Who says the words in an interview; others than a person may stand before a colon."""


class Rest(NamedTuple):
    """What the sentences of a block rest on and hold, beside what they say themselves."""

    cited: tuple[str, ...] = ()
    """The ids that support those of them which no citation of the block supports."""
    quoted_to: int = 0
    """Where the words end that are set apart as a quotation, as an offset in the text."""
    lead: str = ""
    """The sentence with a colon that leads to this quotation."""
    speaker: str = ""
    """Who is named before the words of an interview."""
    words_from: int = 0
    """Where these words begin, as an offset in the text."""


@lru_cache(maxsize=512)
def read(markdown: str) -> tuple[Written, ...]:
    """The sentences of a text."""
    text, citations = covered(markdown)
    markdown = without_code(markdown)
    heads, rows = _tables(markdown) if "|" in markdown else (_NONE, _NONE)
    blocks = tuple(_blocks(markdown, rows))
    rests: dict[int, Rest] = {}
    if "|" in markdown:
        rests |= _below_tables(markdown, text, blocks, rows, citations)
    if ">" in markdown:
        blocks = tuple(set_apart.joined(markdown, blocks))
        rests |= _set_apart(markdown, text, blocks, citations)
    return tuple(
        sentence
        for start, end in blocks
        if start not in heads
        for sentence in _block(text, start, end, citations, rests.get(start, _NOTHING))
    )


_NONE = frozenset[int]()
_NOTHING = Rest()
_RULE = late(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
"""The line below the head of a table."""


_PARAGRAPH = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")


def _tables(text: str) -> tuple[frozenset[int], frozenset[int]]:
    """Offsets of the two head lines of each table, and of all its lines that have a bar; also in a block quotation."""
    heads, rows = list[int](), list[int]()
    for paragraph in _PARAGRAPH.finditer(text):
        lines = paragraph[0].split("\n")
        if len(lines) > 1 and "|" in lines[0] and _is_rule(lines[1]):
            starts = list(accumulate((len(line) + 1 for line in lines), initial=paragraph.start()))
            heads += starts[:2]
            rows += [start for start, line in zip(starts, lines, strict=False) if "|" in line]
    return frozenset(heads), frozenset(rows)


def _is_rule(line: str) -> bool:
    return _RULE.fullmatch(line, set_apart.behind_mark(line, (0, len(line)))) is not None


def _blocks(text: str, rows: frozenset[int]) -> Iterator[tuple[int, int]]:
    start = end = depth = 0
    for line in text.split("\n"):
        begin, end = end, min(end + len(line) + 1, len(text))
        words, deep = line.strip(), 0
        if ">" in line and (mark := set_apart.MARK.match(line)):
            words, deep = line[mark.end() :].strip(), mark[0].count(">")
        is_alone = not words or words[0] in "#|" or begin in rows
        if is_alone or deep > depth or _ITEM.match(words) or (deep and _ITEM.match(line.lstrip())):
            if start < begin:
                yield start, begin
            start, depth = begin, deep
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
) -> dict[int, Rest]:
    """The ids that each table row rests on when it has none of its own, by its start."""
    found: dict[int, Rest] = {}
    is_row = [start in rows or markdown[start:end].lstrip().startswith("|") for start, end in blocks]
    at = 0
    while at < len(blocks):
        first = at
        while (
            at < len(blocks) and is_row[at] and (at == first or not markdown[blocks[at - 1][1] : blocks[at][0]].strip())
        ):
            at += 1
        if at > first:
            ids = _ids(blocks[first], citations) or _around(text, blocks, first, at, citations)
            found |= dict.fromkeys((start for start, _ in blocks[first:at]), Rest(ids))
        else:
            at += 1
    return found


def _set_apart(markdown: str, text: str, blocks: Sequence[tuple[int, int]], citations: Citations) -> dict[int, Rest]:
    """What the paragraphs of block quotations rest on, and the words that lead to one, each by its start.

    Words that lead to a quotation rest on what supports it. One without any support is held to nothing.
    """
    found: dict[int, Rest] = {}
    for first, behind in set_apart.runs(markdown, blocks):
        quoted = blocks[first:behind]
        around = _around(text, blocks, first, behind, citations)
        cited = [_cited(block, citations) for block in quoted]
        if not (around or any(cited)):
            continue
        later, lead = around, _lead(text, blocks, first)
        ends_of = set_apart.words_of(markdown, text, quoted)
        for block, end, here in zip(reversed(quoted), reversed(ends_of), reversed(cited), strict=True):
            speaker, words_from = set_apart.speaker_of(markdown, block) if end else ("", 0)
            found[block[0]] = Rest(later, end, f"{speaker} said:" if speaker else lead, speaker, words_from)
            later = here[0][1] if here else later
        if lead and not _HEADING.match(markdown, blocks[first - 1][0], blocks[first - 1][1]):
            found.setdefault(blocks[first - 1][0], Rest(later))
    return found


_HEADING = re.compile(r"\s*(?:#|(?P<bold>\*\*|__)[^\n]+?:?(?P=bold):?\s*\Z)")
"""A heading, also one in bold. It leads to a quotation, and is held to nothing."""


def _lead(text: str, blocks: Sequence[tuple[int, int]], first: int) -> str:
    """The words of the sentence that leads to a block with a colon; empty if there is none."""
    start, end = blocks[first - 1] if first else (0, 0)
    return words if (words := plain(text[slice(*[*ends(text, start, end)][-1])]) if end else "").endswith(":") else ""


def _around(
    text: str, blocks: Sequence[tuple[int, int]], first: int, behind: int, citations: Citations
) -> tuple[str, ...]:
    """The ids of the paragraph that leads to some blocks with a colon, or of a line below them that says no more."""
    if _lead(text, blocks, first) and (ids := _ids(blocks[first - 1], citations)):
        return ids
    line = blocks[behind] if behind < len(blocks) else None
    return _ids(line, citations) if line and len(plain(text[slice(*line)])) <= _LINE else ()


def _ids(block: tuple[int, int], citations: Citations) -> tuple[str, ...]:
    """The ids cited in a block."""
    return tuple(dict.fromkeys(id_ for _, ids in _cited(block, citations) for id_ in ids))


def _cited(block: tuple[int, int], citations: Citations) -> list[tuple[int, tuple[str, ...]]]:
    start, end = block
    return [(at, ids) for at, inside in citations if start <= at < end and (ids := prose.group_ids(inside))]


def _block(text: str, start: int, end: int, citations: Citations, rest: Rest) -> Iterator[Written]:
    begin = max(start, rest.words_from)
    spans = [*([(start, begin)] if begin > start else []), *ends(text, begin, end)]
    here = _cited((start, end), citations)
    if start < rest.quoted_to:
        spans = _over_cuts(text, spans, {at for at, _ in here})
    for (first, last), ids in zip(spans, _support(spans, here), strict=True):
        words = plain(text[first:last])
        if words:
            is_quoted = begin <= first < rest.quoted_to
            quoted = len(plain(text[first : min(last, rest.quoted_to)])) if is_quoted else 0
            lead, speaker = (rest.lead, rest.speaker) if quoted else ("", "")
            yield Written(_first_word(text, first), words, ids or rest.cited, "", quoted, lead, speaker)


_CUT = ("…", "...", "…]", "...]")


def _over_cuts(text: str, spans: Sequence[tuple[int, int]], cited: Collection[int]) -> list[tuple[int, int]]:
    """The sentences of a quotation, each with what stands behind words that it leaves out: `We grow … We pay more.`"""
    found: list[tuple[int, int]] = []
    for span in spans:
        before = found[-1] if found else None
        if before and plain(text[slice(*before)]).endswith(_CUT) and not any(at in range(*before) for at in cited):
            found[-1] = before[0], span[1]
        else:
            found.append(span)
    return found


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
