"""The language in which stories are written: Markdown with citations.

`[@id]` cites a source and `[@a; @b]` several (Pandoc's notation); an edition writes `[@story/id]`. Raw HTML is text like
any other. Numbers are not given here: the same text stands on several pages and has other numbers on each, so a
`Prose` keeps a marker where each citation stands, and `fill` puts in what a page wants to see there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree

if TYPE_CHECKING:
    from markdown import Markdown

from generator.model.address import LINK_SCHEMES, scheme_of

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CITED = rf"@(?:{_ID}/)?{_ID}"
_GROUP = re.compile(rf"{_CITED}(?:\s*;\s*{_CITED})*\Z")
_CITE_TAG, _HEADING_TAG = "cw-cite", "cw-heading"
_MARKER = re.compile(rf'<{_CITE_TAG} ids="([^"]*)"></{_CITE_TAG}>')
_HEADING = re.compile(rf'<{_HEADING_TAG} level="(\d)">(.*?)</{_HEADING_TAG}>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_CODE_OR_BRACKET = re.compile(r"(`+)(?:.*?[^`])?\1(?!`)|\\.|(\[@[^\]\n]*\]?)", re.DOTALL)
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


@dataclass(frozen=True, slots=True)
class Prose:
    """A text, made HTML but for its numbers."""

    html: str
    cited: tuple[tuple[str, ...], ...]
    """The ids of each citation, in reading order."""
    links: tuple[str, ...]
    """Every address that the text links to, as it was written."""
    images: tuple[str, ...]
    """Addresses of pictures, which a text may not have."""
    empty_links: int = 0

    @property
    def plain(self) -> str:
        """The words alone, for descriptions and counts."""
        return plain(_MARKER.sub("", self.html))


def plain(markup: str) -> str:
    """The words of HTML, without tags, blanks folded."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()


def group_ids(inside: str) -> tuple[str, ...] | None:
    """The ids of what stands between `[` and `]`, each once; None when it is not a well-formed citation."""
    if not _GROUP.match(inside.strip()):
        return None
    return tuple(dict.fromkeys(part.strip().removeprefix("@") for part in inside.split(";")))


def malformed_citations(text: str) -> Iterator[str]:
    """Each `[@...]` outside code that is not a well-formed citation, as it was written."""
    if "[@" not in text:
        return
    for found in _CODE_OR_BRACKET.finditer(text):
        bracket = found.group(2)
        if bracket and (not bracket.endswith("]") or group_ids(bracket[1:-1]) is None):
            yield bracket


def has_citation(text: str) -> bool:
    """Whether a text that should have none (a headline) holds a citation or something like it."""
    return "[@" in text


@lru_cache(maxsize=8192)
def parse(text: str) -> Prose:
    """Turn a text of an author into `Prose`. Never raises: what is not Markdown is words."""
    engine = _engine()
    engine.reset()
    markup = engine.convert(text)
    notes: _Notes = engine.citewire_notes  # type: ignore[attr-defined]
    cited = tuple(tuple(ids.split()) for ids in _MARKER.findall(markup))
    return Prose(markup, cited, tuple(notes.links), tuple(notes.images), notes.empty_links)


def fill(markup: str, cite: Callable[[tuple[str, ...]], str], heading_level: int) -> str:
    """The HTML of a `Prose` for one page.

    `cite` is called for each citation in reading order with its ids and answers with HTML. The highest of the text's own
    headings becomes `heading_level` (2 to 6), whatever number of `#` it was written with.
    """
    if _HEADING_TAG in markup:
        shift = heading_level - min(int(found[1]) for found in _HEADING.finditer(markup))

        def heading(found: re.Match[str]) -> str:
            level = min(6, int(found[1]) + shift)
            return f"<h{level}>{found[2]}</h{level}>"

        markup = _HEADING.sub(heading, markup)
    return _MARKER.sub(lambda found: cite(tuple(found[1].split())), markup)


class _Notes:
    """What the engine saw on its way through one text."""

    def __init__(self) -> None:
        self.links: list[str] = []
        self.images: list[str] = []
        self.empty_links = 0


@cache
def _engine() -> Markdown:
    """Python-Markdown with the fixed set of extensions. Imported late: commands that read no text do not pay for it."""
    from markdown import Markdown
    from markdown.extensions import Extension
    from markdown.extensions.sane_lists import SaneListExtension
    from markdown.extensions.tables import TableExtension
    from markdown.inlinepatterns import InlineProcessor
    from markdown.treeprocessors import Treeprocessor

    notes = _Notes()

    class Citations(InlineProcessor):
        def handleMatch(  # type: ignore[override]  # noqa: N802
            self, m: re.Match[str], data: str
        ) -> tuple[ElementTree.Element | None, int | None, int | None]:
            ids = group_ids(m.group(1))
            if ids is None:
                return None, None, None
            return ElementTree.Element(_CITE_TAG, ids=" ".join(ids)), m.start(0), m.end(0)

    class House(Treeprocessor):
        def run(self, root: ElementTree.Element) -> None:
            for element in root.iter():
                _settle(element, notes)

    class Story(Extension):
        def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
            md.preprocessors.deregister("html_block")
            md.inlinePatterns.deregister("html")
            md.inlinePatterns.deregister("automail")
            md.inlinePatterns.register(Citations(r"\s*\[(@[^\]\[\n]*)\]", md), "citation", 175)
            md.treeprocessors.register(House(md), "house", 0)

        def reset(self) -> None:
            notes.__init__()  # type: ignore[misc]

    story = Story()
    engine = Markdown(extensions=[SaneListExtension(), TableExtension(), story], output_format="html", tab_length=2)
    engine.registerExtension(story)
    engine.citewire_notes = notes  # type: ignore[attr-defined]
    return engine


def _settle(element: ElementTree.Element, notes: _Notes) -> None:
    """Make one element of the tree fit for every page: safe links, headings without a level, no styles, no pictures."""
    tag = element.tag
    if tag == "a":
        href = html.unescape(element.attrib.get("href", ""))
        notes.links.append(href)
        if not len(element) and not (element.text or "").strip():
            notes.empty_links += 1
        if scheme_of(href) not in LINK_SCHEMES:
            element.tag = "span"
            element.attrib.clear()
    elif tag == "img":
        notes.images.append(element.attrib.get("src", ""))
        element.tag, element.text = "span", element.attrib.get("alt", "")
        element.attrib.clear()
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        element.attrib["level"], element.tag = tag[1], _HEADING_TAG
    elif found := _ALIGN.match(element.attrib.pop("style", "")):
        element.attrib["class"] = f"align-{found[1]}"
