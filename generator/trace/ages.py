"""Whether a number is somebody's age: `Harkness, 29, won`, `the 21-year-old`, `at 21`, `aged 30`.

An age does not count the things named beside it.
"""

from __future__ import annotations

import re

from generator.figures.read import Measured
from generator.texts.patterns import late

_BEFORE = re.compile(
    r"\b(?:[Aa]t|(?:[Aa]ged?|[Aa]ges)(?:\s(?:of|from|between|over|under))?|(?:old|young)est(?:\s[a-z]+){0,3})\s\Z"
)
_BEHIND = re.compile(r"(?:-years?)?[\s-](?:years?[\s-])?old\b")
_BESIDE_NAME = late(r"(?:\b[A-ZÀ-Þ][\w’'-]+|\))[,\s]\s?\(?\Z")
_YEARS = range(1, 111)


def is_age(sentence: str, item: Measured) -> bool:
    """Whether a number is an age."""
    digits = item.text.split("-")[0].split(" ")[0]
    if not digits.isdecimal() or int(digits) not in _YEARS:
        return False
    if _BEHIND.match(sentence, item.start + len(digits)) or _BEFORE.search(sentence, 0, item.start):
        return True
    between = sentence[max(0, item.start - 2) : item.start], sentence[item.end : item.end + 1]
    is_apart = between in ((", ", ","), (" (", ")"))
    return is_apart and _BESIDE_NAME.search(sentence, 0, item.start) is not None
