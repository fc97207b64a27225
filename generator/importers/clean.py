"""HTML of anybody as the few elements that a story has, with a marker where a source is cited.

What comes out is what `generator.prose.markdown` writes as Markdown. Whatever is not on the lists here is gone, or its
words alone are kept, so nothing has to be known to be dangerous.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Protocol
from urllib.parse import urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag
from msgspec import Struct, field

from generator.importers.notes import in_place
from generator.importers.value import UnreadableError
from generator.model.characters import CONTROL, DIRECTION, LOST
from generator.prose import CITE_TAG, HEADING_TAG

LIMIT = 2_000_000
"""Characters of HTML in one post."""
DEPTH = 60
"""Elements inside each other; below that only words are kept."""
GONE = frozenset(
    "script style template head title noscript form button input select textarea svg math object applet nav "
    "dialog".split()
)
_GONE_CLASSES = re.compile(
    r"\b(?:subscription-widget|subscribe-widget|button-wrapper|captioned-button-wrap|poll-embed|share-dialog|"
    r"kg-signup-card|kg-button-card|kg-cta-card|headerlink|anchor-link)"
)
"""What Substack, Ghost and others put between paragraphs to sell or to share; signs beside headings."""
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr html iframe video audio embed li main ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
_SPANS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "em", "dfn": "em"}
_CODE = frozenset(("code", "kbd", "samp", "tt"))
_PLAYERS = frozenset(("iframe", "video", "audio", "embed"))
_SPACE = re.compile(r"\s+")
_PRIVATE = re.compile("[\ue000\ue001]")


class Link(Struct, frozen=True):
    """What becomes of a link: a citation, a link still, or words alone where both are empty."""

    cite: str = ""
    href: str = ""


class Links(Protocol):
    """Decides what becomes of a link: its address, its words, and its title."""

    def __call__(self, address: str, words: str, title: str) -> Link: ...


class Cleaner(Struct):
    """Takes one post apart. `lost` counts what could not be kept."""

    links: Links
    absolute: Links
    """Decides what becomes of pictures and players, which are led to and never cited."""
    lost: Counter[str] = field(default_factory=Counter)

    def root(self, markup: str) -> Element:
        """The post as a tree of known elements. Raises `UnreadableError` for one of too many characters."""
        if len(markup) > LIMIT:
            raise UnreadableError(f"it has more than {LIMIT // 1_000_000} million characters")
        soup = BeautifulSoup(_without_forbidden(markup), "html.parser")
        for node in soup.find_all(lambda tag: tag.name in GONE or _is_gone(tag)):
            node.decompose()
        in_place(soup)
        root = Element("root")
        self._blocks(soup, root, 0)
        return _settled(root)

    def _blocks(self, node: Tag, out: Element, depth: int) -> None:
        """The children of an element as blocks; words between blocks become paragraphs."""
        if depth > DEPTH:
            _add(SubElement(out, "p"), node.get_text(" "))
            return
        paragraph: Element | None = None
        for child in node.children:
            if isinstance(child, Tag) and self._holds_blocks(child):
                paragraph = None
                self._block(child, out, depth + 1)
            elif _is_words(child) or isinstance(child, Tag):
                paragraph = SubElement(out, "p") if paragraph is None else paragraph
                self._inline(child, paragraph, depth + 1)

    def _holds_blocks(self, node: Tag) -> bool:
        return node.name in _BLOCKS or (node.name != "a" and node.find(_BLOCKS) is not None)

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
            self._player(node, out)
        elif name == "table" and _is_of_data(node):
            self._table(node, SubElement(out, name), depth)
        else:
            self._blocks(node, out, depth)

    def _list(self, node: Tag, out: Element, depth: int) -> None:
        if node.name == "ol" and str(node.get("start", "")).isdecimal():
            out.set("start", str(node["start"])[:9])
        for child in node.find_all(True, recursive=False):
            item = SubElement(out, "li")
            self._blocks(child if child.name == "li" else _alone(child), item, depth)
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
        """A film or a sound that stands on another host: a link to it."""
        first = node.find("source")
        source = str(node.get("src") or (first.get("src") if isinstance(first, Tag) else "") or "")
        self.lost["a film, sound or frame of another page, of which a link is left"] += 1
        found = self.absolute(source, "", "")
        if found.href:
            link = SubElement(SubElement(out, "p"), "a", href=found.href)
            link.text = str(node.get("title") or urlsplit(found.href).hostname)

    def _children(self, node: Tag, out: Element, depth: int) -> None:
        for child in node.children:
            self._inline(child, out, depth)

    def _inline(self, child: PageElement, out: Element, depth: int) -> None:
        if _is_words(child):
            _add(out, str(child))
        elif not isinstance(child, Tag):
            return
        elif depth > DEPTH:
            _add(out, child.get_text(" "))
        elif child.name == "br":
            SubElement(out, "br")
        elif child.name == "img":
            self._picture(child, out)
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
        words = child.get_text().strip()
        if child.name == "sup" and words.isdecimal():
            _add(out, "^")  # 10² is not 102
        if child.name in _BLOCKS:
            _add(out, " ")
        self._children(child, out, depth)
        if child.name in _BLOCKS:
            _add(out, " ")

    def _span(self, child: Tag, out: Element, depth: int) -> None:
        """Emphasis without the blanks at its ends, which Markdown would take for none."""
        words = child.get_text()
        if words[:1].isspace():
            _add(out, " ")
        inside = Element(_SPANS[child.name])
        self._children(child, inside, depth)
        if out.tag == inside.tag or not words.strip():
            _move(inside, out)
        else:
            out.append(inside)
        if words[-1:].isspace():
            _add(out, " ")

    def _picture(self, node: Tag, out: Element) -> None:
        """A picture stays on its host: a link with its words, where it has some."""
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
        shown = node.select_one(".kg-bookmark-title, .embedded-post-title") or node
        words = _SPACE.sub(" ", shown.get_text(" ")).strip()
        if node.find("img") is not None and not words:
            self._children(node, out, depth)
            return
        found = self.links(str(node.get("href") or ""), words, str(node.get("title") or ""))
        if found.href and words:
            SubElement(out, "a", href=found.href).text = words
            return
        if found.href and node.get("title"):  # a note that names a whole site
            _add(out, " (")
            SubElement(out, "a", href=found.href).text = str(node["title"])
            _add(out, ")")
            return
        self._children(shown, out, depth)
        if found.cite:
            SubElement(out, CITE_TAG, ids=found.cite)


def _without_forbidden(markup: str) -> str:
    """HTML without characters that no text may hold, and those that mark citations here."""
    for pattern in (CONTROL, DIRECTION, LOST, _PRIVATE):
        markup = pattern.sub("", markup)
    return markup


def _is_gone(tag: Tag) -> bool:
    classes = tag.get("class")
    named = " ".join(classes) if isinstance(classes, list) else str(classes or "")
    style = str(tag.get("style") or "").replace(" ", "").lower()
    return bool(_GONE_CLASSES.search(named)) or tag.has_attr("hidden") or "display:none" in style


def _is_words(child: PageElement) -> bool:
    """Whether it is text; comments, declarations and the like are not."""
    return type(child) in (NavigableString, CData)


def _is_of_data(table: Tag) -> bool:
    """Whether a table says something by its columns; mails use tables to put blocks in their places."""
    rows = [row.find_all(["td", "th"]) for row in table.find_all("tr")]
    wide = any(len(cells) > 1 for cells in rows)
    return wide and len(rows) > 1 and table.find(["table", "p", "h1", "h2", "h3", "ul", "ol", "blockquote"]) is None


def _alone(child: Tag) -> Tag:
    """A list that stands in a list without an item of its own."""
    holder = Tag(name="li")
    holder.append(child.extract())
    return holder


def _add(node: Element, words: str) -> None:
    """More words at the end of an element. An entity (`&#8238;`) can have brought in what none may hold."""
    words = _without_forbidden(words)
    if len(node):
        node[-1].tail = (node[-1].tail or "") + words
    else:
        node.text = (node.text or "") + words


def _move(inside: Element, out: Element) -> None:
    """What an element holds, without it."""
    _add(out, inside.text or "")
    out.extend(list(inside))


def _unwrap_first(item: Element) -> None:
    """The one paragraph of an item as the words of the item."""
    paragraph = item[0]
    item.remove(paragraph)
    item.text = paragraph.text
    for place, child in enumerate(list(paragraph)):
        item.insert(place, child)


def _settled(root: Element) -> Element:
    """The tree without what is empty; a heading with nothing below it is a paragraph in bold."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in ("p", HEADING_TAG, "li", "ul", "ol", "blockquote", "table", "pre") and _is_empty(child):
                parent.remove(child)
    while len(root) and root[-1].tag == "hr":
        root.remove(root[-1])
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
