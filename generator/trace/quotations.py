"""Quotations: what stands in quotation marks must stand word for word in the evidence.

White space, dashes, quotation marks, the case of letters and the stop at the end may differ. An ellipsis leaves words
out; square brackets put words in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.figures.screen import matches
from generator.model.patterns import late

_QUOTED = late(
    r"\"([^\"\n]+)\"|“([^“”]+)”|„([^“”„]+)[“”]|«\s?([^«»]+?)\s?»|「([^「」]+)」|(?<!\w)‘([^‘]+?)’(?!\w)"
    r"|(?<![\w'])'(?=[^\W\d])((?:[^'\n\"“”]|(?<=\w)'(?=\w))+)(?<!\s)'(?!\w)"
)
_OPENING = re.compile("[\"“„«「‘']")
_GAP = late(r"\s*(?:\[?(?:…|\.\s?\.\s?\.)\]?|\[[^\[\]]{2,}\])\s*")
_LETTER = re.compile(r"\[(\w)\](?=\w)")
_SIGNS = str.maketrans("‘’‚‛“”„‟«»`´‐‑‒–—−", "''''''''''''------", "\xad\u200b\ufeff")
_ENDS = " .,;:!?'\"-"
_NEAR = 0.75
"""Share of the words which an altered quotation has in common with the true one."""


class Quoted(NamedTuple):
    """Words in quotation marks."""

    start: int
    end: int
    text: str
    """What stands between the marks."""


class Stand(NamedTuple):
    """Where the words of a quotation stand in a text."""

    start: int
    end: int
    turned: str = ""
    """What is left out right before some of the words, and turns them round: `not`."""


def find(sentence: str) -> Iterator[Quoted]:
    """Every quotation of a sentence. In single marks only one of three words or more: they mark titles and terms."""
    for found in matches(_QUOTED, sentence, _opened_at(sentence)):
        group = found.lastindex or 1
        text = found[group]
        if (group < 6 or text.count(" ") >= 2) and re.search(r"\w", text):
            yield Quoted(found.start(group), found.end(group), text)


def _opened_at(sentence: str) -> Sequence[int]:
    """Where a quotation can begin; most sentences have no mark of any kind."""
    if sentence.isascii() and '"' not in sentence and "'" not in sentence:
        return ()
    return [mark.start() for mark in _OPENING.finditer(sentence)]


@lru_cache(maxsize=512)
def normal(text: str) -> str:
    """A text as quotations are compared: small letters, one kind of mark, blanks folded."""
    return " ".join(text.translate(_SIGNS).lower().split())


_NOT = re.compile(
    r"(?:\b(?:not|never|no|cannot)|n't)(?!\s(?:only|merely|simply|solely)\b)(?:\s(?:[a-z]+ly|ever|even|yet|quite))?\s\Z"
)
_TOLD = late(r"\[[^\[\]]*(?:\b(?:not|never|no|cannot)\b|n[’']t\b)[^\[\]]*\]", re.IGNORECASE)
"""A negation that the writer puts in where the source has another: `I [do not] recall`."""


def stand_in(quotation: str, text: str) -> Stand | None:
    """Where a quotation stands in a text, all of it and in its order; best where its gaps leave no negation out.

    One right before the quotation is not looked for: a sentence has countless ways to deny what it quotes.
    """
    where = normal(text)
    pieces = [piece for gap in _GAP.split(_LETTER.sub(r"\1", quotation)) if (piece := normal(gap).strip(_ENDS))]
    turned: Stand | None = None
    at = _whole(pieces[0], where, 0) if pieces else -1
    while at >= 0:
        found = _from(pieces, where, at)
        if found is None:
            break
        end, gaps = found
        left_out = next((told[0].strip() for gap in gaps if (told := _NOT.search(gap))), "")
        words = "" if left_out and _TOLD.search(quotation) else left_out
        stand = Stand(_raw(text, where, at), _raw(text, where, end - 1) + 1, words)
        if not words:
            return stand
        turned = turned or stand
        at = _whole(pieces[0], where, at + 1)
    return turned


def _from(pieces: Sequence[str], where: str, at: int) -> tuple[int, list[str]] | None:
    """Where the pieces of a quotation end, of which the first stands at an offset, and what stands between them."""
    end, gaps = at + len(pieces[0]), []
    for piece in pieces[1:]:
        found = _whole(piece, where, end)
        if found < 0:
            return None
        gaps.append(where[end:found])
        end = found + len(piece)
    return end, gaps


def _whole(words: str, where: str, at: int) -> int:
    """Where words stand, not as part of a longer word; -1 when nowhere."""
    while (at := where.find(words, at)) >= 0:
        before, after = where[at - 1 : at] if at else "", where[at + len(words) : at + len(words) + 1]
        if not (before.isalnum() and words[0].isalnum()) and not (after.isalnum() and words[-1].isalnum()):
            return at
        at += 1
    return -1


def _raw(text: str, folded: str, offset: int) -> int:
    """The offset in a text of a character of its `normal` form."""
    if len(text) == len(folded):
        return offset
    left = offset - folded.count(" ", 0, offset)
    for at, character in enumerate(text):
        if not character.isspace() and ord(character) not in (0xAD, 0x200B, 0xFEFF):
            if left == 0:
                return at
            left -= 1
    return len(text)


def nearest(quotation: str, text: str) -> Stand | None:
    """Where words stand that the quotation may have altered."""
    words = [word.strip(_ENDS) for word in normal(quotation).split()]
    found = [(match.start(), match.end(), normal(match[0]).strip(_ENDS)) for match in re.finditer(r"\S+", text)]
    if len(words) < 3 or len(found) < len(words):
        return None
    from difflib import SequenceMatcher  # noqa: PLC0415 - most quotations are found without it

    theirs = [word for *_, word in found]
    wanted = set(words)
    best, place = _NEAR, None
    for at in range(len(theirs) - len(words) + 1):
        window = theirs[at : at + len(words)]
        if sum(word in wanted for word in window) / len(words) >= best:
            ratio = SequenceMatcher(None, words, window).ratio()
            if ratio >= best:
                best, place = ratio + 1e-9, Stand(found[at][0], found[at + len(words) - 1][1])
    return place
