"""Names that are surely those of persons: `chiefly in Dublin` is not contradicted by `Ms Hoff said`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from generator.texts.patterns import late, places_whole
from generator.trace.offices import OFFICE
from generator.trace.peoples import is_country

_IN = late(r"\b(?:in|near|at|around|across|outside|throughout)\s(?:(?:the|its|their|his|her)\s)?\Z", re.IGNORECASE)
"""Words before the name of a place."""
_SAYS = "said|says|told|added|warned|wrote|argued|opened|signed|resigned"
_BEFORE = late(rf"(?<!\w)(?:(?i:{OFFICE})|{_SAYS}|M(?:r|s|rs)\.?)\s(?:[A-ZÀ-Þ][\w’'-]*\s){{0,2}}\Z")
_BEHIND = late(
    rf",?\s(?:{_SAYS}|who)\b|,\s\d\d,"
    rf"|,\s(?:its|their|his|her|the|an?)\s(?:[a-z]+[\s-]){{0,3}}(?:{OFFICE}|head|boss|chair)\b"
)
_NEAR = 40


def is_in(text: str, start: int) -> bool:
    """Whether the words before an offset make what stands there a place."""
    return _IN.search(text, max(0, start - _NEAR), start) is not None


def is_person(name: str, texts: Sequence[str]) -> bool:
    """Whether texts show that a name of two words or more is a person's: `Lena Hoff, its chief executive, said`."""
    if " " not in name or is_country(name):
        return False
    if any(is_in(text, at) for text in texts for at in places_whole(name, text)):
        return False
    return _is_told_as_one(name.rsplit(maxsplit=1)[-1], texts)


def _is_told_as_one(last: str, texts: Iterable[str]) -> bool:
    """Whether beside a last name stands what only a person has or does."""
    for text in texts:
        for at in places_whole(last, text):
            if _BEHIND.match(text, at + len(last)) or _BEFORE.search(text, max(0, at - _NEAR), at):
                return True
    return False
