"""XML through the standard library, so that nothing is ever escaped by hand."""

from __future__ import annotations

from xml.etree import ElementTree

_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "fh": "http://purl.org/syndication/history/1.0",
}
ATOM, CONTENT, DC, MEDIA, HISTORY = (f"{{{uri}}}" for uri in _NAMESPACES.values())

for _prefix, _uri in _NAMESPACES.items():
    ElementTree.register_namespace(_prefix, _uri)


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
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'.encode()
