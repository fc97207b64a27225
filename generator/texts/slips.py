"""Find the known word that a misspelt one probably means."""

from __future__ import annotations

from collections.abc import Collection, Iterable


def likely(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """The known word that is most similar to a given one; None if none is similar enough.

    `least` is the similarity required, from 0 to 1 (https://docs.python.org/3/library/difflib.html).
    """
    return next(iter(all_likely(word, known, least)), None)


_FEW = 10
"""As many ids as a hint can list and still be read."""


def there_are(ids: Collection[str], mark: str = "") -> str:
    """A sentence that names the known ids, each behind a mark such as `@`; empty if they are none or many."""
    listed = ", ".join(f"`{mark}{id_}`" for id_ in ids)
    return f"There {'is' if len(ids) == 1 else 'are'} {listed}. " if 0 < len(ids) <= _FEW else ""


def all_likely(word: str, known: Iterable[str], least: float = 0.6) -> list[str]:
    """All known words that are similar enough to a given one, the most similar first."""
    from difflib import get_close_matches  # noqa: PLC0415 - most builds never need it

    words = list(known)
    return get_close_matches(word, words, n=len(words) or 1, cutoff=least)
