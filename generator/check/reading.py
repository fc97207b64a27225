"""Texts as rules read them: blocks, the writer's own words, and the fields that have them.

Texts are parsed once however many rules ask.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from operator import contains
from typing import Literal

from msgspec import Struct

from generator.check.language import NUMBER, Language, Turn, language
from generator.model.content import Edition, Story
from generator.model.problems import Path
from generator.texts.fences import fenced, without_code
from generator.texts.language import has_capital_nouns
from generator.texts.patterns import CITED, late

NEAR = 256
"""Size of the caches, enough for the item being judged. A larger one would only slow garbage collection."""

SAMPLE = 60
"""Most characters of a text that a finding repeats."""

Kind = Literal["paragraph", "item", "heading", "quotation", "table", "code"]

_MARK = re.compile(r"[ \t]*(?:(#{1,6})(?=[ \t]|$)|(>)|(\|)|([-*+]|\d{1,3}[.)])(?=[ \t]))[ \t]*")
_LINE = re.compile(r"[-*_ \t]{3,}\Z")
_KINDS: tuple[Kind, ...] = ("heading", "quotation", "table", "item")
_QUOTED = late(
    r"\"[^\"\n]{1,400}\"|“[^”\n]{1,400}”|«[^»\n]{1,400}»|„[^“”\n]{1,400}[“”]|»[^«»\n]{1,400}«"
    r"|(?<!\w)‘[^‘\n]{1,400}?’(?!\w)|(?<!\w)‚[^‘‚\n]{1,400}?‘(?!\w)"
)
_OPENING = '"“«„»‘‚'
_UNSAID = late(rf"\]\([^)\n]*\)|\[{CITED}\]|`[^`\n]*`|(?m:^[ \t]*>.*$)")
"""Parts of a text that are not the writer's words: addresses, citations, code, block quotations."""
CITATION = re.compile(rf"\[({CITED})\]")


class Block(Struct, frozen=True):
    """A block of a text, such as a paragraph, a list item or a heading."""

    kind: Kind
    text: str
    """The text without its block marks, in one or more lines."""
    start: int
    """Offset in the whole text."""

    @property
    def words(self) -> str:
        """The block without its citations."""
        return CITATION.sub("", self.text).strip() if "[@" in self.text else self.text.strip()

    @property
    def beginning(self) -> str:
        """The first words of the block, where a finding on all of it is placed."""
        return self.text.split("\n", 1)[0][:SAMPLE].rstrip()

    @property
    def is_line(self) -> bool:
        """Whether it is a horizontal rule."""
        return _LINE.match(self.text) is not None


class Phrase(Struct, frozen=True):
    """A turn of phrase in the writer's own words."""

    kind: str
    written: str
    start: int
    end: int


@lru_cache(maxsize=NEAR)
def blocks(text: str) -> tuple[Block, ...]:
    """The blocks of a text of Markdown, in reading order."""
    found: list[tuple[Kind, list[str], int]] = []
    gap, at, code, ends = True, 0, dict(fenced(text)), -1
    for line in text.split("\n"):
        ends = code.get(at, ends)
        if at < ends:
            _add(found, "code", line, at, begins=at in code)
            gap = at + len(line) >= ends
        elif not line.strip():
            gap = True
        else:
            mark = _MARK.match(line)
            kind = _KINDS[(mark.lastindex or 1) - 1] if mark else "paragraph"
            begins = gap or kind in ("heading", "item") or (found[-1][0] == "heading")
            if not begins and kind != found[-1][0] and kind == "paragraph":
                kind = found[-1][0]
            words = mark.end() if mark else 0
            _add(found, kind, line[words:], at + words, begins or kind != found[-1][0])
            gap = False
        at += len(line) + 1
    return tuple(Block(kind, "\n".join(lines), start) for kind, lines, start in found)


def _add(found: list[tuple[Kind, list[str], int]], kind: Kind, line: str, at: int, begins: bool) -> None:
    if begins or not found:
        found.append((kind, [], at))
    found[-1][1].append(line)


def own_words(text: str) -> str:
    """Return the text with quotations, addresses and code blanked out, at the same length."""
    text = without_code(text)  # first, since quotation marks in code have no partner
    if any(mark in text for mark in _OPENING):
        text = _QUOTED.sub(blank, text)
    return _UNSAID.sub(blank, text) if "[" in text or "`" in text or ">" in text else text


def blank(found: re.Match[str]) -> str:
    """Replace a match with as many blanks, so that what follows keeps its offset."""
    return " " * len(found[0])


@lru_cache(maxsize=NEAR)
def phrases(text: str, tag: str) -> tuple[Phrase, ...]:
    """The turns of phrase of a text, in reading order; none if the language of the tag is not known."""
    known = language(tag)
    if known is None:
        return ()
    candidates = known.phrases.keys() & _words_of(text.lower())
    own = own_words(text).lower().replace("’", "'") if candidates else ""
    if len(own) != len(text):  # no candidate, or a letter that becomes two in lower case
        return ()
    found = (phrase for word in candidates for phrase in _phrases_from(word, text, own, known))
    if not has_capital_nouns(tag):
        found = (phrase for phrase in found if phrase.kind in NAMING or not _is_name(text, phrase.start))
    return tuple(sorted(found, key=lambda phrase: phrase.start))


_WORD = re.compile(r"[\w'-]*\w")
_LAST = re.compile(r"[\w'-]*\w(?=[\s,]*\Z)")
NAMING = ("reporting", "according")
_LONGEST = 60
"""Most characters of the words that follow the first one of a phrase."""


def _words_of(text: str) -> list[str]:
    """The words of a text, split fast and roughly: candidates are checked again."""
    for mark in ".,:;?!)(\"*'’“”":
        text = text.replace(mark, " ")
    return text.split()


def _phrases_from(word: str, text: str, own: str, known: Language) -> Iterator[Phrase]:
    """Every phrase that begins with a word."""
    start = own.find(word)
    while start >= 0:
        end = start + len(word)
        alone = not (own[start - 1 : start].isalnum() or own[end : end + 1].isalnum()) and own[end : end + 1] != "-"
        if alone and own[start - 1 : start] != "-" and (phrase := _phrase_at(own, start, end, known, word)):
            kind, end = phrase
            yield Phrase(kind, text[start:end], start, end)
        start = own.find(word, end)


def _phrase_at(own: str, start: int, end: int, known: Language, word: str) -> tuple[str, int] | None:
    """The kind and the end of the phrase whose first word is at a place."""
    turns = known.phrases[word]
    following = list(islice(_WORD.finditer(own, end, end + _LONGEST), len(turns[0].rest) + 1))  # the longest is first
    said = [found[0].removesuffix("'s") for found in following]
    for turn in turns:
        length = len(turn.rest)
        fits = length <= len(said) and all(map(contains, turn.rest, said))
        if fits and not _is_barred(turn, own[max(0, start - _LONGEST) : start], said, known):
            return turn.kind, following[length - 1].end() if length else end
    return None


def _is_barred(turn: Turn, before: str, said: list[str], known: Language) -> bool:
    """Whether the word before or after a phrase changes its meaning."""
    last = _LAST.search(before) if turn.not_behind else None
    after = said[len(turn.rest)] if len(said) > len(turn.rest) else ""
    return _is_one_of(last[0] if last else "", turn.not_behind, known) or _is_one_of(after, turn.not_before, known)


def _is_one_of(word: str, words: frozenset[str], known: Language) -> bool:
    is_number = word[:1].isdigit() or word.partition("-")[0] in known.numbers
    return word in words or (is_number and NUMBER in words)


def _is_name(text: str, start: int) -> bool:
    """Whether a capitalised word follows another one, as in `Business News Today`."""
    before = text[max(0, start - 40) : start].split()
    return text[start].isupper() and bool(before) and before[-1][:1].isupper() and before[-1][-1:].isalnum()


_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
SMALL_IN_TITLES = frozenset(
    """with from into over amid than that after before about against between under through without versus upon onto
    among toward towards until since during behind beyond""".split()
)
"""Long words that have no capital in Title Case."""


def long_words(text: str) -> list[str]:
    """The words of four letters or more, by whose capitals Title Case is known."""
    return _LONG_WORD.findall(text)


def headings(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """Words above the texts that appear without them: headline, dek, one-line summary, leads."""
    yield ("title",), item.title
    yield ("dek",), item.dek
    if isinstance(item, Edition):
        yield ("one_line",), item.one_line
        for index, focus in enumerate(item.focus):
            yield ("focus", index, "lead"), focus.lead
        for key, points in (("takeaways", item.takeaways), ("actions", item.actions)):
            for index, point in enumerate(points):
                yield (key, index, "lead"), point.lead


def heads(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """Headings, and what is new in a story: words that rest on the texts and cite nothing."""
    yield from headings(item)
    if isinstance(item, Story) and item.change:
        yield ("change",), item.change


def drawn(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """Words that rest on the texts: heads, why a story matters, its image's caption, notes on disputes."""
    yield from heads(item)
    if isinstance(item, Story):
        if item.importance:
            yield ("importance", "why"), item.importance.why
        if item.image and item.image.caption:
            yield ("image", "caption"), item.image.caption
        yield from _notes(item)


def _notes(story: Story) -> Iterator[tuple[Path, str]]:
    """The writer's notes on disputes."""
    for number, dispute in enumerate(story.disputed):
        if dispute.note:
            yield ("disputed", number, "note"), dispute.note


def _beside(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """The writer's own words beside headings and texts."""
    if isinstance(item, Edition):
        for index, question in enumerate(item.quiz):
            yield ("quiz", index, "question"), question.question
        return
    yield from _notes(item)
    for number, dispute in enumerate(item.disputed):
        yield ("disputed", number, "point"), dispute.point
        for which, version in enumerate(dispute.versions):
            yield ("disputed", number, "versions", which, "value"), version.value
    if item.change:
        yield ("change",), item.change
    if item.importance:
        yield ("importance", "why"), item.importance.why
    if item.image:
        yield ("image", "alt"), item.image.alt
        if item.image.caption:
            yield ("image", "caption"), item.image.caption


def all_words(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """Headings, the writer's words beside the texts, and the texts."""
    yield from headings(item)
    yield from _beside(item)
    yield from item.texts()
