"""Places at which a line must not break: between a figure and its unit, a day and its month, inside a model's name."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_NO_BREAK = "\N{NO-BREAK SPACE}"
_FIGURE = re.compile(
    r"(?<=\d) (?=(?:thousand|million|billion|trillion|percent|per cent|GW|MW|kW|GB|TB|MB|KB|km|kg|of \d)\b)"
)
_DAY = re.compile(
    r"\b(\d{1,2}) (?=(?:January|February|March|April|May|June|July|August|September|October|November|December)\b)"
)
_NAME = re.compile(r"\w+-\d[\w.]*\b")


def bind(markup: str) -> str:
    """HTML or text whose figures keep their units and whose days keep their months on one line."""
    return _DAY.sub(rf"\1{_NO_BREAK}", _FIGURE.sub(_NO_BREAK, markup))


def bind_heading(text: str) -> Markup:
    """A headline as HTML; there, a name with a version does not break either (`LongCat-2.0`)."""
    return Markup(_NAME.sub(r'<span class="name-whole">\g<0></span>', bind(str(escape(text)))))  # noqa: S704
