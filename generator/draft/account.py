"""One page's account of an event in comparable form: weighted words, names, figures, and its day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from generator.desk.page import Page
from generator.desk.passages import sentences
from generator.figures.amounts import Figure
from generator.figures.numerals import has_decimal_comma
from generator.figures.read import measured
from generator.figures.units import COUNT
from generator.trace import names
from generator.trace.context import stems
from generator.trace.vocabulary import Vocabulary

LEAD = 5
"""Sentences of a page that say what it is about; what follows is background."""
_IN_TITLE, _IN_LEAD, _NAMED, _MEASURED = 2.0, 0.7, 1.5, 2.0
"""Weights of a word in the title, a word in the lead, a name and a figure."""
_OTHER_SCRIPTS = re.compile(r"[^\W\d_A-Za-zÀ-ɏ]{2,}")
_LEAST_COUNT = 100
"""Smaller bare numbers say nothing about an event: they are everywhere."""
_SHINGLE = 5
"""Length of the word sequences by which copied text is recognised."""


class Account(Struct, frozen=True):
    """What one page says about an event."""

    page: Page
    publisher: str
    """The publisher, by host name."""
    weights: dict[str, float]
    """What it is about: stems, names and figures, each with its weight."""

    @property
    def day(self) -> date | None:
        return self.page.published

    @property
    def shingles(self) -> frozenset[str]:
        """Word sequences of its first sentences, by which a page that relays another's text is recognised."""
        words = re.findall(r"\w+", " ".join(lead(self.page)).casefold())
        return frozenset(" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1))


def account(page: Page, publisher: str, vocabulary: Vocabulary, home: str = "en") -> Account:
    """Read a page. `home` is the newsletter's language."""
    weights: dict[str, float] = {}
    comma = decimal_comma(page, home)
    for text, weight in ((page.title, _IN_TITLE), *((sentence, _IN_LEAD) for sentence in lead(page))):
        for feature, times in _features(text, vocabulary, comma):
            weights[feature] = max(weights.get(feature, 0.0), weight * times)
    return Account(page, publisher, weights)


def lead(page: Page) -> list[str]:
    """The first sentences of a page that say something; labels and menus are shorter."""
    return [sentence for sentence in sentences(page.paragraphs[:40]) if len(sentence) > 40][:LEAD]


def decimal_comma(page: Page, home: str) -> bool:
    """Whether 1.234 is a thousand on a page: by its language, else by its figures or the newsletter's language."""
    told = page.language or (home if has_decimal_comma("", home) else None)
    return has_decimal_comma("\n".join(page.paragraphs), told)


def _features(text: str, vocabulary: Vocabulary, comma: bool) -> Iterator[tuple[str, float]]:
    for word in (*stems(text), *_OTHER_SCRIPTS.findall(text.casefold())):
        yield word, 1.0
    for name in names.find(text, vocabulary):
        yield f"name {name.entity.id if name.entity else name.text.casefold()}", _NAMED
    for figure in quantities(text, comma):
        yield f"figure {figure.dimension} {figure.low:g}", _MEASURED


def quantities(text: str, comma: bool) -> list[Figure]:
    """The distinctive figures of a text: amounts, shares, measures, large counts.

    `comma` says whether its decimal separator is a comma.
    """
    found = (item for item in measured(text, comma) if isinstance(item, Figure) and not item.weak)
    return [item for item in found if item.dimension != COUNT or item.high >= _LEAST_COUNT]
