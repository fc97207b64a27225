"""Figures that the evidence has, but for something else: swapped, of another owner, or for another measure."""

from __future__ import annotations

import re

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.comparing import follows
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.scores import SCORE
from generator.model.tracing import IN_ITS_PLACE, Claim, Verdict
from generator.texts.patterns import late
from generator.trace.adjusted import put_in
from generator.trace.case import Case
from generator.trace.computed import computed_of
from generator.trace.contests import is_turned_round, lost_or_won, other_outcome, who_leads
from generator.trace.evidence import are_whole
from generator.trace.excluding import CERTAIN, LIKELY
from generator.trace.kinds import of_another_kind
from generator.trace.matching import Candidate
from generator.trace.of_all import of_a_part
from generator.trace.opposites import opposite_of
from generator.trace.other_rates import rate_of, told_of
from generator.trace.owners import owner_of
from generator.trace.rivals import are_comparable, fits_better, tells_both
from generator.trace.swaps import swapped
from generator.trace.tellers import miscounted
from generator.trace.together import company, in_clause, is_said_twice
from generator.trace.turned import is_turned


def in_its_place(claim: Claim, case: Case) -> Claim:
    """Return the claim, contradicted if the evidence has its figure for something else, untraced if it seems to."""
    own = case.own
    if own is None:
        return claim
    if isinstance(case.item, Label):
        return _scored_by_another(claim, case)
    is_theirs, owner = owner_of(case)
    if moved := _moved(claim, own, case, owner, is_theirs):
        return moved
    if said := _said_otherwise(case):
        return replace(
            claim, verdict=Verdict.UNTRACED, how=f"{IN_ITS_PLACE} {said}"
        )  # the words alone say so: no error
    if is_theirs or own.kept.is_foreign or not are_whole(case.question.support):
        return claim
    rival = case.rival
    if rival is None or not _is_rather(rival, own, case):
        return claim
    how = f"{IN_ITS_PLACE} {rival.item.text} in this place, and {own.item.text} for something else"
    return replace(claim, verdict=Verdict.UNTRACED, place=rival.place, how=how)


def _scored_by_another(claim: Claim, case: Case) -> Claim:
    """Return a score, contradicted if the evidence has the other side as its winner."""
    if case.item.dimension != SCORE:
        return claim
    leader = who_leads(case.text, case.item, case.there)
    how = f"the source has {leader} ahead" if leader else lost_or_won(case)
    return replace(claim, verdict=Verdict.CONTRADICTED, how=how) if how else claim


def _is_before_the_unit(rival: Candidate, own: Candidate) -> bool:
    """Whether two figures may be of a list, `12, 15 and 22 metres`, whose words are those of each."""
    is_listed = isinstance(rival.item, Figure) and own.stands_with(rival)
    return is_listed and rival.item.text[-1].isdigit() and not own.item.text[-1].isdigit()


def _is_rather(rival: Candidate, own: Candidate, case: Case) -> bool:
    """Whether another figure of the evidence is meant rather than the one that was found."""
    if _is_before_the_unit(rival, own):
        return False
    if not fits_better(case, rival, own) or not are_comparable(case, rival) or tells_both(case, rival, own):
        return False
    if not rival.opposed and case.item.direction * rival.item.direction < 0 <= case.item.direction * own.item.direction:
        return False  # another fall is in the place of no rise
    if _goes_on(case, own, rival):
        return False
    beside, item = case.beside, case.item
    if any(told(own, beside) > told(rival, beside) for told in (company, in_clause)):
        return False
    found = computed_of(item, case.question, case.question.before) if isinstance(item, Figure) else None
    return found is None or not found.fits


_PRONOUN = late(r"\b(?:it|they|those|that|es|sie)\b", re.IGNORECASE)


def _goes_on(case: Case, own: Candidate, rival: Candidate) -> bool:
    """Whether the evidence goes on from another figure to the one found, for a time that only the text names.

    As in `Revenue was $8.4 billion in 2025. In the year before, it was $7.0 billion.`
    """
    if own.reading is not rival.reading or own.number != rival.number + 1:
        return False
    if not _PRONOUN.search(own.sentence, 0, own.item.start):
        return False
    days = [item for item in case.items if isinstance(item, Day)]
    return bool(days) and not any(_is_named(day, rival) for day in days)


def _is_named(day: Day, there: Candidate) -> bool:
    """Whether the sentence of a figure of the evidence has a day too."""
    return any(follows(day, other) for other in there.reading.of_dimension(day.dimension, there.number))


def _said_otherwise(case: Case) -> str:
    """What else the evidence seems to say of a figure: another kind of it, a share of a part, the opposite deed."""
    item = case.item
    if isinstance(item, Figure) and (
        kind := of_another_kind(case.text, item, case.there, LIKELY) or put_in(case.text, item, case.there)
    ):
        return kind
    if part := of_a_part(case):
        return f"it of the {part}"
    verb = opposite_of(case)
    return f"“{verb}”" if verb else ""


def _moved(claim: Claim, own: Candidate, case: Case, owner: str, is_theirs: bool) -> Claim | None:
    """Return a contradicted claim if its figure is another's, of another rate, or given twice; None otherwise."""
    item, how, place = case.item, "", claim.place
    if wrong := miscounted(case) or is_turned(case) or other_outcome(case):
        how = wrong
    elif is_said_twice(case):
        how = f"it stands twice here, and the source has {own.item.text} once"
    elif isinstance(item, Figure) and (kind := of_another_kind(case.text, item, case.there, CERTAIN)):
        how = f"the source has {kind}"
    elif is_turned_round(case):
        how = "the source has the two numbers the other way round"
    elif leader := who_leads(case.text, item, case.there):
        how = f"the source has {leader} ahead"
    elif isinstance(item, Figure) and (other := rate_of(case.text, item, own, case.there)):
        how, place = f"the source has {told_of(other)}", other.place
    elif owner:
        how = f"in the source it is that of {owner}"
    elif not is_theirs and (other := swapped(case)):
        how, place = f"the source has {other.item.text} in this place: the two are changed round", other.place
    return replace(claim, verdict=Verdict.CONTRADICTED, place=place, how=how) if how else None
