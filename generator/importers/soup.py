"""Parse HTML of any quality into a tree of limited depth, so that no step over its elements can take long.

As in a browser, a paragraph ends where the next one begins, and a link where another begins. Below the depth limit only
words are kept. What is not text (scripts, forms, buttons to subscribe or share) becomes an empty element.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import CData, NavigableString, PageElement, Tag
from msgspec import Struct

DEPTH = 60
"""Depth of nested elements; below it only words are kept."""
_DEEPEST = DEPTH + 8
"""Depth of nested elements while parsing: some wrap only one other."""
BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer h1 h2 h3 h4 "
    "h5 h6 header hr html iframe video audio embed li main ol p pre section summary table tbody td tfoot th thead tr "
    "ul".split()
)
GONE = frozenset(
    "script style template head title noscript form button input select textarea svg math object applet nav "
    "dialog".split()
)
NOTHING = "template"
"""The name given to every element that is not read."""
_GONE_CLASSES = re.compile(
    r"\b(?:subscription-widget|subscribe-widget|button-wrapper|captioned-button-wrap|poll-embed|share-dialog|"
    r"kg-signup-card|kg-button-card|kg-cta-card|headerlink|anchor-link)"
)
"""What Substack, Ghost and others put between paragraphs for selling or sharing, and link signs beside headings."""
_TITLES = ".kg-bookmark-title, .embedded-post-title"


class _End(Struct, frozen=True):
    """The open elements that an element ends when it begins, and those that shield what is outside of them."""

    ends: frozenset[str]
    within: frozenset[str]


_ITEMS = BLOCKS - {"p", "div", "address"}
_ENDED = {
    "p": _End(frozenset({"p"}), BLOCKS - {"p"}),
    "li": _End(frozenset({"li"}), _ITEMS - {"li"}),
    **dict.fromkeys(("dt", "dd"), _End(frozenset({"dt", "dd"}), _ITEMS - {"dt", "dd"})),
    **dict.fromkeys(("td", "th"), _End(frozenset({"td", "th"}), frozenset({"tr", "table"}))),
    "tr": _End(frozenset({"tr", "td", "th"}), frozenset({"table"})),
    "a": _End(frozenset({"a"}), frozenset()),
}
"""Elements whose end tag is optional in the HTML standard, section 13.2.6.4; a link is never inside another."""


class _Shallow(BeautifulSoup):
    """The tree being parsed."""

    def __init__(self, markup: str) -> None:
        self.unread: list[Tag] = []
        """The elements that are not read."""
        self._unread_from = 0
        """Stack depth at which skipping began; 0 when not skipping."""
        self._dropped: list[str] = []
        """The names of the open elements that only keep their words."""
        self._open_dropped = Counter[str]()
        self._muted_from = 0
        """Number of these elements at which skipping began; 0 when not skipping."""
        super().__init__(markup, "html.parser")

    def handle_starttag(self, name: str, namespace: Any, nsprefix: Any, attrs: Any, *more: Any, **named: Any) -> None:
        """Called by the parser.

        It keeps and searches a list of the void elements that this method returns, so none is returned, and they are
        ended here.
        """
        is_void, is_unread = self.builder.can_be_empty_element(name), _is_unread(name, attrs)
        if not self._dropped and not self._unread_from:
            self._end_before(name)
        if self._dropped or self._unread_from or len(self.tagStack) > _DEEPEST:
            self.handle_data(" ")
            if not is_void:
                self._drop(name, is_unread)
            return
        tag = super().handle_starttag(name, namespace, nsprefix, attrs, *more, **named)
        if tag is not None and is_unread:
            self.unread.append(tag)
            self._unread_from = len(self.tagStack)
        if is_void:
            self.handle_endtag(name)

    def _drop(self, name: str, is_unread: bool) -> None:
        self._dropped.append(name)
        self._open_dropped[name] += 1
        if is_unread and not self._muted_from:
            self._muted_from = len(self._dropped)

    def handle_endtag(self, name: str, nsprefix: str | None = None) -> None:
        """Called by the parser."""
        if self._open_dropped[name]:
            last = ""
            while last != name:
                last = self._dropped.pop()
                self._open_dropped[last] -= 1
            if len(self._dropped) < self._muted_from:
                self._muted_from = 0
            self.handle_data(" ")
        elif self.open_tag_counter.get(name):
            self._dropped.clear()
            self._open_dropped.clear()
            self._muted_from = 0
            super().handle_endtag(name, nsprefix)
            if len(self.tagStack) < self._unread_from:
                self._unread_from = 0

    def handle_data(self, data: str) -> None:
        """Called by the parser."""
        if not self._unread_from and not self._muted_from:
            super().handle_data(data)

    def _end_before(self, name: str) -> None:
        """End the open elements that the start of this one ends."""
        rule = _ENDED.get(name)
        if rule is None or not any(map(self.open_tag_counter.get, rule.ends)):
            return
        last = ""
        for tag in reversed(self.tagStack):
            if tag.name in rule.within:
                break
            last = tag.name if tag.name in rule.ends else last
        if last:
            super().handle_endtag(last)


def _is_unread(name: str, attrs: Mapping[str, Any]) -> bool:
    if name in GONE or "hidden" in attrs:
        return True
    style = str(attrs.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or bool(_GONE_CLASSES.search(str(attrs.get("class") or "")))


def parsed(markup: str) -> BeautifulSoup:
    """The tree of some HTML. Elements that are not read are called `NOTHING`, and are empty."""
    soup = _Shallow(_closed(markup))
    for tag in soup.unread:
        tag.name = NOTHING
    return soup


_ENDLESS = (("<!--", re.compile(r"--!?\s*>")), ("<![", re.compile(r"\](?:\s*\])?\s*>")), ("<", re.compile(">")))
"""The beginning and the end of a comment, a marked section, a tag."""


def _closed(markup: str) -> str:
    """HTML without constructs that begin but never end.

    Python's parser would search for each end anew, and then take the beginning for words.
    """
    for begin, end in _ENDLESS:
        last = max((found.end() for found in end.finditer(markup)), default=0)
        markup = markup[:last] + markup[last:].replace(begin, f"&lt;{begin[1:]}")
    return markup


class Facts(Struct, frozen=True):
    """Facts about the elements of a tree, by identity. Valid until the tree is changed."""

    blocks: frozenset[int]
    """Elements with a block inside."""
    words: frozenset[int]
    """Elements with words inside."""
    titles: Mapping[int, Tag]
    """The title inside each card that shows another page."""

    @classmethod
    def of(cls, soup: BeautifulSoup) -> Facts:
        titles: dict[int, Tag] = {}
        for title in soup.select(_TITLES):
            for parent in _new_parents(title, titles):
                titles[id(parent)] = title
        blocks = _holders(soup.find_all(BLOCKS))
        return cls(blocks, _holders(node for node in soup.descendants if is_words(node) and str(node).strip()), titles)


def _holders(inside: Iterable[PageElement]) -> frozenset[int]:
    found: set[int] = set()
    for node in inside:
        found.update(map(id, _new_parents(node, found)))
    return frozenset(found)


def _new_parents(node: PageElement, known: Container[int]) -> Iterator[Tag]:
    """The parents of an element up to the first known one, whose own parents are known too."""
    return takewhile(lambda parent: id(parent) not in known, node.parents)


def is_words(node: PageElement) -> bool:
    """Whether a node is text; comments, declarations and the like are not."""
    return type(node) in (NavigableString, CData)


def edges(tag: Tag) -> tuple[str, str]:
    """The first and the last text in an element; empty if it has none."""
    last: PageElement | None = tag
    while isinstance(last, Tag) and last.contents:
        last = last.contents[-1]
    while last is not None and last is not tag and not is_words(last):
        last = last.previous_element
    return next(iter(tag.strings), ""), "" if last is None or last is tag else str(last)


def vanish(tag: Tag) -> None:
    """Empty an element. It stays in place, since removing it would search through all its siblings."""
    for place in range(len(tag.contents) - 1, -1, -1):
        tag.contents[place].extract(place)
    tag.name = NOTHING
