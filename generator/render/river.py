"""The river: all stories, newest first, by month, and the same as data for the filters of its page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.model.content import Story
from generator.model.site import StoryPage
from generator.model.vocabulary import SENTIMENTS
from generator.render.maker import Maker, by_month, month_links, newest_change

PAGE_LIMIT = 30
Choices = dict[str, list[tuple[str, str]]]

ENTITY_CHOICES = 40
"""Entities that the filter offers: those with most stories. Free text finds the others."""


@dataclass(frozen=True, slots=True)
class River:
    """Makes the pages under `/stories/` and the data beside them."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact | Artifact]:
        """The first page, one page and one file of data a month."""
        pages = self.maker.site.newest_first
        if not pages:
            return
        months = by_month(pages, lambda page: page.story)
        stories = [page.story for page in pages]
        choices, all_months = self._choices(), tuple(months)
        first = partial(self.page, stories[:PAGE_LIMIT], all_months, None, choices)
        made_of = (tuple(stories[:PAGE_LIMIT]), all_months, choices)
        yield PageArtifact(permalinks.river_path(), "river", Order.INDEX, first, newest_change(stories), made_of)
        for month, group in months.items():
            of_month = [page.story for page in group]
            make = partial(self.page, of_month, all_months, month, choices)
            path, made_of = permalinks.river_path(month), (tuple(of_month), all_months, choices)
            yield PageArtifact(path, "river", Order.INDEX, make, newest_change(of_month), made_of)
            data = tuple((page.story, page.view.mentions) for page in group)
            yield Artifact(f"{path}stories.json", Order.FEED, partial(_data, group), data)

    def _choices(self) -> Choices:
        """What each filter offers: ids and names."""
        subjects, words = self.maker.site.subjects, self.maker.words
        most = sorted(subjects["entity"].values(), key=lambda s: -len(s.stories))[:ENTITY_CHOICES]
        return {
            "section": [(s.id, s.title) for s in subjects["section"].values()],
            "topic": [(s.id, s.title) for s in subjects["topic"].values()],
            "entity": sorted(((s.id, s.title) for s in most), key=lambda choice: choice[1].casefold()),
            "sentiment": [(s, words.text(f"sentiment-{s}")) for s in SENTIMENTS],
        }

    def page(self, stories: Sequence[Story], months: tuple[str, ...], month: str | None, choices: Choices) -> Page:
        """Stories newest first: the latest ones, with the filters, or those of a month."""
        words, site = self.maker.words, self.maker.site
        named = {"site": site.newsletter.name, "month": words.month(month) if month else ""}
        suffix = "-month" if month else ""
        return self.maker.list_page(
            "river.html",
            permalinks.river_path(month),
            words.text(f"title-river{suffix}", **named),
            words.text(f"description-river{suffix}", **named),
            [(story.title, permalinks.story_path(story.slug)) for story in stories],
            stories=stories,
            months=month_links(months, month, permalinks.river_path),
            all_months=months,
            month=month,
            choices=choices,
        )


def _data(pages: Sequence[StoryPage]) -> bytes:
    return (json.dumps([_entry(page) for page in pages], ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def _entry(page: StoryPage) -> dict[str, Any]:
    """What the filters ask of a story, and what the list shows of it."""
    story = page.story
    return {
        "slug": story.slug,
        "title": story.title,
        "dek": story.dek,
        "published": story.published.isoformat(),
        "section": story.section,
        "topic": story.topics,
        "entity": story.mentions,
        "names": [entity.name for entity in page.view.mentions],
        "sentiment": story.sentiment,
        "importance": story.importance.score if story.importance else None,
    }
