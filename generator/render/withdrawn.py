"""The pages at the addresses of stories that were taken back: they say so, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact
from generator.model.content import Withdrawal
from generator.render.maker import Maker

NO_INDEX = '<meta name="robots" content="noindex">\n    '
"""A static host answers 200 where a story is gone for good, so search engines are told in words."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Makes a page for each; none of them is on the map of the site."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact]:
        for story in self.maker.site.withdrawn:
            path = permalinks.story_path(story.id)
            yield PageArtifact(path, "archive", Order.PAGE, partial(self.page, story, path), None, (story,))

    def page(self, story: Withdrawal, path: str) -> Page:
        """What readers are told who come by an old link."""
        words = self.maker.words
        title = story.title or words.text("title-withdrawn")
        about = words.text("description-withdrawn", day=words.day(story.withdrawn))
        made = self.maker.list_page("withdrawn.html", path, title, about, (), withdrawn=story)
        return replace(made, head=NO_INDEX + made.head)
