"""Tags of languages (BCP 47, https://www.rfc-editor.org/info/bcp47)."""

from __future__ import annotations


def primary(tag: str) -> str:
    """The language of a tag without its region: `de` of `de-AT`."""
    return tag.partition("-")[0].lower()
