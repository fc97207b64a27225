"""Turn the texts of stories (Markdown with citations) into HTML.

`[@id]` cites a source and `[@a; @b]` several (Pandoc's notation); an edition writes `[@story/id]`. Raw HTML is text
like any other. The same text stands on several pages with other numbers on each, so a `Prose` keeps a marker in the
place of each citation, and `fill` replaces them by what a page shows there.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain

from msgspec import Struct

from generator.model.address import link_fault
from generator.model.characters import harmless
from generator.model.patterns import CITED

_ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_CITED = rf"@(?:{_ID}/)?{_ID}"
_GROUP = re.compile(rf"{_CITED}(?:\s*;\s*{_CITED})*\Z")
CITE_TAG, HEADING_TAG = "cw-cite", "cw-heading"
"""Elements that stand in the HTML of a `Prose` for a citation and for a heading whose level the page gives."""
_MARKER = re.compile(rf'<{CITE_TAG} ids="([^"]*)"></{CITE_TAG}>')
_HEADING = re.compile(rf'<{HEADING_TAG} level="(\d)">(.*?)</{HEADING_TAG}>', re.DOTALL)
_IN_ADDRESS = re.compile(r"\]\([^)]*?(\[@[^\]\n]*\])")
_DEFINITION = re.compile(r"(?m)^ {0,3}(\[@[^\]\n]*\]:)")
"""What Markdown takes for the definition of a link, which vanishes from the text."""
_BRACKET = re.compile(rf"\[({CITED})\]")
_HIDING = ("`", "\\", "\t", "~", "    ")
"""What begins code, or takes the meaning of a bracket away."""
_UNSURE_SIGNS = "`\\<\x02\x03"
_UNSURE = tuple(map(re.compile, (r"!(?=\[)", r"\](?=:)", r"\n(?:[ \t>]|(?:[-*+]|\d+\.)[ \t]+(?:[-*+>]|\d+\.))")))
"""What may mean a picture, a link without brackets of its own, or lists and quotations in each other. (Python-Markdown
takes the characters 2 and 3 out, so that what they keep apart is one.) Each begins with a sign, and is looked for by
itself, so that Python looks at the places of this sign only."""
_LINK = re.compile(r"\[[^\[\]]*\w\]\((https?://[^\s()<>\[\]\"'\\*`;|&]+)\)")
"""A link whose words have no brackets in them, and whose address nothing can be taken for anything else."""
_TAG = re.compile(r"<[^<>]*>")
_INLINE = re.compile(rf"</?(?:a|b|i|em|strong|code|span|time|{CITE_TAG})(?: [^<>]*)?>")
_SPACE = re.compile(r"\s+")
_CODE_OR_BRACKET = re.compile(r"(`+)(?:.*?[^`])?\1(?!`)|\\.|(?P<bracket>\[@[^\]\n]*\]?)", re.DOTALL)
_ANY_BRACKET = re.compile(r"(?P<bracket>\[@[^\]\n]*\]?)")
"""`_CODE_OR_BRACKET` for texts without code or escapes: ten times as fast, since it can only begin with `[@`."""


BRACKET_LIMIT = 1000
"""Opening brackets of one text that is read. Markdown looks for the end of each; 60 citations make some 200 of them."""


class Prose(Struct, frozen=True):
    """A text, made HTML but for its numbers."""

    html: str
    cited: tuple[tuple[str, ...], ...]
    """The ids of each citation, in reading order."""
    links: tuple[str, ...]
    """Every address that the text links to, as it was written."""
    images: tuple[str, ...]
    """Addresses of pictures, which a text may not have."""
    empty_links: int = 0
    cited_links: int = 0
    """Citations inside the words of a link, where a number could not be a link of its own."""
    fault: str = ""
    """Why the text could not be read as Markdown, in a few words; it is kept as plain words then."""


def plain(markup: str) -> str:
    """The words of HTML, without tags, blanks folded."""
    return _SPACE.sub(" ", html.unescape(_TAG.sub(" ", _INLINE.sub("", markup)))).strip()


@lru_cache(maxsize=4096)
def group_ids(inside: str) -> tuple[str, ...] | None:
    """The ids of what stands between `[` and `]`, each once; None when it is not a well-formed citation."""
    if not _GROUP.match(inside.strip()):
        return None
    return tuple(dict.fromkeys(part.strip().removeprefix("@") for part in inside.split(";")))


def malformed_citations(text: str) -> Iterator[tuple[int, str]]:
    """Each `[@...]` outside code that is not a citation: misspelt, or where none can be shown.

    Answers with where it stands in the text, and how it was written.
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
    """Whether Markdown could take a sound citation of a text for something else: most texts need not be read for it."""
    return (
        _may_hide(text)
        or any(sign in text for sign in ("]:", "|", "<", "!"))
        or _IN_ADDRESS.search(text) is not None
        or text.count("[") > BRACKET_LIMIT
    )


def cited(text: str) -> Iterable[str]:
    """The ids that a sound text cites, as often as it does.

    A text in which nothing could hide a citation, as code does, is not read as Markdown for this.
    """
    return _cited(text, _may_hide)


def shown(text: str) -> Iterable[str]:
    """The ids of the citations that a page of a text shows, whether it is sound or not."""
    return _cited(text, _could_hide)


def _cited(text: str, is_unsure: Callable[[str], bool]) -> Iterable[str]:
    if "[@" not in text:
        return ()
    if is_unsure(text):
        return chain.from_iterable(parse(text).cited)
    return chain.from_iterable(group_ids(inside) or () for inside in _BRACKET.findall(text))


@lru_cache(maxsize=64)
def is_plain(text: str) -> bool:
    """Whether a glance tells that `parse` would find nothing to object to.

    That is no picture, no fault, and no link but with words, without a citation in them, and with an address that may
    be followed. Of a link, the words end at the `](` and begin at the last bracket before it: that holds since nothing
    in the text hides a bracket from Markdown.
    """
    lines = f"\n{text}"
    if any(sign in text for sign in _UNSURE_SIGNS) or any(unsure.search(lines) for unsure in _UNSURE):
        return False
    if text.count("[") > BRACKET_LIMIT:
        return False
    links = _LINK.findall(text) if "](" in text else ()
    return len(links) == text.count("](") and not any(map(link_fault, links))


def has_citation(text: str) -> bool:
    """Whether a text that should have none (a headline) holds a citation or something like it."""
    return "[@" in text


@lru_cache(maxsize=1024)
def parse(text: str) -> Prose:
    """Turn a text of an author into `Prose`. What is not Markdown is words.

    The engine is imported here, so that commands which read no text do not pay for it; nor do simple texts.
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
    """The HTML of a `Prose` for one page.

    `cite` is called for each citation in reading order with its ids and answers with HTML. The highest of the text's
    own headings becomes `heading_level` (2 to 6), whatever number of `#` it was written with.
    """
    if f"<{HEADING_TAG} " in markup:
        shift = heading_level - min(int(found[1]) for found in _HEADING.finditer(markup))

        def heading(found: re.Match[str]) -> str:
            level = min(6, int(found[1]) + shift)
            return f"<h{level}>{found[2]}</h{level}>"

        markup = _HEADING.sub(heading, markup)
    return _MARKER.sub(lambda found: cite(tuple(found[1].split())), markup)
