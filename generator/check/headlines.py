"""Rules on headings, which travel alone: what they say stands in the text, and was not said before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.check import figures
from generator.check.reading import headings, heads
from generator.check.rules import Finding, in_text
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.order import in_time
from generator.model.problems import Path
from generator.model.quoting import CLOSED_BY
from generator.model.typography import plain

TOLD = frozenset({"body", "parts", "disputed"})
"""The fields of a story from which a heading can be drawn."""
_HINT = "Write the figure of the text, which may be more exact; or add this one to the text."


def figure_not_in_text(story: Story, library: Library) -> Iterator[Finding]:
    yield from _missing(heads(story), list(_told(story)), library, story.published.year, "the story's text")


def figure_not_in_edition(edition: Edition, library: Library) -> Iterator[Finding]:
    stories = [story for slug in edition.stories if (story := _whole_text(slug, library))]
    if len(stories) < len(edition.stories):
        return  # a story that cannot be read may have it
    items: list[Story | Edition] = [edition, *stories]
    texts = [text for item in items for text in _told(item)]
    given = (heading for heading in heads(edition) if heading[0][0] != "actions")  # which advise, and count hours
    yield from _missing(given, texts, library, edition.published.year, "the edition's texts")


def _whole_text(slug: str, library: Library) -> Story | None:
    """A story of which at least all texts could be read."""
    partial = library.partial_stories.get(slug)
    return library.story(slug) if partial is None or partial.unread.isdisjoint(TOLD) else None


def _missing(
    given: Iterable[tuple[Path, str]], texts: list[str], library: Library, year: int, where: str
) -> Iterator[Finding]:
    for path, heading in given:
        for figure in figures.missing(heading, texts, library.newsletter.language, year):
            what = f"`{figure.text}` stands in `{path[-1]}` and not in {where}"
            yield in_text(path, heading, figure.start, figure.text, what, _HINT)


def _told(item: Story | Edition) -> Iterator[str]:
    """What a heading can be drawn from: the texts, and the values of what is disputed."""
    for _, text in item.texts():
        yield text
    if isinstance(item, Story):
        for dispute in item.disputed:
            yield from (version.value for version in dispute.versions)


_PAIRS = {mark: closing for mark, closing in CLOSED_BY.items() if mark != '"'} | {"‘": "’"}


def quoted_heading(item: Story | Edition, library: Library) -> Iterator[Finding]:
    """Curly marks were typed for those of YAML, to which they are letters. Inside marks of YAML they are meant."""
    for path, text in headings(item):
        closing = _PAIRS.get(text[:1], "")
        if closing and text[-1] in closing and text[0] not in text[1:] and not _speaks_again(text[1:-1], closing):
            written = text.replace("'", "''")
            hint = f"To YAML these marks are letters: take them out. If the whole is a quotation, write '{written}'."
            yield Finding(path, "the heading stands in quotation marks, which readers see", hint, only_plain=True)


def _speaks_again(inside: str, closing: str) -> bool:
    """Whether a quotation ends on the way, so that the whole is not one. An apostrophe ends none."""
    return closing != "’" and any(mark in inside for mark in closing)


def repeated_headline(library: Library) -> Iterator[tuple[str, Finding]]:
    for shelf in (library.stories, library.editions):
        known: dict[str, Story | Edition] = {}
        out: dict[str, Story | Edition] = {}  # the same without drafts, for what is none: nobody has read them
        items: list[Story | Edition] = sorted(shelf.values(), key=in_time)
        for item in items:
            headline = plain(item.title).casefold()
            first = known.setdefault(headline, item)
            if not item.draft:
                first = out.setdefault(headline, item)
            if first is not item:
                what = f"{first.file} has this headline already"
                yield item.file, Finding(("title",), what, "Say what is new.")
