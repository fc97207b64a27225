"""Rules on headings, which appear on their own: the text says the same, and no earlier heading does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from generator.check import figures
from generator.check.reading import SMALL_IN_TITLES, drawn, headings, long_words
from generator.check.rules import Finding, in_text, once
from generator.figures.dates import Day
from generator.figures.read import Measured
from generator.model.content import Edition, Story, sources_of
from generator.model.library import Library
from generator.model.order import in_time
from generator.model.problems import Path
from generator.texts.patterns import late
from generator.texts.quoting import CLOSED_BY
from generator.texts.typography import plain
from generator.trace import names
from generator.trace.vocabulary import Names, Vocabulary
from generator.trace.vocabulary import names as index

TOLD = frozenset({"body", "parts", "disputed"})
"""The fields of a story that a heading can rest on."""
_WHERE = {Story: "the story's text", Edition: "the edition's texts"}
_CAPITAL = re.compile(r"\w*[^\W\d_a-z]\w*")
HINT = "Write the figure of the text, which may be more exact; or add this one to the text."


def figure_not_in_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Figures of words beside the text. Why a story matters is left out: it may compare with what readers know."""
    texts = _texts(item, library)
    for path, heading in _drawn(item) if texts is not None else ():
        if path == ("importance", "why"):
            continue
        there = [*(texts or ()), *_side_by_side(item, path)]
        for figure in figures.missing(heading, there, library.newsletter.language, item.published.year):
            if path[-1] == "caption" and isinstance(figure, Day):
                continue  # the day of a picture is hardly that of the story
            if isinstance(item, Edition) and _is_told_of_a_story(figure, heading, item, library):
                continue
            what = f"`{figure.text}` stands in `{path[-1]}` and not in {_WHERE[type(item)]}"
            yield in_text(path, heading, figure.start, figure.text, what, _hint(figure.text, heading, item, library))


def _is_told_of_a_story(figure: Measured, heading: str, edition: Edition, library: Library) -> bool:
    """Whether a story of an edition has the figure in its heading: since its text lacks it, that is told there."""
    tag, year = library.newsletter.language, edition.published.year
    stories = filter(None, map(library.story, edition.stories))
    there = (words for story in stories if not story.imported for _, words in headings(story))
    return any(
        figures.says(figure, heading, other, words, year) or figures.says(other, words, figure, heading, year)
        for words in there
        for other in figures.measures(words, tag)
    )


def _hint(figure: str, heading: str, item: Story | Edition, library: Library) -> str:
    """What to do about a figure of a heading; where a source has it, the text may be what is wrong."""
    for called, source in sources_of(item, library.story):
        for words in (*source.passages, source.title or ""):
            if figures.is_had(figure, heading, words, words, library.newsletter.language):
                return had_by(called)
    return HINT


def had_by(called: str) -> str:
    """What to do about a figure of a heading that a source has."""
    return f"@{called} has it: correct the text, or add this one to it."


def _side_by_side(item: Story | Edition, path: Path) -> Iterator[str]:
    """For a note on what is disputed, the values of all versions as one text, since it may tell their difference."""
    if path[0] == "disputed" and isinstance(item, Story):
        values = (version.value for dispute in item.disputed for version in dispute.versions)
        yield ", ".join(value.rstrip(".") for value in values)


def name_not_in_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """A name of entities.yml, or one a letter off such a name in the text. Other capitals may be the heading's own."""
    texts = _texts(item, library) or ()
    whole = "\n".join(texts)
    for path, heading in _drawn(item) if texts else ():
        if all(word in whole for word in _CAPITAL.findall(heading)):
            continue  # usually all of them are
        for name in _named(heading, _names(library).within([heading])):
            if any(names.stand_in(name, text) for text in texts):
                continue
            there = sorted(names.in_capitals(whole) & _words_of_entities(library))
            meant = next((word for word in there if names.is_mistyped(name.text, word)), "")
            if meant or name.entity:
                what = f"`{name.text}` stands in `{path[-1]}` and not in {_WHERE[type(item)]}"
                hint = f"Did you mean `{meant}`?" if meant else "Write the name of the text, or add this one to it."
                yield in_text(path, heading, name.start, name.text, what, hint)


_FEWEST = 3
"""Capitalised words, besides the first, that make Title Case."""
_CAPITALISED = late(r"(?<![\w’'-])[A-ZÀ-ÞŁŠŽ][^\W\d_]{5,}(?![\w’'-])")


def _named(heading: str, vocabulary: Vocabulary) -> Iterator[names.Named]:
    """The names of a heading.

    Capitals do not mark names in Title Case: there, names are those of the vocabulary, and longer capitalised words,
    which may be such names mistyped.
    """
    if not _is_in_title_case(heading):
        yield from names.find(heading, vocabulary)
        return
    known = list(names.find(heading, replace(vocabulary, nouns_have_capitals=True)))
    yield from known
    for word in _CAPITALISED.finditer(heading):
        if not any(name.start <= word.start() < name.end for name in known):
            yield names.Named(*word.span(), word[0])


def _is_in_title_case(heading: str) -> bool:
    words = long_words(heading)[1:]
    small = [word for word in words if word.islower() and word not in SMALL_IN_TITLES]
    return not small and sum(word[0].isupper() for word in words) >= _FEWEST


@once
def _names(library: Library) -> Names:
    publishers = tuple(publisher.name for publisher in library.publishers.values())
    return index(tuple(library.entities.values()), publishers, library.newsletter.language)


@once
def _words_of_entities(library: Library) -> frozenset[str]:
    called = (name for entity in library.entities.values() for name in (entity.name, *entity.also))
    return frozenset(word for name in called for word in name.split())


def _drawn(item: Story | Edition) -> Iterator[tuple[Path, str]]:
    """Words that rest on the texts. Actions are left out: as advice they count hours, and name what to do."""
    return (heading for heading in drawn(item) if heading[0][0] != "actions")


def _texts(item: Story | Edition, library: Library) -> list[str] | None:
    """The texts that headings can rest on; None if a story of an edition cannot be read, since that may have it."""
    items: list[Story | Edition] = [item]
    if isinstance(item, Edition):
        stories = [story for slug in item.stories if (story := _whole_text(slug, library))]
        if len(stories) < len(item.stories):
            return None
        items += stories
    return [text for item in items for text in _told(item)]


def _whole_text(slug: str, library: Library) -> Story | None:
    """A story, if at least all its texts could be read."""
    partial = library.partial_stories.get(slug)
    return library.story(slug) if partial is None or partial.unread.isdisjoint(TOLD) else None


def _told(item: Story | Edition) -> Iterator[str]:
    """What headings can rest on: the texts, and the values of disputes."""
    for _, text in item.texts():
        yield text
    if isinstance(item, Story):
        for dispute in item.disputed:
            yield from (version.value for version in dispute.versions)


_PAIRS = {mark: closing for mark, closing in CLOSED_BY.items() if mark != '"'} | {"‘": "’"}


def quoted_heading(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Headings in curly quotation marks. To YAML these are letters; inside marks of YAML they are meant."""
    for path, text in headings(item):
        closing = _PAIRS.get(text[:1], "")
        if closing and text[-1] in closing and text[0] not in text[1:] and not _speaks_again(text[1:-1], closing):
            written = text.replace("'", "''")
            hint = f"To YAML these marks are letters: take them out. If the whole is a quotation, write '{written}'."
            yield Finding(path, "the heading stands in quotation marks, which readers see", hint, only_plain=True)


def _speaks_again(inside: str, closing: str) -> bool:
    """Whether a quotation ends on the way, so that the whole is not one. An apostrophe does not end it."""
    return closing != "’" and any(mark in inside for mark in closing)


def repeated_headline(library: Library) -> Iterator[tuple[str, Finding]]:
    for shelf in (library.stories, library.editions):
        known: dict[str, Story | Edition] = {}
        out: dict[str, Story | Edition] = {}  # for published items: the same without drafts, which nobody has read
        items: list[Story | Edition] = sorted(shelf.values(), key=in_time)
        for item in items:
            headline = plain(item.title).casefold()
            first = known.setdefault(headline, item)
            if not item.draft:
                first = out.setdefault(headline, item)
            if first is not item:
                what = f"{first.file} has this headline already"
                yield item.file, Finding(("title",), what, "Say what is new.")
