"""Whether a figure is computed from its sentence, the one before or the evidence, and whether the inputs hold.

`deriving` and `differences` do the computing. This module decides what the figures are read as for that, and which
inputs must follow from the evidence themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.dates import Day
from generator.figures.otherwise import otherwise
from generator.figures.read import Measured
from generator.figures.units import COUNT, CURRENCIES, POINTS
from generator.model.tracing import Claim, ClaimKind, Operand, OperandOrigin, Operation, Place, Reckoning, Verdict
from generator.texts.patterns import late
from generator.trace import deriving
from generator.trace.by_the_year import by_the_year
from generator.trace.case import Case, Question
from generator.trace.context import are_two_sides, context, likeness
from generator.trace.deriving import Computed
from generator.trace.differences import apart
from generator.trace.evidence import are_whole
from generator.trace.matching import candidates
from generator.trace.pairs import comparing, dating, parting
from generator.trace.reading import Reading
from generator.trace.rivals import is_about_it
from generator.trace.thresholds import NEAR_IT

_ANY_YEAR = (2023, 2024)
"""A year without and one with a leap day, for dates of unknown year."""
_Told = Callable[[Reading], Iterator[tuple[int, str, list[Measured]]]]
"""Finds the sentences of a kept text from which something may be computed, each with its number and its figures."""
_Of = Callable[[str, Sequence[Measured]], Computed | None]
"""Computes a claim from such a sentence."""
_DEEP = 2
"""How many levels of inputs may be computed themselves."""


def computed(case: Case, item: Figure) -> Computed | None:
    """What the figure of a case is computed from, unless it only happens to equal the span between two dates.

    `Jailed for six years for theft between 2018 and 2023`: any two dates are some span apart, and the evidence has
    another span for the same thing.
    """
    found = computed_of(item, case.question, case.before)
    if found is None or not found.fits or not all(isinstance(day, Day) for day in found.inputs):
        return found
    rival, is_whole = case.rival, are_whole(case.question.support)
    return None if rival and is_about_it(rival, is_whole) else found


def computed_of(item: Figure, question: Question, before: Sequence[Measured]) -> Computed | None:
    """What a figure is computed from, as written or as another thing it may mean; None if no words suggest any."""
    if found := _as_written(item, question, before):
        return found
    if item.dimension:  # cents may be of another currency
        read = (meant for meant in otherwise(question.text, (item,)) if isinstance(meant, Figure))
        meant = [figure for figure in read if figure.dimension in CURRENCIES and item.dimension in CURRENCIES]
        return next(filter(None, (_as_written(figure, question, before) for figure in meant)), None)
    if points := _in_points(item, question.text):
        return _as_written(points, question, before)
    if item.start not in question.in_units:
        return None
    told = tuple([question.in_units.get(other.start, [other])[-1] for other in question.items])
    return _as_written(question.in_units[item.start][-1], replace(question, items=told), before)


def _in_points(item: Figure, sentence: str) -> Figure | None:
    """A bare number read as percentage points: turnout that `fell 4.7 points`."""
    meant = (each for each in otherwise(sentence, (item,)) if isinstance(each, Figure) and each.dimension == POINTS)
    return next(meant, None)


def _as_written(item: Figure, question: Question, before: Sequence[Measured]) -> Computed | None:
    for year in (question.day.year,) if question.day else _ANY_YEAR:
        if found := deriving.derive(item, question.text, question.items, before, year):
            return found
    if found := apart(item, question.text, question.items, before, question.support):
        return found
    if found := _between_dates(item, question):
        return found
    found = _of_pair(item, question) if deriving.may_be_of_pair(item, question.text) else None
    return found or _of_part(item, question) or _of_count_behind(item, question) or by_the_year(item, question)


def _between_dates(item: Figure, question: Question) -> Computed | None:
    """The span between two dates that the evidence joins: `between September 9 and September 28`."""
    if item.dimension not in ("second", "month") or question.day is None:
        return None
    year = question.day.year

    def of(sentence: str, items: Sequence[Measured]) -> Computed | None:
        return deriving.of_dates(item, sentence, [day for day in items if isinstance(day, Day)], year)

    return _of_the_same(item, question, dating, of)


def _of_pair(item: Figure, question: Question) -> Computed | None:
    """A computation from two figures that the evidence compares, changing in the direction that the claim gives."""
    told = deriving.way_of(item, question.text)

    def of(sentence: str, items: Sequence[Measured]) -> Computed | None:
        way = 0 if told and are_two_sides(question.text, sentence) else told
        return deriving.of_pair(item, sentence, items, way)

    return _of_evidence(question, comparing, of)


def _of_part(item: Figure, question: Question) -> Computed | None:
    """A share that the evidence gives as a part and its whole: 25%, of `40 of the 160 homes`."""
    if not deriving.is_share(item, question.text):
        return None
    return _of_the_same(item, question, parting, partial(deriving.of_part, item))


_SO_MANY = late(r"\s(?:of\s)?(?:(?:the|all|its|their)\s)?[^\W\d_][^,.;:()\d]{0,40}(?:,|\s\()\s?\Z")


def _of_count_behind(item: Figure, question: Question) -> Computed | None:
    """A share in words with its count behind it, `half of the patients, 602`, of a whole that the evidence has."""
    part = next((other for other in question.items if other.start >= item.end), None)
    if not item.weak or not isinstance(part, Figure) or part.dimension != COUNT or part.is_range:
        return None
    if not deriving.is_share(item, question.text) or not _SO_MANY.match(question.text[item.end : part.start]):
        return None
    for there in candidates(part, question.text, question.support):
        for whole, number in there.reading.by_dimension.get(COUNT, ()) if there.how else ():
            if not isinstance(whole, Figure) or whole.weak or whole.low <= part.low:
                continue
            if deriving.fits(item, 100 * part.low / whole.low):
                place = there.kept.place(there.part, there.index, *there.reading.bounds_of(number, whole))
                return replace(deriving.computed_from(Operation.SHARE, part, whole), places=(None, place))
    return None


def _of_the_same(item: Figure, question: Question, told: _Told, of: _Of) -> Computed | None:
    """The first computation from a sentence of the evidence that is about the same as the claim."""

    def found(sentence: str, items: Sequence[Measured]) -> Computed | None:
        made = of(sentence, items)
        return made if made and _is_about(item, question, sentence, made.inputs) else None

    return _of_evidence(question, told, found)


def _is_about(item: Figure, question: Question, sentence: str, terms: Sequence[Measured]) -> bool:
    """Whether a sentence of the evidence tells of one of some figures what the text tells of a claim.

    Nothing else ties a claim to them: any two figures give some share, and any two dates are some span apart.
    """
    own = context(question.text, item.start, item.end)
    return any(likeness(own, context(sentence, term.start, term.end)) >= NEAR_IT for term in terms)


def _of_evidence(question: Question, told: _Told, of: _Of) -> Computed | None:
    """The first computation from one sentence of the evidence, with the places of its terms."""
    for kept in question.support:
        for part, index, reading in kept.readings:
            for number, sentence, items in told(reading):
                if found := of(sentence, items):
                    bounds = [reading.bounds_of(number, term) for term in found.inputs]
                    return replace(found, places=tuple([kept.place(part, index, *span) for span in bounds]))
    return None


def do_stand(inputs: Sequence[Measured], question: Question, deep: int = _DEEP) -> bool:
    """Whether every input follows from the evidence, or is computed from figures that do."""
    return all(_stands(item, question, deep) for item in inputs)


def _stands(item: Measured, question: Question, deep: int) -> bool:
    is_here = any((item.start, item.text) == (own.start, own.text) for own in question.items)
    if not is_here:  # an input from the sentence before, which is judged by its own sources
        return True
    if any(candidate.how for candidate in candidates(item, question.text, question.support)):
        return True
    if not deep or not isinstance(item, Figure):
        return False
    found = computed_of(item, question, question.before)
    return found is not None and found.fits and do_stand(found.inputs, question, deep - 1)


def reckoning(found: Computed, before: Sequence[Measured]) -> Reckoning:
    """The reckoning of a computed figure, with terms from the sentence, the one before, and the evidence."""
    inputs = deriving.as_written(found.inputs)
    places = found.places[: len(inputs)] or (None,) * len(inputs)
    terms = [_term(item, place, before) for item, place in zip(inputs, places, strict=True)]
    return Reckoning(found.by, tuple(terms))


def _term(item: Measured, place: Place | None, before: Sequence[Measured]) -> Operand:
    if place:
        return Operand(item.text, OperandOrigin.SOURCE, place=place)
    told = OperandOrigin.BEFORE if any(item is other for other in before) else OperandOrigin.SENTENCE
    return Operand(item.text, told, item.start)


def with_places(claim: Claim, beside: Sequence[Claim], before: Sequence[Claim]) -> Claim:
    """A computed claim, each of its terms with the place that it is traced to."""
    if claim.reckoned is None or claim.reckoned.by is Operation.DAY:
        return claim
    terms = tuple([_with_place(term, beside, before) for term in claim.reckoned.terms])
    place = next((term.place for term in terms if term.place), None) if claim.verdict is Verdict.TRACED else None
    return replace(claim, place=place, reckoned=Reckoning(claim.reckoned.by, terms))


def _with_place(term: Operand, beside: Sequence[Claim], before: Sequence[Claim]) -> Operand:
    if term.told is OperandOrigin.SOURCE:
        return term
    told = before if term.told is OperandOrigin.BEFORE else beside
    own = next((c for c in told if c.start == term.start and c.kind is ClaimKind.FIGURE), None)
    is_found = own and own.verdict is Verdict.TRACED and (own.reckoned is None or own.reckoned.by is Operation.DAY)
    return replace(term, place=own.place) if own and is_found else term
