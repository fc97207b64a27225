"""Patterns compiled on first use, and finding words in a text without a pattern.

Large patterns take longer to compile than many a command takes to run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, cast

CITED = r"@[^\]\[\n]*"
"""Pattern for the text in the brackets of a citation: `@hubkub; @krasa`."""
_USES = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


class _Late:
    """Stands in for a pattern until it is first used; then its methods become the pattern's own."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self._made_of = (pattern, flags)

    def __getattr__(self, use: str) -> Callable[..., Any]:
        if use not in _USES:
            raise AttributeError(use)
        compiled = re.compile(*self._made_of)
        for name in _USES:
            setattr(self, name, getattr(compiled, name))
        return cast(Callable[..., Any], getattr(compiled, use))


def late(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Like `re.compile`, but the pattern is compiled on first use."""
    return cast(re.Pattern[str], _Late(pattern, flags))


def places_whole(words: str, text: str, start: int = 0) -> Iterator[int]:
    """The offsets of words in a text, not as part of longer ones. Faster than compiling a pattern for them."""
    at = text.find(words, start) if words else -1
    while at >= 0:
        end = at + len(words)
        is_part = (at and text[at - 1].isalnum() and words[0].isalnum()) or (
            text[end : end + 1].isalnum() and words[-1].isalnum()
        )
        if not is_part:
            yield at
        at = text.find(words, at + 1 if is_part else end)
