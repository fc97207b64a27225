"""Rules on quantities: one that is given twice has one value, or readers are told that it is disputed.

A figure is identified by the words around it. Two figures are of one quantity if, as far as the words tell, they count
the same thing, in the same unit, of the same owner and at the same time; if they tell too little, nothing is reported.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.check.figures import agree, figures
from generator.check.language import Language, language
from generator.check.reading import CITATION, NEAR
from generator.check.rules import Finding, Thread, in_text
from generator.figures.amounts import Figure
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.texts.patterns import CITED, late

_SENTENCE = late(rf"[.!?][\"”')]*(?:\s*\[{CITED}\])*\s+(?=[A-Z\"“(*[])|\n\s*\n")
_TOKEN = late(r"[A-Za-z][A-Za-z'’-]*\d*|\d{4}\b")
_END = late(r"[,;:.()]|\s(?:and|but|while|with|from|in|at|for|by|or)\s")
_TIME = late(
    r"\b(?:(?:19|20)\d\d|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|q[1-4]|(?:first|second|third|fourth)-(?:quarter|half)|"
    r"quarter(?:ly)?|months?|monthly|weeks?|weekly|year(?:ly)?|annual|days?|daily|hour|minutes?|seconds?)\b"
)
_SAME_LABELS = 0.75
_LEAST_LABELS = 2
_MOST = 30
"""Most figures of a sentence; one with more is a list, where words do not tell what is counted."""


class _Quantity(NamedTuple):
    """A figure with what its sentence says about it."""

    figure: Figure
    labels: frozenset[str]
    """Words for what is counted, in small letters."""
    names: frozenset[str]
    """Names of its owners."""
    times: frozenset[str]
    sentence: tuple[Figure, ...]
    """All figures of its sentence."""
    written: tuple[str, ...]
    """Words for what is counted, verbatim and in reading order."""


class _Place(NamedTuple):
    """A quantity in a file."""

    item: Story | Edition
    path: Path
    text: str
    quantity: _Quantity

    @property
    def said(self) -> object:
        """Everything that is compared: places with an equal value disagree with the same others."""
        told = self.quantity
        values = tuple((figure.dimension, figure.low, figure.high) for figure in (told.figure, *told.sentence))
        return self.item.slug, told.labels, told.names, told.times, values


def two_values(edition: Edition, library: Library) -> Iterator[Finding]:
    """Reported at the later of two places; if both are in stories, at the later one's entry in the edition."""
    items: list[Story | Edition] = [library.stories[slug] for slug in edition.stories if slug in library.stories]

    def is_wanted(one: _Place, other: _Place) -> bool:
        return other.item is edition or one.item is not other.item

    for one, other in _disagreeing([*items, edition], library, is_wanted):
        if other.item is edition:
            yield _finding(one, other)
        else:
            yield Finding(("stories", edition.stories.index(other.item.slug)), _what(one, other), _HINT)


def two_values_in_story(story: Story, library: Library) -> Iterator[Finding]:
    """Reported at the later of two places of one story."""
    yield from (_finding(one, other) for one, other in _disagreeing([story], library))


def two_values_in_thread(thread: Thread, library: Library) -> Iterator[tuple[str, Finding]]:
    """Compares the stories of a thread; pairs within one edition are left to `two-values`."""
    beside = {story.slug: editions for story, editions in zip(thread.stories, thread.editions, strict=True)}

    def is_wanted(one: _Place, other: _Place) -> bool:
        return one.item is not other.item and beside[one.item.slug].isdisjoint(beside[other.item.slug])

    for one, other in _disagreeing(thread.stories, library, is_wanted):
        yield other.item.file, _finding(one, other)


_HINT = "Correct the wrong one; where the sources disagree, say so under `disputed`."


def _finding(one: _Place, other: _Place) -> Finding:
    """A finding at the figure of the second place."""
    figure = other.quantity.figure
    return in_text(other.path, other.text, figure.start, figure.text, _what(one, other), _HINT)


def _what(one: _Place, other: _Place) -> str:
    first, second = f"`{one.quantity.figure.text}`", f"`{other.quantity.figure.text}`"
    if one.item is not other.item:
        first, second = f"{first} in {one.item.slug}", f"{second} in {other.item.slug}"
    shared = one.quantity.labels & other.quantity.labels
    of = " ".join(dict.fromkeys(word for word in other.quantity.written if _label(word) in shared))
    return f"{second} and {first} look like two values of one quantity ({of})"


def _disagreeing(
    items: Iterable[Story | Edition],
    library: Library,
    is_wanted: Callable[[_Place, _Place], bool] = lambda one, other: True,
) -> Iterator[tuple[_Place, _Place]]:
    """Pairs of places, in reading order, where one quantity has two values and readers are not told.

    Each place is second in at most one pair: of ten that disagree, nine are reported and not 45 pairs.
    """
    tag, given = library.newsletter.language, tuple(items)

    def is_pair(one: _Place, other: _Place) -> bool:
        return is_wanted(one, other) and _disagree(one, other) and not _are_settled(one, other, given, tag)

    shelves: dict[tuple[str, str], list[_Place]] = defaultdict(list)
    for place in _places(given, tag):
        for label in place.quantity.labels:
            shelves[place.quantity.figure.dimension, label].append(place)
    told: set[int] = set()
    for shelf in shelves.values():
        before: dict[object, _Place] = {}
        for other in shelf:
            if id(other) not in told and (one := next((one for one in before.values() if is_pair(one, other)), None)):
                told.add(id(other))
                yield one, other
            before.setdefault(other.said, other)


def _places(items: Iterable[Story | Edition], tag: str) -> Iterator[_Place]:
    for item in items:
        for path, text in item.texts():
            for quantity in _quantities(text, tag):
                yield _Place(item, path, text, quantity)


def _disagree(one: _Place, other: _Place) -> bool:
    a, b = one.quantity, other.quantity
    shared = len(a.labels & b.labels)
    if shared < _LEAST_LABELS or shared < _SAME_LABELS * min(len(a.labels), len(b.labels)):
        return False
    if a.names and b.names:
        same_owner = bool(a.names & b.names) and (a.names <= b.names or b.names <= a.names)
    else:
        same_owner = one.item is other.item
    if not same_owner or a.times != b.times:
        return False
    return not any(agree(x, b.figure) for x in a.sentence) and not any(agree(a.figure, y) for y in b.sentence)


def _are_settled(one: _Place, other: _Place, items: Iterable[Story | Edition], tag: str) -> bool:
    """Whether a story tells its readers that the sources disagree on this very figure."""
    told = (version.value for item in items if isinstance(item, Story) for d in item.disputed for version in d.versions)
    settled = [figure for value in told for figure in figures(value, tag)]
    found = (one.quantity.figure, other.quantity.figure)
    return any(known.dimension == figure.dimension and agree(known, figure) for known in settled for figure in found)


@lru_cache(maxsize=NEAR)
def _quantities(text: str, tag: str) -> tuple[_Quantity, ...]:
    words, known = language(tag), figures(text, tag)
    if words is None or not words.filler or not known:  # otherwise nothing tells what a figure counts
        return ()
    ends = [0, *(found.end() for found in _SENTENCE.finditer(text)), len(text)]
    by_sentence: dict[int, list[Figure]] = {}
    for figure in known:
        by_sentence.setdefault(bisect_right(ends, figure.start) - 1, []).append(figure)
    return tuple(
        quantity
        for number, those in by_sentence.items()
        if len(those) <= _MOST
        for quantity in _of_sentence(text, ends[number], ends[number + 1], tuple(those), words)
    )


def _of_sentence(text: str, begin: int, end: int, known: tuple[Figure, ...], words: Language) -> Iterator[_Quantity]:
    times = frozenset(_TIME.findall(text[begin:end].lower()))
    for figure in known:
        after = _END.split(text[figure.end : min(end, figure.end + 60)], maxsplit=1)[0]
        if figure.dimension or (after[:1] == " " and after.strip()):
            yield _described(figure, f"{text[begin : figure.start]} ; {after}", times, known, words)
        begin = figure.end


def _described(
    figure: Figure, around: str, times: frozenset[str], known: tuple[Figure, ...], words: Language
) -> _Quantity:
    written, names = list[str](), set[str]()
    for token in _TOKEN.findall(CITATION.sub("", around) if "[@" in around else around):
        small = token.lower().removesuffix("'s").removesuffix("’s")
        if small in words.filler or small in words.numbers or _TIME.fullmatch(small):
            continue
        if token[0].isupper():
            names.add(small)
        else:
            written.append(token)
    return _Quantity(figure, frozenset(map(_label, written)), frozenset(names), times, known, tuple(written))


def _label(word: str) -> str:
    """A word as it is compared: in small letters, without a possessive or plural ending."""
    return word.lower().removesuffix("'s").removesuffix("’s").removesuffix("s")
