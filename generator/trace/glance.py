"""A quick check for sentences that claim nothing, so that no pattern is tried on them."""

from __future__ import annotations

import re

from generator.figures.read import is_without_words
from generator.trace.vocabulary import Vocabulary

_SMALL = re.compile(r"([A-Z]?[a-z]*)(?![a-z.-])[a-z ,;:().?!-]*\Z")
"""A word followed by small letters only: no quotation mark, digit or other capital than that of the opening word.

With a hyphen or a full stop behind it the word could go on.
"""


def claims_nothing(sentence: str, vocabulary: Vocabulary) -> bool:
    """Whether a sentence, without its markup, surely has no figure, quotation or name."""
    small = _SMALL.match(sentence)
    if small is None or not is_without_words(sentence):
        return False
    opening = small[1].lower()
    return opening not in vocabulary.known and opening not in vocabulary.others
