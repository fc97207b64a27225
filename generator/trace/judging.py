"""The verdict on the figures of a sentence.

A figure is traced if the evidence has one like it, unless the words around that show that it is about something else. A
figure that is not found may be computed; otherwise it is contradicted if the evidence has another figure in the same
words, and untraced if not, or without evidence if too little is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from generator.figures.amounts import Figure
from generator.figures.comparing import SAME, value
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.manner import hedging
from generator.figures.read import Measured
from generator.model.tracing import SAME_NAME, Claim, ClaimKind, Place, Reckoning, Verdict
from generator.trace.calendar import in_its_year, told_otherwise, year_of
from generator.trace.case import Case, Question
from generator.trace.choosing import chosen_of, found_in
from generator.trace.computed import computed, do_stand, reckoning, with_places
from generator.trace.deriving import Computed, upside_down
from generator.trace.evidence import are_whole
from generator.trace.in_a_row import one_before
from generator.trace.matching import Candidate, best
from generator.trace.misplaced import in_its_place
from generator.trace.named_by_number import named_so
from generator.trace.nuance import told_less_exactly
from generator.trace.other_units import has_unit_there, in_another_unit, is_unit_of_it
from generator.trace.parts import of_parts, reckoned
from generator.trace.rivals import are_comparable, is_about_it, is_other_part, is_slip, may_agree, other_end
from generator.trace.together import all_of_them

__all__ = ["Question", "judge"]


def judge(question: Question) -> list[Claim]:
    """Judge the figures of a sentence. Weak ones that the evidence says nothing about are left out."""
    found = found_in(question)
    chosen = chosen_of(question, found)
    claims = []
    for number, (item, there, own) in enumerate(zip(question.items, found, chosen, strict=True)):
        case = Case(item, there, own, number, question, found, chosen)
        claim = _judged(case)
        if claim is not None:
            claims.append(_as_it_is_told(claim, case) if claim.verdict is Verdict.TRACED else claim)
    return [with_places(claim, claims, question.claims_before) for claim in claims]


def _as_it_is_told(claim: Claim, case: Case) -> Claim:
    """A traced figure checked against the rest of its source: its place, qualifiers and year."""
    claim, item = in_its_place(claim, case), case.item
    if claim.verdict is not Verdict.TRACED:
        return claim
    if isinstance(item, Day):
        return in_its_year(claim, item, case.own)
    note = told_less_exactly(case.text, item, case.there) if claim.how == SAME and isinstance(item, Figure) else ""
    return replace(claim, how=note) if note else claim


def _judged(case: Case) -> Claim | None:
    item, own, question = case.item, case.own, case.question
    if isinstance(item, Day) and (fault := item.weekday_fault(year_of(item, own, question.day))):
        return _claim(item, Verdict.CONTRADICTED, fault)  # whatever the evidence says
    if not question.support:
        return None if item.weak else _claim(item, Verdict.UNCITED)
    if isinstance(item, Figure) and (fault := upside_down(item, question.text, question.items)):
        return _claim(item, Verdict.CONTRADICTED, fault)
    if own:
        return _claim(item, Verdict.TRACED, own.how, own.place)
    opposed = best([candidate for candidate in case.there if candidate.opposed])
    if opposed:
        return _claim(item, Verdict.CONTRADICTED, opposed.opposed, opposed.place)
    if isinstance(item, Figure) and (found := computed(case, item)):
        if found.fits and not do_stand(found.inputs, question):
            return _of_nothing(item, found, question)
        if found.fits or found.is_sure or not item.weak:
            verdict = Verdict.TRACED if found.fits else Verdict.CONTRADICTED
            return _claim(item, verdict, found.words, reckoned=reckoning(found, case.before))
    return _otherwise(case) or _not_found(case)


def _otherwise(case: Case) -> Claim | None:
    """A figure that the evidence has as the number of a name, as one more, in other words, or as its own day."""
    if place := named_so(case.item, case.text, case.question.support):
        return _claim(case.item, Verdict.TRACED, SAME_NAME, place)
    if last := one_before(case):
        return _claim(case.item, Verdict.TRACED, f"one before the {last.item.text}", last.place)
    told = told_otherwise(case)
    return _claim(case.item, Verdict.TRACED, told.how, told.place, told.reckoned) if told else None


def _not_found(case: Case) -> Claim | None:
    """The verdict on a figure that is neither found nor computed; None for a weak one if nothing can be said."""
    item, question = case.item, case.question
    if whole := all_of_them(case):
        return _claim(item, Verdict.CONTRADICTED, f"the source has all {whole.item.text}", whole.place)
    if end := other_end(case):
        return _claim(item, Verdict.CONTRADICTED, f"the source has {end.item.text}", end.place)
    rival, is_whole = case.rival, case.is_whole
    parts = ""
    if rival and _is_meant(rival, case) and not may_agree(item, question.text, rival):
        parts = (of_parts(item, question.text, rival) if isinstance(item, Figure) else "") or reckoned(case)
        if not parts and not has_unit_there(item, question.support):
            return _claim(item, Verdict.CONTRADICTED, f"the source has {_as_told(item, rival)}", rival.place)
    unlike = in_another_unit(item, question.text, question.support)
    if unlike and is_unit_of_it(item, unlike):
        return _claim(item, Verdict.CONTRADICTED, f"the source has {unlike.item.text}", unlike.place)
    if item.weak or (item.text[:1].islower() and any(kept.is_foreign for kept in question.support)):
        return None
    if not is_whole:
        return _claim(item, Verdict.NO_EVIDENCE)
    near = rival if parts else _nearest(item, case.there) or unlike
    return _claim(item, Verdict.UNTRACED, parts or _what_is_near(item, near), near.place if near else None)


def _is_meant(rival: Candidate, case: Case) -> bool:
    """Whether another figure of the evidence is in the place of one that it does not have."""
    is_so = is_about_it(rival, case.is_whole) or is_slip(case.item, rival) or is_other_part(case, rival)
    return is_so and are_comparable(case, rival)


def _what_is_near(item: Measured, near: Candidate | None) -> str:
    if near is None:
        return "it has nothing like it"
    if value(near.item) == value(item):
        told = _as_told(item, near)
        if told != near.item.text:  # only the hedge does not fit
            return f"the source has “{told}”"
        return f"{near.item.text} stands there, but for something else as it seems"
    return f"the nearest is {_as_told(item, near)}"


def _as_told(item: Measured, rival: Candidate) -> str:
    """A figure as the evidence has it: with its hedge if only that differs, and with what it ranks."""
    other = rival.item
    if isinstance(other, Label) and other.dimension == "rank" and other.text.isalpha():
        return f"{other.text} {other.family}".strip()
    words = hedging(rival.sentence, other.start) if value(item) == value(other) else ""
    return f"{words} {other.text}".strip()


def _nearest(item: Measured, found: Sequence[Candidate]) -> Candidate | None:
    """The closest figure of the evidence by number, or by words for what has no size."""
    if not isinstance(item, Figure):
        return best(found)
    sized = [c for c in found if isinstance(c.item, Figure)]
    return min(sized, key=lambda c: abs(c.item.low - item.low) if isinstance(c.item, Figure) else 0.0, default=None)


def _of_nothing(item: Figure, found: Computed, question: Question) -> Claim | None:
    """A figure that is computed correctly, but from figures that are not in the evidence."""
    if item.weak:
        return None
    if are_whole(question.support):
        return _claim(item, Verdict.UNTRACED, f"it is {found.words}, and not all of these stand there")
    return _claim(item, Verdict.NO_EVIDENCE)


def _claim(
    item: Measured, verdict: Verdict, how: str = "", place: Place | None = None, reckoned: Reckoning | None = None
) -> Claim:
    return Claim(ClaimKind.FIGURE, item.text, item.start, item.end, verdict, place, how, reckoned=reckoned)
