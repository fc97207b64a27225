"""What stands around a story that was copied from elsewhere: the fence of a chat, a remark, the marks of front matter.

YAML cannot read such a file. Once these lines are left out it often can, and so its other mistakes are told as well.
Lines are counted from 1.
"""

from __future__ import annotations

from msgspec import Struct

from generator.texts.patterns import late

_KEY = late(r"['\"]?([A-Za-z_][\w-]*)['\"]?[ ]*:(?:\s|\Z)")
"""A line that begins a field of the file."""
_IN_FIELD = late(r"[\s#\]})-]|\Z")
"""The beginning of a line that may belong to the field above it."""
_WORDS = late(r"(?=[^\Wa-z_])(?:\S+[ ]+){2,}\S+[ ]*\Z")
"""A line of three words or more. In small letters it would be a field without its colon."""
BODY = "body: |2"
"""What stands in place of the second mark of front matter. The text below it is moved to the right by `MOVED`."""
MOVED = 2


class Unwrapped(Struct, frozen=True):
    """A file without what stands around it, line for line."""

    rows: list[str]
    body: int = 0
    """The line from which a text was moved to the right, to be the body; 0 if none was."""


def unwrapped(rows: list[str], line: int, is_story: bool) -> Unwrapped | None:
    """The file without what YAML cannot read at a line; None if that is nothing that stands around it."""
    row = rows[line - 1] if line <= len(rows) else ""
    if row.startswith("```"):
        return Unwrapped(_within_fence(rows))
    if _is_mark(row):
        return _without_mark(rows, line, is_story)
    if not is_remark(row):
        return None
    begun = [number for number, each in enumerate(rows, 1) if _KEY.match(each)]
    if begun and line < begun[0]:
        return Unwrapped(_blank(rows, 1, begun[0] - 1))
    if begun and line > begun[-1] and _ends_before(rows, begun[-1], line):
        return Unwrapped(_blank(rows, line, len(rows)))
    return None


def is_remark(row: str) -> bool:
    """Whether a line at the left edge is neither a field nor part of one, but words."""
    return bool(_WORDS.match(row)) and not _KEY.match(row)


def hint_for_mark(rows: list[str], line: int, is_story: bool) -> str:
    """What to do about a line `---` that begins a second document."""
    below = [row for row in rows[line:] if row.strip()]
    if below and _is_text(rows, line):
        if is_story and not _has_body(rows, line):
            return "Write `body: |` in place of this line, and indent the text below it by two blanks."
        return "Take the line out, and what stands below it: each text here has a field of its own."
    if _keys(rows[: line - 1]) & _keys(below):
        return "Put what stands below it into a file of its own: one file, one story."
    return "Take the line `---` out: one file, one story."


def has_no_field(rows: list[str]) -> bool:
    """Whether no line begins a field, as in a text of Markdown. In JSON fields stand within a brace."""
    first = next((row.lstrip() for row in rows if row.strip()), "")
    return bool(first) and first[0] not in "{[" and not _keys(rows)


def _is_mark(row: str) -> bool:
    return row.rstrip() == "---"


def _without_mark(rows: list[str], line: int, is_story: bool) -> Unwrapped:
    if _is_text(rows, line):
        if is_story and not _has_body(rows, line):
            text = [" " * MOVED + row if row.strip() else "" for row in rows[line:]]
            return Unwrapped([*rows[: line - 1], BODY, *text], line + 1)
        return Unwrapped(_blank(rows, line, len(rows)))
    is_another = bool(_keys(rows[: line - 1]) & _keys(rows[line:]))
    return Unwrapped(_blank(rows, line, len(rows) if is_another else line))


def _is_text(rows: list[str], line: int) -> bool:
    """Whether what stands below a line is a text, and no fields. Of its headings, YAML takes each for a comment."""
    first = next((row for row in rows[line:] if row.strip() and not row.startswith("#")), "")
    return bool(first) and not _KEY.match(first) and not _is_mark(first)


def _has_body(rows: list[str], line: int) -> bool:
    return "body" in _keys(rows[: line - 1])


def _keys(rows: list[str]) -> set[str]:
    return {found[1] for row in rows if (found := _KEY.match(row))}


def _within_fence(rows: list[str]) -> list[str]:
    """Nothing but what stands between the first two lines that begin with a fence. Of one alone, it is the side with
    more fields."""
    fences = [number for number, row in enumerate(rows, 1) if row.startswith("```")]
    if len(fences) == 1 and len(_keys(rows[: fences[0]])) > len(_keys(rows[fences[0] :])):
        return _blank(rows, fences[0], len(rows))
    end = fences[1] if len(fences) > 1 else len(rows) + 1
    return _blank(_blank(rows, end, len(rows)), 1, fences[0])


def _ends_before(rows: list[str], key: int, line: int) -> bool:
    """Whether the last field is no text that goes on at a line: only then do words there belong to nothing."""
    opens_more = rows[key - 1].rstrip().endswith((":", "]", "}"))
    return opens_more and all(map(_IN_FIELD.match, rows[key : line - 1]))


def _blank(rows: list[str], first: int, last: int) -> list[str]:
    return [*rows[: first - 1], *[""] * (last - first + 1), *rows[last:]]
