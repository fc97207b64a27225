"""Language tags (BCP 47, https://www.rfc-editor.org/info/bcp47)."""

from __future__ import annotations


def primary(tag: str) -> str:
    """The language of a tag without its region: `de` of `de-AT`."""
    return tag.partition("-")[0].lower()


_NOUNS_HAVE_CAPITALS = frozenset(("de", "lb", "gsw", "nds"))
"""Languages that write every noun with a capital."""


def has_capital_nouns(tag: str) -> bool:
    """Whether a capital does not mark a name, since every noun has one, as in German."""
    return primary(tag) in _NOUNS_HAVE_CAPITALS
