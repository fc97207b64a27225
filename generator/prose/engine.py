"""Python-Markdown with the fixed set of extensions that stories may use.

Paragraphs, emphasis, lists, links, quotations, code, headings and tables; no raw HTML, no pictures, no footnotes of its
own. The engine is made once: making it costs more than a story.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from generator.model.address import link_fault
from generator.prose import CITE_TAG, HEADING_TAG, group_ids

_CITATION = r"\s*\[(@[^\]\[\n]*)\]"
"""A citation and the blank before it, which a page replaces by one that does not break."""
_AFTER_ESCAPES_BEFORE_LINKS = 175
_AFTER_ALL_OTHERS = 0
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


@dataclass(slots=True)
class Notes:
    """What the engine met on its way through one text."""

    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    empty_links: int = 0


class _Citations(InlineProcessor):
    """`[@id]` becomes a marker."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        ids = group_ids(m.group(1))
        if ids is None:
            return None, None, None
        return Element(CITE_TAG, ids=" ".join(ids)), m.start(0), m.end(0)


class _House(Treeprocessor):
    """Makes the tree fit for every page: safe links, headings without a level, no styles, no pictures."""

    notes = Notes()

    def run(self, root: Element) -> None:
        for element in root.iter():
            self._settle(element)

    def _settle(self, element: Element) -> None:
        if element.tag == "a":
            self._settle_link(element)
        elif element.tag == "img":
            self.notes.images.append(element.attrib.get("src", ""))
            element.tag, element.text = "span", element.attrib.get("alt", "")
            element.attrib.clear()
        elif element.tag in _HEADINGS:
            element.attrib["level"], element.tag = element.tag[1], HEADING_TAG
        elif found := _ALIGN.match(element.attrib.pop("style", "")):
            element.attrib["class"] = f"align-{found[1]}"

    def _settle_link(self, element: Element) -> None:
        href = html.unescape(element.attrib.get("href", ""))
        self.notes.links.append(href)
        if not len(element) and not (element.text or "").strip():
            self.notes.empty_links += 1
        if link_fault(href):
            element.tag = "span"
            element.attrib.clear()


class _Story(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "automail"):
            md.inlinePatterns.deregister(pattern)
        md.inlinePatterns.register(_Citations(_CITATION, md), "citation", _AFTER_ESCAPES_BEFORE_LINKS)
        md.treeprocessors.register(_house, "house", _AFTER_ALL_OTHERS)


_house = _House()


class _Engine:
    """Python-Markdown, kept from text to text."""

    def __init__(self) -> None:
        self._markdown = self._made()

    @staticmethod
    def _made() -> Markdown:
        extensions = [SaneListExtension(), TableExtension(), _Story()]
        return Markdown(extensions=extensions, output_format="html", tab_length=2)

    def convert(self, text: str) -> tuple[str, Notes]:
        """The HTML of a text, with markers, and what was met in it. Raises `RecursionError` for deep nesting."""
        _house.notes = Notes()
        try:
            return self._markdown.reset().convert(text), _house.notes
        except RecursionError:
            self._markdown = self._made()  # what it was in the middle of would show in the next text
            raise


convert = _Engine().convert
