"""The rule on broken markup: signs of Markdown or HTML that a page would show as they are.

Texts are Markdown, which reads `&amp;` as `&`; all other words are shown letter by letter.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator

from generator import prose
from generator.check.reading import drawn, headings
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.texts.characters import ODD
from generator.texts.patterns import CITED, late

_SIGNS = ("**", "__", "](", "][", "] (", ")[", "```", "~~", "|", "<", "\\n", *"•◦▪‣")
"""Each kind of such markup has one of these, or begins with a number."""
_NUMBERED = re.compile(r"\d\)\s")
_SOUND = late(
    r"\*\*(?=[^\s*])[^*\[\]<|~\n]*[^\s*\[\]<|~]\*\*(?![\w*])|\[[^\[\]<|~\n*]*\w\]\(https?://[^\s()<>\[\]\"'\\*`;|&]+\)"
)
"""An emphasis and a link that cannot be anything else in a text without code or escapes."""
_CODE = re.compile(r"<pre>.*?</pre>|<code>.*?</code>", re.DOTALL)
_BLOCK = late(r"</?(?:p|li|ul|ol|blockquote|td|th|tr|table|thead|tbody|hr|cw-heading)\b[^>]*>")
_INLINE = re.compile(r"<[^>]*>")
_ESCAPED, _MEANT = re.compile(r"\\[^\w\s]"), "·"
"""An escaped sign, which is meant to be shown, and its replacement."""
_EDGE = "\0"
"""Stands for working markup among the words of a page."""
_TAGS = (
    "a|abbr|answer|b|big|blockquote|br|center|cite|code|del|div|em|figure|font|h[1-6]|hr|i|iframe|img|ins|li|mark|ol|p|pre"
    "|script|section|small|span|strong|style|sub|sup|table|tbody|td|th|thead|think|thinking|tr|u|ul"
)
_STARS = r"(?:(?<![\w*])\*\*|\*\*(?:(?<=\w{4}\*\*)|(?<=[^\w\s*]\*\*))(?!\w))(?!\*)"
"""Not within a word, nor right behind a short one: `f**k`."""
_LINES = r"(?<!\w)__(?:(?!\w)|(?=[^\W\d_]+(?:['’-][^\W\d_]+)*(?:[,.;:!?]|\s)))|__(?<=[^\W\d_]{4}__)(?!\w)"
"""Not in names of programs: `__init__`, `my__name`."""
_RAW = late(
    r"\*\*[ \t]*\*\*|__[ \t]*__"
    rf"|(?P<emphasis>(?:{_STARS}|(?<!\S)\*{{3}}(?!\S)|{_LINES})[^\n\0]{{0,30}}(?!\w))"
    r"|(?P<link>(?<![\w!])\[[^\[\]\n\0]{1,60}\](?:\((?:https?:|/|www\.)[^\s\0]{0,40}|(?<=[^\W\d_]\])\[[\w-]{1,20}\](?!\()))"
    r"|(?P<parted>(?<![\w!])\[[^\[\]\n\0]{1,60}\] \((?:https?://|www\.)[^\s()\0]{0,60}\)"
    r"|\([^()\n\0]{1,60}\)\[(?:https?://|www\.)[^\s\[\]\0]{0,60}\])"
    r"|(?P<fence>```\w*|^~{3,}[\w#.+-]*$)"
    r"|(?P<struck>~~(?=\w)[^\n~\0]{1,40}~~)"
    r"|^(?P<table>\|[^\n|]*\|[^\n\0]{0,30}(?!\w))"
    rf"|(?P<html></?(?:{_TAGS})(?:\s[^<>\n]{{0,60}})?/?>)"
    r"|^(?P<list>[•◦▪‣]\s?[^\n\0]{0,30}(?!\w))"
    r"|^(?P<numbers>\d{1,2}\)\s[^\n\0]{1,30}(?!\w))"
    r"|(?P<newline>(?-i:(?:(?<=[.!?,;\]\"”’\0])|^)(?:\\[rn])+|(?:\\[rn])+(?=[A-Z\W]|$)))",
    re.MULTILINE | re.IGNORECASE,
)
"""An emphasis without words, which has a rule of its own, and the others by their kinds."""
_HINTS = {
    "emphasis": "Write **words**, with both pairs of stars close to the words; or take the signs out.",
    "link": "Write [words](https://...).",
    "parted": "Write [words](https://...): the words in square brackets, and no blank behind them.",
    "fence": "Take it out, or end it with a line of ``` as well. Code in a list has no empty line.",
    "struck": "Nothing is struck out here: take the words out, or the signs.",
    "table": "Write the line `| --- | --- |` below the first row of the table, and an empty line above it.",
    "html": "HTML is shown as text: take it out. If the story is about it, write it between backticks.",
    "list": "Begin each item with `- `.",
    "numbers": "Begin the items with `1. `, `2. ` and so on.",
    "newline": "Begin a new line or a paragraph there. If the story is about it, write it between backticks.",
}
_IN_HEADINGS = ("emphasis", "link", "fence", "struck", "newline")
"""A headline may name an HTML element, and has no way to mark it as code."""
_OF_LINES = ("table", "list", "numbers")
"""Kinds reported once per text, since one line says enough."""
_PAIRED = late(
    r"<(?P<tag>a|b|big|em|font|h[1-6]|i|li|mark|ol|p|small|span|strong|sub|sup|u|ul)(?:\s[^<>\n]{0,60})?>"
    r"(?=[^\n]{1,300}</(?P=tag)>)",
    re.IGNORECASE,
)
"""A tag of type that is closed behind its words. One alone, or a program's, may be what a headline is about."""
_PLAIN_HINT = "Take the signs out: what stands here is shown as it is written."
_REFERENCE = late(r"&(?:#\d{2,6}|#[xX][\da-fA-F]{2,6}|[A-Za-z]{2,8}\d?);(?!#|[A-Za-z]{2,8};)")
"""How HTML writes a character by its name or number; not `&amp;` before `lt;`, which is about just that."""


def raw_markup(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Searches the words that a page would show, so that working markup is never reported."""
    for path, text in _as_written(item):
        for found in _REFERENCE.finditer(text) if "&" in text else ():
            sign = html.unescape(found[0]).replace("\xa0", " ")
            if sign.isprintable() and not sign.endswith(";") and not ODD.search(sign):
                what = f"`{found[0]}` is shown with its signs"
                yield in_text(path, text, found.start(), found[0], what, f"Write `{sign}`.", sign)
    for path, text in headings(item):
        for found in _RAW.finditer(text) if any(sign in text for sign in _SIGNS) else ():
            if found.lastgroup in _IN_HEADINGS or not found.lastgroup:
                yield _told(path, text, found.start(), found[0].rstrip(), _PLAIN_HINT)
        for found in _PAIRED.finditer(text) if "</" in text else ():
            yield _told(path, text, found.start(), found[0], _PLAIN_HINT)
    for path, text in item.texts():
        for at, words, kind in _shown(text) if _may_have(text) else ():
            yield _told(path, text, at, words, _HINTS[kind])


def _as_written(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """The words of an item that are no Markdown, and those of its sources."""
    yield from drawn(item)
    for source in item.sources.values() if isinstance(item, Story) else ():
        for name in ("title", "label", "author"):
            yield ("citations", source.id, name), getattr(source, name) or ""
        for number, passage in enumerate(source.passages):
            yield ("citations", source.id, "passages", number), passage


def _told(path: Path, text: str, at: int, words: str, hint: str) -> Finding:
    return in_text(path, text, at, words, f"`{words}` is shown with its signs", hint)


def _may_have(text: str) -> bool:
    """Whether a quick look cannot rule such signs out."""
    if ("**" in text or "](" in text) and "`" not in text and "\\" not in text:
        text = _SOUND.sub(" ", text)
    return any(sign in text for sign in _SIGNS) or _NUMBERED.search(text) is not None


def _shown(text: str) -> Iterator[tuple[int, str, str]]:
    """Yield such signs of a text: their offset, the words behind them, and their kind."""
    shown = _words(text)
    found = [(mark.start(), mark[0].rstrip(), mark.lastgroup) for mark in _RAW.finditer(shown) if mark.lastgroup]
    kinds = Counter(kind for _, _, kind in found)
    places, told = _places(shown, text) if found else [], set[str]()
    for at, words, kind in found:
        if (kind in _OF_LINES and kind in told) or (kind == "numbers" and kinds[kind] == 1):
            continue
        told.add(kind)
        written = _written(words, text)
        yield _nearest(written, places[at], text), written, kind


def _words(text: str) -> str:
    """The words of a text as its page shows them, with its line breaks and without code."""
    unescaped = _ESCAPED.sub(_MEANT, text) if "\\" in text else text
    made = _CODE.sub(_EDGE, prose.parse(unescaped).html)
    return html.unescape(_INLINE.sub(_EDGE, _BLOCK.sub("\n", made)))


def _written(words: str, text: str) -> str:
    """The longest beginning of some words that a text has verbatim."""
    while len(words) > 1 and words not in text:
        words = words[:-1]
    return words


_REACH = 24
"""Most characters of markup between two that a page shows side by side."""
_UNSHOWN = late(rf"`[^`\n]*`|\]\([^)\n]*\)|\[{CITED}\]")


def _places(shown: str, text: str) -> list[int]:
    """Rough offsets in the text of each character that a page shows, in order and past what is not shown."""
    bare = _UNSHOWN.sub(lambda found: _EDGE * len(found[0]), text)
    where = [at for at, sign in enumerate(bare) if sign != _EDGE]
    kept, at, places = bare.replace(_EDGE, ""), 0, list[int]()
    for sign in shown:
        place = -1 if sign == _EDGE or sign.isspace() else kept.find(sign, at, at + _REACH)
        places.append(where[place] if place >= 0 else where[at] if at < len(where) else len(text))
        at = place + 1 if place >= 0 else at
    return places


def _nearest(words: str, at: int, text: str) -> int:
    """The occurrence of words in a text that is closest to an offset."""
    before, behind = text.rfind(words, 0, at + len(words)), text.find(words, at)
    if before < 0 or behind < 0:
        return max(before, behind, 0)
    return before if at - before <= behind - at else behind
