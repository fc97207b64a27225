"""Rules on texts: links that may be followed, and nothing that a page cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.check.rules import Finding
from generator.model.address import link_fault
from generator.model.content import Edition, Library, Story


def bad_link(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in item.texts():
        for link in prose.parse(text).links:
            if fault := link_fault(link):
                hint = "Write [words](https://...); links begin with https://, http:// or mailto:."
                yield Finding(path, f"a link cannot be followed: {fault}", hint, excerpt=link or "]()")


def empty_link(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in item.texts():
        if prose.parse(text).empty_links:
            yield Finding(path, "a link has no words", "Write [words](https://...).", excerpt="[](")
        if prose.parse(text).cited_links:
            what = "a citation stands inside the words of a link"
            yield Finding(path, what, "Put it behind the link: [words](https://...) [@id].")


def image_in_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in item.texts():
        for address in prose.parse(text).images:
            what = f"a picture stands in the text: `{address[:60]}`"
            hint = "Put the file into images/ and name it under `image:`, with `alt` and `credit`."
            yield Finding(path, what, hint, excerpt="![")


def unreadable_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in item.texts():
        if fault := prose.parse(text).fault:
            yield Finding(path, f"the text cannot be shown: {fault}", "Write it more simply.")


def no_text(story: Story, library: Library) -> Iterator[Finding]:
    if not story.body and not story.parts:
        yield Finding((), "the story has neither `body` nor `parts`", "Write at least one of them.")
