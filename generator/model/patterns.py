"""Patterns that are compiled when they are first used: large ones take longer to compile than many a command takes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

_USES = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split")


class _Late:
    """Stands for a pattern until it is used; from then on its uses are the pattern's own."""

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
    """What `re.compile` gives, later."""
    return cast(re.Pattern[str], _Late(pattern, flags))
