"""Rules on how numbers are written: decimal commas in English, and the check digit of an ISBN."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.reading import all_words, own_words
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.texts.language import primary
from generator.texts.patterns import late

_NEAR = re.compile(r",(?<=\d,)\d{1,2}(?!\d)"), re.compile(r"\.(?<=\d\.)\d{3}\.\d{3}(?!\d)")
"""Each such number has one of these."""
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})*,\d{1,2}|\d{1,3}(?:\.\d{3}){2,})(?!\d|[.,]\d)"
_OF_MONEY = late(rf"(?<=[$€£¥]){_NUMBER}|(?<=[$€£¥] ){_NUMBER}")
_BEFORE_A_UNIT = late(
    rf"(?<![\w.,$€£¥-]){_NUMBER}(?=[ \u00a0]?(?:%|percent\b|per cent\b|(?:thousand|[mb]illion|trillion|bn)\b))"
)
_SWAPPED = str.maketrans(",.", ".,")


def foreign_number(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """`$21,5 billion` in English. Only money, shares and amounts with a scale: a lone `1,2` may be a list."""
    if primary(library.newsletter.language) != "en":
        return
    for path, text in all_words(item):
        if any(near.search(text) for near in _NEAR):
            own = own_words(text)
            for found in (*_OF_MONEY.finditer(own), *_BEFORE_A_UNIT.finditer(own)):
                meant = found[0].translate(_SWAPPED)
                what = f"`{found[0]}` is not how English writes a number"
                hint = f"Write {meant}, if that is meant: a point before the decimals, three digits behind a comma."
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
