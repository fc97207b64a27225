"""Figures of the newsletter's own texts: which of them agree, and which only a heading has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations

from msgspec.structs import replace

from generator.check.reading import NEAR
from generator.figures.amounts import Figure, inheriting
from generator.figures.comparing import follows
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.numerals import has_decimal_comma
from generator.figures.read import Measured, measured, of_sentence
from generator.figures.scores import SCORE
from generator.figures.units import AKIN, COUNT, PERCENT, POINTS, YEAR
from generator.texts.patterns import late
from generator.trace.calendar import counts_back
from generator.trace.context import stems
from generator.trace.markup import COVER, covered
from generator.trace.sentences import Written, read

_DIGIT = re.compile(r"\d")


@lru_cache(maxsize=NEAR)
def measures(text: str, tag: str) -> tuple[Measured, ...]:
    """All figures, dates and labels of a Markdown text. `tag` is its language's, which decides what a comma means.

    They are read in the sentences of tracing, so that each is read once for both.
    """
    words, comma = covered(text)[0], has_decimal_comma(text, tag)
    found: list[Measured] = []
    end = 0
    for sentence in read(text):
        found += _others(words, end, sentence.start, comma)
        behind = _end(words, sentence)
        items = _placed(sentence, words[:behind], comma) if behind else None
        found += items or ()
        end = sentence.start if items is None else behind
    return (*found, *_others(words, end, len(words), comma))


def _end(words: str, sentence: Written) -> int:
    """Where a sentence ends in a covered text; 0 if its words are set otherwise there, as with two blanks."""
    start, told = sentence.start, sentence.text
    end = start + len(told)
    while (missing := len(told) - (end - start - words.count(COVER, start, end))) and end < len(words):
        end += missing
    return end if words[start:end].replace(COVER, "").replace("\n", " ") == told else 0


def _placed(sentence: Written, words: str, comma: bool) -> list[Measured] | None:
    """The figures of a sentence at their places in a covered text; None if markup is in one, or alone between words."""
    if _TORN.search(words, sentence.start):
        return None
    items = of_sentence(sentence.text, comma)
    if len(words) - sentence.start == len(sentence.text):
        return [_at(item, sentence.start + item.start, sentence.start + item.end, words) for item in items]
    places = [at for at in range(sentence.start, len(words)) if words[at] != COVER]
    placed = [_at(item, places[item.start], places[item.end - 1] + 1, words) for item in items]
    return None if any(COVER in item.text for item in placed) else placed


_TORN = re.compile(rf"\w{COVER}+\w")
"""Words that only markup keeps apart, as in a table without blanks (`|Acme|8 kg|`)."""


def _at(item: Measured, start: int, end: int, words: str) -> Measured:
    return replace(item, start=start, end=end, text=words[start:end])


_WORD = re.compile(r"\w")


def _others(words: str, start: int, end: int, comma: bool) -> list[Measured]:
    """The figures between two offsets, as in a table's head or in a sentence with markup in a figure."""
    if not _WORD.search(words, start, end):
        return []
    return [_at(item, start + item.start, start + item.end, words) for item in measured(words[start:end], comma)]


def figures(text: str, tag: str) -> tuple[Figure, ...]:
    """The figures of a text that are written in digits; not days, times of day, versions or ranks."""
    return tuple(item for item in measures(text, tag) if isinstance(item, Figure) and _DIGIT.search(item.text))


def agree(one: Figure, other: Figure) -> bool:
    """Whether two figures may be the same, or one the other rounded. A bare number may be in any unit."""
    return any(_stands_for(a, b) or _stands_for(b, a) for a in _ends(one) for b in _ends(other))


def missing(heading: str, texts: Sequence[str], tag: str, year: int) -> Iterator[Figure | Day]:
    """Yield figures and years of a heading that no text has, not even more exactly, and dates with another year.

    Sums and differences of two figures of one sentence count as present, and so does the `year` of publication if a
    text has a day without a year.
    """
    if not _DIGIT.search(heading):
        return
    items: tuple[Figure | Day, ...] = (*figures(heading, tag), *_years(heading, tag))
    yield from _misdated(heading, texts, tag)
    scored = [*_scored(heading, texts, tag)]
    for item in items:
        if any(item.start in span for span in scored):
            continue
        as_written = any(has_figure(text, item.text) for text in texts)  # usually it is
        if not (
            as_written
            or _is_meant(item, texts, tag, year)
            or _is_rounded(item, heading, texts, tag)
            or _is_reckoned(item, heading, texts, tag, year)
        ):
            yield item


_BEFORE, _BEHIND = re.compile(r"[\d.,-]"), re.compile(r"[.,]?\d")
"""Characters that make a figure part of a longer one."""


def has_figure(text: str, figure: str) -> bool:
    """Whether a text has a figure verbatim, and not as part of a longer one."""
    at = text.find(figure)
    while at >= 0:
        if not (at and _BEFORE.match(text, at - 1)) and not _BEHIND.match(text, at + len(figure)):
            return True
        at = text.find(figure, at + 1)
    return False


def told_in(words: str, figure: str, around: str) -> str:
    """The figure in some words that says what `figure` says among others, if only rounded; empty if none does."""
    there = measures(figure, "")
    for item in measures(words, ""):
        if any(says(item, words, other, around) for other in there):
            return item.text
    return ""


def says(item: Measured, words: str, other: Measured, around: str, year: int | None = None) -> bool:
    """Whether a figure of some words says what another says among others: the same value, and for bare numbers one of
    the two words behind it among the others too, if any is there."""
    if not (item.text == other.text or follows(item, other, year)):
        return False
    counted = stems(words[item.end :])[:2] if item.dimension == COUNT else ()
    return not counted or not set(counted).isdisjoint(stems(around))


def is_had(figure: str, heading: str, evidence: str, around: str, tag: str, year: int | None = None) -> bool:
    """Whether evidence, or a part of what is `around` it, has a figure of a heading, perhaps more exactly."""
    there = measures(evidence, tag)
    ours = [item for item in measures(heading, tag) if item.text == figure]
    return any(says(item, heading, other, around, year) for item in ours for other in there)


def _years(text: str, tag: str) -> Iterator[Day]:
    for item in measures(text, tag):
        if isinstance(item, Day) and item.month is None and item.year is not None:
            yield item


def _misdated(heading: str, texts: Sequence[str], tag: str) -> Iterator[Day]:
    """The days and months of a heading that the texts only have in other years."""
    dated = [item for item in measures(heading, tag) if isinstance(item, Day) and item.month and item.year]
    there = [other for text in texts for other in measures(text, tag) if isinstance(other, Day)] if dated else []
    for item in dated:
        same = [other for other in there if (other.month, other.day) == (item.month, item.day)]
        if same and all(other.year for other in same) and item.year not in {other.year for other in there}:
            yield item


def _is_meant(item: Figure | Day, texts: Sequence[str], tag: str, year: int) -> bool:
    others = [other for text in texts for other in measures(text, tag)]
    if isinstance(item, Day):
        days = [other for other in others if isinstance(other, Day)]
        is_this_year = item.year == year and any(day.month and not day.year for day in days)
        return is_this_year or any(follows(item, day) for day in days)
    ends = [end for other in others if isinstance(other, Figure) for end in _ends(other)]
    return all(any(_stands_for(end, other) for other in ends) for end in _ends(item))


_ROUNDED = 0.02
"""Most, as a share, that a heading may round a number in full."""
_FROM = 1000
"""The least number, of its last digits, that may be rounded so."""
_EXACTLY = late(r"\b(?:exactly|precisely|genau)\s\Z", re.IGNORECASE)


def _is_rounded(item: Figure | Day, heading: str, texts: Sequence[str], tag: str) -> bool:
    """Whether a number that ends in zeros is one of a text in round figures: 4,200 for 4,217."""
    if isinstance(item, Day) or item.hedge not in ("", "about") or item.dimension in (PERCENT, POINTS):
        return False
    if item.is_range or item.low < _FROM * item.step or item.coarse < 100 * item.step:
        return False
    if _EXACTLY.search(heading, 0, item.start):
        return False
    off = min(item.coarse / 2, _ROUNDED * item.low)
    near = (other for text in texts for other in figures(text, tag) if not other.is_range)
    return any(other.dimension == item.dimension and abs(item.low - other.low) <= off for other in near)


_TO = re.compile(r"(?<![\w.,])(\d{1,2})\sto\s(\d{1,2})(?!\w|[.,]?\d|\s?%)")


def _scored(heading: str, texts: Sequence[str], tag: str) -> Iterator[range]:
    """Where a heading has `3 to 2` for a score that the texts put in other words: `by three votes to two`."""
    for found in _TO.finditer(heading):
        told = (item for text in texts for item in measures(text, tag))
        key = f"{int(found[1])}-{int(found[2])}"
        if any(isinstance(item, Label) and item.dimension == SCORE and item.key == key for item in told):
            yield range(*found.span())


def _is_reckoned(item: Figure | Day, heading: str, texts: Sequence[str], tag: str, year: int) -> bool:
    """Whether a figure is the sum of two or three of one sentence, or the difference of two: `from $27 to $30` is $3.

    A year, or a number of years, may be counted back from the `year` of publication.
    """
    if any(_are_so_far_apart(item, heading, other, text, year) for text in texts for other in measures(text, tag)):
        return True
    if isinstance(item, Day) or item.is_range:
        return False
    for text in texts:
        for sentence in read(text):
            told = [figure for figure in measures(sentence.text, tag) if isinstance(figure, Figure)]
            there = [each for each in (*told, *inheriting(sentence.text, told, None)) if not each.is_range]
            if any(_stands_for(item, made) for pair in combinations(there, 2) for made in _made_of(*pair)):
                return True
            if len(there) <= _MOST and any(_is_sum(item, three) for three in combinations(told, 3)):
                return True
    return False


_MOST = 6
"""Most figures of a sentence of which any three may be added up: of more, some give any number."""


def _is_sum(item: Figure, parts: Sequence[Figure]) -> bool:
    """Whether a figure is exactly the sum of parts of its kind: three rises of `4%, 3% and 2.5%` are 9.5%."""
    are_alike = all(part.dimension == item.dimension and not part.is_range for part in parts)
    return are_alike and abs(sum(part.low for part in parts) - item.low) <= 1e-9 * item.low


def _are_so_far_apart(one: Measured, heading: str, other: Measured, text: str, year: int) -> bool:
    """Whether one is a year, and the other the number of years that leads from the `year` of publication back to it."""
    told = ((one, heading), (other, text))
    (day, dated), (span, spanned) = told if isinstance(one, Day) else told[::-1]
    if not isinstance(day, Day) or day.year is None or not isinstance(span, Figure):
        return False
    return year - day.year == span.low / YEAR and counts_back(spanned, span, dated, day)


def _made_of(one: Figure, other: Figure) -> Iterator[Figure]:
    if one.dimension == other.dimension:
        step = min(one.step, other.step)
        total = replace(one, low=one.low + other.low, high=one.low + other.low, step=step, coarse=step, hedge="")
        yield total
        apart = replace(total, low=abs(one.low - other.low), high=abs(one.low - other.low))
        yield apart
        if one.dimension == PERCENT:
            yield replace(apart, dimension=POINTS)


def _ends(figure: Figure) -> tuple[Figure, ...]:
    """A figure, or the two ends of a range."""
    return (replace(figure, high=figure.low), replace(figure, low=figure.high)) if figure.is_range else (figure,)


def _stands_for(claim: Figure, other: Figure) -> bool:
    if other.dimension in AKIN.get(claim.dimension, ()):  # kroner are those of the text's DKK
        other = replace(other, dimension=claim.dimension)
    if claim.dimension != other.dimension:
        if COUNT not in (claim.dimension, other.dimension) or {PERCENT, POINTS} & {claim.dimension, other.dimension}:
            return False
        claim, other = _bare(claim), _bare(other)
    return bool(follows(claim, other))


def _bare(figure: Figure) -> Figure:
    """The number alone, as written before its unit."""
    by = figure.factor
    low, high, step, coarse = figure.low / by, figure.high / by, figure.step / by, figure.coarse / by
    return replace(figure, dimension=COUNT, low=low, high=high, step=step, coarse=coarse, factor=1.0)
