"""Fenced code in Markdown: which lines of a text its page shows as code.

A fence at the beginning of a line makes a block of what stands below it, up to the line that is that very fence. One
that is indented, as in a list, or names more than a language, is code between backticks: it ends at an empty line. A
fence that nothing closes is shown with its signs, and the lines below it are words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

_FENCE = re.compile(r"^(?P<indent>[ \t]*)(?P<fence>`{3,}|~{3,})(?P<said>[^`\n]*)$", re.MULTILINE)
_LANGUAGE = re.compile(r"[ \t]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ \t]*(?:hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*')[ \t]*)?)")
_EMPTY = re.compile(r"\n[ \t]*\n")
_NOT_A_LINE_END = re.compile(r"[^\n]")
Span = tuple[int, int]


def fenced(text: str) -> tuple[Span, ...]:
    """The spans of fenced code in a text, each from the line of its first fence to that of its last."""
    return _fenced(text) if "```" in text or "~~~" in text else ()


def without_code(text: str, instead: str = " ") -> str:
    """The text with each character of fenced code but line ends replaced, so that all others keep their offsets."""
    parts, at = [], 0
    for start, end in fenced(text):
        parts += [text[at:start], _NOT_A_LINE_END.sub(instead, text[start:end])]
        at = end
    return "".join((*parts, text[at:])) if parts else text


@lru_cache(maxsize=256)
def _fenced(text: str) -> tuple[Span, ...]:
    fences = list(_FENCE.finditer(text))
    closing: dict[tuple[str, str], list[Span]] = {}
    for line in fences:
        if not line["said"].strip():
            closing.setdefault((line["fence"], "anywhere"), []).append(line.span())
            if not line["indent"]:
                closing.setdefault((line["fence"], "in front"), []).append(line.span())
    found: list[Span] = []
    for line in fences:
        if found and line.start() < found[-1][1]:
            continue
        fence, end = line["fence"], line.end()
        makes_block = not line["indent"] and _LANGUAGE.fullmatch(line["said"])
        close = _next(closing.get((fence, "in front"), ()), end) if makes_block else None
        if close is None and fence[0] == "`":
            close = _next(closing.get((fence, "anywhere"), ()), end)
            close = None if close and _EMPTY.search(text, end, close[0] + 1) else close
        if close:
            found.append((line.start(), close[1]))
    return tuple(found)


def _next(spans: list[Span] | tuple[()], at: int) -> Span | None:
    """The first of some spans in order that begins at an offset or behind it."""
    number = bisect_left(spans, (at, 0))
    return spans[number] if number < len(spans) else None
