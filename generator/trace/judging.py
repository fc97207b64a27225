"""The verdict on the figures of a sentence.

A figure is traced where one like it stands in the evidence, unless the words around it say that it is about something
else. What is not found may be computed; what is not computed is contradicted where the evidence says another figure in
the same words, and otherwise untraced, or no evidence of it is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.model.tracing import Claim, ClaimKind, Verdict
from generator.trace import deriving
from generator.trace.comparing import SAME
from generator.trace.context import likeness
from generator.trace.dates import Day
from generator.trace.evidence import Kept
from generator.trace.figures import Figure
from generator.trace.labels import Label
from generator.trace.matching import Candidate, around, best, candidates
from generator.trace.reading import Measured
from generator.trace.units import COUNT

ABOUT_IT = 0.9
"""Likeness from which a figure of the evidence is taken to be about the same thing."""
ABOUT_IT_IN_EXCERPTS = 1.6
"""The same where only passages are kept, so that the true figure may stand in what is not."""
ELSEWHERE = 2.0
"""By how many times another figure's surroundings must fit better before a found one counts as out of place."""
SWAPPED = 1.25
"""By how many times two figures must fit better the other way round."""
COUNTED = 0.12
"""Likeness which a small bare count needs, since small numbers are everywhere."""


@dataclass(frozen=True, slots=True)
class Question:
    """A sentence whose figures are to be judged."""

    text: str
    items: tuple[Measured, ...]
    before: tuple[Measured, ...]
    """Those of the sentence before it in its paragraph."""
    support: tuple[Kept, ...]
    year: int
    """That of the story, for dates that name none."""


def judge(question: Question) -> list[Claim]:
    """The figures of a sentence with their verdicts. Weak ones of which the evidence says nothing are left out."""
    found = [candidates(item, question.text, question.support) for item in question.items]
    chosen = [_chosen(item, of) for item, of in zip(question.items, found, strict=True)]
    claims = []
    for number in range(len(question.items)):
        claim = _judged(number, question, found, chosen)
        if claim is not None:
            is_traced = claim.verdict is Verdict.TRACED
            claims.append(_in_its_place(claim, number, question, found, chosen) if is_traced else claim)
    return claims


def _chosen(item: Measured, found: Sequence[Candidate]) -> Candidate | None:
    """The place in the evidence from which a claim follows and which fits best."""
    fitting = [candidate for candidate in found if candidate.how]
    exact = [candidate for candidate in fitting if candidate.how == SAME]
    chosen = best(fitting)
    if chosen and exact and (same := best(exact)) and same.likeness >= chosen.likeness * 0.6:
        chosen = same
    if chosen and _needs_words(item) and chosen.likeness < COUNTED and not _is_foreign(chosen):
        return None
    return chosen


def _needs_words(item: Measured) -> bool:
    return isinstance(item, Figure) and (item.weak or (item.dimension == COUNT and item.high < 100))


def _is_foreign(candidate: Candidate) -> bool:
    """Whether the evidence is in another language, so that its words cannot be compared."""
    language = candidate.kept.language
    text = candidate.reading.text
    return bool(language and not language.startswith("en")) or not text.isascii() and sum(c > "⺀" for c in text[:200]) > 10


def _judged(
    number: int, question: Question, found: Sequence[list[Candidate]], chosen: Sequence[Candidate | None]
) -> Claim | None:
    item, own = question.items[number], chosen[number]
    if isinstance(item, Day) and (fault := item.weekday_fault(question.year)):
        return _claim(item, Verdict.CONTRADICTED, own, fault)
    if not question.support:
        return None if item.weak else _claim(item, Verdict.UNCITED, None, "")
    if own:
        return _claim(item, Verdict.TRACED, own, own.how)
    if isinstance(item, Figure) and (computed := _computed(item, question)):
        if computed.fits:
            return _claim(item, Verdict.TRACED, _input(computed, question), computed.words)
        if not item.weak:
            return _claim(item, Verdict.CONTRADICTED, None, computed.words)
    opposed = best([candidate for candidate in found[number] if candidate.is_opposed])
    if opposed and opposed.likeness >= COUNTED:
        return _claim(item, Verdict.CONTRADICTED, opposed, "the evidence has it the other way: up is down")
    return _not_found(number, question, found, chosen)


def _not_found(
    number: int, question: Question, found: Sequence[list[Candidate]], chosen: Sequence[Candidate | None]
) -> Claim | None:
    item = question.items[number]
    rival = _rival(number, found, chosen)
    needed = ABOUT_IT if all(kept.is_whole for kept in question.support) else ABOUT_IT_IN_EXCERPTS
    if rival and rival.likeness >= needed and _comparable(item, rival.item):
        return _claim(item, Verdict.CONTRADICTED, rival, f"the evidence has {rival.item.text}")
    if item.weak:
        return None
    is_whole = all(kept.is_whole for kept in question.support)
    near = _nearest(item, found[number])
    if is_whole:
        return _claim(item, Verdict.UNTRACED, near, f"the nearest is {near.item.text}" if near else "nothing like it")
    return _claim(item, Verdict.NO_EVIDENCE, None, "")


def _comparable(item: Measured, rival: Measured) -> bool:
    """Whether one can stand in place of the other: a year contradicts a year, a day a day."""
    if isinstance(item, Day) and isinstance(rival, Day):
        if item.month is None or rival.month is None:
            return item.month == rival.month and item.year is not None and rival.year is not None
        return (item.day is None) == (rival.day is None)
    if isinstance(item, Figure) and isinstance(rival, Figure):
        return item.is_range == rival.is_range and (not item.weak or not rival.dimension == COUNT or rival.high < 100)
    return isinstance(item, Label)


def _rival(number: int, found: Sequence[list[Candidate]], chosen: Sequence[Candidate | None]) -> Candidate | None:
    """The best figure of the evidence that the claim does not follow from, and that no other claim means."""
    meant = {id(other.item) for at, other in enumerate(chosen) if other and at != number}
    values = {_value(other.item) for at, other in enumerate(chosen) if other and at != number}
    return best([c for c in found[number] if not c.how and id(c.item) not in meant and _value(c.item) not in values])


def _value(item: Measured) -> object:
    if isinstance(item, Figure):
        return item.dimension, item.low, item.high
    return (item.year, item.month, item.day) if isinstance(item, Day) else item.key


def _nearest(item: Measured, found: Sequence[Candidate]) -> Candidate | None:
    """The figure of the evidence that comes nearest in number, or in words for what has no size."""
    if not isinstance(item, Figure):
        return best(found)
    sized = [c for c in found if isinstance(c.item, Figure)]
    return min(sized, key=lambda c: abs(c.item.low - item.low) if isinstance(c.item, Figure) else 0.0, default=None)


def _computed(item: Figure, question: Question) -> deriving.Computed | None:
    if computed := deriving.derive(item, question.text, question.items, question.before, question.year):
        return computed
    if item.dimension not in ("%", "times"):
        return None
    for kept in question.support:
        for _, _, reading in kept.readings():
            for number in range(len(reading.bounds)):
                start, end = reading.bounds[number]
                sentence = reading.text[start:end]
                if "from" in sentence:
                    items = [i for pairs in reading.by_dimension.values() for i, at in pairs if at == number]
                    if found := deriving.of_pair(item, sentence, sorted(items, key=lambda i: i.start)):
                        return found
    return None


def _input(computed: deriving.Computed, question: Question) -> Candidate | None:
    """Where the first of the numbers that were computed with stands."""
    for item in computed.inputs:
        if own := best([c for c in candidates(item, question.text, question.support) if c.how]):
            return own
    return None


def _in_its_place(
    claim: Claim, number: int, question: Question, found: Sequence[list[Candidate]], chosen: Sequence[Candidate | None]
) -> Claim:
    """A traced claim, or a contradicted one where its figure stands in the evidence for something else."""
    own, item = chosen[number], question.items[number]
    if own is None or _is_foreign(own) or isinstance(item, Label):
        return claim
    if other := _swapped(number, question, chosen):
        how = f"the evidence has it the other way round, with {other.item.text} here"
        return replace(claim, verdict=Verdict.CONTRADICTED, place=other.place, how=how)
    if not all(kept.is_whole for kept in question.support):
        return claim
    rival = _rival(number, found, chosen)
    if rival and rival.likeness >= ABOUT_IT and rival.likeness > ELSEWHERE * own.likeness and _comparable(item, rival.item):
        how = f"the evidence has {rival.item.text} here, and {own.item.text} for something else"
        return replace(claim, verdict=Verdict.CONTRADICTED, place=rival.place, how=how)
    return claim


def _swapped(number: int, question: Question, chosen: Sequence[Candidate | None]) -> Candidate | None:
    """The candidate of another claim of the sentence with which this one has changed places."""
    own, item = chosen[number], question.items[number]
    assert own is not None  # noqa: S101
    for at, other in enumerate(question.items):
        theirs = chosen[at]
        if at == number or theirs is None or theirs.item.dimension != own.item.dimension or _value(theirs.item) == _value(own.item):
            continue
        if theirs.reading is not own.reading and not (theirs.kept.is_whole and own.kept.is_whole):
            continue
        as_written = own.likeness + theirs.likeness
        crossed = _likeness(question.text, item, theirs) + _likeness(question.text, other, own)
        if crossed > SWAPPED * as_written and crossed - as_written > 0.25:
            return theirs
    return None


def _likeness(sentence: str, item: Measured, candidate: Candidate) -> float:
    start, end = candidate.reading.bounds[candidate.number]
    theirs = around(candidate.reading.text[start:end], candidate.item.start, candidate.item.end)
    return likeness(around(sentence, item.start, item.end), theirs)


def _claim(item: Measured, verdict: Verdict, candidate: Candidate | None, how: str) -> Claim:
    place = candidate.place if candidate else None
    return Claim(ClaimKind.FIGURE, item.text, item.start, item.end, verdict, place, how)
