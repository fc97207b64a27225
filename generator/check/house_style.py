"""Rules on the house style, if the newsletter has one: quotation marks and dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.reading import all_words
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.texts.patterns import CITED, late

_APART = re.compile(rf"\]\([^)\n]*\)|\[{CITED}\]|`[^`\n]*`|https?://\S+")
"""Places where marks are not typography: addresses, citations, code."""
_TOKEN = re.compile(r"\S+")
_STRAIGHT = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'')
_OPENING = late(r"(?:(?<=[\s(\[*_—–/-])|^)([\"'])(?=[^\s\d]|\d[^\s]*\"|\d)")
_DASH = late(r"(?<![\s|])(?:[ \u00a0](?:--?|[–—])[ \u00a0]|--|—)(?![\s|])")
DASHES = {"en": " – ", "em": "—", "spaced-em": " — "}
_NEAR = 20


def house_quotes(item: Story | Edition, library: Library) -> Iterator[Finding]:
    style = library.newsletter.style
    change = {"curly": _curled, "straight": _straightened}.get(style.quotes or "") if style else None
    for path, text in all_words(item) if change else ():
        apart = [found.span() for found in _APART.finditer(text)]
        for token in _TOKEN.finditer(text):
            if change and (better := change(token[0])) != token[0] and not _is_apart(token.start(), token.end(), apart):
                what = f"the quotation marks of `{token[0][:60]}` are not those of the house"
                yield in_text(path, text, token.start(), token[0], what, f"Write {better}", better)


def house_dashes(item: Story | Edition, library: Library) -> Iterator[Finding]:
    style = library.newsletter.style
    dash = DASHES[style.dashes] if style and style.dashes else None
    for path, text in all_words(item) if dash else ():
        apart = [found.span() for found in _APART.finditer(text)]
        for found in _DASH.finditer(text):
            if dash and found[0].replace("\u00a0", " ") != dash and not _is_apart(found.start(), found.end(), apart):
                before = text[max(0, found.start() - _NEAR) : found.start()].rsplit(None, 1)[-1]
                after = text[found.end() : found.end() + _NEAR].split(None, 1)[0]
                better = f"{before}{dash}{after}"
                what = f"the dash of `{before}{found[0]}{after}` is not that of the house"
                start, words = found.start() - len(before), f"{before}{found[0]}{after}"
                yield in_text(path, text, start, words, what, f"Write {better}", better)


def _is_apart(start: int, end: int, apart: list[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in apart)


def _straightened(token: str) -> str:
    return token if token.isascii() else token.translate(_STRAIGHT)


def _curled(token: str) -> str:
    """Curly marks: one at the start of a word opens, any other closes or is an apostrophe."""
    if '"' not in token and "'" not in token:
        return token
    opened = _OPENING.sub(lambda found: "“" if found[1] == '"' else _single(token, found), token)
    return opened.replace('"', "”").replace("'", "’")


def _single(token: str, found: re.Match[str]) -> str:
    """`'90s` has an apostrophe; `'word` opens."""
    return "’" if token[found.end() : found.end() + 1].isdigit() else "‘"
