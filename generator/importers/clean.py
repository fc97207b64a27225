"""Reduce the HTML of a post to the elements that a story may have, and mark where a source is cited.

`generator.prose.markdown` writes the result as Markdown. Anything not on the lists here is removed, or reduced to its
words, so no list of dangerous elements is needed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from bs4.element import PageElement, Tag
from msgspec import Struct, field

from generator.importers.notes import in_place
from generator.importers.soup import BLOCKS, DEPTH, NOTHING, Facts, edges, is_words, parsed
from generator.importers.value import UnreadableError
from generator.prose import CITE_TAG, HEADING_TAG
from generator.texts.characters import CONTROL, DIRECTION, LOST

LIMIT = 2_000_000
"""Characters of HTML in one post."""
_WIDEST = 20
"""Limit on how far short rows may be filled up: at most this many cells for each existing one."""
_SPANS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em"}
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_PLAYERS = frozenset(("iframe", "video", "audio", "embed"))
_SPACE = re.compile(r"\s+")
_PRIVATE = re.compile("[\ue000\ue001]")


_SAYING = frozenset(("p", HEADING_TAG, "li", "ul", "ol", "blockquote", "table", "pre"))
"""Elements that are removed if they have no words."""


class Link(Struct, frozen=True):
    """What a link becomes: a citation, a link, or only its words if both fields are empty."""

    cite: str = ""
    href: str = ""


Links = Callable[[str, str, str], Link]
"""Decides what a link becomes, from its address, words and title."""


class Cleaner(Struct):
    """Takes one post apart. `lost` counts what could not be kept."""

    links: Links
    absolute: Links
    """Decides what pictures and players become, which are linked to and never cited."""
    lost: Counter[str] = field(default_factory=Counter)
    _facts: Facts = field(default_factory=lambda: Facts(frozenset(), frozenset(), {}))

    def root(self, markup: str) -> Element:
        """The post as a tree of known elements. Raises `UnreadableError` if it has too many characters."""
        if len(markup) > LIMIT:
            raise UnreadableError(f"it has more than {LIMIT // 1_000_000} million characters")
        soup = parsed(_without_forbidden(markup))
        in_place(soup)
        self._facts = Facts.of(soup)
        root = Element("root")
        self._blocks(soup, root, 0)
        return _settled(root)

    def _blocks(self, node: Tag, out: Element, depth: int) -> None:
        """The children of an element as blocks; loose words between blocks become paragraphs."""
        if depth > DEPTH:
            _add(SubElement(out, "p"), node.get_text(" "))
        else:
            self._mixed(node.children, out, depth)

    def _mixed(self, children: Iterable[PageElement], out: Element, depth: int) -> None:
        paragraph: Element | None = None
        for child in children:
            if isinstance(child, Tag) and child.name == NOTHING:
                continue
            if isinstance(child, Tag) and self._holds_blocks(child):
                paragraph = None
                self._block(child, out, depth + 1)
            elif is_words(child) or isinstance(child, Tag):
                paragraph = SubElement(out, "p") if paragraph is None else paragraph
                self._inline(child, paragraph, depth + 1)

    def _holds_blocks(self, node: Tag) -> bool:
        return node.name in BLOCKS or (node.name != "a" and id(node) in self._facts.blocks)

    def _block(self, node: Tag, out: Element, depth: int) -> None:
        name = node.name
        if name == "p":
            self._children(node, SubElement(out, "p"), depth)
        elif re.fullmatch("h[1-6]", name):
            self._children(node, SubElement(out, HEADING_TAG, level=name[1]), depth)
        elif name in ("ul", "ol"):
            self._list(node, SubElement(out, name), depth)
        elif name == "blockquote":
            self._blocks(node, SubElement(out, name), depth)
        elif name == "pre":
            SubElement(out, name).text = node.get_text()
        elif name == "hr":
            SubElement(out, name)
        elif name in _PLAYERS:
            self._player(node, SubElement(out, "p"))
        elif name == "table" and _is_of_data(node):
            self._table(node, SubElement(out, name), depth)
        else:
            self._blocks(node, out, depth)

    def _list(self, node: Tag, out: Element, depth: int) -> None:
        if node.name == "ol" and str(node.get("start", "")).isdecimal():
            out.set("start", str(node["start"])[:9])
        for child in node.find_all(True, recursive=False):
            if child.name == NOTHING:
                continue
            item = SubElement(out, "li")
            if child.name == "li":
                self._blocks(child, item, depth)
            else:  # a list directly inside a list, without an item around it
                self._mixed((child,), item, depth)
            if item.findall("p") and len(item.findall("p")) == 1 and item[0].tag == "p":
                _unwrap_first(item)

    def _table(self, node: Tag, out: Element, depth: int) -> None:
        rows = [row.find_all(["td", "th"]) for row in node.find_all("tr")]
        width = max(map(len, rows))
        for cells in (cells for cells in rows if cells):
            row = SubElement(out, "tr")
            for cell in cells:
                self._children(cell, SubElement(row, "td"), depth)
            for _ in range(width - len(cells)):
                SubElement(row, "td")

    def _player(self, node: Tag, out: Element) -> None:
        """A link in place of a video or audio player."""
        first = node.find("source")
        source = str(node.get("src") or (first.get("src") if isinstance(first, Tag) else "") or "")
        self.lost["a film, sound or frame of another page, of which a link is left"] += 1
        found = self.absolute(source, "", "")
        if found.href:
            link = SubElement(out, "a", href=found.href)
            link.text = str(node.get("title") or urlsplit(found.href).hostname)

    def _children(self, node: Tag, out: Element, depth: int) -> None:
        for child in node.children:
            self._inline(child, out, depth)

    def _inline(self, child: PageElement, out: Element, depth: int) -> None:
        if is_words(child):
            _add(out, str(child))
        elif not isinstance(child, Tag):
            return
        elif depth > DEPTH:
            _add(out, child.get_text(" "))
        elif child.name == "br":
            SubElement(out, "br")
        elif child.name == "img":
            self._picture(child, out)
        elif child.name in _PLAYERS:
            self._player(child, out)
        elif child.name == "a":
            self._link(child, out, depth + 1)
        elif child.name in _SPANS:
            self._span(child, out, depth + 1)
        elif child.name in _CODE:
            SubElement(out, "code").text = child.get_text()
        else:
            self._other(child, out, depth + 1)

    def _other(self, child: Tag, out: Element, depth: int) -> None:
        if child.name in ("del", "s", "strike"):
            self.lost["words that were struck through, which are plain now"] += 1
        if child.name == "sup" and _number(child):
            _add(out, "^")  # 10² is not 102
        if child.name in BLOCKS:
            _add(out, " ")
        self._children(child, out, depth)
        if child.name in BLOCKS:
            _add(out, " ")

    def _span(self, child: Tag, out: Element, depth: int) -> None:
        """Emphasis without blanks at its ends, which Markdown would not take for emphasis."""
        first, last = edges(child)
        if first[:1].isspace():
            _add(out, " ")
        inside = Element(_SPANS[child.name])
        self._children(child, inside, depth)
        if out.tag == inside.tag or id(child) not in self._facts.words:
            _move(inside, out)
        else:
            out.append(inside)
        if last[-1:].isspace():
            _add(out, " ")

    def _picture(self, node: Tag, out: Element) -> None:
        """A picture stays on its host; its words, if any, become a link to it."""
        self.lost["a picture; where it had words, they lead to it"] += 1
        words, found = (
            _SPACE.sub(" ", str(node.get("alt") or "")).strip(),
            self.absolute(str(node.get("src") or ""), "", ""),
        )
        if words and found.href and out.tag != "a":
            SubElement(out, "a", href=found.href).text = words
        elif words:
            _add(out, words)

    def _link(self, node: Tag, out: Element, depth: int) -> None:
        shown = self._facts.titles.get(id(node), node)
        words = _SPACE.sub(" ", shown.get_text(" ")).strip()
        if node.find("img") is not None and not words:
            self._children(node, out, depth)
            return
        found = self.links(str(node.get("href") or ""), words, str(node.get("title") or ""))
        if found.href and words:
            SubElement(out, "a", href=found.href).text = words
            return
        if found.href and node.get("title"):  # a note that links to a whole site
            _add(out, " (")
            SubElement(out, "a", href=found.href).text = str(node["title"])
            _add(out, ")")
            return
        self._children(shown, out, depth)
        if found.cite:
            SubElement(out, CITE_TAG, ids=found.cite)


def _without_forbidden(markup: str) -> str:
    """HTML without characters that no text may have, and without those that mark citations here."""
    for pattern in (CONTROL, DIRECTION, LOST, _PRIVATE):
        markup = pattern.sub("", markup)
    return markup


def _is_of_data(table: Tag) -> bool:
    """Whether a table holds data; mails use tables for layout too."""
    if table.find(["table", "p", "h1", "h2", "h3", "ul", "ol", "blockquote"]) is not None:
        return False
    cells = [len(row.find_all(["td", "th"])) for row in table.find_all("tr")]
    most = max(cells, default=0)
    return most > 1 and len(cells) > 1 and most * len(cells) <= _WIDEST * sum(cells)


def _number(tag: Tag) -> bool:
    """Whether an element holds only a number."""
    said = ""
    for words in tag.strings:
        said += words.strip()
        if len(said) > 20 or (said and not said.isdecimal()):
            return False
    return bool(said)


def _add(node: Element, words: str) -> None:
    """Append words to an element, cleaned again, since an entity (`&#8238;`) can bring in forbidden characters."""
    words = _without_forbidden(words)
    if len(node):
        node[-1].tail = (node[-1].tail or "") + words
    else:
        node.text = (node.text or "") + words


def _move(inside: Element, out: Element) -> None:
    """Move the content of an element into another."""
    _add(out, inside.text or "")
    out.extend(list(inside))


def _unwrap_first(item: Element) -> None:
    """Replace the only paragraph of a list item by its content."""
    paragraph = item[0]
    item.remove(paragraph)
    item.text = paragraph.text
    for place, child in enumerate(list(paragraph)):
        item.insert(place, child)


def _settled(root: Element) -> Element:
    """The tree without empty elements; a heading with nothing below it becomes a paragraph in bold."""
    for parent in list(root.iter()):
        kept = [child for child in parent if child.tag not in _SAYING or not _is_empty(child)]
        if len(kept) < len(parent):
            parent[:] = kept
    while len(root) and root[-1].tag == "hr":
        del root[-1]
    for place, child in enumerate(list(root)):
        after = root[place + 1] if place + 1 < len(root) else None
        if child.tag == HEADING_TAG and (after is None or after.tag in (HEADING_TAG, "hr")):
            bold = Element("strong")
            _move(child, bold)
            child.clear()
            child.tag = "p"
            child.append(bold)
    return root


def _is_empty(node: Element) -> bool:
    return not "".join(node.itertext()).strip() and next(node.iter(CITE_TAG), None) is None


def xml_of(root: Element) -> str:
    """The tree as the HTML of a `Prose`."""
    return (root.text or "") + "".join(ElementTree.tostring(child, encoding="unicode") for child in root)
