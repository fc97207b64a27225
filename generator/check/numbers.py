"""Rules on how numbers are written: the decimal sign of another language, and the check digit of an ISBN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.check.reading import all_words, own_words
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.texts.language import primary
from generator.texts.patterns import late


class _Foreign(Struct, frozen=True):
    """Numbers that are not written as a language writes them, and what to say of one."""

    near: re.Pattern[str]
    """Each such number has one of these."""
    number: re.Pattern[str]
    language: str
    hint: str


def _foreign(point: str, comma: str, units: str, language: str, hint: str) -> _Foreign:
    """The numbers with `point` before the decimals and `comma` between thousands, both with their backslash."""
    number = rf"(?:\d{{1,3}}(?:{comma}\d{{3}})*{point}\d{{1,2}}|\d{{1,3}}(?:{comma}\d{{3}}){{2,}})(?!\d|[.,]\d)"
    of_money = rf"(?<=[$€£¥]){number}|(?<=[$€£¥] ){number}"
    before_a_unit = rf"(?<![\w.,$€£¥-]){number}(?=[ \u00a0]?(?:{units}))"
    near = late(rf"{point}(?<=\d{point})\d{{1,2}}(?!\d)|{comma}(?<=\d{comma})\d{{3}}{comma}\d{{3}}(?!\d)")
    return _Foreign(near, late(f"{of_money}|{before_a_unit}"), language, hint)


_FOREIGN = {
    "en": _foreign(
        r"\,",
        r"\.",
        r"%|percent\b|per cent\b|(?:thousand|[mb]illion|trillion|bn)\b",
        "English",
        "a point before the decimals, three digits behind a comma",
    ),
    "de": _foreign(
        r"\.",
        r"\,",
        r"[%€$]|(?:Prozent|Tausend|Mio|Mrd|(?:Milli|Billi)on(?:en)?|Milliarden?|Euro|Dollar)\b",
        "German",
        "a comma before the decimals, three digits behind a point",
    ),
}
_WITH_A_POINT = ("de-CH", "de-LI")
"""Where German writes its decimals with a point, at least of money."""
_SWAPPED = str.maketrans(",.", ".,")


def foreign_number(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """`$21,5 billion` in English. Only money, shares and amounts with a scale: a lone `1,2` may be a list."""
    language = library.newsletter.language
    foreign = _FOREIGN.get(primary(language))
    if foreign is None or language in _WITH_A_POINT:
        return
    for path, text in all_words(item):
        for found in foreign.number.finditer(own_words(text)) if foreign.near.search(text) else ():
            what = f"`{found[0]}` is not how {foreign.language} writes a number"
            hint = f"Write {found[0].translate(_SWAPPED)}, if that is meant: {foreign.hint}."
            yield in_text(path, text, found.start(), found[0], what, hint)


_ISBN = late(r"\bISBN(?:-1[03])?:?\s*(?P<number>\d(?:[ \u2010-\u2013-]?\d){8,11}[ \u2010-\u2013-]?[\dXx])(?![\w-])")


def bad_isbn(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """ISO 2108: the last digit is computed from the others, which reveals a slip in any of them."""
    for path, text in all_words(item):
        for found in _ISBN.finditer(text) if "ISBN" in text else ():
            number = found["number"]
            digits = [10 if sign in "Xx" else int(sign) for sign in number if sign.isalnum()]
            if not _is_isbn(digits):
                is_long = len(digits) not in (10, 13)
                what = (
                    f"`{number}` has {len(digits)} digits"
                    if is_long
                    else f"the last digit of `{number}` is not the check digit of the others"
                )
                hint = "Compare it with the book: an ISBN has 13 digits, or 10 before 2007; the last checks the others."
                yield in_text(path, text, found.start("number"), number, what, hint)


def _is_isbn(digits: list[int]) -> bool:
    if len(digits) == 13:
        return 10 not in digits and sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10 == 0
    return len(digits) == 10 and sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11 == 0
