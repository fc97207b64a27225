"""What a text has to have before a pattern is worth trying on it.

Most sentences hold no figure, and most figures are no dates and no ranks. A pattern of many alternatives costs ten
times as much as looking up the words of a sentence in a table; so each finder says first by which words its findings
are known.
"""

from __future__ import annotations

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_MARKS = str.maketrans(dict.fromkeys("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", " "))


@lru_cache(maxsize=64)
def words_of(text: str) -> frozenset[str]:
    """The words of a text in small letters, with the numbers among them."""
    small = text.lower()
    return frozenset(small.translate(_MARKS).split() if small.isascii() else _WORD.findall(small))


_DIGIT = re.compile(r"\d")


def has_digit(text: str) -> bool:
    """Whether a text has a digit, of whatever script."""
    return _DIGIT.search(text) is not None
