"""Extract from the HTML of a page its metadata and the text of its blocks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

from msgspec import Struct, field

from generator.desk.page import NAME_LIMIT

_SILENT = frozenset(("script", "style", "noscript", "template", "svg", "nav", "footer", "form", "button", "select"))
_BLOCKS = frozenset(
    ("p", "li", "blockquote", "h1", "h2", "h3", "h4", "td", "th", "dd", "figcaption", "div", "article", "br")
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|author)(?:$|[\s_-])", re.IGNORECASE)


class Found(Struct):
    """What has been found in a page so far."""

    meta: dict[str, str] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    data: list[str] = field(default_factory=list)
    """JSON-LD, one text per script."""
    title: str = ""
    heading: str = ""
    byline: str = ""
    day: str = ""
    language: str = ""
    paragraphs: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    """Gathers the head's metadata, and the text of the body by block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Found()
        self._text: list[str] = []
        self._silent: list[str] = []
        self._into = ""
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script":
            self._is_data = given.get("type", "").lower() == "application/ld+json"
            self.found.data += [""] if self._is_data else []
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "meta":
            self._meta(given)
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.found.links.setdefault("canonical", given.get("href", ""))
        elif tag == "html":
            self.found.language = given.get("lang", "")
        elif tag == "time" and not self.found.day:
            self.found.day = given.get("datetime", "")
        if tag in _BLOCKS:
            self._end_block()
        if tag in ("title", "h1") or _BYLINE.search(f"{given.get('class', '')} {given.get('rel', '')}"):
            self._into = tag if tag in ("title", "h1") else f"byline {tag}"

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._is_data = False
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        if tag in _BLOCKS:
            self._end_block()
        if tag == self._into.rpartition(" ")[2]:
            self._into = ""

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.found.data[-1] += data
        if self._silent:
            return
        if self._into == "title":
            self.found.title += data
            return
        if self._into == "h1":
            self.found.heading += data
        elif self._into and len(self.found.byline) < NAME_LIMIT:
            self.found.byline += data
        self._text.append(data)

    def _meta(self, given: Mapping[str, str]) -> None:
        name = (given.get("property") or given.get("name") or given.get("itemprop") or "").strip().lower()
        content = " ".join(given.get("content", "").split())
        if name and content:
            self.found.meta.setdefault(name, content)

    def _end_block(self) -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        if text:
            self.found.paragraphs.append(text)

    def close(self) -> None:
        super().close()
        self._end_block()


def gather(text: str) -> Found:
    """Read a page."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found
