"""Prevent line breaks between a figure and its unit, a day and its month, and inside the name of a model."""

from __future__ import annotations

import re
from functools import lru_cache

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
"""The space itself comes first in the pattern, because searching for a single character is fast."""
_IN_DAY = re.compile(r"(\d\.?) (?=[^\W\d])")
_COMPOUND = re.compile(r"\w+(?:-\w[\w.]*)+\b")
_JOINED = re.compile(r"-(?<=[\w.,]-)(?=\d)")
"""A hyphen before a figure, where some browsers break a line. Few texts have one, and it is found faster than these:"""
_WITH_FIGURE = re.compile(r"<[^>]*>|[$€£]?\b\d[\d.,]*(?:-\d[\d.,]*)+\b|\b[^\W\d]\w*(?:-\w[\w.]*)+\b")
"""Figures joined by a hyphen, and words so joined. Tags are matched too, to skip what looks the same in them."""
_FITS = 20
"""Characters of a headline that fit on one line of a small phone; anything longer has to break."""
_BEFORE_NUMBER = re.compile(r" (?=\d\d?(?![\w%]|[.,]\d))")
"""The space before a number that may be part of a name; the word before it decides."""


def bind(text: str) -> str:
    """HTML or text with figures kept on one line with their units, and days with their months."""
    return _BETWEEN.sub(_NO_BREAK, text)


def bind_page(text: str) -> str:
    """A page's HTML, bound as by `bind`; nor is there a break between a hyphen and a figure.

    Examples: `$115-135 billion`, `GPT-5.5`.
    """
    bound = bind(text)
    return _WITH_FIGURE.sub(_whole_with_figure, bound) if _JOINED.search(bound) else bound


def _whole_with_figure(found: re.Match[str]) -> str:
    return _whole(found) if _JOINED.search(found[0]) else found[0]


def _whole(found: re.Match[str]) -> str:
    text = found[0]
    return text if text[0] == "<" or len(text) > _FITS else f'<span class="name-whole">{text}</span>'


def bind_heading(text: str) -> Markup:
    """A headline as HTML, in which hyphenated words and names with a version do not break either.

    Examples: `high-risk`, `LongCat-2.0`, `Colossus 2`.
    """
    bound = bind_text(str(escape(text)))
    return markup(_COMPOUND.sub(_whole, bound) if "-" in bound else bound)


@lru_cache(maxsize=1024)
def bind_day(text: str) -> str:
    """A day or a moment in any language, with each number kept on one line with the word after it."""
    return _IN_DAY.sub(rf"\1{_NO_BREAK}", text)


def bind_text(text: str) -> str:
    """A headline as text, with no-break spaces; keeping hyphenated words whole is left to the caller."""
    return _BEFORE_NUMBER.sub(_numbered, bind(text))


def _numbered(blank: re.Match[str]) -> str:
    """A no-break space in `Colossus 2`, but a plain one in `sells 2`."""
    word = blank.string[: blank.start()].rpartition(" ")[2]
    return _NO_BREAK if word[:1].isupper() and word.isalnum() else " "
