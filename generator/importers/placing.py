"""Move each citation to the end of the sentence that it supports.

A link is inside a sentence, a citation after it. Citations after the same sentence become one group: `[@a; @b]`.
Headings and code get none.
"""

from __future__ import annotations

import re

OPEN, CLOSE = "\ue000", "\ue001"
"""Placed around a source's id while a text is written; no other text contains them."""
_MARK = re.compile(f"{OPEN}([a-z0-9-]+){CLOSE}")
_MARKS = re.compile(f"(?:\\s*{OPEN}[a-z0-9-]+{CLOSE})+")
_CLOSING = "*_\"'”’»)"
_STOPS = ".!?…。！？"
_AFTER = f"[{_CLOSING}]*"
_STOP = re.compile(rf"[.!?…](?:{_AFTER})(?=\s|$)|[。！？]{_AFTER}")


def mark(ids: tuple[str, ...]) -> str:
    """Placeholders for citations while a text is being written."""
    return "".join(f"{OPEN}{id_}{CLOSE}" for id_ in ids)


def placed(text: str) -> str:
    """Replace placeholders in Markdown by citations, each after its sentence."""
    if OPEN not in text:
        return text
    lines: list[str] = []
    waiting: list[str] = []
    for line in text.split("\n"):
        if line.lstrip("> ").startswith("#"):
            waiting += _MARK.findall(line)
            lines.append(_MARK.sub("", line))
        elif line.startswith("|"):
            lines.append(_MARKS.sub(lambda found: _group(_MARK.findall(found[0])), line))
        else:
            lines.append(_line(line, waiting) if line.strip() else line)
            waiting = [] if line.strip() else waiting
    if waiting:
        last = max(place for place, line in enumerate(lines) if line.strip())
        lines[last] += _group(waiting)
    return "\n".join(lines)


def _line(line: str, before: list[str]) -> str:
    """One paragraph. `before` are the sources of the heading above it."""
    made, waiting = "", list(before)
    for place, piece in enumerate(_MARK.split(line)):
        if place % 2:
            waiting.append(piece)
            continue
        if piece and waiting and (_is_at_stop(made) or _cited(made) is not None):
            made, waiting = _behind(made, waiting), []
        while waiting and (stop := _STOP.search(piece)):
            made, waiting, piece = made + piece[: stop.end()] + _group(waiting), [], piece[stop.end() :]  # noqa: PLW2901
        made += piece
    words = made.rstrip()
    return _behind(words, waiting) + made[len(words) :]


def _behind(words: str, ids: list[str]) -> str:
    """Words followed by a citation, merged with one that is already at their end."""
    there = _cited(words) if ids else None
    if there is None:
        return words + _group(ids)
    known = re.findall(r"@([a-z0-9-]+)", words[there:])
    return words[:there] + _group([*known, *ids])


def _is_at_stop(words: str) -> bool:
    """Whether the words end a sentence. Only their end is looked at, since a paragraph may be long."""
    return words.rstrip(_CLOSING)[-1:] in set(_STOPS)


def _cited(words: str) -> int | None:
    """Where a citation at the end of the words begins; None if there is none."""
    start = words.rfind(" [@") if words.endswith("]") else -1
    return start if start >= 0 and words.find("]", start) == len(words) - 1 else None


def _group(ids: list[str]) -> str:
    return f" [{'; '.join(f'@{id_}' for id_ in dict.fromkeys(ids))}]" if ids else ""
