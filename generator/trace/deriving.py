"""Figures computed from others: a change in percent, a share, a multiple, a sum, a difference, a span of days.

Only figures of the sentence and of the one before it are used, or two in one sentence of the evidence as `from ... to
...`, and only if a word says what is computed: trying all pairs would find any number.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, permutations

from msgspec import Struct

from generator.figures.amounts import Figure
from generator.figures.comparing import admitted
from generator.figures.dates import Day
from generator.figures.manner import CHANGES, COMPARING, HEDGE, is_behind_by, is_taken
from generator.figures.rates import rates
from generator.figures.read import Measured
from generator.figures.screen import may_have
from generator.figures.units import COUNT, PERCENT, POINTS, TIMES
from generator.model.tracing import Operation, Place
from generator.texts.patterns import late
from generator.trace import pairs, reckoning

_CHANGE = late(
    r"\b(?:rise|rose|risen|grew|grown|growth|gain\w*|up|down|fell|fall\w*|drop\w*|increase\w*|decrease\w*|declin\w*|jump\w*"
    r"|lost|los\w+|higher|lower|more|less|cheaper|dearer|cut|change\w*|climb\w*|slid\w*|surge\w*)\b",
    re.IGNORECASE,
)
_SHARE = late(r"\b(?:of|share|part|percentage|proportion|one in|fraction|roughly|der|des|von|Anteil)\b", re.IGNORECASE)
_TOO = late(r"\stoo\s(?:(?P<more>much|many|high)|little|few|low)\b")
"""Matches behind how far something is from what it should be."""
_SUM = late(
    r"\b(?:total\w*|together|combined|sums?|in all|altogether|makes?|comes? to|equals?|plus|adds?|added|arithmetic"
    r"|overall|jointly|worth)\b",
    re.IGNORECASE,
)
_DIFFERING = COMPARING.union("difference gap left rest margin lead added extra another".split())
_DIFFERENCE = late(rf"\b(?:{'|'.join(sorted(_DIFFERING))}|remain\w*)\b", re.IGNORECASE)
_PRODUCT = late(
    r"\b(?:makes?|comes? to|equals?|times|over|arithmetic|a year|in all|total\w*|full[- ]term|for)\b", re.IGNORECASE
)
_OF = late(rf"(?:(?:\A|[.;:]\s)[Oo]f\s(?:its\s|the\s|their\s)?|,\sof\s(?:its|the|their|those)\s){HEDGE}\Z")
"""Matches before the whole of a part; not in `two rounds, of $3 million and $4 million`, which has two wholes."""
_BESIDE = late(r"\b(?:and|or|to|plus|versus|against)\s(?:its\s|the\s|another\s|some\s|about\s|nearly\s|over\s)*\Z")
"""Matches before a figure that goes with the one before it rather than being part of it."""
_COUNTED = late(r"\s[a-z]+s\b(?<!\bis)(?<!\bwas)(?<!\bhas)")
_SHARED = frozenset(("each", "apiece"))
_EACH = late(r"\s(?:each|apiece)\b")
_OF_EACH = late(r"\beach\b[^,;:.]*\Z", re.IGNORECASE)
_BOTH = late(r"\bboth\b", re.IGNORECASE)
_MOST = 16
"""Most figures to compute with: a longer sentence is a list, where some of them give any number."""
_FEW = 3
"""Most figures whose total may be given without a word that says so."""
_SECOND, _MONTH = "second", "month"
_DAY = 86400.0


class Computed(Struct, frozen=True):
    """The result of a computation for a claim."""

    fits: bool
    words: str
    """`from $119.72 and $125.32`, or the right result if it does not fit."""
    by: Operation
    inputs: tuple[Measured, ...]
    is_sure: bool = False
    """Whether the sentence itself leaves no doubt about what is computed from what."""
    places: tuple[Place | None, ...] = ()
    """Places of the inputs that only the evidence has, None for the others; empty if it has none of them."""


def derive(
    claim: Figure, sentence: str, items: Sequence[Measured], before: Sequence[Measured], year: int
) -> Computed | None:
    """Return a computation that gives the claim, or shows it wrong; None if none is meant."""
    others = [item for item in items if item is not claim]
    if not others and not before:  # most figures are the only ones
        return None
    here = _nearest([item for item in others if isinstance(item, Figure) and not item.is_range], claim)
    figures = [*here, *[item for item in before if isinstance(item, Figure) and not item.is_range][-_MOST:]]
    if changed := _changed(claim, sentence, others, here):
        return changed
    if missed := reckoning.missed(claim, sentence, here):  # some of the parts may add up to what all of them do not
        value, by, parts = missed
        return Computed(False, f"{_of(parts)} it is {reckoning.written_as(claim, value)}", by, parts, is_sure=True)
    for value, by, inputs in _values(claim, sentence, figures, here, [i for i in others if isinstance(i, Day)], year):
        if fits(claim, value):
            return computed_from(by, *inputs)
    if claim.dimension == _MONTH and (dates := _from_date_to_date(claim, sentence, others)):
        months = next(value for value, *_ in _spans(claim, dates, year))
        return Computed(False, f"{_of(dates)} it is {months:.3g} months", Operation.SPAN, dates, is_sure=True)
    return None


def _nearest(figures: Sequence[Figure], claim: Figure) -> Sequence[Figure]:
    """The figures of a sentence that are closest to a claim, in their order."""
    if len(figures) <= _MOST:
        return figures
    behind = bisect_left(figures, claim.start, key=lambda figure: figure.start)
    first = min(max(0, behind - _MOST // 2), len(figures) - _MOST)
    return figures[first : first + _MOST]


def _changed(claim: Figure, sentence: str, others: Sequence[Measured], here: Sequence[Figure]) -> Computed | None:
    """A change in percent, points or multiples whose two ends are in the sentence."""
    if claim.dimension == TIMES and claim.weak and (pair := reckoning.pair_behind(claim, sentence, here)):
        times = _change(pair, TIMES)
        is_it = reckoning.is_multiple(claim, times) if times is not None else None
        if is_it is not None:
            words = _of(pair) if is_it else f"{_of(pair)} it is {times:.3g} times"
            return Computed(is_it, words, Operation.MULTIPLE, pair, is_sure=True)
    if claim.dimension == POINTS:
        return of_pair(claim, sentence, others)
    pair = pairs.from_to(sentence, others) if claim.dimension in (PERCENT, TIMES) else None
    if pair is None and claim.dimension == PERCENT and _CHANGE_OF.search(sentence, 0, claim.start):
        pair = pairs.to_from(sentence, others)
    change = _change(pair, claim.dimension) if pair else None
    if pair is None or change is None:
        return None
    is_it = fits(claim, change) and claim.direction * (pair[1].low - pair[0].low) >= 0
    words = _of(pair) if is_it else f"{_of(pair)} it is {change:.3g}{claim.dimension}"
    return Computed(is_it, words, how_far(claim), pair)


_RISE = "rose rise risen grew grown up climbed increased jumped widened gained doubled".split()
_FALL = "fell fallen dropped down declined shrank shrunk narrowed decreased slid lost cut".split()
_UP_FROM = late(
    rf"(?:\s(?:in|on|for|at)\s[A-Z0-9][\w ]{{2,18}})?[\s,]+(?P<way>{'|'.join((*_RISE, *_FALL))})\sfrom\s{HEDGE}",
    re.IGNORECASE,
)
_COUNTED_UP_FROM = late(rf"(?:\s[a-z]+){{1,4}},\s(?P<way>up|down)\sfrom\s{HEDGE}", re.IGNORECASE)
"""The same behind a counted noun, for a leading number only: in `12 works in 5 lands, up from 9` it is not the 5."""
_FAR_UP_FROM = late(
    r"(?:(?!\b(?:as|while|and|but|after|before|when|where|because|since)\b)[^.,;:\d]){1,70}"
    rf",\s(?P<way>up|down)\sfrom\s{HEDGE}"
)
"""The same behind any words of one clause, for the first amount of its kind: `38% of what they hold, up from 62%`."""
_PASSED = late(r"\b(?:passed|approved|adopted)(?:\s(?:on|in|at)\s[^.,;\d]{1,30})?\sby\s(?:a\svote\sof\s)?\Z")
_VOTES_TO, _VOTES_END = re.compile(r"\s(?:votes\s)?to\s"), re.compile(r"\s(?:votes\b|in\s|on\s|at\s)|[.,;:)]|\Z")
_ROSE_FROM = late(rf"\b(?P<way>{'|'.join((*_RISE, *_FALL))})\b[^.;\d]{{0,30}}\sfrom\s{HEDGE}\Z", re.IGNORECASE)


def upside_down(claim: Figure, sentence: str, items: Sequence[Measured]) -> str:
    """Why a change cannot be as the sentence puts it (`112, up from 340`); empty if it can."""
    figures = [item for item in items if isinstance(item, Figure)]
    for one, other in pairwise(figures):
        if claim not in (one, other):
            continue
        if why := _cannot_be(sentence, one, other):
            return why
        if one.dimension != other.dimension and COUNT not in (one.dimension, other.dimension):
            continue
        first, last = one, other
        if told := _comes_from(sentence, one, other, figures):
            first, last = other, one
        elif pairs.TO.fullmatch(sentence, one.end, other.start):
            told = _ROSE_FROM.search(sentence, 0, one.start)
        if told and first.low != last.low:
            by = first.factor if last.dimension == COUNT else 1.0, last.factor if first.dimension == COUNT else 1.0
            if (last.low * by[0] > first.low * by[1]) != (told["way"].lower() in _RISE):
                way = "down" if told["way"].lower() in _RISE else "up"
                return f"from {first.text} to {last.text} it goes {way}, and the sentence says “{told['way']}”"
    return ""


def _cannot_be(sentence: str, one: Figure, other: Figure) -> str:
    """Why two figures cannot be part and whole, or the two sides of a vote, as they stand; empty if they can."""
    if _is_too_many(sentence, one, other):
        part, whole = (one, other) if one.low > other.low else (other, one)
        return f"{part.text} is more than the {whole.text} it is part of"
    if one.dimension != COUNT or other.dimension != COUNT or one.low >= other.low:
        return ""
    is_between = _VOTES_TO.fullmatch(sentence, one.end, other.start) and _VOTES_END.match(sentence, other.end)
    is_vote = is_between and _PASSED.search(sentence, 0, one.start)
    return f"nothing is passed by {one.text} to {other.text}" if is_vote else ""


def _comes_from(sentence: str, one: Figure, other: Figure, figures: Sequence[Figure]) -> re.Match[str] | None:
    """The words that say of a figure that it came up or down from the one behind it."""
    span = one.end, other.start
    told = _UP_FROM.fullmatch(sentence, *span)
    if told is None and one is figures[0]:
        told = _COUNTED_UP_FROM.fullmatch(sentence, *span)
    if told is None and COUNT != one.dimension == other.dimension and one is _first_alike(one, figures):
        told = _FAR_UP_FROM.fullmatch(sentence, *span)
    return told


def _first_alike(item: Figure, figures: Sequence[Figure]) -> Figure:
    return next(figure for figure in figures if figure.dimension == item.dimension)


def _is_too_many(sentence: str, one: Figure, other: Figure) -> bool:
    """Whether a part exceeds its whole: `402 of its 118 branches`, `of the 58, 6,320 fell ill`."""
    if one.dimension != other.dimension or one.dimension == PERCENT or one.is_range or other.is_range:
        return False
    if pairs.is_just_part_of(sentence, one, other):
        return one.low > other.low
    if other.low <= one.low or not _OF.search(sentence, 0, one.start) or "." in sentence[one.end : other.start]:
        return False
    return not _COUNTED.match(sentence, other.end) and not _BESIDE.search(sentence, one.end, other.start)


def may_be_of_pair(claim: Figure, sentence: str) -> bool:
    """Whether a claim may be a change of two figures of the evidence, or their difference if a word says so."""
    if claim.dimension in (PERCENT, TIMES, POINTS) or way_of(claim, sentence):
        return True
    return not claim.weak and _tells_difference(sentence)


def way_of(claim: Figure, sentence: str) -> int:
    """Direction in which a claim says something changed; what somebody `lost` is a decrease."""
    return claim.changed or (claim.direction if not claim.came and is_taken(sentence, claim.start) else 0)


def _tells_difference(sentence: str) -> bool:
    is_worth_looking = may_have(sentence, _DIFFERING) or "remain" in sentence.lower()
    return is_worth_looking and _DIFFERENCE.search(sentence) is not None


def of_pair(claim: Figure, sentence: str, items: Sequence[Measured], way: int = 0) -> Computed | None:
    """A change or difference whose two ends are in the evidence: `from $119.72 to $125.32`.

    `way` is the direction that the change must have; 0 for either.
    """
    for of_percent in (False, True) if claim.dimension == POINTS else (False,):
        pair = pairs.from_to(sentence, list(items), of_percent)
        for one, other in (*((pair,) if pair else ()), *pairs.compared(sentence, items, of_percent)):
            value = _difference(claim, one, other)
            if value is not None and fits(claim, value) and way * (other.low - one.low) >= 0:
                return computed_from(how_far(claim), one, other)
    return None


def is_share(claim: Figure, sentence: str) -> bool:
    """Whether a claim may be a share of something: `25% of the homes`."""
    return claim.dimension == PERCENT and not claim.changed and _SHARE.search(sentence) is not None


def of_part(claim: Figure, sentence: str, items: Sequence[Measured]) -> Computed | None:
    """A share whose part and whole are in the evidence: `40 of the 160 homes`."""
    for one, other in pairs.part_and_whole(sentence, items):
        if fits(claim, one.low / other.low * 100):
            return computed_from(Operation.SHARE, one, other)
    return None


def how_far(claim: Figure) -> Operation:
    """The operation for a claim that says how far two figures are apart."""
    if claim.dimension == TIMES:
        return Operation.MULTIPLE
    return Operation.CHANGE if claim.dimension == PERCENT else Operation.DIFFERENCE


def _difference(claim: Figure, one: Figure, other: Figure) -> float | None:
    """How far two figures are apart in the claim's dimension; None if they have no such difference."""
    if claim.dimension in (PERCENT, TIMES):
        return _change((one, other), claim.dimension)
    if claim.dimension == POINTS and one.dimension == PERCENT:
        return abs(other.low - one.low) if claim.direction * (other.low - one.low) >= 0 else None
    return abs(other.low - one.low) if claim.dimension == one.dimension else None


_CHANGE_OF = late(rf"\ban?\s(?:{'|'.join(CHANGES)})\sof\s{HEDGE}\Z")


_BEFORE_DATE, _BETWEEN_DATES = re.compile(r",?\sfrom\s"), re.compile(r"\s(?:to|until)\s")


def _from_date_to_date(claim: Figure, sentence: str, others: Sequence[Measured]) -> tuple[Day, Day] | None:
    """The two dates of a number of months: `by 14 months, from December 2027 to April 2029`."""
    days = [item for item in others if isinstance(item, Day) and item.start >= claim.end and item.month and item.year]
    for one, other in pairwise(days):
        if _BEFORE_DATE.fullmatch(sentence, claim.end, one.start) and _BETWEEN_DATES.fullmatch(
            sentence, one.end, other.start
        ):
            return one, other
    return None


def _change(pair: tuple[Figure, Figure], dimension: str) -> float | None:
    first, second = pair
    if not first.low:
        return None
    return second.low / first.low if dimension == TIMES else abs(second.low - first.low) / abs(first.low) * 100


def fits(claim: Figure, value: float) -> bool:
    """Whether a computed value equals the claim, to the precision with which that is written."""
    low, high = admitted(claim, claim.low)
    slack = max(claim.step / 2, 0.0) if claim.weak else 0.0
    return low - slack - 1e-9 * abs(low) <= value <= high + slack + 1e-9 * abs(high)


Value = tuple[float, Operation, tuple[Measured, ...]]
"""A computed value, the operation, and its inputs."""


def _values(
    claim: Figure,
    sentence: str,
    figures: Sequence[Figure],
    here: Sequence[Figure],
    days: Sequence[Day],
    year: int,
) -> Iterator[Value]:
    """Yield every value that the sentence's words suggest computing, with its inputs."""
    if claim.dimension in (PERCENT, TIMES):
        yield from _ratios(claim, sentence, figures)
    elif claim.dimension in (_SECOND, _MONTH) and len(days) > 1:
        yield from _spans(claim, days, year)
    if claim.dimension not in (TIMES, _SECOND, _MONTH):
        yield from _sums(claim, sentence, figures, here)
        yield from _products(claim, sentence, figures)
        yield from _each(claim, sentence, figures)
        yield from _spread(claim, sentence, here)


def _ratios(claim: Figure, sentence: str, figures: Sequence[Figure]) -> Iterator[Value]:
    is_share, is_change = _SHARE.search(sentence) is not None, _CHANGE.search(sentence) is not None
    too = _TOO.match(sentence, claim.end)
    sized = [figure for figure in figures if figure.dimension not in (PERCENT, TIMES) and not figure.weak]
    for one, other in permutations(sized, 2):
        if one.dimension != other.dimension or not other.low:
            continue
        if claim.dimension == TIMES:
            yield one.low / other.low, Operation.MULTIPLE, (one, other)
            continue
        if is_share and one.low < other.low:
            yield one.low / other.low * 100, Operation.SHARE, (one, other)
        if too and (one.low > other.low) == (too["more"] is not None):
            yield abs(one.low / other.low - 1) * 100, Operation.CHANGE, (one, other)  # of what it should be
        if is_change and not too:
            yield abs(one.low - other.low) / abs(other.low) * 100, Operation.CHANGE, (one, other)


def _sums(claim: Figure, sentence: str, figures: Sequence[Figure], here: Sequence[Figure]) -> Iterator[Value]:
    like = [figure for figure in figures if figure.dimension == claim.dimension and not figure.weak]
    if len(like) < 2:
        return
    parts = [figure for figure in here if figure.dimension == claim.dimension and figure.end <= claim.start]
    if 2 <= len(parts) <= _FEW and not any(figure.weak or figure.hedge for figure in parts):
        total = sum(figure.low for figure in parts)
        yield total, Operation.SUM, tuple(parts)  # `cut €32 billion, raise €16 billion: the €48 billion`
    if _SUM.search(sentence):
        for count in (2, 3, 4):
            for some in combinations(like[:6], count):
                yield sum(figure.low for figure in some), Operation.SUM, some
    if _tells_difference(sentence) or is_behind_by(sentence, claim.start):
        for one, other in combinations(like[:6], 2):
            yield abs(one.low - other.low), Operation.DIFFERENCE, (one, other)


def _products(claim: Figure, sentence: str, figures: Sequence[Figure]) -> Iterator[Value]:
    """An amount for each month or piece, times their number."""
    amounts = [amount for amount in figures if amount.dimension == claim.dimension and not amount.weak]
    if not amounts or claim.dimension == PERCENT or not _PRODUCT.search(sentence):
        return
    for amount in amounts:
        for number in figures:
            if (
                number.dimension in (COUNT, _MONTH)
                and number is not amount
                and not number.weak
                and claim.dimension != COUNT
            ):
                yield amount.low * number.low, Operation.PRODUCT, (amount, number)
                if number.low:
                    yield amount.low / number.low, Operation.QUOTIENT, (amount, number)
        if re.search(r"\b(?:a|per|over a) year\b|\byearly\b|\bannual\w*\b", sentence):
            yield amount.low * 12, Operation.YEAR, (amount,)


def _each(claim: Figure, sentence: str, figures: Sequence[Figure]) -> Iterator[Value]:
    """An amount for each of some, times their number: `the two pay $50 million each, $100 million together`."""
    if not may_have(sentence, _SHARED) or not (_SUM.search(sentence) or _PRODUCT.search(sentence)):
        return
    for amount in figures:
        is_of_each = _EACH.match(sentence, amount.end) or _OF_EACH.search(sentence, 0, amount.start)
        if amount.dimension == claim.dimension and amount.start < claim.start and is_of_each:
            for number in figures:
                if number.dimension == COUNT and number is not amount:
                    yield amount.low * number.low, Operation.PRODUCT, (amount, number)
            if _BOTH.search(sentence):
                yield amount.low * 2, Operation.DOUBLE, (amount,)


def _spread(claim: Figure, sentence: str, here: Sequence[Figure]) -> Iterator[Value]:
    """An amount over some years as a yearly rate, and a yearly rate over all of them."""
    for amount in here:
        for span in here:
            if amount.dimension == claim.dimension and span.dimension == _MONTH and span.low:
                for each in (reckoning.MONTHS[name] for name in rates(sentence, claim.end) if name in reckoning.MONTHS):
                    yield amount.low * each / span.low, Operation.SPREAD, (amount, span)
                for each in (
                    reckoning.MONTHS[name] for name in rates(sentence, amount.end) if name in reckoning.MONTHS
                ):
                    yield amount.low * span.low / each, Operation.SPREAD, (amount, span)


def _spans(claim: Figure, days: Sequence[Day], year: int) -> Iterator[Value]:
    for one, other in combinations(days, 2):
        first, last = sorted((_first(one, year), _last(other, year)))
        if claim.dimension == _SECOND:
            yield (last - first).days * _DAY, Operation.SPAN, (one, other)
            yield ((last - first).days + 1) * _DAY, Operation.SPAN, (one, other)
        else:
            months = (last.year - first.year) * 12 + last.month - first.month
            if not one.day and not other.day:
                yield months, Operation.SPAN, (one, other)
            if not one.month and not other.month:
                yield abs((other.year or year) - (one.year or year)) * 12, Operation.SPAN, (one, other)
            yield months + (last.day - first.day) / 30.4, Operation.SPAN, (one, other)
            yield months + (last.day + 1 - first.day) / 30.4, Operation.SPAN, (one, other)


_JOINED = re.compile(
    r"\s?[-–]\s?|,?\s(?:and|to|until|through|und|bis|instead\sof|rather\sthan|statt|anstatt)\s(?:in\s)?(?:the\s)?"
)


def of_dates(claim: Figure, sentence: str, days: Sequence[Day], year: int) -> Computed | None:
    """The span between two dates that a sentence joins: `between September 9 and September 28`."""
    for pair in pairwise(sorted(days, key=lambda day: day.start)):
        if not _JOINED.fullmatch(sentence, pair[0].end, pair[1].start):
            continue
        if all(day.month for day in pair):
            told = pair[0].year or pair[1].year or year
            for value, by, inputs in _spans(claim, pair, told):
                if fits(claim, value):
                    return computed_from(by, *inputs)
        elif claim.dimension == _MONTH and (years := _years_apart(*pair)) and fits(claim, years * 12):
            return computed_from(Operation.SPAN, *pair)
    return None


def _years_apart(one: Day, other: Day) -> int:
    """How far two years are apart; 0 if one is not a whole year."""
    is_whole = not any(day.month or day.part for day in (one, other))
    return abs(other.year - one.year) if is_whole and one.year and other.year else 0


def _first(day: Day, year: int) -> datetime.date:
    return day.whole(year) or datetime.date(day.year or year, day.month or 1, 1)


def _last(day: Day, year: int) -> datetime.date:
    if day.whole(year):
        return _first(day, year)
    following = datetime.date((day.year or year) + (day.month or 12) // 12, (day.month or 12) % 12 + 1, 1)
    return following - datetime.timedelta(days=1)


def computed_from(by: Operation, *inputs: Measured) -> Computed:
    """Return a computation that gives the claim."""
    return Computed(True, _of(inputs), by, inputs)


def turned_round(by: Operation, one: Measured, other: Measured, way: str) -> Computed:
    """Return a computation that gives the claim in the other direction: `more` for `less`."""
    return Computed(False, f"{_of((one, other))} it is {way}", by, (one, other), is_sure=True)


def as_written(inputs: Sequence[Measured]) -> Sequence[Measured]:
    """The inputs as they are written: the two ends of one range (`$4 to $5`) count as one."""
    one, other = inputs[0], inputs[-1]
    is_range = (one.start, one.text) == (other.start, other.text) and one != other
    return inputs[:1] if is_range else inputs


def _of(inputs: Sequence[Measured]) -> str:
    return "computed from " + " and ".join(item.text for item in as_written(inputs))
