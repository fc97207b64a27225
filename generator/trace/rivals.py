"""Rivals: other figures of the evidence that are in the place of a claim."""

from __future__ import annotations

import re

from generator.figures.amounts import Figure
from generator.figures.comparing import value
from generator.figures.dates import Day
from generator.figures.identifiers import IDENTIFIER
from generator.figures.labels import Label
from generator.figures.manner import COMPARING, HEDGE, HOW_FAR, is_behind_by
from generator.figures.read import Measured
from generator.figures.scores import SCORE
from generator.figures.units import COUNT, PERCENT
from generator.texts.patterns import late
from generator.trace.ages import is_age
from generator.trace.case import Case
from generator.trace.context import context, stems
from generator.trace.matching import Candidate, shared_words
from generator.trace.owners import names_in
from generator.trace.pairs import from_to, is_part_of, is_told_as_part, is_whole
from generator.trace.thresholds import (
    ABOUT_IT,
    ABOUT_IT_IN_EXCERPTS,
    ELSEWHERE,
    FAINT,
    HARDLY,
    LIKELY,
    MOST_OF_IT,
    NEAR_IT,
)
from generator.trace.together import company

_WHOLE = 100.0
_TOO_FAR = 1000.0
"""Amounts further apart than this factor are no rivals: one may be for each of many, the other for all."""
FAR = 20.0
"""Figures further apart than this factor are not of the same thing, except for a wrong scale."""


def is_about_it(rival: Candidate, is_whole: bool) -> bool:
    """Whether the words around a figure say that it is about the same thing."""
    if not is_whole:
        return rival.likeness >= ABOUT_IT_IN_EXCERPTS
    return rival.likeness >= ABOUT_IT or (rival.share >= MOST_OF_IT and rival.likeness >= NEAR_IT)


def is_slip(item: Measured, rival: Candidate) -> bool:
    """Whether a figure is a slip for one of the evidence about the same thing: mistyped or with swapped digits.

    For a figure that is one wrong digit, two swapped digits, or another hedge; for a date or a time only two swapped
    digits, since texts have several of them.
    """
    other = rival.item
    if isinstance(item, Label) and isinstance(other, Label):
        return _is_mistyped(item, other, rival.likeness)
    if isinstance(item, Day) and isinstance(other, Day):
        return rival.likeness >= (NEAR_IT if item.day is None else ABOUT_IT) and _is_day_changed_round(item, other)
    if not isinstance(item, Figure) or not isinstance(other, Figure) or rival.likeness < NEAR_IT:
        return False
    if item.hedge != other.hedge and value(item) == value(other):
        return True
    one, two = (re.sub(r"\D", "", figure.text) for figure in (item, other))
    if len(one) != len(two) or len(one) < 3:
        return False
    if not item.dimension:  # texts have many counts
        return len(one) > 3 and is_changed_round(one, two)
    return _apart(one, two) == 1 or is_changed_round(one, two)


_LONG = 6
"""From this many digits on, a number identifies one thing wherever it occurs."""


def _is_mistyped(item: Label, other: Label, likeness: float) -> bool:
    """Whether an identifier or a score has two digits of another swapped, or a long identifier has one wrong."""
    if item.dimension not in (IDENTIFIER, SCORE) or item.family != other.family:
        return False
    if item.dimension == SCORE:
        return likeness >= NEAR_IT and is_changed_round(item.key, other.key)
    is_long = len(item.key) >= _LONG and len(item.key) == len(other.key)
    return is_changed_round(item.key, other.key) or (is_long and _apart(item.key, other.key) == 1)


_BESIDE = late(
    r"\b(?:from|than|since|after|before|against|over|versus|with|until|on|following)\s(?:(?:the|its|a)\s)?\Z"
)
"""Words before a quarter that serves only as a comparison."""


def is_other_part(case: Case, rival: Candidate) -> bool:
    """Whether a sentence of the evidence gives an amount of the claim's sentence for another quarter of the year."""
    item = case.item
    if not isinstance(item, Label) or not isinstance(rival.item, Label) or rival.likeness < NEAR_IT:
        return False
    if item.family != rival.item.family or item.family != "quarter":
        return False
    amounts = [other for other in case.beside if isinstance(other.item, Figure) and not other.item.weak]
    return not _BESIDE.search(case.text, 0, item.start) and company(rival, amounts) > 0


def other_end(case: Case) -> Candidate | None:
    """The end of a span of the evidence, `from $27 to $30`, if the sentence has only the other end right."""
    item = case.item
    mine = from_to(case.text, case.items, item.dimension == PERCENT)
    if mine is None or item not in mine:
        return None
    for candidate in case.there:
        figures = [i for i in candidate.reading.items(candidate.number) if isinstance(i, Figure) and not i.is_range]
        its = from_to(candidate.sentence, figures, item.dimension == PERCENT)
        if its and candidate.item in its:
            same = [value(one) == value(other) for one, other in zip(mine, its, strict=True)]
            if same.count(True) == 1 and not same[mine.index(item)] and its[mine.index(item)] is candidate.item:
                return candidate
    return None


def _apart(one: str, other: str) -> int:
    return sum(mine != its for mine, its in zip(one, other, strict=True))


def is_changed_round(one: str, other: str) -> bool:
    """Whether two adjacent digits are swapped."""
    if len(one) != len(other) or _apart(one, other) != 2 or sorted(one) != sorted(other):
        return False
    first = next(at for at in range(len(one)) if one[at] != other[at])
    return one[first + 1] == other[first] and one[first] == other[first + 1]


def _is_day_changed_round(item: Day, other: Day) -> bool:
    """Whether a date or time has two adjacent digits of the other swapped, and all else in common."""
    if item.minute is not None and other.minute is not None:
        if (item.minute - other.minute) % 60 == 0:
            return False  # a difference of whole hours may be one of time zones
        times = (f"{day.minute // 60:02}{day.minute % 60:02}" for day in (item, other) if day.minute is not None)
        return is_changed_round(*times)
    mine, its = ((day.year, day.month, day.day) for day in (item, other))
    apart = [(str(a), str(b)) for a, b in zip(mine, its, strict=True) if a != b and a is not None and b is not None]
    return len(apart) == 1 and is_changed_round(*apart[0]) and item.part == other.part


_TURNS = late(
    r"\b(?:not|no|none|never|cannot|nothing|nobody|without|must|only|free|except\w*|exempt\w*|bar(?:s|red)?|ban\w*"
    r"|prohibit\w*|forbid\w*)\b|n[’']t\b",
    re.IGNORECASE,
)
"""Words that may turn a bound round: somebody who must not be under 13 is at least 13."""
_DENIES = late(r"\b(?:not|no|none|never|without|lack\w*|un\w{3,}ed)\b|n[’']t\b", re.IGNORECASE)
_FISCAL = late(r"\b(?:fiscal\b|FY)", re.IGNORECASE)
_OF_SEVERAL = late(r"\b(?:next|current|coming|outlook|guidance)\b", re.IGNORECASE)
"""Words of a sentence that may be about two quarters."""


def may_agree(item: Measured, sentence: str, rival: Candidate) -> bool:
    """Whether another figure may mean the same: a bound from its other side, or a quarter of another kind of year."""
    both = sentence, rival.sentence
    if isinstance(item, Figure) and isinstance(rival.item, Figure):
        if _is_rest(item, rival.item) and not item.weak:
            return True
        if _is_rest(item, rival.item) and len({bool(_DENIES.search(each)) for each in both}) > 1:
            return True
        is_bound = item.hedge != rival.item.hedge and value(item) == value(rival.item)
        return is_bound and any(map(_TURNS.search, both))
    if not isinstance(item, Label) or item.family != "quarter":
        return False
    return len({bool(_FISCAL.search(each)) for each in both}) > 1 or any(map(_OF_SEVERAL.search, both))


def _is_rest(item: Figure, other: Figure) -> bool:
    """Whether two shares add up to a whole: if a quarter has something, three in four do not."""
    return item.dimension == other.dimension == PERCENT and abs(item.low + other.low - _WHOLE) <= item.step + other.step


_LEVEL = late(rf"\bto\s{HEDGE}\Z")
"""Words before a level reached (`to 80`), never before the amount of change (`by 80`)."""


def _is_apart(sentence: str, item: Measured) -> bool:
    """Whether a figure is the distance between two others: `56 fewer than`, `raised by 4.1 million`."""
    if not isinstance(item, Figure):
        return False
    behind = HOW_FAR.match(sentence, item.end)
    is_behind = behind is not None and behind["word"] in COMPARING
    return is_behind or is_behind_by(sentence, item.start)


def is_change(sentence: str, item: Measured) -> bool:
    """Whether a figure is a change or a difference rather than a level: `lost 11`."""
    if not isinstance(item, Figure):
        return False
    return item.changed != 0 or (item.direction != 0 and item.came == 0) or _is_apart(sentence, item)


_LEVEL_OF_TRUST = late(r"\s?(?:(?:confidence|credible)\s|CI\b|-?Konfidenz)", re.IGNORECASE)
"""Matches behind the level of an interval: what `95% confidence` goes with has another number."""


def are_comparable(case: Case, rival: Candidate) -> bool:
    """Whether one figure can replace the other: a day contradicts a day, a difference a difference."""
    item, sentence = case.item, case.text
    if _is_apart(sentence, item) and not _is_apart(rival.sentence, rival.item):
        return False
    if _LEVEL.search(sentence, 0, item.start) and is_behind_by(rival.sentence, rival.item.start):
        return False
    if _LEVEL_OF_TRUST.match(rival.sentence, rival.item.end):
        return False
    if isinstance(item, Figure) and is_age(rival.sentence, rival.item) and not is_age(sentence, item):
        return False
    return _are_alike(item, rival.item)


def _are_alike(item: Measured, rival: Measured) -> bool:
    if isinstance(item, Day) and isinstance(rival, Day):
        if item.minute is not None or rival.minute is not None:
            return _is_day_changed_round(item, rival)  # a text has many times of day
        if item.month is None or rival.month is None:
            return item.month == rival.month and item.year is not None and rival.year is not None
        return (item.day is None) == (rival.day is None)
    if isinstance(item, Figure) and isinstance(rival, Figure):
        apart = max(item.high, 1e-12) / max(rival.high, 1e-12)
        is_bare = COUNT in (item.dimension, rival.dimension)
        is_near = 1 / FAR < apart < FAR or (not is_bare and _have_one_number(item, rival))
        return item.is_range == rival.is_range and is_near
    return isinstance(item, Label)


def _have_one_number(one: Figure, other: Figure) -> bool:
    """Whether two figures differ by their scale alone: `$21 million` and `$21 billion`."""
    first, second = (f"{figure.low:.10e}".partition("e")[0] for figure in (one, other))
    return first == second


def fits_better(case: Case, rival: Candidate, own: Candidate) -> bool:
    """Whether another figure is more likely meant than the one that was found."""
    item, sentence = case.item, case.text
    if not _are_alike(item, own.item) and not _ends_a_year(own) and rival.likeness > own.likeness:
        return _says_most(rival) or rival.likeness >= NEAR_IT  # the year that was found is only that of a date
    if own.likeness < HARDLY:
        return rival.likeness >= LIKELY or _says_most(rival)
    if _are_too_far(item, rival.item) and not _EACH.search(sentence):
        return False
    if shared_words(item, sentence, rival) < shared_words(item, sentence, own):
        return False  # all that speaks for the rival speaks for the figure found too, and for that something more
    return is_about_it(rival, True) and rival.likeness > ELSEWHERE * own.likeness


_YEAR_TO = late(r"\byear\s(?:to|until|till|ended|ending|through)\s(?:(?:in|on|the\send\sof)\s)?(?:\d{1,2}\s)?\Z")


def _ends_a_year(own: Candidate) -> bool:
    """Whether the evidence uses a day or month as the end of a year: `the year to March 2025`."""
    return _YEAR_TO.search(own.sentence, 0, own.item.start) is not None


_EACH = late(r"\b(?:each|every|per|apiece)\b", re.IGNORECASE)


def _are_too_far(one: Measured, other: Measured) -> bool:
    if not isinstance(one, Figure) or not isinstance(other, Figure):
        return False
    return not 1 / _TOO_FAR < (one.high or 1.0) / (other.high or 1.0) < _TOO_FAR


def tells_both(case: Case, rival: Candidate, own: Candidate) -> bool:
    """Whether the words that favour another figure apply to the one found too, or to neither.

    What follows `680 of its 2,150 jobs` is said of the 680, and nothing is said of `150` in `47 of 150 seats`. In
    `84,000 had no power on Sunday, down from a peak of 212,000` the power is said of both figures, the peak of one. A
    figure of one person is not compared with that of another.
    """
    item, sentence, there = case.item, case.text, rival.sentence
    if not isinstance(item, Figure):
        return False
    if any(is_part_of(sentence, part, item) for part in case.items if part is not item):
        return not is_whole(there, rival.item)
    if is_told_as_part(sentence, item) and is_told_as_part(own.sentence, own.item):
        return not is_told_as_part(there, rival.item)
    if own.stands_with(rival) and (_is_compared_with(sentence, item, rival) or _is_crossed(rival, own)):
        return True
    if own.stands_with(rival):
        between = there[rival.item.end : own.item.start]
        mine = stems(between[found.end() :]) if (found := _LAST_COMPARED.search(between)) else ()
        is_said = not context(sentence, item.start, item.end).weights.keys().isdisjoint(mine)
        return is_said or is_part_of(there, own.item, rival.item)
    small = there.lower()  # `Exports` opens a sentence, and is not a name
    return any(name in own.sentence and name.lower() not in small for *_, name in names_in(sentence))


def _is_crossed(bound: Candidate, own: Candidate) -> bool:
    """Whether another figure is a bound that the figure found lies beyond: `below 1 million, to 987,000`."""
    if not isinstance(bound.item, Figure) or not isinstance(own.item, Figure):
        return False
    beyond = own.item.low - bound.item.low
    return (bound.item.hedge == "under" and beyond < 0) or (bound.item.hedge == "over" and beyond > 0)


_COMPARES = late(r"[^.;]{0,40}?\b(?:than|below|above|short\sof|against|compared\s(?:with|to)|versus|of\swhat|what)\s")
_FAR_BEHIND = 60


def _is_compared_with(sentence: str, item: Measured, rival: Candidate) -> bool:
    """Whether a figure and its rival are followed by the same words of a comparison.

    `$87.5 million, less than half of what it had sought`, for `below the $210 million that it had sought`.
    """
    compared = _COMPARES.match(sentence, item.end)
    if compared is None:
        return False
    behind = rival.sentence[rival.item.end : rival.item.end + _FAR_BEHIND]
    return not set(stems(sentence[compared.end() :])).isdisjoint(stems(behind))


_LAST_COMPARED = late(r".*\b(?:(?:down|up)\sfrom|compared\s(?:with|to)|against|after|from)\b", re.DOTALL)


def _says_most(rival: Candidate) -> bool:
    """Whether a figure shares most of what is said around the claim, however little that is."""
    return rival.share >= MOST_OF_IT and rival.likeness >= FAINT
