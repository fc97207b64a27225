"""The verdict on the figures of a sentence.

A figure is traced where one like it stands in the evidence, unless the words around it say that it is about something
else. What is not found may be computed; what is not computed is contradicted where the evidence says another figure in
the same words, and otherwise untraced, or no evidence of it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.figures.amounts import Figure, inheriting
from generator.figures.comparing import CONVERTED, ROUNDED, SAME
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.manner import hedging
from generator.figures.otherwise import is_in_mere_degrees, otherwise
from generator.figures.read import Measured
from generator.figures.units import COUNT, CURRENCIES
from generator.model.tracing import (
    SAME_DATE,
    SAME_NAME,
    Claim,
    ClaimKind,
    Operation,
    Origin,
    Place,
    Reckoning,
    Term,
    Verdict,
)
from generator.trace import deriving
from generator.trace.ages import is_age
from generator.trace.apart import apart
from generator.trace.calendar import told_otherwise
from generator.trace.contests import is_turned_round, who_leads
from generator.trace.evidence import Evidence
from generator.trace.matching import Candidate, best, candidates, of_dimensions
from generator.trace.nuance import of_another_kind, told_less_exactly
from generator.trace.numbered import named_so
from generator.trace.owners import owner_of
from generator.trace.pairs import comparing
from generator.trace.parts import of_parts
from generator.trace.paying import rate_of, told_of
from generator.trace.rivals import (
    are_comparable,
    fits_better,
    is_about_it,
    is_other_part,
    is_slip,
    may_agree,
    other_end,
    rival_of,
    tells_both,
)
from generator.trace.swaps import swapped
from generator.trace.tellers import miscounted
from generator.trace.thresholds import COUNTED, EXACT, HARDLY, OUTDONE
from generator.trace.together import company, in_clause, is_said_exactly, is_said_twice, value
from generator.trace.unlike import has_unit_there, in_another_unit, is_unit_of_it


class Question(Struct, frozen=True, dict=True):
    """A sentence whose figures are to be judged."""

    text: str
    items: tuple[Measured, ...]
    before: tuple[Measured, ...]
    """The figures of the sentence before, in the same paragraph."""
    support: tuple[Evidence, ...]
    day: date | None
    """That of the story, for dates that name no year; None where it could not be read."""
    told: tuple[frozenset[str] | None, ...]
    """For each figure the sources that the sentence names as telling it."""
    claims_before: tuple[Claim, ...] = ()
    """What the sentence before claims."""

    @cached_property
    def in_units(self) -> dict[int, list[Figure]]:
        """What bare numbers of the sentence mean in the units of figures beside them, by where they begin."""
        found: dict[int, list[Figure]] = {}
        for figure in inheriting(self.text, self.items, None):
            found.setdefault(figure.start, []).append(figure)
        return found


class _Case(NamedTuple):
    """A figure of a sentence, with what the evidence has for it and for those beside it."""

    number: int
    question: Question
    found: Sequence[list[Candidate]]
    """For each figure of the sentence what may be it in the evidence."""
    chosen: Sequence[Candidate | None]
    """For each that of which it follows, where it does."""

    @property
    def item(self) -> Measured:
        return self.question.items[self.number]

    @property
    def there(self) -> list[Candidate]:
        return self.found[self.number]

    @property
    def own(self) -> Candidate | None:
        return self.chosen[self.number]

    @property
    def rival(self) -> Candidate | None:
        return rival_of(self.number, self.found, self.chosen)


def judge(question: Question) -> list[Claim]:
    """The figures of a sentence with their verdicts. Weak ones of which the evidence says nothing are left out."""
    found = [
        [c for c in _candidates(item, question) if told is None or c.kept.source in told]
        for item, told in zip(question.items, question.told, strict=True)
    ]
    chosen = [_chosen(item, of, question.text) for item, of in zip(question.items, found, strict=True)]
    chosen = [None if own and is_said_exactly(own, at, chosen) else own for at, own in enumerate(chosen)]
    chosen = [own or _in_company(item, of, chosen) for item, of, own in zip(question.items, found, chosen, strict=True)]
    claims = []
    for number in range(len(question.items)):
        case = _Case(number, question, found, chosen)
        claim = _judged(case)
        if claim is not None:
            if claim.verdict is Verdict.TRACED:
                claim = _as_it_is_told(_in_its_place(claim, case), question, found[number])
                if claim.how == SAME_DATE:
                    claim = _in_its_year(claim, case.item, case.own)
            claims.append(claim)
    return [_with_places(claim, claims, question.claims_before) for claim in claims]


def _with_places(claim: Claim, beside: Sequence[Claim], before: Sequence[Claim]) -> Claim:
    """A claim that is computed, each figure that it is computed from with the place to which that is itself traced."""
    if claim.reckoned is None or claim.reckoned.by is Operation.DAY:
        return claim
    terms = tuple([_with_place(term, beside, before) for term in claim.reckoned.terms])
    place = next((term.place for term in terms if term.place), None) if claim.verdict is Verdict.TRACED else None
    return replace(claim, place=place, reckoned=Reckoning(claim.reckoned.by, terms))


def _with_place(term: Term, beside: Sequence[Claim], before: Sequence[Claim]) -> Term:
    if term.told is Origin.SOURCE:
        return term
    told = before if term.told is Origin.BEFORE else beside
    own = next((c for c in told if c.start == term.start and c.kind is ClaimKind.FIGURE), None)
    is_found = own and own.verdict is Verdict.TRACED and (own.reckoned is None or own.reckoned.by is Operation.DAY)
    return replace(term, place=own.place) if own and is_found else term


def _in_its_year(claim: Claim, item: Measured, own: Candidate | None) -> Claim:
    """A traced date with its year, of which the evidence has no more than the day: its year is reckoned from a day."""
    is_told = not isinstance(item, Day) or item.year is None
    if is_told or own is None or not isinstance(own.item, Day) or own.item.year is not None:
        return claim
    day = own.kept.day_of_words()
    return replace(claim, reckoned=Reckoning(Operation.DAY, (day,))) if day else claim


def _as_it_is_told(claim: Claim, question: Question, found: Sequence[Candidate]) -> Claim:
    """A traced figure with a note where its source says more of it: `up to $10,000`."""
    if claim.verdict is not Verdict.TRACED or claim.how != SAME:
        return claim
    item = next((item for item in question.items if item.start == claim.start), None)
    note = told_less_exactly(question.text, item, found) if isinstance(item, Figure) else ""
    return replace(claim, how=note) if note else claim


def _candidates(item: Measured, question: Question) -> list[Candidate]:
    """What the evidence has for a figure; where nothing agrees with it, for what its number may mean too."""
    found = candidates(item, question.text, question.support)
    if any(candidate.how for candidate in found) or (found and item.dimension == "version"):
        return found  # where the evidence has others of its name, the number is that of a name
    for meant in (*question.in_units.get(item.start, ()), *otherwise(question.text, (item,))):
        others = candidates(meant, question.text, question.support)
        if is_in_mere_degrees(question.text, meant):  # then both are of one kind, and 82 are not 28
            others = [c for c in others if c.how != CONVERTED or not is_in_mere_degrees(c.sentence, c.item)]
        if any(candidate.how for candidate in others):
            return others
        found = found or others
    return found


def _chosen(item: Measured, found: Sequence[Candidate], sentence: str) -> Candidate | None:
    """The place in the evidence from which a claim follows and which fits best."""
    fitting = [candidate for candidate in found if candidate.how]
    exact = [candidate for candidate in fitting if candidate.how == SAME]
    chosen = best(fitting)
    if chosen and exact and (same := best(exact)) and same.likeness >= chosen.likeness * EXACT:
        chosen = same
    if chosen and chosen.how in (ROUNDED, CONVERTED) and chosen.likeness < HARDLY and _is_outdone(chosen, found):
        return None
    if chosen and _needs_words(item, chosen) and chosen.likeness < COUNTED and not chosen.kept.is_foreign:
        return chosen if is_age(sentence, item) and is_age(chosen.sentence, chosen.item) else None
    return chosen


def _in_company(item: Measured, found: Sequence[Candidate], chosen: Sequence[Candidate | None]) -> Candidate | None:
    """The place of a small count that shares no word with it, but stands with another figure of the sentence."""
    beside = [other for other in chosen if other]
    return best(
        [c for c in found if c.how == SAME and _needs_words(item, c) and any(c.stands_with(other) for other in beside)]
    )


def _is_outdone(chosen: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether another figure is more likely meant than one that only rounds to the claim and shares no word with it."""
    return any(candidate.likeness > chosen.likeness + OUTDONE for candidate in found)


def _needs_words(item: Measured, chosen: Candidate) -> bool:
    """Whether a figure stands in every text, so that its number alone is no evidence."""
    meant = chosen.item if chosen.item.dimension != item.dimension else item
    return isinstance(meant, Figure) and (
        meant.weak or (meant.dimension == COUNT and meant.high < 100 and not meant.is_range)
    )


def _judged(case: _Case) -> Claim | None:
    item, own, question = case.item, case.own, case.question
    if isinstance(item, Day) and (fault := item.weekday_fault(_year_of(item, own, question))):
        return _claim(item, Verdict.CONTRADICTED, None, fault)  # whatever the evidence says
    if not question.support:
        return None if item.weak else _claim(item, Verdict.UNCITED, None, "")
    if isinstance(item, Figure) and (fault := deriving.upside_down(item, question.text, question.items)):
        return _claim(item, Verdict.CONTRADICTED, None, fault)
    if own:
        return _claim(item, Verdict.TRACED, own, own.how)
    opposed = best([candidate for candidate in case.there if candidate.opposed])
    if opposed:
        return _claim(item, Verdict.CONTRADICTED, opposed, opposed.opposed)
    before = question.before if question.told[case.number] is None else ()  # nobody is said to tell what we compute
    if isinstance(item, Figure) and (computed := _meant(item, case, before)):
        if computed.fits and not _stand(computed.inputs, question):
            return _of_nothing(item, computed, question)
        if computed.fits or computed.is_sure or not item.weak:
            verdict = Verdict.TRACED if computed.fits else Verdict.CONTRADICTED
            return _claim_at(item, verdict, None, computed.words, _reckoning(computed, before))
    return _otherwise(item, question, case.chosen) or _not_found(case)


def _year_of(item: Day, own: Candidate | None, question: Question) -> int | None:
    """The year of a day that names none: that of the evidence, else the one in which it is nearest to the story's."""
    if own and isinstance(own.item, Day) and own.item.year:
        return own.item.year
    told = question.day
    if told is None:
        return None
    days = [whole for by in (0, 1, -1) if (whole := item.whole(told.year + by))]
    return min(days, key=lambda whole: abs(whole - told)).year if days else told.year


def _otherwise(item: Measured, question: Question, chosen: Sequence[Candidate | None]) -> Claim | None:
    """A figure that is the number of a name, that the evidence tells in other words, or its own day."""
    if place := named_so(item, question.text, question.support):
        return _claim_at(item, Verdict.TRACED, place, SAME_NAME)
    if told := told_otherwise(item, question.text, question.support, [c for c in chosen if c]):
        how = f"what “{told.place.text}” means there"
        return _claim_at(item, Verdict.TRACED, told.place, how, told.reckoned)
    return _ago(item, question) or _when_published(item, question)


def _when_published(item: Measured, question: Question) -> Claim | None:
    """A day on which a source was published: `said on 20 November`; None where none was."""
    if not isinstance(item, Day) or not item.day:
        return None
    year = _year_of(item, None, question)
    for kept in question.support:
        if kept.published and item.whole(year or kept.published.year) == kept.published:
            how = f"the day on which @{kept.source} was published"
            return _claim_at(item, Verdict.TRACED, kept.place_of_day(), how)
    return None


_AGO = re.compile(r"\s(?:ago|earlier|before|later|since)\b")


def _ago(item: Measured, question: Question) -> Claim | None:
    """`Three years ago`, where the evidence names the year that it was by the day of the story; None where not."""
    if not isinstance(item, Figure) or item.dimension != "month" or not _AGO.match(question.text, item.end):
        return None
    if question.day is None:
        return _claim(item, Verdict.TRACED, None, "computed from a day that is not known")
    dates = of_dimensions(item, question.text, question.support, ("date",))
    then = best([there for there in dates if _is_so_long_before(there.item, item, question.day)])
    if then is None:
        return None
    by_day = Reckoning(Operation.DAY, (Term(question.day.isoformat(), Origin.PAGE),))
    return _claim_at(item, Verdict.TRACED, then.place, f"computed from {then.item.text}", by_day)


def _is_so_long_before(there: Measured, span: Figure, day: date) -> bool:
    """Whether a date of the evidence is as long before a day as a span says: to the year, or to the month."""
    if not isinstance(there, Day) or there.year is None:
        return False
    months = round(span.low)
    if months % 12 == 0 and "month" not in span.text:
        return there.year == day.year - months // 12
    return there.month is not None and (day.year - there.year) * 12 + day.month - there.month == months


def _not_found(case: _Case) -> Claim | None:
    item, question = case.item, case.question
    if end := other_end(item, question.text, question.items, case.there):
        return _claim(item, Verdict.CONTRADICTED, end, f"the source has {end.item.text}")
    rival, told = case.rival, question.told[case.number]
    is_whole = all(kept.is_whole for kept in question.support if told is None or kept.source in told)
    is_meant = rival is not None and (
        is_about_it(rival, is_whole)
        or is_slip(item, rival)
        or is_other_part(case.number, item, question.text, rival, case.chosen)
    )
    reckoned = ""
    if rival and is_meant and are_comparable(item, question.text, rival) and not may_agree(item, question.text, rival):
        reckoned = of_parts(item, question.text, rival) if isinstance(item, Figure) else ""
        if not reckoned and not has_unit_there(item, question.support):
            return _claim(item, Verdict.CONTRADICTED, rival, f"the source has {_as_told(item, rival)}")
    unlike = in_another_unit(item, question.text, question.support)
    if unlike and is_unit_of_it(item, unlike):
        return _claim(item, Verdict.CONTRADICTED, unlike, f"the source has {unlike.item.text}")
    if item.weak or (item.text[:1].islower() and any(kept.is_foreign for kept in question.support)):
        return None
    if is_whole:
        near = rival if reckoned else _nearest(item, case.there) or unlike
        return _claim(item, Verdict.UNTRACED, near, reckoned or _what_is_near(item, near))
    return _claim(item, Verdict.NO_EVIDENCE, None, "")


def _what_is_near(item: Measured, near: Candidate | None) -> str:
    if near is None:
        return "it has nothing like it"
    if value(near.item) == value(item):
        told = _as_told(item, near)
        if told != near.item.text:  # it is the hedge that does not fit
            return f"the source has “{told}”"
        return f"{near.item.text} stands there, but for something else as it seems"
    return f"the nearest is {_as_told(item, near)}"


def _as_told(item: Measured, rival: Candidate) -> str:
    """A figure of the evidence as it stands there, with its hedge where only that is another, and what it ranks."""
    other = rival.item
    if isinstance(other, Label) and other.dimension == "rank" and other.text.isalpha():
        return f"{other.text} {other.family}".strip()
    words = hedging(rival.sentence, other.start) if value(item) == value(other) else ""
    return f"{words} {other.text}".strip()


def _nearest(item: Measured, found: Sequence[Candidate]) -> Candidate | None:
    """The figure of the evidence that comes nearest in number, or in words for what has no size."""
    if not isinstance(item, Figure):
        return best(found)
    sized = [c for c in found if isinstance(c.item, Figure)]
    return min(sized, key=lambda c: abs(c.item.low - item.low) if isinstance(c.item, Figure) else 0.0, default=None)


def _meant(item: Figure, case: _Case, before: Sequence[Measured]) -> deriving.Computed | None:
    """What a figure is computed from, unless it is a span between two dates by chance.

    `Jailed for six years for theft between 2018 and 2023`: dates lie apart by something, and the evidence has another
    span of the same thing.
    """
    computed = _computed(item, case.question, before)
    if computed is None or not computed.fits or not all(isinstance(day, Day) for day in computed.inputs):
        return computed
    rival, is_whole = case.rival, all(kept.is_whole for kept in case.question.support)
    return None if rival and is_about_it(rival, is_whole) else computed


_ANY_YEAR = (2023, 2024)
"""One without and one with a leap day, where the year is not known in which days lie apart."""


def _computed(item: Figure, question: Question, before: Sequence[Measured]) -> deriving.Computed | None:
    if computed := _computed_as_told(item, question, before):
        return computed
    if item.dimension:  # cents may be of another currency
        read = (meant for meant in otherwise(question.text, (item,)) if isinstance(meant, Figure))
        meant = [figure for figure in read if figure.dimension in CURRENCIES and item.dimension in CURRENCIES]
        return next(filter(None, (_computed_as_told(figure, question, before) for figure in meant)), None)
    if item.start not in question.in_units:
        return None
    told = tuple([question.in_units.get(other.start, [other])[-1] for other in question.items])
    return _computed_as_told(question.in_units[item.start][-1], replace(question, items=told), before)


def _computed_as_told(item: Figure, question: Question, before: Sequence[Measured]) -> deriving.Computed | None:
    for year in (question.day.year,) if question.day else _ANY_YEAR:
        if computed := deriving.derive(item, question.text, question.items, before, year):
            return computed
    if computed := apart(item, question.text, question.items, before, question.support):
        return computed
    if deriving.may_be_of_pair(item, question.text):
        for kept in question.support:
            for part, index, reading in kept.readings:
                for number, sentence, items in comparing(reading):
                    if found := deriving.of_pair(item, sentence, items):
                        bounds = [reading.bounds_of(number, of) for of in found.inputs]
                        return replace(found, places=tuple([kept.place(part, index, *span) for span in bounds]))
    return None


def _stand(inputs: Sequence[Measured], question: Question, deep: int = 2) -> bool:
    """Whether all that was computed with follows from the evidence, or is computed of what does."""
    return all(_stands(item, question, deep) for item in inputs)


def _stands(item: Measured, question: Question, deep: int) -> bool:
    is_here = any((item.start, item.text) == (own.start, own.text) for own in question.items)
    if not is_here:  # it is one of the sentence before, which is judged by its own sources
        return True
    if any(candidate.how for candidate in candidates(item, question.text, question.support)):
        return True
    if not deep or not isinstance(item, Figure):
        return False
    computed = _computed(item, question, question.before)
    return computed is not None and computed.fits and _stand(computed.inputs, question, deep - 1)


def _of_nothing(item: Figure, computed: deriving.Computed, question: Question) -> Claim | None:
    """A figure that is computed rightly, of others that are not in the evidence."""
    if item.weak:
        return None
    if all(kept.is_whole for kept in question.support):
        return _claim(item, Verdict.UNTRACED, None, f"it is {computed.words}, and not all of these stand there")
    return _claim(item, Verdict.NO_EVIDENCE, None, "")


def _reckoning(computed: deriving.Computed, before: Sequence[Measured]) -> Reckoning:
    """How a figure is computed: of figures of the sentence, of the one before, and of those that the evidence has."""
    inputs = deriving.as_written(computed.inputs)
    places = computed.places[: len(inputs)] or (None,) * len(inputs)
    terms = [_term(item, place, before) for item, place in zip(inputs, places, strict=True)]
    return Reckoning(computed.by, tuple(terms))


def _term(item: Measured, place: Place | None, before: Sequence[Measured]) -> Term:
    if place:
        return Term(item.text, Origin.SOURCE, place=place)
    told = Origin.BEFORE if any(item is other for other in before) else Origin.SENTENCE
    return Term(item.text, told, item.start)


def _in_its_place(claim: Claim, case: _Case) -> Claim:
    """A traced claim, or a contradicted one where its figure stands in the evidence for something else."""
    own, item, question = case.own, case.item, case.question
    if own is None or isinstance(item, Label):
        return claim
    is_theirs, owner = owner_of(item.start, question.text, question.items, question.support)
    if moved := _moved(claim, own, case, owner, is_theirs):
        return moved
    if is_theirs:
        return claim
    if own.kept.is_foreign or not all(kept.is_whole for kept in question.support):
        return claim
    rival = case.rival
    is_meant = rival and fits_better(item, question.text, rival, own) and are_comparable(item, question.text, rival)
    if rival and is_meant and not tells_both(item, question.text, question.items, rival, own):
        number, chosen = case.number, case.chosen
        if any(told(own, number, chosen) > told(rival, number, chosen) for told in (company, in_clause)):
            return claim
        if isinstance(item, Figure) and (computed := _computed(item, question, question.before)) and computed.fits:
            return claim
        how = f"the source has {rival.item.text} in this place, and {own.item.text} for something else"
        return replace(claim, verdict=Verdict.CONTRADICTED, place=rival.place, how=how)
    return claim


def _moved(claim: Claim, own: Candidate, case: _Case, owner: str, is_theirs: bool) -> Claim | None:
    """A contradicted claim where something tells that its figure is another's, another rate's, or said twice."""
    number, question, found, chosen = case
    item, there, how, place = case.item, case.there, "", claim.place
    if wrong := miscounted(question.text, item, there, question.support):
        how = wrong
    elif is_said_twice(number, question.text, question.items, chosen):
        how = f"it stands twice here, and the source has {own.item.text} once"
    elif isinstance(item, Figure) and (kind := of_another_kind(question.text, item, there)):
        how = kind
    elif is_turned_round(number, question.text, question.items, chosen):
        how = "the source has the two numbers the other way round"
    elif leader := who_leads(question.text, item, there):
        how = f"the source has {leader} ahead"
    elif isinstance(item, Figure) and (other := rate_of(question.text, item, own, there)):
        how, place = f"the source has {told_of(other)}", other.place
    elif owner:
        how = f"in the source it is that of {owner}"
    elif not is_theirs and (other := swapped(number, question.text, question.items, found, chosen)):
        how, place = f"the source has {other.item.text} in this place: the two are changed round", other.place
    return replace(claim, verdict=Verdict.CONTRADICTED, place=place, how=how) if how else None


def _claim(item: Measured, verdict: Verdict, candidate: Candidate | None, how: str) -> Claim:
    return _claim_at(item, verdict, candidate.place if candidate else None, how)


def _claim_at(
    item: Measured, verdict: Verdict, place: Place | None, how: str, reckoned: Reckoning | None = None
) -> Claim:
    span = item.text, item.start, item.end
    return Claim(ClaimKind.FIGURE, *span, verdict, place, how, reckoned=reckoned)
