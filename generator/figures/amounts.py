"""Figures in a text: amounts, counts, percentages and measures, alone or as a range.

A figure is a quantity in the base unit of its dimension, with its written precision, its hedge (`about`, `over`) and
its direction (`fell`, `+`). `$21 billion`, `USD 21bn` and `twenty-one billion dollars` are equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from generator.figures.counting import ORDINALS
from generator.figures.dates import MONTH_NAMES, MONTHS
from generator.figures.manner import below_zero, direction_of, hedge_of, is_behind_by
from generator.figures.numerals import (
    DIGITS,
    LOOSE,
    MYRIADS,
    PORTION,
    SPELLED,
    WORDS,
    Number,
    in_digits,
    in_myriads,
    in_words,
    raised,
)
from generator.figures.screen import Phrases, numbers_at, words_at, words_of
from generator.figures.units import (
    ABBREVIATED,
    COUNT,
    CURRENCY_WORDS,
    PENCE,
    PERCENT,
    POINTS,
    SCALES,
    TEMPERATURE,
    TIMES,
    UNITS,
    Unit,
)
from generator.texts.characters import CELL
from generator.texts.patterns import late


class Figure(Struct, frozen=True):
    """A quantity as written in a text."""

    start: int
    end: int
    text: str
    dimension: str
    low: float
    """In the base unit of the dimension; equal to `high` unless it is a range."""
    high: float
    step: float
    """The place of the last digit written, in the base unit."""
    coarse: float
    """The place of the last digit that is not zero, in the base unit."""
    factor: float = 1.0
    """Factor of the unit it is written in, to tell conversion from repetition."""
    hedge: str = ""
    """`about`, `nearly`, `over`, `under`, or empty."""
    direction: int = 0
    """1 up or gained, -1 down or lost, 0 not said."""
    weak: bool = False
    """A small number in words (`three modes`), judged only if the evidence counts the same thing."""
    came: int = 0
    """Direction of the change that led to a level: `rose to` 1, `fell by half to` -1, 0 not said."""
    changed: int = 0
    """Direction of a change by this amount: `rose by` 1, `fell` -1, 0 not said."""
    below: int = 0
    """1 for a temperature below zero (`−17.4 °C`, `17.4 degrees below zero`), -1 for one below another, else 0."""

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_CODES = [word for word in CURRENCY_WORDS if len(word) == 3 and word.isascii() and word.isupper()]
_SIGNS = [word for word in CURRENCY_WORDS if not word[-1].isalpha()] + ["Rs", "kr", "SFr", "SKr", "NKr", "DKr"]
_LETTERS = [word for word in UNITS if len(word) == 1 and word.isascii() and word.isalpha()]
_LATIN_END = re.compile(r"[A-Za-zß]\Z")
_WORDS = Phrases(word for word in UNITS if _LATIN_END.search(word) and len(word) > 1)
_OTHERS = Phrases(word for word in UNITS if not _LATIN_END.search(word))
_SCALE_WORDS = [word for word in SCALES if word not in ABBREVIATED and word[0] < "⺀"]

_BY_DIGIT = (
    r"\d(?<![A-Za-zÀ-ɏ0-9_.,].)(?<![A-Za-z][-‑].)|\d(?<=(?:USD|EUR|GBP|CNY|RMB|JPY|INR|CHF|SFr|SKr|NKr|DKr).)"
    r"|\d(?<=\b(?:magnitude|intensity)[-‑].)|\d(?<=\bcategory[-‑].)|\d(?<=\bunder[-‑].)|\d(?<=\bover[-‑].)"
)
_UNTOLD = r"(?<!few\s)(?<!several\s)(?<!many\s)"
"""`A few thousand` is too vague to be a figure."""
_START = late(
    rf"{_BY_DIGIT}"
    rf"|\b{PORTION}|\b(?:{'|'.join(sorted(WORDS, key=len, reverse=True))}|{_UNTOLD}(?:hundred|thousand|dozen))\b"
    r"|\b[Aa]n?\s(?=(?:m|b|tr)illion\b|hundred\b|thousand\b|dozen\b)",
    re.IGNORECASE,
)
BEGINNINGS = frozenset((*WORDS, "hundred", "thousand", "dozen", "million", "billion", "trillion", "half"))
"""An amount without digits has one of these words."""
_BEFORE_AMOUNTS = frozenset((*WORDS, "hundred", "thousand", "dozen", "a", "an", "half"))
"""First words of such an amount."""
_IN_DIGITS = late(_BY_DIGIT, re.IGNORECASE)
"""`_START` for texts without these words."""
_CURRENCY_BEFORE = late(
    rf"(?:(?P<outer>[+\-−–])?(?:(?<![A-Za-z])(?P<code>{_either(_CODES)})|(?P<sign>{_either(_SIGNS)})\.?)\s?)?(?P<inner>(?<![\w])[+\-−–])?\Z"
)
_ENDS_BEFORE = "".join({word[-1] for word in (*_CODES, *_SIGNS)}) + "+-−–."
_SPELLED = late(SPELLED, re.IGNORECASE)
_DIGITS = re.compile(DIGITS)
_MYRIADS = late(MYRIADS)
_SCALE = late(
    rf"(?:\s(?=[BM]\b))?(?P<close>{_either(ABBREVIATED)})(?![A-Za-zÀ-ɏ\d])|[\s-]?(?P<word>{_either(_SCALE_WORDS)})(?![A-Za-zÀ-ɏ])"
)
_LETTER = re.compile(rf"(?:\s(?=[WLmghlts]\b(?!\.\s[A-Z])))?([{''.join(_LETTERS)}])(?![A-Za-zÀ-ɏ\d²³])")
_JOIN = re.compile(
    r"([\s-]?)(?:d[ei]\s|d[’']|(?:(?:more|further|additional|extra|full|whole|long|route|weitere[nrs]?|volle[nrs]?|ganze[nrs]?)\s))?"
)
"""Between a number and its unit: `two more years`, `23,000 route miles`."""
_GOES_ON = late(r"[A-Za-zÀ-ɏ\d²³]")
_AND_A_HALF = re.compile(r"\sand\sa\shalf\b(?!\s(?:of|an?)\b)")
_PEOPLE = re.compile(r"m\s[a-z]+s\b")
_CONNECTION = re.compile(r"\s?[-–—‑]\s?(?=[\d$€£¥])|\s(?P<word>to|and|und|bis|à|a|y)\s(?=[\d$€£¥A-Za-z])")
_SIGN = late(rf"(?:{_either((*_SIGNS, *_CODES))})\s?")
_BETWEEN = re.compile(r"(?i:between|entre|zwischen|de|del)\s\Z")
_FROM = re.compile(r"(?i:from|von|de)\s\Z")
_FROM_TO = late(r"\s(?:to|bis|à|a)\s[$€£¥]?")


class _Quantity(NamedTuple):
    """One number with the signs and words right beside it."""

    start: int
    end: int
    number: Number
    scale: float
    unit: Unit | None
    sign: int
    is_over: bool
    in_words: bool


def find(text: str, decimal_comma: bool = False) -> Iterator[Figure]:
    """Find every figure of a text that is neither a date nor part of a name, in reading order."""
    at = 0
    has_words = not words_of(text).isdisjoint(BEGINNINGS)
    begins = _START if has_words else _IN_DIGITS
    numbers = numbers_at(text)
    for place in sorted({*numbers, *words_at(text, _BEFORE_AMOUNTS)}) if has_words else numbers:
        started = begins.match(text, place) if place >= at else None
        if started is None:
            continue
        one = _quantity(text, place, decimal_comma, at)
        if one is None:
            at = started.end()
            continue
        other = _second(text, one, decimal_comma)
        at = (other or one).end
        yield from _settled(text, one, other)


def _quantity(text: str, start: int, decimal_comma: bool, floor: int) -> _Quantity | None:
    number, end = _number(text, start, decimal_comma)
    if number is None:
        return None
    number, end = raised(number, text[start:end], text, end)
    near = text[max(floor, start - 2) : start].strip()[-1:]
    before = _CURRENCY_BEFORE.search(text, max(floor, start - 6), start) if near and near in _ENDS_BEFORE else None
    currency = (
        CURRENCY_WORDS[before["code"] or before["sign"]] if before and (before["code"] or before["sign"]) else None
    )
    scale, end = _scale(text, end, currency is not None)
    if scale > 1.0 and (half := _AND_A_HALF.match(text, end)):
        number, end = Number(number.value + 0.5, 0.5, 0.5), half.end()
    is_over = text[end : end + 1] == "+"
    end += is_over
    unit, end = _unit(text, end, number.value * scale, currency)
    mark = (before["outer"] or before["inner"] or "") if before else ""
    sign = 1 if mark == "+" else -1 if mark else 0
    first = before.start() if before and (currency or sign) else start
    return _Quantity(first, end, number, scale, unit, sign, is_over, not text[start].isdigit())


def _number(text: str, start: int, decimal_comma: bool) -> tuple[Number | None, int]:
    if not text[start].isdigit():
        spelled = _SPELLED.match(text, start)
        is_german = decimal_comma and text[spelled.end() + 1 : spelled.end() + 2].isupper() if spelled else False
        if spelled and spelled[0].lower() == "elf" and not is_german:
            return None, start  # the English word; German nouns have a capital
        return (in_words(spelled[0]), spelled.end()) if spelled else (None, start)
    found = _DIGITS.match(text, start)
    if found is None:  # a digit of another script
        return None, start + 1
    if text[found.end() : found.end() + 2].strip()[:1] in tuple("兆조億亿억万萬만"):
        myriads = _MYRIADS.match(text, start)
        if myriads:
            end = start + len(myriads[0].rstrip())
            return in_myriads(text[start:end]), end
    digits = found[0]
    if " " in digits and not decimal_comma and "/" not in digits and digits.isascii():
        digits = digits.split(" ", 1)[0]
    return in_digits(digits, decimal_comma), start + len(digits)


def _scale(text: str, at: int, is_money: bool) -> tuple[float, int]:
    found = _SCALE.match(text, at)
    if found is None:
        return 1.0, at
    word = found["close"] or found["word"]
    if not is_money and (text[at] == " " if found["close"] else False):
        return 1.0, at
    if word in ("m", "b") and not is_money and not _PEOPLE.match(text, at):
        return 1.0, at
    return SCALES[word], found.end()


def _unit(text: str, at: int, number: float, currency: Unit | None) -> tuple[Unit | None, int]:
    word, end = _unit_word(text, at)
    if not word:
        return (currency, at) if currency else _in_brackets(text, at)
    unit = PENCE if word == "p" and number not in _LINES else UNITS[word]
    if currency is None:
        return (None, at) if _is_no_unit(word, number, text, end) else (unit, end)
    return currency, end if unit == currency else at


def _unit_word(text: str, at: int) -> tuple[str, int]:
    """The word or sign of a unit behind a number, and its end; an empty word if there is none."""
    if letter := _LETTER.match(text, at):
        return letter[1], letter.end()
    join = _JOIN.match(text, at)
    for start in dict.fromkeys((join.end(), join.end(1), at) if join else (at,)):
        for word in _WORDS.at(text, start):
            if not _GOES_ON.match(text, start + len(word)):
                return word, start + len(word)
        for sign in _OTHERS.at(text, start):
            if not text[start + len(sign) : start + len(sign) + 1].isdecimal():
                return sign, start + len(sign)
    return "", at


_LINES = (144, 240, 360, 480, 576, 720, 1080, 1440, 2160, 4320)
"""Line counts of video formats; with any other number, `p` means pence."""
_ILLNESS = late(r"\s(?:cases?|patients?|deaths?|infections?|clinics?|tests?|treatments?|vaccin\w+)\b")
_BY_ANOTHER = re.compile(r"\s?\d")
_FEWEST_WON = 100


def _is_no_unit(word: str, number: float, text: str, end: int) -> bool:
    """Whether a possible unit is something else: `12 TB cases`, `it has 14 won`, `64.5 × 51`."""
    if word == "TB":
        return _ILLNESS.match(text, end) is not None
    if word == "won":
        return number < _FEWEST_WON
    return word in ("x", "×") and _BY_ANOTHER.match(text, end) is not None


def _in_brackets(text: str, at: int) -> tuple[Unit | None, int]:
    """The unit of a number that repeats one in words: `thirty (30) days`."""
    if text[at : at + 1] != ")":
        return None, at
    start = text.rfind("(", 0, at)
    if start <= 0 or not text[start + 1 : at].isdigit() or not text[:start].rstrip()[-1:].isalpha():
        return None, at
    word, end = _unit_word(text, at + 1)
    return (UNITS[word], end) if word else (None, at)


def _second(text: str, one: _Quantity, decimal_comma: bool) -> _Quantity | None:
    """The second end of a range that begins with a quantity."""
    found = _CONNECTION.match(text, one.end)
    if found is None or (
        found["word"] in ("and", "und", "y", "a") and not _BETWEEN.search(text, max(0, one.start - 9), one.start)
    ):
        return None
    if found["word"] == "to" and _is_of_another(text, one, found.end()):
        return None
    sign = _SIGN.match(text, found.end())
    start = sign.end() if sign else found.end()
    if not _START.match(text, start):
        return None
    other = _quantity(text, start, decimal_comma, found.end())
    if other is None or other.sign or (one.in_words != other.in_words):
        return None
    if found["word"] and one.unit and other.unit is None and not _SIGN.match(text, one.start):
        return None  # `rose 5% to 3.2 million`: a range has its unit behind its end, or a currency before its start
    shared = one.unit is None or other.unit is None or one.unit.dimension == other.unit.dimension
    return other if shared else None


_OF_THEM = late(r"[\d.,]+(?:\s?[%°]|\s(?:percent|per\scent|[a-z-]*\s?[a-z]+s)\b)")
"""A number of things, as in `by 5 to 15%`, `by 10 to 15 people`."""
_NUMBERED = late(
    r"\b(?:week|month|day|year|season|round|match|game|minute|chapter|grade|class|ward|page|line|room|district|item|lot)\s\Z",
    re.IGNORECASE,
)


def _is_of_another(text: str, one: _Quantity, at: int) -> bool:
    """Whether a number and the one after `to` are no range: `fell by 12 to 44`, `from 96 in week 45 to 143`."""
    if is_behind_by(text, one.start):
        return one.unit is not None or _OF_THEM.match(text, at) is None
    return one.unit is None and _NUMBERED.search(text, max(0, one.start - 12), one.start) is not None


def _settled(text: str, one: _Quantity, other: _Quantity | None) -> Iterator[Figure]:
    """The figure of one quantity, or of two as a range."""
    if other is None:
        yield from _figure(text, one, one.unit, one.scale)
        return
    unit = other.unit or one.unit
    first = one.unit or unit  # `from 90 minutes to 2 hours`
    has_own = one.unit is not None and not text[one.end - 1].isdigit()  # `from 900 tonnes to 1.2 million tonnes`
    is_scaled = one.scale != 1.0 or has_own or one.number.value >= other.number.value * 1000
    scale = one.scale if is_scaled else other.scale
    low = next(_figure(text, one, first, scale), None)
    high = next(_figure(text, other, unit, other.scale), None)
    if low is None or high is None:
        yield from (figure for figure in (low, high) if figure)
    elif low.low == high.low or _is_from(text, low, high) or _are_two(text, low, high):
        yield low
        yield high
    else:
        words = text[low.start : high.end]
        yield replace(low, end=high.end, text=words, high=high.high, step=min(low.step, high.step), weak=False)


def _is_from(text: str, one: Figure, other: Figure) -> bool:
    """Whether two figures may be the ends of a change: `from 3 to 5`, but not `von 3 bis 5`."""
    return "bis" not in text[one.end : other.start] and bool(_FROM.search(text, max(0, one.start - 6), one.start))


_FAR_UP = 20.0
"""A second figure larger than this multiple is a level, and not the end of a range of changes (`fell 3% to 20%`)."""
_MOST_VOTES = 85.0
"""Least share, in percent, of the votes that the two sides of a vote have together."""


def _are_two(text: str, one: Figure, other: Figure) -> bool:
    """Whether two figures are no range.

    A vote has the larger one first (`by 52.6 to 47.4 per cent`, `12 to 3`), and a change comes before its result (`fell
    $1.91 to $73.55`).
    """
    if one.low <= other.low:
        return one.direction != 0 and one.dimension != PERCENT and other.low > _FAR_UP * one.low
    is_vote = one.low + other.low > _MOST_VOTES or is_behind_by(text, one.start)
    return one.dimension == COUNT or (one.dimension == PERCENT and is_vote)


def joined(text: str, one: Figure, other: Figure) -> Figure | None:
    """The range of two figures in the form `from 3 to 15 seconds`, which may be a change or a range."""
    if one.dimension != other.dimension or one.low >= other.low or one.is_range or other.is_range:
        return None
    if not _FROM_TO.fullmatch(text, one.end, other.start) or not _FROM.search(text, max(0, one.start - 6), one.start):
        return None
    words = text[one.start : other.end]
    return replace(one, end=other.end, text=words, high=other.high, step=min(one.step, other.step), direction=0, came=0)


_OR_SO = late(r",?\s(?:plus\sor\sminus|give\sor\stake)\s[$€£¥]?|\s?±\s?[$€£¥]?")


def within(text: str, middle: Figure, off: Figure) -> Figure | None:
    """The range of a figure with a margin of error: `$9.2 billion, plus or minus $200 million`."""
    if not _OR_SO.fullmatch(text, middle.end, off.start) or middle.is_range or off.is_range:
        return None
    away = middle.low * off.low / 100 if off.dimension == PERCENT != middle.dimension else off.low
    if off.dimension not in (PERCENT, middle.dimension) or not 0 < away < middle.low:
        return None
    span, low, high = text[middle.start : off.end], middle.low - away, middle.low + away
    return replace(middle, end=off.end, text=span, low=low, high=high, step=min(middle.step, off.step), direction=0)


_BARE = late(
    r"(?:\s(?:of\sit|of\sthat|of\sthis|more|less|alone|in|on|at|after|before|from|to|for|by|and|an?\s(?:hour|day|week|month|year)|last|this|now|is|was|are|were|will"
    r"|because|since|when|while|as|but|or|under|vor|im|un|il|hace|auf|und|sein|statt|mehr|weniger|ein\sJahr)\b|\s?[.,;:)]|\s\(|\s*\Z)"
)


def counts_nothing(text: str, item: Figure) -> bool:
    """Whether a number has no unit, and no noun behind it that it counts."""
    return item.dimension == COUNT and (text.startswith(CELL, item.end) or _BARE.match(text, item.end) is not None)


_COMPARED = late(
    r"(?i:\b(?:from|after|against|to|versus|than|and|with|by|at|was|were|for|or\stake|minus|(?<=instead\s)of"
    r"|nach|gegen|auf|statt|mit|um|als|es|und)\s)\Z"
)
_COMES_TO = re.compile(r"\b(?:from|after|against|to|versus|than)\s\Z")
"""Matches before a small number in words that takes its unit from the one before: `from 12 years to eight`."""
_SPLIT = late(r"(?::|\band\s[A-Za-zÀ-ɏ]+|,\s[A-ZÀ-Þ]\w+(?:\s[A-ZÀ-Þ]\w+)?)\s\Z")
"""Matches before decimals that take their unit from the one before: `women live 81.6 years and men 76.9`, `Alba 31.2
percent, Brent 27.9`."""
_SPLIT_LONG = 24
_COMPARED_LONG = 8
"""Length of the longest word of `_COMPARED`, with its blank."""
_BEFORE_UNIT = late(r"(?i:,?\s(?:instead\sof|rather\sthan|not|versus|against|compared\swith|statt)\s)")
_SHARED = late(r",?\s(?:and|or|und|oder|beziehungsweise|bzw\.|respektive|sowie)\s|,\s")
"""Between the numbers of a list whose unit stands behind the last one: `16, 29 and 27 minutes`."""
_MOST_LISTED = 7
"""Most numbers of a list before the last; each is held against the last, and a page may be one list of thousands."""
_LARGE = 1e5
_NO_AMOUNTS = frozenset((PERCENT, POINTS, TIMES, "month", "second"))
"""Dimensions that never have such large numbers: a large bare number takes its unit from an amount."""


def inheriting(text: str, items: Iterable[object], earlier: Figure | None) -> Iterator[Figure]:
    """Yield the bare numbers of a sentence in the unit of a figure before or after them.

    `340,000 square kilometres, up from 112,000`; `$900 million. It pays 210 million of it`; `25 instead of 80 minutes`.
    `earlier` is the last figure of the sentence before.
    """
    last = amount = earlier
    bare: Figure | None = None
    figures = tuple(_with_points(text, items))
    yield from _in_lists(text, figures)
    for item in figures:
        if item.dimension != COUNT:
            if bare and _BEFORE_UNIT.fullmatch(text, bare.end, item.start):
                yield in_unit(bare, item.dimension, item.factor)
            if bare and (told := _in_scale_of(text, bare, item)):
                yield told
            last, bare = item, None
            amount = amount if item.dimension in _NO_AMOUNTS else item
            continue
        is_parallel = last is not None and _is_parallel(text, last, item)
        is_told = is_parallel or _COMES_TO.search(text, max(0, item.start - _COMPARED_LONG), item.start)
        bare = None if item.weak and not is_told else item
        given = amount if item.low >= _LARGE else last
        if bare is None or (given or amount) is None:
            continue
        if (is_parallel or _is_alone(text, item)) and _BARE.match(text, item.end):
            if given:
                yield in_unit(bare, given.dimension, given.factor)
            if amount and amount is not given:
                yield in_unit(bare, amount.dimension, amount.factor)


def _with_points(text: str, items: Iterable[object]) -> Iterator[Figure]:
    """The figures of a sentence, with `1.9 points` in points before a decimal: a score has others, `12 points to 8`."""
    figures = [item for item in items if isinstance(item, Figure)]
    for item, after in zip(figures, (*figures[1:], None), strict=False):
        is_in_points = item.dimension == COUNT and text.startswith((" point", " Punkt"), item.end)
        yield in_unit(item, POINTS, 1.0) if is_in_points and after and after.step < 1.0 else item


_DIGITS_IN = re.compile(r"\d+(?:[.,]\d+)?")
_CAME_TO = late(r"\s(?:to|auf|à|a)\s[$€£¥]?")
_LEAST_SCALE = 1e3


def _in_lists(text: str, figures: Sequence[Figure]) -> Iterator[Figure]:
    """The first figures of lists in the unit and scale of the last: `12 and 9 million euros`, `$8 and $3 million`."""
    listed: list[Figure] = []
    for item in figures:
        if listed and not _SHARED.fullmatch(text, listed[-1].end, item.start):
            listed = []
        has_unit, is_behind = item.dimension != COUNT, item.text[0].isdigit()
        scale = _scale_of(item) if listed and has_unit else 1.0
        for one in listed if has_unit else ():
            if one.dimension == COUNT and not is_behind:
                continue  # `killed 14, and $9 million was promised`: no unit behind the last number
            if one.dimension == COUNT:
                yield in_unit(one, item.dimension, item.factor)
            if scale >= _LEAST_SCALE > one.low and one.dimension in (COUNT, item.dimension):
                yield replace(in_unit(one, item.dimension, item.factor * scale), factor=item.factor)
        is_open = not has_unit or item.low < _LEAST_SCALE
        listed = [*listed[-_MOST_LISTED:], item] if is_open and not (item.weak or item.is_range) else []


def _scale_of(of: Figure) -> float:
    """The scale in which a figure is written: a million for `81 Millionen Euro`."""
    digits = _DIGITS_IN.search(of.text)
    if digits is None or not _SCALE.search(of.text, digits.end()):
        return 1.0  # `31.500 Euro` are no 31.5 thousand
    number = float(digits[0].replace(",", "."))
    return round(of.low / of.factor / number, 6) if number else 1.0  # 21,400,000 / 21.4 is no whole number


def _in_scale_of(text: str, bare: Figure, of: Figure) -> Figure | None:
    """A bare number in the scale and unit of the level it changed to: `von 96 auf 81 Millionen Euro`."""
    if not _CAME_TO.fullmatch(text, bare.end, of.start):
        return None
    if bare.low >= _LARGE and is_behind_by(text, bare.start):  # `um 143 Millionen auf 96 Millionen Euro`
        return in_unit(bare, of.dimension, of.factor)
    if not _FROM.search(text, max(0, bare.start - 6), bare.start):
        return None
    if bare.low >= _LARGE:  # `von 100 Millionen auf 60 Millionen Euro`
        return in_unit(bare, of.dimension, of.factor)
    scale = _scale_of(of)
    if scale == 1.0 and (bare.low > of.low or " auf " in text[bare.end : of.start]):  # a rise may be a range else
        return in_unit(bare, of.dimension, of.factor)
    if scale < _LEAST_SCALE or scale not in SCALES.values():
        return None
    return replace(in_unit(bare, of.dimension, of.factor * scale), factor=of.factor)


_WHOSE = re.compile(r"\s(?:for|in|on|at|of)\s")


def _is_parallel(text: str, one: Figure, other: Figure) -> bool:
    """Whether a bare number is parallel to the one before: `three years for civil claims and seven for fraud`."""
    mine, its = _WHOSE.match(text, one.end), _WHOSE.match(text, other.end)
    is_joined = text[one.end : other.start].endswith((" and ", ", ", " but "))
    return is_joined and mine is not None and its is not None and mine[0] == its[0]


def _is_alone(text: str, item: Figure) -> bool:
    """Whether a bare number takes its unit from another figure, by its size or the words before it."""
    if item.low >= _LARGE or _COMPARED.search(text, max(0, item.start - _COMPARED_LONG), item.start):
        return True
    return item.step < 1.0 and _SPLIT.search(text, max(0, item.start - _SPLIT_LONG), item.start) is not None


def in_unit(figure: Figure, dimension: str, factor: float) -> Figure:
    """Return a bare number in a unit."""
    low, high, step, coarse = (part * factor for part in (figure.low, figure.high, figure.step, figure.coarse))
    return replace(figure, dimension=dimension, low=low, high=high, step=step, coarse=coarse, factor=factor, weak=False)


_PER_SCALE = re.compile(r"\bper\s(?P<scale>hundred|thousand|million|billion)\b")


def scaled(text: str) -> Iterator[Figure]:
    """Numbers of evidence given only as a scale: a million in `$3 per million tokens`."""
    for found in _PER_SCALE.finditer(text) if "per " in text else ():
        size = SCALES[found["scale"]]
        yield Figure(*found.span("scale"), found["scale"], COUNT, size, size, size, size, weak=True)


_IN_A_ROW = late(
    rf"\b(?:(?P<word>{'|'.join(sorted(ORDINALS, key=len, reverse=True))})|(?P<digits>\d{{1,3}})(?:st|nd|rd|th))"
    r"\s(?:straight|consecutive|successive)(?:\s(?P<unit>[a-z]+))?"
)
_ROWS = frozenset(("straight", "consecutive", "successive"))


def in_a_row(text: str) -> Iterator[Figure]:
    """Counts implied by ordinals of evidence: a `fifth straight meeting` is the last of five meetings."""
    if words_of(text).isdisjoint(_ROWS):
        return
    for found in _IN_A_ROW.finditer(text):
        word = found["word"]
        number = float(found["digits"] or ORDINALS[word])
        start, end = found.span("word" if word else "digits")
        unit = UNITS.get(f"{found['unit']}s") or Unit(COUNT)
        size, step = number * unit.factor, unit.factor
        yield Figure(start, end, text[start:end], unit.dimension, size, size, step, step, unit.factor)


_FOR = re.compile(r"\b(?:for|per)\sa\s\Z|\b(?:for|per)\s\Z")
"""`$3 for a million tokens` names the thing counted, not how much there is."""


def degrees(value: float, unit: Unit, below: int) -> tuple[float, int]:
    """Return a temperature without its sign, and whether it is below zero, as in `Figure.below`."""
    if below < 0:
        return value - unit.zero * unit.factor, below
    true = (-value if below else value) - unit.zero * unit.factor
    return abs(true), int(true < 0)


def _figure(text: str, of: _Quantity, unit: Unit | None, scale: float) -> Iterator[Figure]:
    meant = unit or Unit(COUNT)
    factor = scale * meant.factor
    value, below = of.number.value * factor, 0
    if meant.dimension == TEMPERATURE:
        value, below = degrees(value, meant, 1 if of.sign < 0 else below_zero(text, of.start, of.end))
    loose = "about" if of.in_words and LOOSE.search(text, of.start, of.end) else ""
    hedge = "over" if of.is_over else hedge_of(text, of.start, of.end) or loose
    if of.in_words and unit is None and scale == 1.0 and of.number.value < 2:
        return
    if of.in_words and of.number.value < 2 and scale == 1.0 and meant.dimension in ("month", "second", TIMES):
        return
    weak = of.in_words and of.number.value < 10 and scale == 1.0 and (unit is None or meant.dimension == TIMES)
    weak = weak or (of.in_words and unit is None and _FOR.search(text, 0, of.start) is not None)
    yield Figure(
        of.start,
        of.end,
        text[of.start : of.end],
        meant.dimension,
        value,
        value,
        of.number.step * factor,
        of.number.coarse * factor,
        meant.factor,
        hedge,
        of.sign or direction_of(text, of.start, of.end),
        weak and not hedge,
        below=below,
    )


_MONTHS = late(rf"\b(?P<first>{MONTH_NAMES})(?:\s(?:to|through|until|bis)\s|\s?[-–]\s?)(?P<last>{MONTH_NAMES})\b")


def months(text: str) -> Iterator[Figure]:
    """The first months of a year: `January to September` are nine. What begins later in a year is no `first` of it."""
    for found in _MONTHS.finditer(text) if len(words_of(text) & MONTHS.keys()) > 1 else ():
        number = float(MONTHS[found["last"].lower()])
        if MONTHS[found["first"].lower()] == 1 < number:
            yield Figure(*found.span(), found[0], "month", number, number, 1.0, 1.0)
