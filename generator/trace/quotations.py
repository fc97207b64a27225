"""Quotations: words in quotation marks must be in the evidence word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from generator.figures.screen import matches
from generator.texts.patterns import late, places_whole
from generator.texts.typography import fold
from generator.texts.verbatim import ENDS, ends_of, pieces_of, unfolded

_QUOTED = late(
    r"\"([^\"\n]+)\"|“([^“”]+)”|„([^“”„]+)[“”]|«\s?([^«»]+?)\s?»|「([^「」]+)」|(?<!\w)‘([^‘]+?)’(?!\w)"
    r"|(?<![\w'])'(?=[^\W\d])((?:[^'\n\"“”]|(?<=\w)'(?=\w))+)(?<!\s)'(?!\w)"
)
_OPENING = late("[\"“„«「‘']")
_NEAR = 0.75
"""Share of words that an altered quotation has in common with the true one."""


class Quoted(NamedTuple):
    """Words in quotation marks."""

    start: int
    end: int
    text: str
    """The text between the marks."""


class Stand(NamedTuple):
    """Where the words of a quotation are in a text."""

    start: int
    end: int
    turned: str = ""
    """A negation left out just before some of the words, which reverses their meaning: `not`."""


def find(sentence: str) -> Iterator[Quoted]:
    """Find every quotation of a sentence. Single marks need three words or more: they also mark titles and terms."""
    for found in matches(_QUOTED, sentence, _opened_at(sentence)):
        group = found.lastindex or 1
        text = found[group]
        if (group < 6 or text.count(" ") >= 2) and re.search(r"\w", text):
            yield Quoted(found.start(group), found.end(group), text)


_TITLE = late(
    r"(?:(?:the|a|an|of|and|for|in|on|to|at|by|from|with|von|und|der|die|das)\s|[A-ZÀ-Þ\d][\w’'.-]*(?:\s|\Z)){2,6}"
)


def is_title(text: str) -> bool:
    """Whether words in marks look like the name of a paper, a book or a film, which nobody says: `The Long Road`."""
    return _TITLE.fullmatch(text) is not None and text[0].isupper()


def _opened_at(sentence: str) -> Sequence[int]:
    """Where a quotation can begin. A shortcut: most sentences have no marks of any kind."""
    if sentence.isascii() and '"' not in sentence and "'" not in sentence:
        return ()
    return [mark.start() for mark in _OPENING.finditer(sentence)]


normal = lru_cache(maxsize=512)(fold)
"""Normalise a text for comparing quotations. Cached, because many are looked up in the same text."""

_NOT = late(
    r"(?:\b(?:not|never|no|cannot)|n't)(?!\s(?:only|merely|simply|solely)\b)(?:\s(?:[a-z]+ly|ever|even|yet|quite))?\s\Z"
)
_TOLD = late(r"\[[^\[\]]*(?:\b(?:not|never|no|cannot)\b|n[’']t\b)[^\[\]]*\]", re.IGNORECASE)
"""A negation that the writer inserts for another one of the source: `I [do not] recall`."""


def stand_in(quotation: str, text: str) -> Stand | None:
    """Find a quotation in a text, whole and in order, preferably where its gaps leave out no negation.

    A negation right before the quotation is ignored: a sentence has countless ways to deny what it quotes.
    """
    where, pieces = normal(text), pieces_of(quotation)
    turned: Stand | None = None
    for at in places_whole(pieces[0], where) if pieces else ():
        spans = list(ends_of(pieces, where, at))
        if len(spans) < len(pieces):
            break
        gaps = (where[end:start] for (_, end), (start, _) in pairwise(spans))
        left_out = next((told[0].strip() for gap in gaps if (told := _NOT.search(gap))), "")
        words = "" if left_out and _TOLD.search(quotation) else left_out
        stand = Stand(unfolded(text, where, at), unfolded(text, where, spans[-1][1] - 1) + 1, words)
        if not words:
            return stand
        turned = turned or stand
    return turned


_DENIED = late(
    r"(?P<not>\b(?:not|never|cannot|can't|don't|didn't|wouldn't|won't|couldn't|doesn't)|\w+n[’']t)\s"
    r"(?:say(?:ing)?|said|think(?:ing)?|believe|claim(?:ing)?|mean|suggest(?:ing)?|expect|accept|agree|pretend|argu(?:e|ing)"
    r"|assum(?:e|ing)|see|feel|conclude|know)\s(?:(?:to\syou\s)?that\s|whether\s|if\s)?\Z",
    re.IGNORECASE,
)
_SAYS_NO = late(
    r"\b(?:not|no|nor|never|neither|nothing|nobody|none|cannot|den(?:y|ied|ies|ying)|reject\w*|refus\w*|doubt\w*|without"
    r"|far\sfrom|hardly|stop\w*\sshort|avoid\w*|declin\w*|dismiss\w*|contradict\w*|hesita\w*|unsure|whether|if)\b|n[’']t\b",
    re.IGNORECASE,
)
_FEW = 3
"""Quotations of fewer words are no statement that could be denied."""


def denied(sentence: str, quoted: Quoted, before: str) -> str:
    """The `not` with which the quoted speaker denies saying these very words; empty if the sentence denies them too.

    `I would not say that the worst is over` does not assert "the worst is over". Other ways to deny are not looked for:
    they are countless, in the sentence and in the source.
    """
    found = _DENIED.search(before) if quoted.text.count(" ") + 1 >= _FEW else None
    around = f"{sentence[: quoted.start]} {sentence[quoted.end :]}"
    return "" if found is None or _SAYS_NO.search(around) else found["not"]


def nearest(quotation: str, text: str) -> Stand | None:
    """Find words that the quotation may be an altered form of."""
    words = [word.strip(ENDS) for word in normal(quotation).split()]
    found = [(match.start(), match.end(), normal(match[0]).strip(ENDS)) for match in re.finditer(r"\S+", text)]
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
