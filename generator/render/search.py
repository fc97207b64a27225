"""The page of results. It is the same for every search: what is found is put there in the browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact
from generator.render.choices import choices, publisher_choices
from generator.render.maker import Maker
from generator.render.structured import publisher, website


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Makes `/search/`, where the site is searched."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact]:
        """The page, or nothing on a site without an index."""
        if self.maker.site.has_search:
            yield PageArtifact(permalinks.SEARCH, "search", Order.INDEX, partial(self.page, permalinks.SEARCH), None)

    def page(self, path: str) -> Page:
        site, words = self.maker.site, self.maker.words
        title = words.text("title-search")
        years = sorted({page.story.published.year for page in site.stories.values()}, reverse=True)
        offered = choices(site, words)
        sentiments = offered.pop("sentiment")
        offered |= {
            "publisher": publisher_choices(site),
            "year": [(str(year), str(year)) for year in years],
            "sentiment": sentiments,
        }
        about = words.text("description-search", site=site.newsletter.name)
        preview = self.maker.preview(title, about, path)
        nodes = [website(site), publisher(site)]
        return self.maker.page(
            "search.html", self.maker.title(title), preview, nodes, heading=title, choices=offered, years=years
        )
