"""Quotations that do not begin or end: nobody can tell whose words are whose, and nothing traces them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from generator.check.reading import Block, blank, blocks
from generator.check.rules import Finding, in_text
from generator.model.problems import Path

_UNSAID = re.compile(r"`[^`\n]*`|\]\([^)\n]*\)|\\.")
"""Code, addresses and escaped signs."""
_INCHES = re.compile(r"(?<=\d)\"")
_PAIRS = (("„", "“”"), ("“", "”"), ("«", "»"))
_FIRST = '"“„«'
_BEFORE = " \t\n(["
_HINT = "Write the other one where the quotation begins or ends, or take this one out."


def unclosed(path: Path, text: str) -> Iterator[Finding]:
    """Yield the quotation marks of a text that have no partner, one for each block.

    A paragraph may leave its quotation open if the next one goes on with it and begins with the mark again.
    """
    if not any(mark in text for mark in _FIRST):
        return
    bare = _UNSAID.sub(blank, text)
    for block, after in pairwise((*blocks(text), None)):
        if block is None or block.kind not in ("paragraph", "item", "quotation"):
            continue
        at = _alone(bare[block.start : block.start + len(block.text)])
        if at is not None and not _goes_on(block.text[at], after):
            words = block.text[at : at + 30].split("\n")[0]
            what = f"`{words.strip()}`: this quotation mark has no partner"
            yield in_text(path, text, block.start + at, words, what, _HINT)


def _goes_on(mark: str, after: Block | None) -> bool:
    return after is not None and after.text.startswith(mark)


def _alone(words: str) -> int | None:
    """Where a mark stands that nothing closes, or, of straight ones, that closes nothing; None if all are in pairs."""
    for opens, closes in _PAIRS:
        if words.count(opens) > sum(map(words.count, closes)):
            return words.rindex(opens)
        if opens in words:
            return None  # the marks of other languages, which close with what opens here
    straight = words if words.count('"') % 2 == 0 else _INCHES.sub(" ", words)
    if straight.count('"') % 2 == 0 or words.count('"') % 2 == 0:
        return None
    opened = None
    for found in re.finditer('"', words):
        at = found.start()
        if opened is not None and at and words[at - 1] in _BEFORE:
            return opened
        opened = at if opened is None else None
    return opened
