"""The rule on house words: those for which the newsletter's list has better ones, or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from generator.check.reading import all_words, blank, own_words
from generator.check.rules import Finding, in_text, once
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.model.vocabulary import HouseWord

_BLANK = re.compile(r"\\?\s")
_ADDRESS = re.compile(r"https?://\S+")
_MARKUP = " \t\n*_#>-"


class _Avoided(Struct, frozen=True):
    form: str
    """As written in the list."""
    word: HouseWord

    @property
    def is_small(self) -> bool:
        return self.form[0].islower()


class _Listed(Struct, frozen=True):
    """The words to avoid, by each way of writing them."""

    of: Mapping[str, _Avoided]
    pattern: re.Pattern[str]
    """Matches these words, and names of the vocabularies that contain one."""


def house_words(item: Story | Edition, library: Library) -> Iterator[Finding]:
    listed = _listed(library)
    if listed is None:
        return
    for path, text in all_words(item):
        own = _ADDRESS.sub(blank, own_words(text)).replace("’", "'")
        for found in listed.pattern.finditer(own):
            avoided = listed.of.get(_one_line(found[0]))
            if avoided and not _is_meant(found, avoided):
                yield _finding(path, text, found, avoided)


def words_at_odds(words: Iterable[HouseWord]) -> Iterator[tuple[int, str]]:
    """Words in two entries of the list, each with the number of the later one."""
    known = dict[str, int]()
    written = dict[str, int]()
    for number, word in enumerate(words):
        for form in word.avoid:
            if form in known or form in written:
                yield number, form
            known[form] = number
        if word.write:
            if word.write in known:
                yield number, word.write
            written[word.write] = number


@once
def _listed(library: Library) -> _Listed | None:
    style = library.newsletter.style
    if style is None or not style.words:
        return None
    avoided = (_Avoided(form.replace("’", "'"), word) for word in style.words for form in word.avoid)
    of = {form: each for each in avoided for form in (each.form, f"{each.form[0].upper()}{each.form[1:]}")}
    names = {name for entity in library.entities.values() for name in (entity.name, *entity.also)}
    names |= {publisher.name for publisher in library.publishers.values()}
    some = _pattern(of)
    return _Listed(of, _pattern({*of, *(name for name in names - of.keys() if some.search(name))}))


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Match words verbatim, the longest first, with any blank between them."""
    either = "|".join(_BLANK.sub(r"\\s+", re.escape(word)) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _one_line(words: str) -> str:
    return " ".join(words.split())


def _is_meant(found: re.Match[str], avoided: _Avoided) -> bool:
    """Whether it may stay: as part of another word or of the better one, or with the capital of a sentence.

    The `mail` of `e-mail` cannot be replaced, and `Xeon` is right in `Intel Xeon`.
    """
    text, start, better = found.string, found.start(), avoided.word.write or ""
    if avoided.is_small and "-" in text[max(0, start - 1) : start] + text[found.end() : found.end() + 1]:
        return True
    if better and better == f"{found[0][0].lower()}{found[0][1:]}":
        return not text[:start].strip(_MARKUP) or text[:start].rstrip(_MARKUP)[-1] in ".!?:"
    at = better.find(found[0])
    return at >= 0 and text.startswith(better, max(0, start - at))


def _finding(path: Path, text: str, found: re.Match[str], avoided: _Avoided) -> Finding:
    word, written = avoided.word, text[found.start() : found.end()]
    better = word.write
    if better and written[0].isupper() and avoided.is_small:
        better = f"{better[0].upper()}{better[1:]}"
    what = f"`{_one_line(written)}` is not a word of this newsletter"
    return in_text(path, text, found.start(), written, what, word.advice(better) or "Say it in other words.", better)
