"""Numbers as people write them: 1,234.5 and 1.234,5 and 1 234,5, lakhs, twenty-one, one and a half, 3兆5000億.

Besides its value a number has a precision, which decides what may be rounded to it: 14.6 stands for everything from
14.55 to 14.65.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.figures.counting import A_PART, CARDINALS, GERMAN, PARTS, SOME
from generator.figures.units import SCALES
from generator.texts.language import primary
from generator.texts.patterns import late

WORDS = {word: float(number) for word, number in (CARDINALS | GERMAN).items()}
_LARGE = {"hundred": 1e2, "thousand": 1e3, "dozen": 12.0}

_SCALED = r"(?=(?:(?:m|b|tr)illion|hundred|thousand|dozen)\b)"
PORTION = (
    rf"(?:(?:an?\s)?half(?:\sa\s|-){_SCALED}|(?<!and\s)an?\shalf\s{_SCALED}|an?\squarter[\s-]{_SCALED}"
    rf"|(?:{'|'.join(SOME)})[\s-](?:{A_PART})\sof\san?\s{_SCALED}"
    rf"|an?\scouple\s(?:of\s)?{_SCALED})"
)
"""Words before a scale for how much of it is meant: `half a dozen`, `a third of a million`, `a couple of hundred`."""

LOOSE = re.compile(r"\bcouple\b", re.IGNORECASE)
"""Makes a number approximate."""

_WORD = "|".join(sorted((*WORDS, *_LARGE), key=len, reverse=True))
SPELLED = (
    rf"(?:{PORTION}|an?\s(?=(?:m|b|tr)illion\b)|(?:an?\s)?(?:{_WORD})\b"
    rf"(?:[ -](?:{_WORD})\b|(?<=hundred)\sand\s(?:{_WORD})\b|(?<=thousand)\sand\s(?:{_WORD})\b)*(?:\sand\sa\shalf)?)"
)
"""A number in English words."""
_FRACTIONS = "½12 ⅓13 ⅔23 ¼14 ¾34 ⅕15 ⅖25 ⅗35 ⅘45 ⅙16 ⅚56 ⅐17 ⅛18 ⅜38 ⅝58 ⅞78 ⅑19"
VULGAR = {sign: (int(part), int(of)) for sign, part, of in map(tuple, _FRACTIONS.split())}
"""Fraction signs, each with its numerator and denominator."""
_IN_TWO = "1/2|[12]/3|[13]/4|[1-4]/5|[15]/6|[1357]/8|(?:[13579]|1[135])/16"
BLANK = "[ \u00a0\u2009\u202f]"
"""Separators between the groups of a long number."""
DIGITS = (
    rf"(?:\d{{1,3}}(?:{BLANK}\d{{3}})+(?![\d])(?:,\d+)?|\d{{1,3}}(?:['’]\d{{3}})+(?:[.,]\d+)?"
    rf"|\d+(?:\s?[{''.join(VULGAR)}]|[ -](?:{_IN_TWO})(?![\d/])|⁄\d{{1,2}}(?!\d))|\d+(?:[.,]\d+)*)"
)
"""A number in digits, which may be grouped or have a fraction.

Groups are separated by blanks, apostrophes, or commas and points in either meaning; fractions are as in `2½`, `1 1/2`.
"""
MYRIADS = r"(?:\d[\d,.]*\s?[兆조]\s?)?(?:\d[\d,.]*\s?[億亿억]\s?)?(?:\d[\d,.]*\s?[万萬만]\s?)?(?:\d[\d,.]*)?"
"""A number grouped by ten thousands, as in Chinese, Japanese and Korean."""

_LAKH = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}\Z")
_GROUPED = {",": re.compile(r"\d{1,3}(?:,\d{3})+\Z"), ".": re.compile(r"\d{1,3}(?:\.\d{3})+\Z")}
_MIXED = re.compile(
    rf"(?P<whole>\d+)(?:\s?(?P<sign>[{''.join(VULGAR)}])|[ -](?P<part>\d+)/(?P<of>\d+)|⁄(?P<under>\d+))"
)
_MYRIAD = late(r"(\d[\d,.]*)\s?([兆조億亿억万萬만]?)")
_COMMA_DECIMAL = re.compile(r"\d,\d{1,2}\s?(?:%|€|Prozent|Euro|Mrd|Mio|Milli|mill|Md|pour|por)|\d\.\d{3},\d")
_POINT_DECIMAL = re.compile(r"\d,\d{3}\b(?!,\d{1,2}\b)|\d\.\d{1,2}\b")
COMMA_LANGUAGES = frozenset("bg ca cs da de el es fi fr hr hu id it nb nl no pl pt ro ru sk sl sr sv tr uk vi".split())
"""Languages with a decimal comma (Unicode CLDR, number symbols)."""


class Number(NamedTuple):
    value: float
    step: float
    """The place of the last digit written: 0.1 for 14.6, 1 for 50,000."""
    coarse: float
    """The place of the last digit that is not zero: 10,000 for 50,000."""


def has_decimal_comma(text: str, language: str | None) -> bool:
    """Whether 1.234 is over a thousand in a text: by its language, or if that is unknown by its own numbers."""
    if language:
        return primary(language) in COMMA_LANGUAGES
    return bool(_COMMA_DECIMAL.search(text)) and not _POINT_DECIMAL.search(text)


def in_digits(text: str, decimal_comma: bool) -> Number | None:
    """Return the value of a run of digits; None if it is no number, such as a version with two points."""
    if mixed := _MIXED.fullmatch(text):
        return _mixed(mixed)
    bare = re.sub(r"[\s'’]", "", text)
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        mark = "," if bare.rfind(",") > bare.rfind(".") else "."
        return _number(bare.replace("." if mark == "," else ",", ""), mark)
    if _LAKH.match(bare):
        return _number(bare.replace(",", ""), ".")
    mark = "," if commas else "."
    if not points and not commas:
        return _number(bare, ".")
    grouping = "." if decimal_comma else ","
    many = bare.count(mark) > 1
    if _GROUPED[mark].match(bare) and (mark == grouping or many) and not bare.startswith("0"):
        return _number(bare.replace(mark, ""), ".")
    return None if many else _number(bare, mark)


def _number(digits: str, mark: str) -> Number | None:
    whole, _, decimals = digits.partition(mark)
    if mark in decimals or not whole.isdigit() or (decimals and not decimals.isdigit()):
        return None
    value = float(f"{whole}.{decimals or 0}")
    step: float = 10.0 ** -len(decimals)
    if decimals:  # 3.40 may be rounded to tens of cents, but the zero of 6.0 is meant
        return Number(value, step, 10.0 ** -len(decimals.rstrip("0") or decimals))
    return Number(value, step, 10.0 ** (len(whole) - len(whole.rstrip("0"))) if value else step)


_ENDLESS = 0.001
"""Precision of fractions that have no finite decimal form."""


def _mixed(found: re.Match[str]) -> Number | None:
    """The number of `2½`, `1 1/2` or `1⁄2`, as precise as its parts."""
    whole = int(found["whole"])
    if found["under"]:
        whole, part, of = 0, whole, int(found["under"])
    else:
        part, of = VULGAR[found["sign"]] if found["sign"] else (int(found["part"]), int(found["of"]))
    if not of:
        return None
    is_endless = bool(of % 2 and of % 5) or of % 3 == 0
    return Number(whole + part / of, 1 / of, _ENDLESS if is_endless else 1 / of)


_POWER = late(r"(?P<by>\s?[×x·]\s?10)?(?:\^(?P<raised>[-−]?\d{1,2})|(?P<small>[⁻⁺]?[⁰¹²³⁴-⁹]{1,2}))(?![\d⁰¹²³⁴-⁹])")
_RAISED = str.maketrans("⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹−", "-+0123456789-")


def raised(number: Number, digits: str, text: str, end: int) -> tuple[Number, int]:
    """Return a number multiplied by the power of ten behind it, and where that ends: `10²¹`, `1.6 × 10^-19`."""
    near = text[end : end + 2].strip()[:1]
    found = _POWER.match(text, end) if near and near in "^×x·⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹" else None
    if found is None or not (found["by"] or digits == "10"):
        return number, end
    power = int((found["raised"] or found["small"]).translate(_RAISED))
    by = 10.0 ** (power if found["by"] else power - 1)
    return Number(number.value * by, number.step * by, number.coarse * by), found.end()


def in_words(text: str) -> Number:
    """Return the number that English words spell."""
    words = text.lower().replace("-", " ").split()
    if (portion := _portion(words)) is not None:
        return portion
    half = words[-3:] == ["and", "a", "half"]
    total, current = 0.0, 0.0
    for word in words[:-3] if half else words:
        if word in WORDS:
            current += WORDS[word]
        elif word in ("a", "an"):
            current = 1.0
        elif word == "thousand":
            total, current = total + (current or 1.0) * _LARGE[word], 0.0
        elif word in _LARGE:
            current = (current or 1.0) * _LARGE[word]
    by = _LARGE["dozen"] if half and words[-4:-3] == ["dozen"] else 1.0
    value = total + current + (0.5 * by if half else 0.0)
    digits = str(int(value))
    coarse = 10.0 ** (len(digits) - len(digits.rstrip("0"))) if value else 1.0
    if words[-1].removesuffix("s") == "dozen":
        return Number(value, _NEAR_A_DOZEN, _LARGE["dozen"])
    return Number(value, 0.5 * by if half else 1.0, 0.5 * by if half else coarse)


_NEAR_A_DOZEN = 2.0
"""How far off a number in dozens may be: about a dozen may be eleven or thirteen."""


def _portion(words: list[str]) -> Number | None:
    """How much of the scale behind them some words mean; None if they are a number of their own."""
    if "couple" in words:
        return Number(2.0, 1.0, 1.0)
    if words[-3:] == ["and", "a", "half"]:
        return None
    part = next((word.removesuffix("s") for word in words if word.removesuffix("s") in PARTS), None)
    if part is None:
        return None
    share = SOME.get(words[0], 1) / PARTS[part]
    return Number(share, share, share)


def in_myriads(text: str) -> Number | None:
    """Return the number of digits with 兆, 億 and 万; its precision is that of the last group."""
    value, step, coarse = 0.0, 1.0, 1.0
    for digits, scale in _MYRIAD.findall(text):
        number = in_digits(digits.rstrip(".,"), decimal_comma=False)
        if number is None:
            return None
        by = SCALES.get(scale, 1.0)
        value, step, coarse = value + number.value * by, number.step * by, number.coarse * by
    return Number(value, step, coarse)
