"""Whose figure is whose, where a list says so: `Aldane and Corvex lost 14% and 17%, respectively`.

The words around the figures of a list are shared, so only their order tells. It is compared with what the evidence says
of each name, in a list or in separate clauses (`Aldane lost 14% and Corvex 17%`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from generator.figures.amounts import Figure
from generator.figures.comparing import follows
from generator.figures.manner import HEDGE
from generator.figures.read import Measured
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.evidence import Evidence, are_legible
from generator.trace.matching import Candidate
from generator.trace.names import NO_NAMES
from generator.trace.reading import Reading

_NAME = re.compile(r"(?<![\w@])[A-ZÀ-Þ][\w&.-]*(?:\s[A-ZÀ-Þ][\w&.-]*)*")
_NEXT = re.compile(r"(?:[’']s)?(?:,\s(?:and\s)?|\s(?:and|&)\s)(?:the\s)?")
_NEXT_FIGURE = late(r"(?:\s[a-z]+)?(?:,\s(?:and\s)?|\sand\s)(?:about\s|nearly\s|over\s|some\s|by\s)?")


class Owned(NamedTuple):
    """A figure with the name that a sentence assigns it to."""

    called: str
    figure: Figure
    is_listed: bool = False
    """Whether a list of as many names assigns it, rather than a clause."""
    is_had: bool = False
    """Whether only a verb of having is between them (`the Greens have 31`), or the name leads a contest by it."""

    @property
    def name(self) -> frozenset[str]:
        return frozenset(self.called.lower().split())


Name = tuple[int, int, str]
T = TypeVar("T")


def owned(sentence: str, items: Sequence[Measured]) -> tuple[Owned, ...]:
    """The figures that a sentence assigns to names: by a contest or a list, else by clauses with one name each."""
    figures = tuple(item for item in items if isinstance(item, Figure) and not item.is_range)
    names = names_in(sentence) if figures else ()
    if not names:
        return ()
    return tuple(_by_contest(sentence, names, figures) or _by_lists(sentence, names, figures)) or tuple(
        _by_clauses(sentence, names, figures)
    )


@lru_cache(maxsize=512)
def names_in(sentence: str) -> tuple[Name, ...]:
    """The names of a sentence, by their capitals, with their offsets."""
    found = []
    for name in _NAME.finditer(sentence):
        words = [word for word in name[0].rstrip(".").split() if word.lower() not in NO_NAMES]
        if words:
            at = name.start() + name[0].find(words[0])
            found.append((at, name.start() + len(name[0].rstrip(".")), " ".join(words)))
    return tuple(found)


def _by_lists(sentence: str, names: Sequence[Name], figures: Sequence[Figure]) -> list[Owned]:
    """Pair one list of names with one list of as many figures of one dimension; none if there are several lists."""
    rows = _runs(names, lambda one, other: _NEXT.fullmatch(sentence, one[1], other[0]) is not None)
    many = _runs(figures, lambda one, other: _is_next(sentence, one, other))
    if len(rows) != 1 or len(many) != 1 or len(rows[0]) != len(many[0]):
        return []
    return [Owned(name, figure, is_listed=True) for (_, _, name), figure in zip(rows[0], many[0], strict=True)]


def _is_next(sentence: str, one: Figure, other: Figure) -> bool:
    return one.dimension == other.dimension and _NEXT_FIGURE.fullmatch(sentence, one.end, other.start) is not None


def _runs(items: Sequence[T], is_next: Callable[[T, T], bool]) -> list[list[T]]:
    """Runs of two or more adjacent items."""
    runs: list[list[T]] = [[item] for item in items[:1]]
    for one, other in pairwise(items):
        if is_next(one, other):
            runs[-1].append(other)
        else:
            runs.append([other])
    return [run for run in runs if len(run) > 1]


_HAS = late(
    rf"(?:\s(?:now|still|also|already|only|alone))*(?:,?\swith|\s(?:has|have|had|holds?|held|w[io]ns?|gets?|got|takes?|took"
    rf"|receives?|received|polls?|polled|leads?\swith|led\swith))?\s{HEDGE}"
)


_WHERE = late(r"(?:\s[a-z]+)?\s(?:at|in|for|from|to|by)\s(?:the\s)?(?=[A-ZÀ-Þ])")


def _by_clauses(sentence: str, names: Sequence[Name], figures: Sequence[Figure]) -> Iterator[Owned]:
    """Pair each figure with the only name between it and the previous figure of its dimension.

    Where names follow their figures, `29 at Alba and 14 in Brent`, with the name behind it.
    """
    if len(figures) > 1 and all(_WHERE.match(sentence, figure.end) for figure in figures[-2:]):
        named = {start: name for start, _, name in names}
        places = ((figure, _WHERE.match(sentence, figure.end)) for figure in figures)
        yield from (Owned(named[at.end()], figure) for figure, at in places if at and at.end() in named)
        return
    for figure in figures:
        since = max((f.end for f in figures if f.end <= figure.start and f.dimension == figure.dimension), default=0)
        between = [(end, name) for start, end, name in names if since <= start < figure.start]
        if len(between) == 1:
            ((end, name),) = between
            yield Owned(name, figure, is_had=_HAS.fullmatch(sentence, end, figure.start) is not None)


_LEADS = late(
    r"\s(?:leads?|led|beats?|beat|defeat(?:s|ed)|w[io]ns?|(?:is|are|was|were)\s(?:ahead|leading)|came\sout\sahead)"
    r"(?:\s(?:of|over|against|from)\b)?(?:\s(?:the\s)?(?P<other>[A-ZÀ-Þ][\w’'-]*(?:\s[A-ZÀ-Þ][\w’'-]*)*))?"
    rf",?\s(?:with|by)\s{HEDGE}"
)
_TO = late(rf"(?:\sof\sthe\svotes?)?\sto\s{HEDGE}")


def _by_contest(sentence: str, names: Sequence[Name], figures: Sequence[Figure]) -> list[Owned]:
    """Owners of the two figures of a contest whose leader is named: the larger figure comes first."""
    for more, fewer in pairwise(figures):
        if more.dimension != fewer.dimension or more.low <= fewer.low:
            continue
        if not _TO.fullmatch(sentence, more.end, fewer.start):
            continue
        for _, end, name in names:
            if told := _LEADS.fullmatch(sentence, end, more.start):
                beaten = [Owned(told["other"], fewer, is_had=True)] if told["other"] else []
                return [Owned(name, more, is_had=True), *beaten]
    return []


_IN_A_CASE = late(
    r"\W*(?:With|After|If|By|Together|Once|Then)\b|.*\b(?:would|will|could|left|remain|remaining|combined)\b", re.DOTALL
)
"""Words for a figure that depends on a condition or an event: the source may put it in other figures."""


def owner_of(case: Case) -> tuple[bool, str]:
    """Whether the evidence assigns a figure to the same name as the sentence does; if not, whose it is.

    The name is empty if nothing tells.
    """
    mine = next((own for own in owned(case.text, case.items) if own.figure.start == case.item.start), None)
    if mine is None:
        return False, ""
    mistaken: Owned | None = None
    for told in (row for kept in case.question.support for row in _told(kept)):
        if any(_is_one(own.name, mine.name) and follows(mine.figure, own.figure) for own in told):
            return True, ""
        if mine.is_listed or any(own.is_listed for own in told):
            mistaken = mistaken or _mistaken(mine, told)
    is_had = mine.is_had and not _IN_A_CASE.match(case.text)
    if mistaken is None and is_had and are_legible(case.question.support):
        mistaken = _had_by_another(mine, case.fitting)
    return False, mistaken.called if mistaken else ""


def _had_by_another(mine: Owned, fitting: Sequence[Candidate]) -> Owned | None:
    """The name that has the figure wherever the evidence has it, if those sentences also give this name its own."""
    found: Owned | None = None
    for there in fitting:
        told = [own for own in owned(there.sentence, there.reading.alike(there.item, there.number)) if own.is_had]
        theirs = next((own for own in told if own.figure.start == there.item.start), None)
        if theirs is None or not any(_is_one(own.name, mine.name) for own in told) or _is_one(theirs.name, mine.name):
            return None
        found = found or theirs
    return found


def _mistaken(mine: Owned, told: Sequence[Owned]) -> Owned | None:
    """The other name to which the evidence assigns the figure, where it assigns this name a different one."""
    alike = [own for own in told if own.figure.dimension == mine.figure.dimension]
    has_its_own = any(_is_one(own.name, mine.name) for own in alike)
    theirs = (own for own in alike if not _is_one(own.name, mine.name) and follows(mine.figure, own.figure))
    return next(theirs, None) if has_its_own else None


@lru_cache(maxsize=64)
def _told(kept: Evidence) -> tuple[tuple[Owned, ...], ...]:
    """Owned figures of a source: those of each sentence together with those of the one before it."""
    rows = []
    for _, _, reading in kept.readings:
        before: tuple[Owned, ...] = ()
        for sentence, items in zip(reading.sentences, _items(reading), strict=True):
            here = owned(sentence, items)
            if here:
                rows.append(before + here)
            before = here
    return tuple(rows)


def _items(reading: Reading) -> tuple[tuple[Measured, ...], ...]:
    """The figures of each sentence of a kept text, in reading order."""
    rows: list[dict[int, Measured]] = [{} for _ in reading.sentences]
    for pairs in reading.by_dimension.values():
        for item, number in pairs:
            rows[number].setdefault(item.start, item)
    return tuple(tuple(row[at] for at in sorted(row)) for row in rows)


def _is_one(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one
