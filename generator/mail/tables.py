"""Turn wide tables into paragraphs, one for each row, with the heading of its column before each cell.

A mail cannot scroll a table sideways: in Gmail on Android what is beyond the edge is lost, and figures break inside
narrow columns (`$1,2 50`).
"""

from __future__ import annotations

import re
from html import unescape

_TABLE = re.compile(r"<table>\n<thead>\n(.*?)</thead>\n<tbody>\n(.*?)</tbody>\n</table>", re.DOTALL)
"""A table as `generator.prose` makes it; the mail's layout tables have other markup."""
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"[ \n]+|(?<=-)")
"""Where a line may break; a no-break space does not count."""
_ROOM = 280
"""Pixels between the edges of the mail on a small phone."""
_LETTER, _GAP = 8.5, 12
"""Pixels of a character and of the gap between two columns, as set by `inlined.css`."""


def readable(markup: str) -> str:
    """HTML with each table that is wider than a phone, even with one word per line, turned into paragraphs."""
    return _TABLE.sub(_set, markup)


def _set(found: re.Match[str]) -> str:
    heads, *rows = (_CELL.findall(row) for row in _ROW.findall(found[1] + found[2]))
    columns = zip(heads, *rows, strict=True)
    width = sum(_GAP + _LETTER * max(map(_longest, column)) for column in columns)
    return found[0] if width <= _ROOM else "\n".join(_paragraph(heads, row) for row in rows if any(row))


def _longest(cell: str) -> int:
    """The number of characters of a cell's longest word."""
    return max(map(len, _BREAK.split(unescape(_TAG.sub("", cell)))))


def _paragraph(heads: list[str], row: list[str]) -> str:
    first, *others = (f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=True) if cell)
    return "<p>" + "<br>\n".join([f"<strong>{first}</strong>", *others]) + "</p>"
