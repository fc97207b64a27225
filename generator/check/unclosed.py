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
_QUOTING = re.compile(r"(?m)^[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+)?>[> \t]*")
"""What a line of a block quotation begins with."""
_INCHES = re.compile(r"(?<=[\d¼-¾⅐-⅞])[\"”]")
_PAIRS = (("“", "”"), ("«", "»"))
_MARKS = '"„“”«»'
_BEFORE = " \t\n(["
_HINT = "Write the other one where the quotation begins or ends, or take this one out."


def unclosed(path: Path, text: str) -> Iterator[Finding]:
    """Yield the quotation marks of a text that have no partner, one for each paragraph.

    A paragraph may leave its quotation open if the next one goes on with it and begins with the mark again.
    """
    if not any(mark in text for mark in _MARKS):
        return
    plain = _QUOTING.sub(lambda found: found[0].replace(">", " "), text)  # so that blocks are slices of the text
    bare = _UNSAID.sub(blank, plain)
    for block, after in pairwise((*blocks(plain), None)):
        if block is None or block.kind not in ("paragraph", "item"):
            continue
        at = _alone(bare[block.start : block.start + len(block.text)])
        if at is not None and not _goes_on(block.text[at], after):
            words = block.text[at : at + 30].split("\n")[0]
            what = f"`{words.strip()}`: this quotation mark has no partner"
            yield in_text(path, text, block.start + at, words, what, _HINT)


def _goes_on(mark: str, after: Block | None) -> bool:
    return after is not None and after.text.lstrip().startswith(mark)


def _alone(words: str) -> int | None:
    """Where a mark stands that has no partner; None if all are in pairs, or may be."""
    if "„" in words:  # what opens in English closes here
        return words.rindex("„") if words.count("„") > words.count("“") + words.count("”") else None
    for opens, closes in _PAIRS:
        at = _unpaired(words, opens, closes)
        if at is not None:
            return at
    return _unpaired_straight(words)


def _unpaired(words: str, opens: str, closes: str) -> int | None:
    """The first mark that closes nothing, or the last that nothing closes, if there are more of one than of the other.

    Some languages write »so« or ”so”, and behind a number a mark may mean inches.
    """
    begun, ended = words.count(opens), words.count(closes)
    inches = _INCHES.findall(words).count(closes)
    if begun <= ended <= begun + inches or (not begun and ended % 2 == 0):
        return None
    opened: list[int] = []
    for found in re.finditer(f"[{opens}{closes}]", words):
        if found[0] == opens:
            opened.append(found.start())
        elif opened:
            opened.pop()
        else:
            return found.start()
    return opened[-1]


def _unpaired_straight(words: str) -> int | None:
    if words.count('"') % 2 == 0 or _INCHES.sub(" ", words).count('"') % 2 == 0:
        return None
    opened = None
    for found in re.finditer('"', words):
        at = found.start()
        if opened is not None and at and words[at - 1] in _BEFORE:
            return opened
        opened = at if opened is None else None
    return opened
