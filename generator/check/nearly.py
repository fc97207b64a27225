"""Near misses of citations, which would be shown as words: a footnote, an id in other brackets, a tool's mark."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.check.reading import blank, own_words
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.texts.patterns import late

Mark = tuple[int, str, str]
"""Offset, the text as written, and a hint."""

_GOES_ON = r"(?![(\[:]|\.\w|->|\s?[=+*/<>])"
"""Not followed by signs of a program, as in `arr[1] = 5`."""
_FOOTNOTE = re.compile(rf"\[(?:\^[\w-]+\](?![(:])|(?<=[\w%.,;:!?\"”)]\[)\d{{1,2}}\](?:\[\d{{1,2}}\])*{_GOES_ON})")
"""`[^1]`, and `[1]` or `[1][2]` right behind a word or a stop."""
_FOOTNOTE_APART = re.compile(
    rf"\[(?:(?<=[.!?\"”)] \[)|(?<![^\n]\[)|(?<=[\w%,;:] \[)(?=\d{{1,2}}\]\[\d))"
    rf"[1-9]\d?\](?:[ ,]{{0,2}}\[\d{{1,2}}\])*{_GOES_ON}"
)
"""The same after a stop and a blank, or at the start of a line; a single one after a word may be a seed."""
_IN_A_PROGRAM = re.compile(r"(?:\w*_\w*|\$\w+)\[|\w+(?:\[\d+\])*\[0\]")
"""`my_list[1]`, `arr[0]`: a name unlike any word, or a number that no footnote has."""
_WORD_BEFORE = re.compile(r"[\w$]+\Z")
_IDS = r"[a-z0-9/-]+(?:\s*[;,]\s*@?[a-z0-9/-]+)*"
_BRACKET = re.compile(rf"\[(?<![\]\w]\[)({_IDS})\](?![(\[:])")
_PARENTHESES = re.compile(rf"\((?<!\]\()@({_IDS})\)")
_IN_WORDS = re.compile(r"\((?<!\]\()([a-z0-9/-]+(?:\s*[;,]\s*[a-z0-9/-]+)+)\)")
"""`(council, herald)`; a single id in such brackets may be a word."""
_WIDE = re.compile(rf"【@?({_IDS})】")
_BEHIND_WORDS = re.compile(
    r"\[[A-Za-z][^\[\]@\n]{0,40}\s(@[a-z0-9/-]+(?:\s*;\s*@[a-z0-9/-]+)*)[^\[\]@\n]{0,40}\](?![(\[:])"
)
"""`[see @a]`, `[cf. @a, p. 3]`, which other programs accept."""
_BRACES = re.compile(rf"\{{@?({_IDS})\}}")
_TWICE = re.compile(rf"\[\[@?({_IDS})\]\]")
_BEHIND = re.compile(r"@(?<=[.!?]\s@)([a-z0-9][a-z0-9/-]*)")
_ENDING = re.compile(
    r"@(?<=[^\s.!?;,\[]\s@)(?<!\b(?:by|at|on|of|as|is|to)\s@)(?<!\b(?:and|for|via|was)\s@)(?<!\b(?:from|user|with)\s@)"
    r"(?<!\b(?:named|alias)\s@)(?<!\b(?:called|handle|follow|tagged)\s@)(?<!\b(?:account|channel|profile)\s@)"
    r"([a-z0-9](?:[a-z0-9/-]*[a-z0-9])?)(?=[.!?](?:\s|\Z)|\s*(?:\n|\Z))"
)
"""`Acme buys @wire.`; behind some words it is a handle."""
"""Lookbehinds follow the first sign of these patterns, so that only the places of that sign are visited."""
_NEAR = (
    re.compile(r"\[(?:\^|[a-z0-9/-]+\s*(?:[;,]|\](?!\()))"),
    re.compile(r"@(?<=[\s({【[]@)"),
    re.compile(r"\([a-z0-9/-]+\s*[;,]"),
    re.compile(r"[【{][a-z]"),
)
"""Each pattern needs one of these, which rules most texts out early.

Python finds patterns that begin with one sign many times as fast as those with a choice of two.
"""
_APART = re.compile(r"`[^`]*`|\[@[^\]\n]*\]")
_DRAFTED = late(
    r"【\d[^】\n]*†[^】\n]*】|(?::?contentReference)?\[oaicite:[^\]\n]*\](?:\{index=\d+\})?|\[\d+†[^\]\n]*\]|\[\^\d+\^\]|"
    r"\[cite(?:_start|_end|: ?\d[\d, ]*)\]|(?:cite)?(?:turn\d+(?:search|news|view|fetch|file)\d+)+"
)
_TURN = re.compile(r"turn\d")


def nearly(text: str, item: Story | Edition, library: Library) -> Iterator[Mark]:
    """Yield all such marks of a text. Imported ones may have brackets of their own, and are judged less strictly."""
    if not item.imported:
        yield from drafted(text)
    if not any(near.search(text) for near in _NEAR):
        return
    bare = _APART.sub(blank, text)
    yield from _footnotes(bare)
    if not item.imported:
        yield from _footnotes_apart(bare, text)
    ids = citable(item, library)
    yield from _citing(_TWICE, text, ids)
    bare = _TWICE.sub(blank, bare)
    for pattern in (_BRACKET, _PARENTHESES, _IN_WORDS, _WIDE, _BRACES, _BEHIND_WORDS):
        yield from _citing(pattern, bare, ids)
    apart = _BEHIND_WORDS.sub(blank, bare)
    for pattern in (_BEHIND, _ENDING):
        yield from _citing(pattern, apart, ids)


def _citing(pattern: re.Pattern[str], bare: str, ids: set[str]) -> Iterator[Mark]:
    """Matches of a pattern that name nothing but ids."""
    for found in pattern.finditer(bare):
        named = [name.strip().removeprefix("@") for name in re.split(r"[;,]", found[1])]
        is_handle = pattern is _PARENTHESES and bare[: found.start()].rstrip().lower().endswith(named[0])
        if ids.issuperset(named) and not is_handle:  # `Page (@page) wrote`
            yield found.start(), found[0], f"Write [{'; '.join(f'@{name}' for name in named)}]."


def drafted(text: str) -> Iterator[Mark]:
    """Marks that drafting tools write for citations, and that mean nothing to readers."""
    is_near = "†" in text or "[oaicite:" in text or "[cite" in text or "^]" in text or "【" in text
    if is_near or _TURN.search(text):
        for found in _DRAFTED.finditer(own_words(text)):
            yield (
                found.start(),
                text[slice(*found.span())],
                "A drafting tool left it: write [@id], the source it stood for.",
            )


def _footnotes(text: str) -> Iterator[Mark]:
    for found in _FOOTNOTE.finditer(text):
        before = _WORD_BEFORE.search(text, max(0, found.start() - 80), found.start())
        word = before[0] if before else ""
        if not _IN_A_PROGRAM.match(f"{word}{found[0]}"):
            hint = "There are no footnotes: write [@id], with an id of `citations`."
            is_behind_a_word = bool(word) and found[0][1] != "^"
            hint += f" What is code stands between backticks: `{word}{found[0]}`." * is_behind_a_word
            yield found.start(), found[0], hint


def _footnotes_apart(bare: str, text: str) -> Iterator[Mark]:
    """Outside quotations, whose footnotes may be those of their source."""
    found = [(mark.start(), mark[0]) for mark in _FOOTNOTE_APART.finditer(bare)]
    own = own_words(text) if found else ""
    for start, written in found:
        if own[start] == "[":
            yield start, written, "There are no footnotes: write [@id], with an id of `citations`."


def citable(item: Story | Edition, library: Library) -> set[str]:
    """The ids that an item can cite: of its sources, or of its stories' sources with the stories' names."""
    if isinstance(item, Story):
        return set(item.sources)
    stories = ((slug, library.stories[slug]) for slug in item.stories if slug in library.stories)
    return {f"{slug}/{id_}" for slug, story in stories for id_ in story.sources}
