"""Turn straight quotation marks into typographic ones, by the language of the newsletter.

Only the author's own text on a page is changed. Code, addresses and passages of sources stay as they were written, and
so does the text that is used to find a quotation in its source.
"""

from __future__ import annotations

import re
from functools import lru_cache

MARKS = {
    "ar": "” “ ’ ‘",
    "cs": "„ “ ‚ ‘",
    "da": "“ ” ‘ ’",
    "de": "„ “ ‚ ‘",
    "en": "“ ” ‘ ’",
    "es": "« » “ ”",
    "fi": "” ” ’ ’",
    "fr": "«\u202f \u202f» “ ”",
    "he": "” ” ’ ’",
    "it": "« » “ ”",
    "ja": "「 」 『 』",
    "ko": "“ ” ‘ ’",
    "nl": "“ ” ‘ ’",
    "pl": "„ ” « »",
    "pt": "“ ” ‘ ’",
    "ru": "« » „ “",
    "sv": "” ” ’ ’",
    "tr": "“ ” ‘ ’",
    "uk": "« » „ “",
    "zh": "“ ” ‘ ’",
}
"""Outer and inner marks by language (Unicode CLDR, delimiters), separated by spaces.

Text in any other language is left unchanged."""
APOSTROPHE = "’"
_TOKEN = re.compile(r"<[^>]*>|[\"']")
_PLAIN_TOKEN = re.compile(r"[\"']")
_TAG = re.compile(r"<[^>]*>")
NEAR = 256
"""Number of texts cached as they were set: a story's are on its own page and soon after on an edition's."""
_NAME = re.compile(r"</?([a-z0-9-]+)")
_AS_WRITTEN = {"code", "pre", "kbd", "samp", "script", "style", "textarea", "svg", "math"}
_INLINE = {"a", "em", "strong", "b", "i", "span", "cw-cite"}
_OPENS_AFTER = " \t\n\xa0\u202f([{-–—/“„«‘‚「『"
"""Characters after which a mark opens; after any other it closes."""


class Quotes:
    """Sets the quotation marks of one language."""

    def __init__(self, language: str) -> None:
        marks = MARKS.get(language.split("-", maxsplit=1)[0])
        self._marks = marks.split(" ") if marks else None
        self.html = lru_cache(maxsize=NEAR)(self._html)

    def _html(self, markup: str) -> str:
        """A text as HTML, with markers (see `generator.prose`); tags and code are left unchanged."""
        words = _TAG.sub("", markup)  # most texts have no marks outside of tags
        return self._set(markup, _TOKEN) if '"' in words or "'" in words else markup

    def plain(self, text: str) -> str:
        """A line without markup, such as a headline."""
        return self._set(text, _PLAIN_TOKEN)

    def _set(self, text: str, token: re.Pattern[str]) -> str:
        if self._marks is None or ('"' not in text and "'" not in text):
            return text
        return token.sub(_Setter(self._marks).token, text)


class _Setter:
    """Goes through one text from mark to mark, and keeps track of those open."""

    def __init__(self, marks: list[str]) -> None:
        self._marks = marks
        self._open: list[str] = []
        self._before = ""
        self._end = 0
        self._code = 0

    def token(self, found: re.Match[str]) -> str:
        text, start = found[0], found.start()
        if start > self._end:
            self._before = found.string[start - 1]
        self._end = found.end()
        if text[0] == "<" and len(text) > 1:
            self._tag(text)
            return text
        if self._code:
            return text
        after = found.string[self._end : self._end + 1]
        mark = self._double() if text == '"' else self._single(after)
        self._before = mark[-1]
        return mark

    def _tag(self, tag: str) -> None:
        found = _NAME.match(tag)
        name = found[1] if found else ""
        if name in _AS_WRITTEN:
            self._code += -1 if tag.startswith("</") else 1
            self._before = "x"
        elif name not in _INLINE:
            self._open.clear()
            self._before = ""

    def _double(self) -> str:
        opens = not self._before or self._before in _OPENS_AFTER
        if opens and '"' not in self._open:
            self._open.append('"')
            return self._marks[0]
        if '"' in self._open:
            del self._open[self._open.index('"') :]
            return self._marks[1]
        return '"'  # inches, or a mark without an opening one

    def _single(self, after: str) -> str:
        opens = not self._before or self._before in _OPENS_AFTER
        if opens and after.isalpha() and "'" not in self._open:
            self._open.append("'")
            return self._marks[2]
        if "'" in self._open and not after.isalnum():
            del self._open[self._open.index("'") :]
            return self._marks[3]
        if self._before.isdigit() and not after.isalpha():
            return "'"  # feet
        return APOSTROPHE if self._before.isalnum() or after.isalnum() else "'"
