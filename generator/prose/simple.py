"""Render simple texts (paragraphs, flat lists, emphasis, links, citations) without Python-Markdown, much faster.

Most texts are that simple. The result is byte for byte the same (checked by a property-based test); anything ambiguous
is left to Python-Markdown.
"""

from __future__ import annotations

import re

from generator.model.address import link_fault
from generator.prose import CITE_TAG, group_ids
from generator.texts.patterns import CITED

_GAP = re.compile(r"\n\n+")
_LINE = re.compile(r"(?!\d+[.)](?:\s|\Z))(?:[^\W_]|[“„\"'‘’«($€£¥₹…]|\[|\*\*?[^\s*])")
"""The beginning of a line of words: no list, heading, table or rule."""
_TOKEN = re.compile(
    rf"\[({CITED})\]"
    r"|\[([^\]\[@][^\]\[]*)\]\((https?://[^\s()<>\[\]\"'\\*`;|\x00-\x1f\x7f]+)\)"
    r"|\*(\**)"
)
"""A citation; the words and the address of a link; a mark of emphasis after its first star.

Splitting a text gives words, these four groups (those of one kind set), words, and so on. Each alternative begins with
a literal, not a group, so that Python only visits the places of these literals.
"""
_STEP = 5
_UNSURE = re.compile(r"[\\`_<>\[\]|\t\r\x00-\x08\x0b-\x1f]")
_ENTITY = re.compile(r"&#?\w+;")
"""Signs and references that may have a meaning in the words between tokens."""
_MARKS = {"*": "em", "**": "strong"}
_BULLET = "- "


class _OtherError(Exception):
    """The text needs the engine."""


def convert(text: str) -> tuple[str, list[str]] | None:
    """Return the HTML of a text, with markers, and the addresses it links to; None if it needs the engine."""
    blocks: list[str] = []
    links: list[str] = []
    was_list = False
    try:
        for block in _GAP.split(text.strip("\n")):
            is_list = block.startswith(_BULLET)
            if is_list and was_list:
                return None  # one list, with paragraphs as items
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
    """The HTML of a block. Raises `_OtherError` if it has more than words, emphasis, links and citations."""
    _need(all(line == line.strip() and _LINE.match(line) for line in block.split("\n")))
    pieces: list[str | None] = _TOKEN.split(block)
    words = [piece or "" for piece in pieces[::_STEP]]
    _need_plain([*words, *filter(None, pieces[2::_STEP])])
    out, opened = [_escaped(words[0])], ""
    for number, after in enumerate(words[1:]):
        cited, label, address, stars = pieces[number * _STEP + 1 : (number + 1) * _STEP]
        if stars is not None:
            mark = f"*{stars}"
            inside = words[number][-1:] if opened else after[:1]
            _need(mark == opened if opened else mark in _MARKS)
            _need(not inside.isspace())
            out.append(f"<{'/' if opened else ''}{_MARKS[mark]}>")
            opened = "" if opened else mark
        elif cited:
            _need(after[:1] != ":")  # would define a link
            out[-1] = out[-1].rstrip()  # the blank before it is up to the page
            out.append(_citation(cited))
        else:
            _need(words[number][-1:] != "!")
            out.append(_link(label or "", address or "", links))
        out.append(_escaped(after))
    _need(not opened)
    return "".join(out)


def _need(is_so: bool) -> None:
    if not is_so:
        raise _OtherError


def _need_plain(words: list[str]) -> None:
    """Check all words in one search, joined by a line end, which has no meaning."""
    text = "\n".join(words)
    _need(not _UNSURE.search(text) and not ("&" in text and _ENTITY.search(text)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;")


def _citation(inside: str) -> str:
    ids = group_ids(inside)
    if ids is None:
        raise _OtherError
    return f'<{CITE_TAG} ids="{" ".join(ids)}"></{CITE_TAG}>'


def _link(label: str, address: str, links: list[str]) -> str:
    _need(bool(label.strip()) and "*" not in label and not link_fault(address))
    links.append(address)
    return f'<a href="{_escaped(address)}">{_escaped(label)}</a>'
