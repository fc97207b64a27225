"""Rules on complete texts: nothing empty, cut off or garbled."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from generator.check.reading import CITATION, SAMPLE, all_words, blank, blocks, headings
from generator.check.rules import Finding, in_text
from generator.check.unclosed import unclosed
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.texts.patterns import late

_EMPTY_STARS = r"\*(?<![\w*\\]\*)(?:\*[ \t]*\*\*|[ \t]+\*(?=[\s.,;:)]|$))(?![\w*])"
_EMPTY_LINES = r"_(?<![\w*\\]_)_[ \t]*__(?![\w*])"
_EMPTY_EMPHASIS = late(f"{_EMPTY_STARS}|{_EMPTY_LINES}")
_EMPTY = re.compile(_EMPTY_STARS), re.compile(_EMPTY_LINES)
"""The two halves of `_EMPTY_EMPHASIS`: patterns that begin with one literal are searched far faster."""
_CODE = re.compile(r"`[^`\n]*`")
_GARBLED = late("[\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{2,}")
_CUT = late(r"(?:\.\.\.|…|\[…\]|\[\.\.\.\]|[,;(\[–—-])[ \t]*\Z")
_ENDED = late(r"[.!?:;…)\]\"'”’»*_`|。！？؟۔।]\Z")
_LEAST_WORDS = 6
"""A paragraph of fewer words may be a label, which needs no full stop."""
_CAPTION = late(r"[^\W\d_]+\s\d+[a-z]?[:.]\s")
"""Beginning of the caption of a figure or a table, in any language."""
_SET_LINES, _SET_WIDTH = 3, 50
"""A paragraph of at least this many lines, none longer than this, has its line breaks on purpose, like an address."""


def empty_emphasis(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in item.texts():
        if not any(empty.search(text) for empty in _EMPTY):
            continue  # no block has any then
        covered = _CODE.sub(_covered, text)
        for block in blocks(text):
            if block.kind != "code" and not block.is_line:
                at = block.start
                for found in _EMPTY_EMPHASIS.finditer(_CODE.sub(_covered, block.text)):
                    at = _next_empty(found[0], covered, at)
                    hint = "Write the words between the marks, or take the marks out."
                    yield in_text(path, text, at, found[0], "an emphasis has no words", hint)
                    at += len(found[0])


def _covered(found: re.Match[str]) -> str:
    """Replace code with letters, so that its marks do not count, and marks around it are not empty."""
    return "x" * len(found[0])


def _next_empty(marks: str, text: str, at: int) -> int:
    """Offset of the next empty emphasis with these marks; the same marks may also be part of a word."""
    there = (found.start() for found in _EMPTY_EMPHASIS.finditer(text, at) if found[0] == marks)
    return next(there, text.find(marks, at))


def empty_section(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """A heading with nothing below it, or a text of citations only."""
    for path, text in item.texts():
        if text[:1].isalpha() and "#" not in text:
            continue  # it begins with a paragraph, and has no heading
        found = blocks(text)
        if not any(block.words for block in found if block.kind != "heading"):
            yield Finding(path, "the text has no words", "Write them, or take the field out.")
            continue
        if "#" not in text:
            continue
        for block, after in pairwise((*found, None)):
            if block and block.kind == "heading" and (after is None or (after.kind == "heading")):
                what = f"the section `{block.words[:SAMPLE]}` is empty"
                yield in_text(
                    path, text, block.start, block.beginning, what, "Write its text, or take the heading out."
                )


def cut_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in headings(item):
        if found := _CUT.search(text):
            yield _cut(path, text, len(text), found[0])
    for path, text in item.texts():
        yield from unclosed(path, text)
        for block, after in pairwise((*blocks(text), None)):
            if not block or block.kind not in ("paragraph", "item") or block.is_line or block.text.startswith(">"):
                continue  # block quotations, also those in a list
            words, end = block.words, after.start if after else len(text)
            if "[@" in words:
                continue  # an unclosed citation, which has a rule of its own
            if block.kind == "item" and after and after.kind == "item" and words.endswith((",", ";")):
                continue  # a list that is one sentence
            if found := _CUT.search(words):
                yield _cut(path, text, end, found[0])
            elif block.kind == "paragraph" and not _ENDED.search(words) and not _is_label(words):
                yield _cut(path, text, end, words.split()[-1])


def _is_label(words: str) -> bool:
    """Whether words need no full stop: a few words, a caption, or an address in short lines."""
    lines = words.split("\n")
    return (
        len(words.split()) < _LEAST_WORDS
        or _CAPTION.match(words) is not None
        or (len(lines) >= _SET_LINES and all(len(line) <= _SET_WIDTH for line in lines))
    )


def _cut(path: Path, text: str, end: int, last: str) -> Finding:
    """A finding that a text breaks off with certain words, the last ones before an offset but for citations."""
    last = last.strip()[:SAMPLE]
    at = CITATION.sub(blank, text[:end]).rfind(last)
    hint = "Write the sentence to its end, with its full stop."
    return in_text(path, text, max(at, 0), last, f"the text breaks off at `{last}`", hint)


def garbled_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """UTF-8 decoded as Windows code page 1252: `Ã©` for `é`."""
    for path, text in all_words(item):
        if text.isascii():
            continue
        for found in _GARBLED.finditer(text):
            if (meant := _ungarbled(found[0])) is not None:
                what = f"`{found[0]}` is `{meant}`, read with the wrong encoding"
                yield in_text(path, text, found.start(), found[0], what, f"Write {meant}", meant)


def _ungarbled(run: str) -> str | None:
    try:
        data = b"".join(c.encode("latin-1") if "\x80" <= c <= "\xff" else c.encode("cp1252") for c in run)
        return data.decode("utf-8")
    except UnicodeError:
        return None


def mixed_scripts(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Cyrillic letters in Latin words look right but no search finds them (Unicode UTS 39)."""
    for path, text in headings(item):
        if text.isascii():
            continue
        for found in re.finditer(r"[^\W\d_]+", text):
            word = found[0]
            if not word.isascii() and (odd := _odd_letters(word)):
                what = f"`{word}` mixes alphabets: {', '.join(odd)}"
                hint = "Write the word anew, with the letters of one alphabet."
                yield in_text(path, text, found.start(), word, what, hint)


_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
"""Alphabets with similar letters. Others may mix in one word, as in Japanese."""


def _odd_letters(word: str) -> list[str]:
    """The letters of the rarer alphabets of a word, each with its name; none if there is only one."""
    scripts: dict[str, list[str]] = {}
    for letter in word:
        name = unicodedata.name(letter, "")
        if (script := name.partition(" ")[0]) in _ALIKE:
            scripts.setdefault(script, []).append(f"{letter} is {name.title()}")
    most = max(scripts, key=lambda script: len(scripts[script]), default="")
    return [told for script, letters in scripts.items() if script != most for told in letters]
