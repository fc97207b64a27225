"""Two swapped figures of a sentence: the evidence says of each what the sentence says of the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.figures.amounts import Figure
from generator.figures.comparing import value
from generator.figures.read import Measured
from generator.figures.units import COUNT, PERCENT
from generator.texts.patterns import late
from generator.trace.case import Case
from generator.trace.contests import are_told_as_votes, is_for_and_against
from generator.trace.matching import Candidate
from generator.trace.pairs import compared, from_to, is_just_part_of, is_told_as_part, is_whole
from generator.trace.reading import in_order
from generator.trace.rivals import is_change
from generator.trace.sides import Sides, sides
from generator.trace.thresholds import HALF_SWAPPED, HALF_SWAPPED_SHARE, SWAPPED, SWAPPED_SHARE
from generator.trace.together import are_listed, has_twice


def swapped(case: Case) -> Candidate | None:
    """The candidate of another figure of the sentence that is swapped with this one."""
    own, item, sentence = case.own, case.item, case.text
    for other, theirs, found in zip(case.items, case.chosen, case.found, strict=True):
        if own is None or theirs is None or not _may_be_swapped(own, theirs):
            continue
        if _are_paired(sentence, item, other) or _are_of_two_times(sentence, (item, own), (other, theirs)):
            continue
        if _are_listed_alike(sentence, (item, own), (other, theirs)) or _is_part_of_another(sentence, item, other):
            continue
        if not own.stands_with(theirs) and _count_alike(sentence, (item, own), (other, theirs)):
            continue
        if _are_part_and_whole(sentence, (item, own), (other, theirs)) or _came_alike((item, own), (other, theirs)):
            continue
        stand = sides(sentence, case.items, (item, own), (other, theirs))
        if stand is Sides.CHANGED_ROUND:
            return theirs
        if stand is Sides.SAME or _are_told_alike(sentence, (item, own), (other, theirs)):
            continue
        mine, its = _likeness(case.there, theirs), _likeness(found, own)
        if _is_gain(own.likeness, theirs.likeness, mine, its):
            return theirs
    return None


_THEN = re.compile(r"\b(?:after|following|nach|nachdem)\b")


def _are_of_two_times(sentence: str, one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> bool:
    """Whether a figure fell where its partner rose before: `shrank 0.1%, after growing 0.3%`."""
    (item, own), (its, theirs) = one, other
    first, last = in_order((item, its))
    is_after = _THEN.search(sentence, first.end, last.start) is not None
    return is_after and (item.direction * theirs.item.direction < 0 or its.direction * own.item.direction < 0)


def _is_gain(own: float, theirs: float, mine: float, its: float) -> bool:
    """Whether two figures fit so much better the other way round that they were swapped."""
    gain, as_written = mine - own + its - theirs, own + theirs
    if mine > own and its > theirs:
        return gain > SWAPPED and gain > SWAPPED_SHARE * as_written
    return gain > HALF_SWAPPED and gain > HALF_SWAPPED_SHARE * as_written


def _may_be_swapped(own: Candidate, theirs: Candidate) -> bool:
    """Whether two figures of the evidence could be confused, and enough is kept to tell."""
    if own.item.dimension != theirs.item.dimension or value(own.item) == value(theirs.item):
        return False
    if any(isinstance(there.item, Figure) and there.item.is_range for there in (own, theirs)):
        return False  # each is one of two ends
    if has_twice(own) or has_twice(theirs):
        return False  # `412 of 2,406 and 598 of 2,406`: either place may be meant
    return own.reading is theirs.reading or (own.kept.is_whole and theirs.kept.is_whole)


def _are_listed_alike(sentence: str, one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> bool:
    """Whether two figures are in a list, here or in the evidence's sentence, and in the same order in both."""
    (item, own), (beside, theirs) = one, other
    if own.reading is not theirs.reading or own.number != theirs.number:
        return False
    if not _are_in_one_order(item, beside, own, theirs):
        return False
    there, (first, second) = own.sentence, in_order((own.item, theirs.item))
    of_first = _OPENED.match(there, first.end, second.start)  # `2:17:43 (course record; previous 2:18:35)`
    return of_first is not None or are_listed(sentence, item, beside) or are_listed(there, own.item, theirs.item)


_OPENED = re.compile(r"\s\([^)]*;[^)]*\Z")
"""Matches inside brackets that explain a figure and go on to another one."""


def _are_told_alike(sentence: str, one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> bool:
    """Whether the words around two figures apply to both, or give each the role that it has in the evidence.

    Those around `from 130 mph to 85 mph` apply to both; a vote has its numbers in one order; and what changed by 11 is
    a change in both texts.
    """
    (item, own), (beside, theirs) = one, other
    kinds = [(is_change(sentence, mine), is_change(there.sentence, there.item)) for mine, there in (one, other)]
    is_change_alike = kinds in ([(True, True), (False, False)], [(False, False), (True, True)])
    if not own.stands_with(theirs):
        return is_change_alike or from_to(sentence, in_order((item, beside)), item.dimension == PERCENT) is not None
    if are_told_as_votes(own.sentence, own.item, theirs.item) or are_told_as_votes(own.sentence, theirs.item, own.item):
        is_alike = _are_in_one_order(item, beside, own, theirs)
        return is_alike or is_for_and_against(sentence, *in_order((item, beside)))
    return is_change_alike


def _are_in_one_order(item: Measured, beside: Measured, own: Candidate, theirs: Candidate) -> bool:
    """Whether two figures are in the order of those of the evidence."""
    return (item.start < beside.start) == (own.item.start < theirs.item.start)


_NOUN = late(r"\s(?P<noun>[a-z]{3,}s)\b(?!\s[a-z]+s\b)")


def _count_alike(sentence: str, one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> bool:
    """Whether one of two bare numbers counts the same noun in both texts, and the other number another one.

    `2.3 million people` are not changed round with `31 hospitals`.
    """
    here = [_NOUN.match(sentence, item.end) for item, _ in (one, other)]
    there = [_NOUN.match(own.sentence, own.item.end) for _, own in (one, other)]
    mine, its = ([found and found["noun"] for found in both] for both in (here, there))
    is_same = any(noun and noun == told for noun, told in zip(mine, its, strict=True))
    return is_same and one[0].dimension == COUNT and mine[0] != mine[1] and its[0] != its[1]


def _are_paired(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether two figures are one expression, `147 of 4,243`, where only their order tells them apart."""
    return is_just_part_of(sentence, *in_order((one, other)))


def _are_part_and_whole(sentence: str, one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> bool:
    """Whether one figure is `of its` other one in the evidence, and the sentence has the same one as the whole."""
    (part, own), (whole, theirs) = sorted((one, other), key=lambda each: each[1].item.start)
    if not own.stands_with(theirs) or not is_just_part_of(own.sentence, own.item, theirs.item):
        return False
    return part.start < whole.start and is_whole(sentence, whole)


def _came_alike(one: tuple[Measured, Candidate], other: tuple[Measured, Candidate]) -> bool:
    """Whether the evidence has a change from one figure to the other, and the sentence reaches the same one."""
    (_, own), (_, theirs) = one, other
    both, of_percent = in_order((own.item, theirs.item)), own.item.dimension == PERCENT
    pair = from_to(own.sentence, both, of_percent) or next(compared(own.sentence, both, of_percent), None)
    if pair is None or not own.stands_with(theirs):
        return False
    last = next(item for item, there in (one, other) if there.item.start == pair[1].start)
    return isinstance(last, Figure) and last.came != 0


def _is_part_of_another(sentence: str, one: Measured, other: Measured) -> bool:
    """Whether one figure is a whole, and the other a part: `11 of the 611, against 87 of the others`."""
    wholes = [is_whole(sentence, item) for item in (one, other)]
    return wholes.count(True) == 1 and is_told_as_part(sentence, one if wholes[1] else other)


def _likeness(found: Sequence[Candidate], of: Candidate) -> float:
    """How well a claim fits the places at which the evidence has the figure of another."""
    return max((c.likeness for c in found if value(c.item) == value(of.item)), default=0.0)
