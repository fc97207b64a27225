"""The river: a page of all stories, newest first, one page for each month, and data for its filters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.model.content import Story
from generator.model.pages import StoryPage
from generator.model.reach import month_unit
from generator.render.choices import Choices, choices
from generator.render.maker import Maker, newest_change
from generator.render.periods import PAGE_LIMIT, grouped
from generator.render.redirects import from_emptied, led_on
from generator.typeset.breaks import bind_text


class River(Struct, frozen=True):
    """Makes the pages under `/stories/` and the data beside them."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact | Artifact]:
        """The first page, and for each month a page and a file of data; emptied months lead to the first page."""
        if not self.maker.site.outputs.river:
            return
        pages = self.maker.site.newest_first
        months = grouped(pages, lambda page: page.story.month)
        yield from self._pages(pages, months) if pages else ()
        yield from self._emptied(months)

    def _pages(
        self, pages: Sequence[StoryPage], months: Mapping[str, Sequence[StoryPage]]
    ) -> Iterator[PageArtifact | Artifact]:
        """The pages and the data, given all stories and those of each month, newest first."""
        stories = [page.story for page in pages]
        offered, all_months = choices(self.maker.site, self.maker.words), tuple(months)
        first = partial(self.page, stories[:PAGE_LIMIT], all_months, None, offered)
        made_of = (tuple(stories[:PAGE_LIMIT]), all_months, offered)
        yield PageArtifact(permalinks.river_path(), "river", Order.INDEX, first, newest_change(stories), made_of)
        for month, group in months.items():
            if (unit := month_unit(month)) not in self.maker.site.reach:
                continue
            of_month = [page.story for page in group]
            make = partial(self.page, of_month, all_months, month, offered)
            path, made_of = permalinks.river_path(month), (tuple(of_month), all_months, offered)
            yield PageArtifact(path, "river", Order.INDEX, make, newest_change(of_month), made_of, unit=unit)
            data = tuple((page.story, page.view.mentions) for page in group)
            told = partial(_data, group, self.maker.templates.quotes.plain)
            yield Artifact(f"{path}stories.json", Order.FEED, told, data, unit=unit)

    def _emptied(self, months: Collection[str]) -> Iterator[Artifact]:
        """Redirects to the first page from months all of whose stories were withdrawn; without any, to the front."""
        left = {f"{gone.published_on:%Y-%m}" for gone in self.maker.site.withdrawn if not gone.is_edition}
        templates, path = self.maker.templates, permalinks.river_path
        if months:
            yield from from_emptied(templates, path, left, months)
        elif left:
            yield from led_on(templates, ((old, "") for old in (path(), *map(path, sorted(left)))))

    def page(self, stories: Sequence[Story], months: tuple[str, ...], month: str | None, offered: Choices) -> Page:
        """Stories newest first: the latest ones, with the filters, or those of a month."""
        words, site = self.maker.words, self.maker.site
        named = {"site": site.newsletter.name, "month": words.month(month) if month else ""}
        suffix = "-month" if month else ""
        return self.maker.list_page(
            "river.html",
            permalinks.river_path(month),
            words.text(f"title-river{suffix}", **named),
            words.text(f"description-river{suffix}", **named),
            [(story.title, story.path) for story in stories],
            trail=[(words.text("title-river"), permalinks.river_path())] if month else [],
            current=permalinks.river_path(),
            heading=words.html(f"title-river{suffix}", month=words.shown_period(month) if month else ""),
            stories=stories,
            months=_month_links(months, month),
            all_months=months,
            month=month,
            choices=offered,
        )


def _month_links(months: Sequence[str], current: str | None) -> list[tuple[str, str, bool]]:
    """The months that a page links to: those of its year, and the newest of each other year.

    Each with its path, and whether it is the page's own.
    """
    year = (current or months[0])[:4]
    newest_of: dict[str, str] = {}
    for month in months:
        newest_of.setdefault(month[:4], month)
    shown = [month for month in months if month[:4] == year or newest_of[month[:4]] == month]
    return [(month, permalinks.river_path(month), month == current) for month in shown]


def _data(pages: Sequence[StoryPage], printed: Callable[[str], str]) -> bytes:
    return msgspec.json.encode([_entry(page, printed) for page in pages]) + b"\n"


def _entry(page: StoryPage, printed: Callable[[str], str]) -> dict[str, Any]:
    """A story as the page's filters and list need it; `printed` gives a line the quotation marks of pages."""
    story = page.story
    return {
        "slug": story.slug,
        "title": bind_text(printed(story.title)),
        "dek": bind_text(printed(story.dek)),
        "published": story.published.isoformat(),
        "section": story.section,
        "topic": story.topics,
        "entity": story.mentions,
        "names": [entity.name for entity in page.view.mentions],
        "sentiment": story.sentiment,
        "importance": story.importance.score if story.importance else None,
    }
