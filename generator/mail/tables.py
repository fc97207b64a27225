"""Turn wide tables into paragraphs, one for each row, with the heading of its column before each cell.

A mail cannot scroll a table sideways: in Gmail on Android what is beyond the edge is lost, and figures break inside
narrow columns (`$1,2 50`).
"""

from __future__ import annotations

import re
from html import unescape

_TABLE = re.compile(r"<table>\n<thead>\n(.*?)</thead>\n<tbody>\n(.*?)</tbody>\n</table>", re.DOTALL)
"""As `generator.prose` makes them; those that put the parts of the mail in their places have other marks."""
_ROW = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
_CELL = re.compile(r"<t[hd]>(.*?)</t[hd]>", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_BREAK = re.compile(r"[ \n]+|(?<=-)")
"""Where a line may end; a blank that does not break is none."""
_ROOM = 280
"""Pixels beside each other on a small phone, less the edges of the mail."""
_LETTER, _GAP = 8.5, 12
"""Pixels that a character and the room between two columns take, as `inlined.css` sets them."""


def readable(markup: str) -> str:
    """HTML in which a table that is wider than a phone, even with a line for each word, stands row by row."""
    return _TABLE.sub(_set, markup)


def _set(found: re.Match[str]) -> str:
    heads, *rows = (_CELL.findall(row) for row in _ROW.findall(found[1] + found[2]))
    columns = zip(heads, *rows, strict=True)
    width = sum(_GAP + _LETTER * max(map(_longest, column)) for column in columns)
    return found[0] if width <= _ROOM else "\n".join(_paragraph(heads, row) for row in rows if any(row))


def _longest(cell: str) -> int:
    """Characters of the longest word of a cell."""
    return max(map(len, _BREAK.split(unescape(_TAG.sub("", cell)))))


def _paragraph(heads: list[str], row: list[str]) -> str:
    first, *others = (f"{head}: {cell}" if head else cell for head, cell in zip(heads, row, strict=True) if cell)
    return "<p>" + "<br>\n".join([f"<strong>{first}</strong>", *others]) + "</p>"
