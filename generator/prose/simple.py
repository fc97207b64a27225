"""Texts of nothing but paragraphs, lists of one level, emphasis, links and citations: most of what is written.

They become HTML here without Python-Markdown, at a fraction of its cost, and to the byte as it would make them (a
property holds that). Whatever could mean anything else is left to it.
"""

from __future__ import annotations

import re

from generator.model.address import link_fault
from generator.prose import CITE_TAG, group_ids

_GAP = re.compile(r"\n\n+")
_EDGE = re.compile(r"^\s|\s$|[^\S\n]\n|\n[^\S\n]")
"""Blanks at the edge of a line: code, a nested list, a line break."""
_LINE = re.compile(r"(?m)^(?!\d+[.)](?:\s|$))(?:[^\W_]|[“„\"'‘’«($€£¥₹…]|\[|\*\*?[^\s*])")
"""The beginning of a line of words: no list, no heading, no table, no rule."""
_TOKEN = re.compile(
    r"\s*\[(?P<cited>@[^\]\[\n]*)\]"
    r"|\[(?P<label>[^\]\[@][^\]\[]*)\]\((?P<address>https?://[^\s()<>\[\]\"'\\*`;|\x00-\x1f\x7f]+)\)"
    r"|(?P<mark>\*+)"
)
"""A citation with the blank before it; the words and the address of a link; a mark of emphasis."""
_UNSURE = re.compile(r"[\\`_<>\[\]|\t\r\x00-\x08\x0b-\x1f]|&#?\w+;")
"""What may have a meaning in the words between them."""
_MARKS = {"*": "em", "**": "strong"}
_BULLET = "- "


class _OtherError(Exception):
    """The text is for the engine."""


def convert(text: str) -> tuple[str, list[str]] | None:
    """The HTML of a text, with markers, and the addresses that it links to; None for what is left to the engine."""
    blocks: list[str] = []
    links: list[str] = []
    was_list = False
    try:
        for block in _GAP.split(text.strip("\n")):
            is_list = block.startswith(_BULLET)
            if is_list and was_list:
                return None  # one list, whose items are paragraphs
            blocks.append(_list(block, links) if is_list else f"<p>{_inline(block, links)}</p>")
            was_list = is_list
    except _OtherError:
        return None
    return "\n".join(blocks), links


def _list(block: str, links: list[str]) -> str:
    lines = block.split("\n")
    _need(all(line.startswith(_BULLET) for line in lines))
    items = "\n".join(f"<li>{_inline(line.removeprefix(_BULLET), links)}</li>" for line in lines)
    return f"<ul>\n{items}\n</ul>"


def _inline(block: str, links: list[str]) -> str:
    """What stands in a block. Raises `_OtherError` where it is more than words, emphasis, links and citations."""
    _need(not _EDGE.search(block) and len(_LINE.findall(block)) == block.count("\n") + 1)
    out, end, opened = [], 0, ""
    for found in _TOKEN.finditer(block):
        start, kind = found.start(), found.lastgroup
        out.append(_words(block[end:start]))
        end = found.end()
        if kind == "cited":
            _need(block[end : end + 1] != ":")  # which would define a link
            out.append(_citation(found["cited"]))
        elif kind == "address":
            _need(block[start - 1 : start] != "!")
            out.append(_link(found["label"], found["address"], links))
        else:
            inside = block[start - 1] if opened else block[end : end + 1]
            _need(found["mark"] == opened if opened else found["mark"] in _MARKS)
            _need(not inside.isspace())
            out.append(f"<{'/' if opened else ''}{_MARKS[found['mark']]}>")
            opened = "" if opened else found["mark"]
    _need(not opened)
    return "".join((*out, _words(block[end:])))


def _need(is_so: bool) -> None:
    if not is_so:
        raise _OtherError


def _words(text: str) -> str:
    _need(not _UNSURE.search(text))
    return text.replace("&", "&amp;")


def _citation(inside: str) -> str:
    ids = group_ids(inside)
    if ids is None:
        raise _OtherError
    return f'<{CITE_TAG} ids="{" ".join(ids)}"></{CITE_TAG}>'


def _link(label: str, address: str, links: list[str]) -> str:
    _need(bool(label.strip()) and "*" not in label and not link_fault(address))
    links.append(address)
    return f'<a href="{address.replace("&", "&amp;")}">{_words(label)}</a>'
