"""Turn the HTML of a story into plain text of a given width, with `*` for bold and `_` for emphasis."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

from msgspec import Struct, field

WIDTH = 72
"""Columns: these fit every terminal, even when quoted once or twice in a reply."""
_VOID = {"br", "hr", "img"}
_BLOCKS = {"p", "ul", "ol", "li", "blockquote", "pre", "table", "hr", "div", *(f"h{level}" for level in range(1, 7))}
_AROUND = {"strong": "*", "em": "_", "code": "`"}


def wrapped(text: str, width: int = WIDTH) -> str:
    """A paragraph in lines of at most `width`. Words are never broken, so addresses stay whole."""
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def hanging(label: str, body: str) -> str:
    """A block with a label before its first line, and the other lines indented by its width."""
    return label + body.replace("\n", "\n" + " " * len(label))


def plain(markup: str, width: int = WIDTH) -> str:
    """HTML as text, with a blank line between its blocks."""
    tree = _Tree()
    tree.feed(markup)
    tree.close()
    return "\n\n".join(_blocks(tree.root, width))


class _Node(Struct):
    tag: str
    href: str = ""
    children: list[_Node | str] = field(default_factory=list)


class _Tree(HTMLParser):
    """The elements of well-formed HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.root = _Node("div")
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = _Node(tag, dict(attrs).get("href") or "")
        self._open[-1].children.append(node)
        if tag not in _VOID:
            self._open.append(node)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID and len(self._open) > 1:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def _blocks(node: _Node, width: int) -> Iterator[str]:
    """The blocks inside an element; loose text between them becomes paragraphs."""
    run: list[_Node | str] = []
    for child in node.children:
        if isinstance(child, _Node) and child.tag in _BLOCKS:
            yield from _paragraph(run, width)
            run = []
            yield from _SETTERS.get(child.tag, _blocks)(child, width)
        else:
            run.append(child)
    yield from _paragraph(run, width)


def _paragraph(run: list[_Node | str], width: int) -> Iterator[str]:
    lines = "".join(map(_inline, run)).split("\n\v")
    if text := "\n".join(wrapped(line, width) for line in lines).strip():
        yield text


def _inline(item: _Node | str) -> str:
    if isinstance(item, str):
        return item
    inside = "".join(map(_inline, item.children))
    if item.tag == "br":
        return "\n\v"
    if item.tag == "a" and item.href not in ("", inside, f"mailto:{inside}"):
        return f"{inside} <{item.href}>"
    around = _AROUND.get(item.tag, "")
    return f"{around}{inside}{around}"


def _list(node: _Node, width: int) -> Iterator[str]:
    items = [child for child in node.children if isinstance(child, _Node) and child.tag == "li"]
    labels = [f"{number}. " if node.tag == "ol" else "* " for number in range(1, len(items) + 1)]
    for label, item in zip(labels, items, strict=True):
        yield hanging(label, "\n".join(_blocks(item, width - len(label))))


def _quotation(node: _Node, width: int) -> Iterator[str]:
    body = "\n\n".join(_blocks(node, width - 2))
    yield "\n".join(f"> {line}".rstrip() for line in body.split("\n"))


def _verbatim(node: _Node, width: int) -> Iterator[str]:
    text = "".join(_verbatim_text(node)).rstrip("\n")
    yield "\n".join(f"    {line}".rstrip() for line in text.split("\n"))


def _verbatim_text(node: _Node) -> Iterator[str]:
    for child in node.children:
        yield from (child,) if isinstance(child, str) else _verbatim_text(child)


def _rows(node: _Node, width: int) -> Iterator[str]:
    """A table, one line per row; a row that is too wide is wrapped."""
    rows = [row for row in _all(node) if row.tag == "tr"]
    lines = [
        " | ".join("".join(map(_inline, cell.children)).strip() for cell in _all(row, ("th", "td"))) for row in rows
    ]
    yield "\n".join(textwrap.fill(line, width, subsequent_indent="  ", break_long_words=False) for line in lines)


def _all(node: _Node, tags: tuple[str, ...] = ()) -> Iterator[_Node]:
    for child in node.children:
        if isinstance(child, _Node):
            if not tags or child.tag in tags:
                yield child
            yield from _all(child, tags)


def _rule(node: _Node, width: int) -> Iterator[str]:
    yield "* * *"


_SETTERS: dict[str, Callable[[_Node, int], Iterator[str]]] = {
    "ul": _list,
    "ol": _list,
    "blockquote": _quotation,
    "pre": _verbatim,
    "table": _rows,
    "hr": _rule,
}
