"""Prevent line breaks between a figure and its unit, a day and its month, and inside the name of a model."""

from __future__ import annotations

import re

from markupsafe import Markup

from generator.escaping import escape, markup

_NO_BREAK = "\N{NO-BREAK SPACE}"
_UNITS = (
    r"thousand|million|billion|trillion|percent|per cent|GW|MW|kW|GB|TB|MB|KB|km|kg|of \d"
    r"|Tausend|Millionen|Milliarden?|Billionen?|Mio\b|Mrd\b|Prozent|Euro|Dollar|Uhr|von \d"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_MONATE = "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
_BETWEEN = re.compile(
    rf" (?<=\d )(?=(?:{_UNITS})\b|(?:(?<=\b\d )|(?<=\b\d\d ))(?:{_MONTHS})\b)| (?<=\d\. )(?=(?:{_MONATE})\b)"
)
"""The blank itself, which comes first in the pattern because to look for one character is quick."""
_IN_DAY = re.compile(r"(\d\.?) (?=[^\W\d])")
_COMPOUND = re.compile(r"\w+(?:-\w[\w.]*)+\b")
_RANGE = re.compile(r"<[^>]*>|[$€£]?\b\d[\d.,]*(?:-\d[\d.,]*)+\b")
"""Figures with a hyphen between, outside tags, whose addresses and names may look the same."""
_FITS = 20
"""Characters of a headline that stand side by side on a small phone: what is longer has to break."""
_BEFORE_NUMBER = re.compile(r" (?=\d\d?(?![\w%]|[.,]\d))")
"""Before a number that may be part of a name; what stands before it decides."""


def bind(text: str) -> str:
    """HTML or text whose figures keep their units and whose days keep their months on one line."""
    return _BETWEEN.sub(_NO_BREAK, text)


def bind_page(text: str) -> str:
    """HTML of a page, bound as by `bind`; there, a range does not break behind its hyphen (`$115-135 billion`)."""
    bound = bind(text)
    return _RANGE.sub(_whole, bound) if "-" in bound else bound


def _whole(found: re.Match[str]) -> str:
    text = found[0]
    return text if text[0] == "<" or len(text) > _FITS else f'<span class="name-whole">{text}</span>'


def bind_heading(text: str) -> Markup:
    """A headline as HTML; there, what a hyphen joins and a name with a version do not break either (`high-risk`,
    `LongCat-2.0`, `Colossus 2`).
    """
    bound = bind_text(str(escape(text)))
    return markup(_COMPOUND.sub(_whole, bound) if "-" in bound else bound)


def bind_day(text: str) -> str:
    """A day or a moment, as any language writes it, in which a number stays with the word behind it."""
    return _IN_DAY.sub(rf"\1{_NO_BREAK}", text)


def bind_text(text: str) -> str:
    """A headline as text, with the blanks that do not break; what a hyphen joins is for whoever shows it."""
    return _BEFORE_NUMBER.sub(_numbered, bind(text))


def _numbered(blank: re.Match[str]) -> str:
    """The blank in `Colossus 2` holds, that in `sells 2` does not."""
    word = blank.string[: blank.start()].rpartition(" ")[2]
    return _NO_BREAK if word[:1].isupper() and word.isalnum() else " "
