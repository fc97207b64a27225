"""Numbers that identify one thing, as one run: a section of law, a book, a telephone number, a place on the map.

They are compared by letters and digits only: `12 C.F.R. § 1026.52(b)` is `12 CFR 1026.52(b)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.figures.labels import Label
from generator.figures.screen import matches, numbers_at
from generator.texts.patterns import late

IDENTIFIER = "identifier"
_LAW = (
    r"\d{1,4}\s(?:C\.?\s?F\.?\s?R\.?|U\.?\s?S\.?\s?C\.?|U\.\s?S\.|F\.\s?[23]d|S\.\s?Ct\.|F\.\s?Supp\.(?:\s[23]d)?)"
    r"\s(?:§{1,2}\s?)?\d+(?:\.\d+)*[a-z]?(?:\([0-9A-Za-z]{1,4}\))*"
)
_BOOK = r"97[89](?:[-–‑ ]?\d){10}|(?<=ISBN\s)\d(?:[-–‑ ]?\d){8}[-–‑ ]?[\dX]"
_TELEPHONE = (
    r"\+\d{1,3}(?:(?:[ \u00a0.-]|(?<=\)))(?:\(\d{1,5}\)|\d{1,5})){2,6}"
    r"|\(\d{3}\)\s?\d{3}[-–‑. ]\d{4}|\d{3}[-–‑.]\d{3}[-–‑.]\d{4}"
)
_PLACE = r"\d{1,3}°\s?\d{1,2}[′'’](?:\s?\d{1,2}(?:\.\d+)?[″\"”])?\s?[NSEWO]"
_POST = r"\d{5}-\d{4}"
_KINDS = {"law": _LAW, "book": _BOOK, "telephone": _TELEPHONE, "place": _PLACE, "post": _POST}
_RUN = late(
    r"(?<![\w.,$€£¥/-])(?:"
    + "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in _KINDS.items())
    + r")(?![\w-]|[.,]\d)"
)
_OPTIONAL = "(0)"
"""The part of a telephone number that is only dialled within the country."""
_NO_SIGN = re.compile(r"[\W_]+")
_FEWEST = 8
"""Fewest digits of a telephone number."""


def find(text: str) -> Iterator[Label]:
    """Find every identifier of a text by its form."""
    numbers = numbers_at(text)
    opened = [at - 1 for at in numbers if at and text[at - 1] in "+("]
    for found in matches(_RUN, text, sorted((*numbers, *opened)) if opened else numbers):
        kind, run = found.lastgroup or "", found[0]
        if kind == "telephone" and sum(map(str.isdigit, run)) < _FEWEST:
            continue
        key = _NO_SIGN.sub("", run.replace(_OPTIONAL, "")).lower()
        yield Label(*found.span(), run, IDENTIFIER, key, kind)
