"""Link the first occurrence of each glossary term on a page to its explanation.

One pattern serves the whole site. Each page keeps the ids that it has explained, text by text, in the order in which
its template shows them, so that the same page always comes out the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from itertools import chain

from markupsafe import escape

from generator.model.vocabulary import Term
from generator.prose import HEADING_TAG
from generator.texts.patterns import late
from generator.texts.quoting import CLOSED_BY

_NO_SPACES = late("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Letters of scripts in which a word may run on into the next (Hangul, Kana, Han)."""
_LEFT_ALONE = {"a", "code", "pre", "blockquote", HEADING_TAG}
"""Elements in which nothing is explained."""
_BLOCKS = {"p", "li", "td", "th", "blockquote"}
"""Elements whose borders end a quotation, whether it was closed or not."""
_TAG_NAME = re.compile(r"</?([a-z0-9-]+)")
_QUOTES = "".join(sorted({*CLOSED_BY, *"".join(CLOSED_BY.values())}))


class Terms:
    """Finds the terms of a glossary. Accepts any HTML with markers (see `generator.prose`) without raising."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._known = {_folded(written): term for term in terms for word in term.words for written in _written(word)}
        words = _pattern(self._known)
        self._any = re.compile(words)
        self._token = re.compile(rf"<[^>]*>|&#?\w+;|[{_QUOTES}]|{words}")

    def on_page(self, glossary: str, plain: Iterable[str] = ()) -> Callable[[str], str]:
        """A function that explains terms in a page's texts, called on one after the other; each term once.

        `glossary` is the relative address of the glossary from the page; terms named in `plain` are left alone.
        """
        if not self._known:
            return str
        explained = set(plain)

        def explain(markup: str) -> str:
            if all(self._known[_folded(found)].id in explained for found in self._any.findall(markup)):
                return markup
            return self._token.sub(_Reader(self._known, explained, glossary).token, markup)

        return explain


class _Reader:
    """Reads one text, token by token, and keeps track of where a term may be explained."""

    def __init__(self, known: dict[str, Term], explained: set[str], glossary: str) -> None:
        self._known, self._explained, self._glossary = known, explained, glossary
        self._depth = 0
        self._quoted = ""

    def token(self, found: re.Match[str]) -> str:
        text = found[0]
        if text.startswith("<"):
            self._tag(text)
        elif text in _QUOTES:
            self._quote(text)
        elif not (text.startswith("&") or self._depth or self._quoted):
            return self._explain(text)
        return text

    def _tag(self, tag: str) -> None:
        name = _TAG_NAME.match(tag)
        if name and name[1] in _LEFT_ALONE:
            self._depth += -1 if tag.startswith("</") else 1
        if name and name[1] in _BLOCKS:
            self._quoted = ""

    def _quote(self, mark: str) -> None:
        if not self._quoted:
            self._quoted = mark if mark in CLOSED_BY else ""
        elif mark in CLOSED_BY[self._quoted]:
            self._quoted = ""

    def _explain(self, word: str) -> str:
        term = self._known[_folded(word)]
        if term.id in self._explained:
            return word
        self._explained.add(term.id)
        where = f"{self._glossary}#term-{term.id}"
        return f'<a class="term" href="{where}" data-meaning="{escape(term.meaning)}">{word}</a>'


def _folded(text: str) -> str:
    return " ".join(text.split())


def _written(word: str) -> Iterable[str]:
    """A word as HTML, also with the initial capital of a sentence."""
    plain = str(escape(word)).replace("&#39;", "'").replace("&#34;", '"')
    curly = plain.replace("'", "’")
    return {word[:1].upper() + word[1:] for word in (plain, curly)} | {plain, curly}


def _pattern(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first, unless it is part of a longer word.

    A look-ahead for their first letters comes first, so that most places in a text are skipped at once.
    """
    longest = sorted(words, key=lambda word: (-len(word), word))
    free = [word for word in longest if _NO_SPACES.search(word)]
    bound = [word for word in longest if not _NO_SPACES.search(word)]
    patterns = [*map(_blanks, free)]
    if bound:
        first = re.escape("".join(sorted({word[0] for word in bound})))
        patterns.append(rf"(?<![\w-])(?=[{first}])(?:{'|'.join(map(_blanks, bound))})(?![\w-])")
    return "|".join(patterns) or r"(?!)"


def _blanks(word: str) -> str:
    """A word whose spaces may be line breaks."""
    return r"\s+".join(map(re.escape, word.split()))


def plain_terms(items: Iterable[Iterable[str]]) -> frozenset[str]:
    """The terms that a page's edition or any of its stories wants left alone."""
    return frozenset(chain.from_iterable(items))
