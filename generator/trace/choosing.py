"""Which candidate of the evidence each figure of a sentence means."""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.comparing import CONVERTED, ROUNDED, SAME
from generator.figures.otherwise import is_in_mere_degrees, otherwise
from generator.figures.read import Measured
from generator.figures.scores import SCORE, is_of_loser
from generator.figures.units import COUNT
from generator.model.tracing import SourcePart
from generator.trace.ages import is_age
from generator.trace.case import Question
from generator.trace.contests import has_same_leader
from generator.trace.matching import Candidate, best, candidates
from generator.trace.other_units import in_no_unit
from generator.trace.thresholds import COMMON, COUNTED, EXACT, HARDLY, MOST_COMMON, OUTDONE
from generator.trace.together import is_said_exactly


def found_in(question: Question) -> list[list[Candidate]]:
    """For each figure of a sentence, its candidates in the sources that it is attributed to."""
    return [
        [c for c in _candidates(item, question) if told is None or c.kept.source in told]
        for item, told in zip(question.items, question.told, strict=True)
    ]


def chosen_of(question: Question, found: Sequence[list[Candidate]]) -> list[Candidate | None]:
    """For each figure of a sentence, the candidate that it follows from, if any."""
    items = question.items
    chosen = [_chosen(item, there, question.text) for item, there in zip(items, found, strict=True)]
    chosen = [
        None if own and not _is_in_words(item) and is_said_exactly(own, at, chosen) else own
        for at, (item, own) in enumerate(zip(items, chosen, strict=True))
    ]
    return [own or _in_company(item, there, chosen) for item, there, own in zip(items, found, chosen, strict=True)]


def _is_in_words(item: Measured) -> bool:
    """Whether a share is in words, so that its exact value may follow: `more than half, 55%`."""
    return isinstance(item, Figure) and item.weak


def _candidates(item: Measured, question: Question) -> list[Candidate]:
    """Candidates for a figure as it is written, or if none agrees, for other readings of its number."""
    found = _told_alike(item, question)
    if any(candidate.how for candidate in found) or (found and item.dimension == "version"):
        return found  # if the evidence has others of this name, the number is part of a name
    in_its_unit = question.in_units.get(item.start, ())
    in_unit: list[Candidate] = []  # rivals of 27 in `31 months, against 27` are months
    for meant in (*in_its_unit, *otherwise(question.text, (item,))):
        others = _told_alike(meant, question)
        if is_in_mere_degrees(question.text, meant):  # both are of one kind then, and 82 is not 28
            others = [c for c in others if c.how != CONVERTED or not is_in_mere_degrees(c.sentence, c.item)]
        if any(candidate.how for candidate in others):
            return others
        in_unit = in_unit or (others if meant in in_its_unit else [])
        found = found or others
    untold = in_no_unit(item, question.text, question.items, question.support)
    told = best([candidate for candidate in untold if candidate.how])
    rivals = in_unit or found
    return rivals if told is None or any(c.likeness > told.likeness for c in rivals) else untold


def _told_alike(item: Measured, question: Question) -> list[Candidate]:
    """Candidates for a reading of a figure, but a score of the loser only if both texts say who that is."""
    found = candidates(item, question.text, question.support)
    if item.dimension != SCORE:
        return found
    return [c for c in found if is_of_loser(item) == is_of_loser(c.item) or has_same_leader(question.text, item, c)]


def _chosen(item: Measured, found: Sequence[Candidate], sentence: str) -> Candidate | None:
    """The place in the evidence from which a claim follows and which fits best."""
    fitting = [candidate for candidate in found if candidate.how]
    exact = [candidate for candidate in fitting if candidate.how == SAME]
    chosen = best(fitting)
    if chosen and exact and (same := best(exact)) and same.likeness >= chosen.likeness * EXACT:
        chosen = same
    if chosen and chosen.how in (ROUNDED, CONVERTED) and chosen.likeness < HARDLY and _is_outdone(chosen, found):
        return None
    if chosen and _needs_words(item, chosen, found) and chosen.likeness < COUNTED and not chosen.kept.is_foreign:
        return chosen if is_age(sentence, item) and is_age(chosen.sentence, chosen.item) else None
    return chosen


def _in_company(item: Measured, found: Sequence[Candidate], chosen: Sequence[Candidate | None]) -> Candidate | None:
    """The place of a small count that shares no words, but is in a sentence with another figure of this one."""
    beside = [other for other in chosen if other]
    return best(
        [
            c
            for c in found
            if c.how == SAME and _needs_words(item, c, found) and any(c.stands_with(other) for other in beside)
        ]
    )


def _is_outdone(chosen: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether another figure is more likely than one that only rounds to the claim and shares no word with it."""
    return any(candidate.likeness > chosen.likeness + OUTDONE for candidate in found)


def _needs_words(item: Measured, chosen: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether a figure is so common that its number alone is no evidence; in a passage there are few to mean."""
    meant = chosen.item if chosen.item.dimension != item.dimension else item
    if not isinstance(meant, Figure) or meant.weak:
        return isinstance(meant, Figure)
    if meant.dimension != COUNT or meant.is_range or meant.high >= MOST_COMMON:
        return False
    is_in_passage = chosen.part is SourcePart.PASSAGE and not chosen.kept.is_whole
    is_meant = is_in_passage and meant is item and not any(other.likeness > chosen.likeness for other in found)
    return not is_meant or meant.high < COMMON
