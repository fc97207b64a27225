"""Find the known word that was probably meant by an unknown one."""

from __future__ import annotations

from collections.abc import Iterable


def likely(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known word for which another is most likely a slip; None where all are too far from it.

    `least` is how alike two words must be for that, from 0 to 1 (https://docs.python.org/3/library/difflib.html).
    """
    return next(iter(all_likely(word, known, least)), None)


def all_likely(word: str, known: Iterable[str], least: float = 0.6) -> list[str]:
    """All known words for which another may be a slip, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - most builds meet no slip, and need not wait for it

    words = list(known)
    return get_close_matches(word, words, n=len(words) or 1, cutoff=least)
