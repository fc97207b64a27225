"""Python-Markdown with the extensions that stories may use.

Paragraphs, emphasis, lists, links, quotations, code, headings and tables; no raw HTML, images or footnotes. Built once,
because that takes longer than rendering a story.
"""

from __future__ import annotations

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from msgspec import Struct, field

from generator.model.address import link_fault
from generator.prose import CITE_TAG, HEADING_TAG, group_ids
from generator.texts.fences import fenced
from generator.texts.patterns import CITED

_CITATION = rf"\s*\[({CITED})\]"
"""A citation and the blank before it, which pages replace with a non-breaking one."""
_AFTER_ESCAPES_BEFORE_LINKS = 175
_AFTER_ALL_OTHERS = 0
_BEFORE_FENCES = 26
INDENT = 4
"""Blanks that Python-Markdown expects before a nested list."""
_ITEM = re.compile(r" {0,12}(?:[-*+]|\d{1,3}\.) +\S")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class Notes(Struct):
    """What the engine found in one text."""

    links: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    empty_links: int = 0
    cited_links: int = 0


class _Citations(InlineProcessor):
    """Turns `[@id]` into a marker."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        ids = group_ids(m.group(1))
        if ids is None:
            return None, None, None
        return Element(CITE_TAG, ids=" ".join(ids)), m.start(0), m.end(0)


class _Lists(Preprocessor):
    """Accepts lists as people write them: nested by two or four blanks, and right below a line of text."""

    def run(self, lines: list[str]) -> list[str]:
        self._out: list[str] = []
        self._indents: list[int] = []
        code, at, end = dict(fenced("\n".join(lines))), 0, -1
        for line in lines:
            end, blanks = code.get(at, end), len(line) - len(line.lstrip())
            self._out.append(line if at < end or not line.strip() else self._placed(line, blanks))
            at += len(line) + 1
        return self._out

    def _placed(self, line: str, blanks: int) -> str:
        """A line with the indentation that the engine expects."""
        if _ITEM.match(line):
            self._open(blanks)
            return " " * INDENT * (len(self._indents) - 1) + line.lstrip()
        if blanks == 0 and self._below_a_gap():
            self._indents.clear()
        return " " * INDENT * len(self._indents) + line.lstrip() if blanks and self._indents else line

    def _open(self, blanks: int) -> None:
        """Enter the list that an item with this indentation belongs to."""
        while self._indents and blanks < self._indents[-1]:
            self._indents.pop()
        if not self._indents or blanks > self._indents[-1] + 1:
            if not self._indents and not self._below_a_gap():
                self._out.append("")
            self._indents.append(blanks)

    def _below_a_gap(self) -> bool:
        return not self._out or not self._out[-1].strip()


class _House(Treeprocessor):
    """Prepares the tree for any page: safe links, headings without a level, no styles, no images."""

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
        self.notes.cited_links += sum(1 for _ in element.iter(CITE_TAG))
        if link_fault(href):
            element.tag = "span"
            element.attrib.clear()


class _Story(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.deregister("html_block")
        for pattern in ("html", "automail"):
            md.inlinePatterns.deregister(pattern)
        md.inlinePatterns.register(_Citations(_CITATION, md), "citation", _AFTER_ESCAPES_BEFORE_LINKS)
        md.preprocessors.register(_Lists(md), "lists", _BEFORE_FENCES)
        md.treeprocessors.register(_house, "house", _AFTER_ALL_OTHERS)


_house = _House()


class _Engine:
    """A Python-Markdown instance, reused for all texts."""

    def __init__(self) -> None:
        self._markdown = self._made()

    @staticmethod
    def _made() -> Markdown:
        extensions = [SaneListExtension(), TableExtension(), FencedCodeExtension(), _Story()]
        return Markdown(extensions=extensions, output_format="html", tab_length=INDENT)

    def convert(self, text: str) -> tuple[str, Notes]:
        """Return the HTML of a text, with markers, and notes on it. Raises `RecursionError` for deep nesting."""
        _house.notes = Notes()
        try:
            return self._markdown.reset().convert(text), _house.notes
        except RecursionError:
            self._markdown = self._made()  # its unfinished state would leak into the next text
            raise


convert = _Engine().convert
