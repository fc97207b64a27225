"""Rules on texts: links that may be followed, and nothing that a page cannot show."""

from __future__ import annotations

from collections.abc import Iterator

from generator import prose
from generator.check.rules import Finding
from generator.model.address import link_fault
from generator.model.content import Edition, Story
from generator.model.library import Library
from generator.model.problems import Path
from generator.prose import Prose

HEAVY = 300 * 1024
"""Bytes of a picture for which a phone on a slow line needs seconds."""


def _read(item: Story | Edition) -> Iterator[tuple[Path, Prose]]:
    """The parsed texts of an item, except those that a quick look shows to be sound."""
    return ((path, prose.parse(text)) for path, text in item.texts() if not prose.is_plain(text))


def bad_link(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in _read(item):
        for link in text.links:
            if fault := link_fault(link):
                hint = "Write [words](https://...); links begin with https://, http:// or mailto:."
                yield Finding(path, f"a link cannot be followed: {fault}", hint, excerpt=link or "]()")


def empty_link(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in _read(item):
        if text.empty_links:
            yield Finding(path, "a link has no words", "Write [words](https://...).", excerpt="[](")
        if text.cited_links:
            what = "a citation stands inside the words of a link"
            yield Finding(path, what, "Put it behind the link: [words](https://...) [@id].")


def image_in_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in _read(item):
        for address in text.images:
            what = f"a picture stands in the text: `{address[:60]}`"
            hint = "Put the file into images/ and name it under `image:`, with `alt` and `credit`."
            yield Finding(path, what, hint, excerpt="![")


def heavy_picture(story: Story, library: Library) -> Iterator[Finding]:
    image = story.image
    if image and image.weight > HEAVY:
        what = f"`{image.file}` goes out as it was saved, and has {image.weight // 1024} KB: slow on a phone"
        smaller = "Have smaller ones made (pip install 'citewire[cards]'), or save it at most 1200 pixels wide."
        moving = "Save it smaller, or as PNG or JPEG if it does not move."
        yield Finding(("image", "file"), what, moving if image.file.lower().endswith(".gif") else smaller)


def unreadable_text(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for path, text in _read(item):
        if text.fault:
            yield Finding(path, f"the text cannot be shown: {text.fault}", "Write it more simply.")


def no_text(story: Story, library: Library) -> Iterator[Finding]:
    if not story.body and not story.parts:
        yield Finding((), "the story has neither `body` nor `parts`", "Write at least one of them.")
