"""Sentences of which a glance tells that they claim nothing: then no pattern is tried on them."""

from __future__ import annotations

import re

from generator.figures.read import is_bare
from generator.trace.vocabulary import Vocabulary

_SMALL = re.compile(r"([A-Z]?[a-z]*)(?![a-z.-])[a-z ,;:().?!-]*\Z")
"""A word, and behind it small letters alone: no mark of a quotation, no digit, and no capital but that of the opening
word. (Behind a hyphen or a stop that word could go on.)"""


def claims_nothing(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence, without its markup, surely has no figure, no quotation and no name."""
    small = _SMALL.match(sentence)
    if small is None or not is_bare(sentence):
        return False
    opening = small[1].lower()
    return opening not in vocabulary.known and opening not in vocabulary.others
