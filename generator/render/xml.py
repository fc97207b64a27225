"""Write XML through the standard library, which does the escaping.

Most documents are trees of elements. Feeds have thousands of items, so they are joined from lines that look just as a
written tree would.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from xml.etree import ElementTree

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "fh": "http://purl.org/syndication/history/1.0",
}
"""The namespace of each element prefix."""
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'
_IN_ATTRIBUTES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#09;"}
"""What is escaped in attributes: what is everywhere, the quotation mark, and what XML parsers normalise there."""
_SPECIAL = re.compile('[&<>"\r\n\t]')


def element(
    parent: ElementTree.Element, tag: str, text: str | None = None, /, **attributes: str
) -> ElementTree.Element:
    """A new last child of `parent`."""
    node = ElementTree.SubElement(parent, tag, attributes)
    node.text = text
    return node


def document(root: ElementTree.Element) -> bytes:
    """The document, indented, in UTF-8."""
    ElementTree.indent(root, " ")
    return f"{_HEAD}{ElementTree.tostring(root, encoding='unicode')}\n".encode()


def line(depth: int, tag: str, text: str | None = None, /, **attributes: str) -> str:
    """An element without children, `depth` levels below the root."""
    opened = f"{' ' * depth}<{tag}{_written(attributes)}"
    return f"{opened}>{escape(text, quote=False)}</{tag}>\n" if text else f"{opened} />\n"


def block(depth: int, tag: str, lines: str, /, **attributes: str) -> str:
    """An element with children, given as their lines."""
    indent = " " * depth
    return f"{indent}<{tag}{_written(attributes)}>\n{lines}{indent}</{tag}>\n"


def of_lines(tag: str, attributes: Mapping[str, str], lines: str) -> bytes:
    """A document made of a root and the lines inside it, in UTF-8."""
    return f"{_HEAD}<{tag}{_written(attributes)}>\n{lines}</{tag}>\n".encode()


def _written(attributes: Mapping[str, str]) -> str:
    return "".join([f' {name}="{_SPECIAL.sub(_escaped, value)}"' for name, value in attributes.items()])


def _escaped(found: re.Match[str]) -> str:
    return _IN_ATTRIBUTES[found[0]]
