"""Write the HTML of a text as Markdown that every program reads alike (CommonMark 0.31, GFM tables and footnotes).

The Markdown of stories differs: raw HTML is text, and citations are ids. Here special characters are escaped, so that
no text becomes markup elsewhere, and citations become footnotes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import count
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from generator.prose import CITE_TAG, HEADING_TAG
from generator.prose.xhtml import xhtml

_SPACE = re.compile(r"\s+")
_SIGN = re.compile(r"[\\`*\[\]_&<~]")
"""Characters that may need escaping within a line; most words have none."""
_SPECIAL = re.compile(r"[\\`*\[\]]|(?<!\w)_|_(?!\w)")
_AT_START = re.compile(r"(?m)^(\d{1,9}(?=[.)](?:\s|$))|\x01(?=:)|(?=>|[-+#=](?:[-+#=\s]|$)))")
"""Beginnings of a line that would make it a list, a heading, a quotation or the text of a footnote."""
_ENTITY = re.compile(r"&(?=#?\w+;)")
_CITED, _BREAK = "\x01", "\x00"
"""Placeholders for a citation and a line break while a text is written; no content contains them."""
_BLOCKS = ("p", "pre", "ul", "ol", "blockquote", "table", "hr", HEADING_TAG)
_RULES = {"align-left": ":--", "align-center": ":-:", "align-right": "--:"}

Cite = Callable[[tuple[str, ...]], str]


def markdown(markup: str, cite: Cite, heading_level: int) -> str:
    """Return the HTML of a `Prose` as Markdown, without a final line end. Other arguments are as for `prose.fill`."""
    text, cited = _written(markup, heading_level if HEADING_TAG in markup else 1)
    pieces = text.split(_CITED)
    return pieces[0] + "".join(cite(ids) + piece for ids, piece in zip(cited, pieces[1:], strict=True))


@lru_cache(maxsize=1024)
def _written(markup: str, heading_level: int) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The text with a placeholder for each citation, and their ids. Cached, because a text is on several pages."""
    root = ElementTree.fromstring(f"<root>{xhtml(markup)}</root>")  # noqa: S314 - our own HTML
    highest = min((int(node.get("level", "1")) for node in root.iter(HEADING_TAG)), default=1)
    writer = _Writer(heading_level - highest)
    text = "\n\n".join(writer.blocks(root))
    return text, tuple(tuple(node.get("ids", "").split()) for node in root.iter(CITE_TAG))


def escaped(text: str) -> str:
    """Return a text as Markdown on one line that shows exactly this text."""
    return _at_start(_words(_SPACE.sub(" ", text.strip())))


def linked(text: str, address: str) -> str:
    """Return a link; the text is Markdown."""
    target = address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    target = _ENTITY.sub("&amp;", target)
    return f"[{text}](<{target}>)" if set(target) & set("()") else f"[{text}]({target})"


def _words(text: str) -> str:
    if not _SIGN.search(text):
        return text
    text = _SPECIAL.sub(r"\\\g<0>", _ENTITY.sub("&amp;", text)).replace("<", "&lt;")
    return text.replace("~", "&#126;") if text.count("~") > 1 else text


def _at_start(text: str) -> str:
    if text[:1].isalpha() and "\n" not in text:
        return text
    return _AT_START.sub(r"\1\\", text)


def _lines(text: str) -> str:
    """A paragraph with its line breaks."""
    return _at_start(text.replace(_BREAK, "  \n"))


class _Writer:
    """Writes the elements that a text can have, and no others."""

    def __init__(self, shift: int) -> None:
        self._shift = shift

    def blocks(self, parent: Element) -> Iterator[str]:
        """Yield the blocks of an element; words outside of any block come first."""
        loose = self._inline(parent, until=_BLOCKS)
        if loose:
            yield _lines(loose)
        for node in parent:
            if node.tag in _BLOCKS:
                yield self._block(node)

    def _block(self, node: Element) -> str:
        if node.tag == "pre":
            return _fenced("".join(node.itertext()))
        if node.tag in ("ul", "ol"):
            return self._list(node)
        if node.tag == "blockquote":
            return _indented("\n\n".join(self.blocks(node)), "> ", "> ")
        if node.tag == "table":
            return self._table(node)
        if node.tag == HEADING_TAG:
            level = min(6, max(1, int(node.get("level", "1")) + self._shift))
            return f"{'#' * level} {self._inline(node).replace(_BREAK, ' ')}"
        return "* * *" if node.tag == "hr" else _lines(self._inline(node))

    def _list(self, node: Element) -> str:
        numbers = count(int(node.get("start", "1")))
        loose = any(child.tag == "p" for item in node for child in item)
        items = []
        for item in node:
            marker = f"{next(numbers)}. " if node.tag == "ol" else "- "
            inside = ("\n\n" if loose else "\n").join(self.blocks(item))
            items.append(_indented(inside, marker, " " * len(marker)))
        return ("\n\n" if loose else "\n").join(items)

    def _table(self, node: Element) -> str:
        rows = [[self._cell(cell) for cell in row] for row in node.iter("tr")]
        rules = [_RULES.get(cell.get("class", ""), "---") for cell in next(node.iter("tr"))]
        return "\n".join(f"| {' | '.join(cells)} |" for cells in (rows[0], rules, *rows[1:]))

    def _cell(self, cell: Element) -> str:
        return self._inline(cell).replace("|", "\\|").replace(_BREAK, " ")

    def _inline(self, node: Element, until: tuple[str, ...] = ()) -> str:
        """The inline content of an element as one paragraph, up to the first element of `until`."""
        parts = [_words(node.text or "")]
        for child in node:
            if child.tag in until:
                break
            after = _words(child.tail or "")
            parts += [self._span(child, "".join(parts[-2:])[-1:], after[:1]), after]
        return _SPACE.sub(" ", "".join(parts)).strip(f" {_BREAK}")

    def _span(self, node: Element, before: str, after: str) -> str:
        """An inline element, given the characters before and after it."""
        if node.tag == CITE_TAG:
            return _CITED
        if node.tag == "br":
            return _BREAK
        if node.tag == "code":
            return _code("".join(node.itertext()))
        inside = self._inline(node)
        if node.tag == "a":
            return linked(inside, node.get("href", ""))
        mark = {"strong": "**", "em": "*"}.get(node.tag, "")
        return f"{mark}{inside}{mark}" if mark and _can_stand(before, inside, after) else inside


def _can_stand(before: str, inside: str, after: str) -> bool:
    """Whether emphasis works between two characters (CommonMark, section 6.2, flanking delimiter runs).

    If not, the words are written without it.
    """
    opens = bool(inside) and (_is_word(inside[0]) or not _is_word(before)) and before != "*"
    return opens and (_is_word(inside[-1]) or not _is_word(after)) and inside[0] != "*" != inside[-1]


def _is_word(character: str) -> bool:
    """Whether a character is neither blank nor punctuation, nor a citation, a break or an edge of the text."""
    return bool(character) and not character.isspace() and unicodedata.category(character)[0] not in "PSC"


def _longest(text: str) -> int:
    """The length of the longest run of backticks in a text."""
    return max((len(run) for run in re.findall("`+", text)), default=0)


def _code(text: str) -> str:
    if not text.strip():
        return ""  # backticks around nothing are backticks
    fence = "`" * (_longest(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{_SPACE.sub(' ', text)}{pad}{fence}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, _longest(text) + 1)
    return f"{fence}\n{text.rstrip()}\n{fence}"


def _indented(text: str, first: str, rest: str) -> str:
    head, *lines = text.split("\n")
    return "\n".join([first + head, *(rest + line if line else rest.rstrip() for line in lines)])
