"""Render the texts of stories (Markdown with citations) as HTML.

`[@id]` cites a source and `[@a; @b]` several (Pandoc's notation); an edition writes `[@story/id]`. Raw HTML is plain
text. A text appears on several pages with different numbers, so a `Prose` has a marker for each citation, and `fill`
replaces them with the page's own.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from generator.model.address import link_fault
from generator.texts.characters import harmless
from generator.texts.patterns import CITED

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CITED = rf"@(?:{_ID}/)?{_ID}"
_GROUP = re.compile(rf"{_CITED}(?:\s*;\s*{_CITED})*\Z")
CITE_TAG, HEADING_TAG = "cw-cite", "cw-heading"
"""Placeholder elements in the HTML of a `Prose`: a citation, and a heading whose level depends on the page."""
_MARKER = re.compile(rf'<{CITE_TAG} ids="([^"]*)"></{CITE_TAG}>')
_HEADING = re.compile(rf'<{HEADING_TAG} level="(\d)">(.*?)</{HEADING_TAG}>', re.DOTALL)
_IN_ADDRESS = re.compile(r"\]\([^)]*?(\[@[^\]\n]*\])")
_DEFINITION = re.compile(r"(?m)^ {0,3}(\[@[^\]\n]*\]:)")
"""Markdown reads this as a link definition, which vanishes from the text."""
_BRACKET = re.compile(rf"\[({CITED})\]")
_HIDING = ("`", "\\", "\t", "~", "    ")
"""Signs that may begin code or disable a bracket."""
_UNSURE_SIGNS = "`\\<\x02\x03"
_UNSURE = tuple(map(re.compile, (r"!(?=\[)", r"\](?=:)", r"\n(?:[ \t>]|(?:[-*+]|\d+\.)[ \t]+(?:[-*+>]|\d+\.))")))
"""Possible images, links without brackets of their own, and lists or quotations inside each other.

Python-Markdown removes the characters 2 and 3, joining the text around them. Each pattern begins with a literal and is
searched separately, so that Python only visits the places of that literal.
"""
_LINK = re.compile(r"\[[^\[\]]*\w\]\((https?://[^\s()<>\[\]\"'\\*`;|&]+)\)")
"""A link without brackets in its words, whose address cannot be read as anything else."""
_TAG = re.compile(r"<[^<>]*>")
_INLINE = re.compile(rf"</?(?:a|b|i|em|strong|code|span|time|{CITE_TAG})(?: [^<>]*)?>")
_SPACE = re.compile(r"\s+")
_CODE_OR_BRACKET = re.compile(r"(`+)(?:.*?[^`])?\1(?!`)|\\.|(?P<bracket>\[@[^\]\n]*\]?)", re.DOTALL)
_ANY_BRACKET = re.compile(r"(?P<bracket>\[@[^\]\n]*\]?)")
"""`_CODE_OR_BRACKET` for texts without code or escapes: ten times as fast, since it can only begin with `[@`."""


BRACKET_LIMIT = 1000
"""Most opening brackets of a text. Markdown searches for the end of each; 60 citations need about 200."""


class Prose(Struct, frozen=True):
    """A text as HTML, except for its citation numbers."""

    html: str
    cited: tuple[tuple[str, ...], ...]
    """The ids of each citation, in reading order."""
    links: tuple[str, ...]
    """Every address that the text links to, as written."""
    images: tuple[str, ...]
    """Addresses of images, which texts may not have."""
    empty_links: int = 0
    cited_links: int = 0
    """Citations inside the words of a link, where a number could not be a link of its own."""
    fault: str = ""
    """Why the text could not be read as Markdown, in a few words; it is then kept as plain words."""


def plain(markup: str) -> str:
    """The words of HTML, without tags and with blanks folded."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", _INLINE.sub("", markup)))).strip()


@lru_cache(maxsize=4096)
def group_ids(inside: str) -> tuple[str, ...] | None:
    """The distinct ids between `[` and `]`; None if they are no well-formed citation."""
    if not _GROUP.match(inside.strip()):
        return None
    return tuple(dict.fromkeys(part.strip().removeprefix("@") for part in inside.split(";")))


def malformed_citations(text: str) -> Iterator[tuple[int, str]]:
    """Yield each `[@...]` outside code that is no citation: misspelt, or where none can be shown.

    Items are its offset in the text and its text.
    """
    if "[@" not in text:
        return
    for found in _DEFINITION.finditer(text) if "]:" in text else ():
        yield found.start(1), found[1]
    written = 0
    for found in (_CODE_OR_BRACKET if "`" in text or "\\" in text else _ANY_BRACKET).finditer(text):
        bracket = found["bracket"]
        if bracket and (not bracket.endswith("]") or group_ids(bracket[1:-1]) is None):
            yield found.start("bracket"), bracket
        elif bracket:
            written += 1
    if written and _could_hide(text) and written > len(parse(text).cited):
        yield from ((found.start(1), found[1]) for found in _IN_ADDRESS.finditer(text))


def _may_hide(text: str) -> bool:
    return any(sign in text for sign in _HIDING)


def _could_hide(text: str) -> bool:
    """Whether Markdown could read a sound citation of the text as something else. Saves parsing most texts."""
    return (
        _may_hide(text)
        or any(sign in text for sign in ("]:", "|", "<", "!"))
        or _IN_ADDRESS.search(text) is not None
        or text.count("[") > BRACKET_LIMIT
    )


def cited(text: str) -> Iterable[str]:
    """The ids that a sound text cites, as often as it does.

    A text without anything that could hide a citation, such as code, is not parsed as Markdown.
    """
    return _cited(text, _may_hide)


def shown(text: str) -> Iterable[str]:
    """The ids of the citations that a page of a text shows, sound or not."""
    return _cited(text, _could_hide)


def _cited(text: str, is_unsure: Callable[[str], bool]) -> Iterable[str]:
    if "[@" not in text:
        return ()
    if is_unsure(text):
        return chain.from_iterable(parse(text).cited)
    return chain.from_iterable(group_ids(inside) or () for inside in _BRACKET.findall(text))


@lru_cache(maxsize=64)
def is_plain(text: str) -> bool:
    """Whether a quick look shows that `parse` would find nothing wrong.

    That means no image, no fault, and only links that have words, no citation in them, and an address that may be
    followed. The words of a link end at its `](` and begin at the last bracket before it, since nothing in such a text
    hides a bracket from Markdown.
    """
    lines = f"\n{text}"
    if any(sign in text for sign in _UNSURE_SIGNS) or any(unsure.search(lines) for unsure in _UNSURE):
        return False
    if text.count("[") > BRACKET_LIMIT:
        return False
    links = _LINK.findall(text) if "](" in text else ()
    return len(links) == text.count("](") and not any(map(link_fault, links))


def has_citation(text: str) -> bool:
    """Whether a text that should have none (a headline) has a citation or something like it."""
    return "[@" in text


@lru_cache(maxsize=1024)
def parse(text: str) -> Prose:
    """Parse an author's text into `Prose`. Anything but Markdown is words.

    The engine is imported lazily, so that commands without texts, and simple texts, do not pay for it.
    """
    if text.count("[") > BRACKET_LIMIT:
        return _plain(text, f"it has more than {BRACKET_LIMIT} opening brackets")
    from generator.prose import simple

    if made := simple.convert(text):
        return Prose(made[0], _cited_in(made[0]), tuple(made[1]), ())
    from generator.prose.engine import convert

    try:
        markup, notes = convert(harmless(text))
    except RecursionError:
        return _plain(text, "its lists or quotations are nested too deeply")
    cited = _cited_in(markup)
    return Prose(markup, cited, tuple(notes.links), tuple(notes.images), notes.empty_links, notes.cited_links)


def _cited_in(markup: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(ids.split()) for ids in _MARKER.findall(markup))


def _plain(text: str, fault: str) -> Prose:
    return Prose(f"<p>{html.escape(text, quote=False)}</p>", (), (), (), fault=fault)


def fill(markup: str, cite: Callable[[tuple[str, ...]], str], heading_level: int) -> str:
    """Return the HTML of a `Prose` for one page.

    `cite` is called with the ids of each citation in reading order and returns its HTML. The highest heading of the
    text becomes `heading_level` (2 to 6), however many `#` it has.
    """
    if f"<{HEADING_TAG} " in markup:
        shift = heading_level - min(int(found[1]) for found in _HEADING.finditer(markup))

        def heading(found: re.Match[str]) -> str:
            level = min(6, int(found[1]) + shift)
            return f"<h{level}>{found[2]}</h{level}>"

        markup = _HEADING.sub(heading, markup)
    return _MARKER.sub(lambda found: cite(tuple(found[1].split())), markup)
