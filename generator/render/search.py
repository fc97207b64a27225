"""The page of search results. It is the same for every search; the browser fills it in."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact
from generator.render.choices import Choices, choices, publisher_choices
from generator.render.maker import Maker
from generator.render.structured import publisher, website


class SearchPage(Struct, frozen=True):
    """Makes `/search/`, where readers search the site."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact]:
        """The page, or nothing on a site without an index."""
        if self.maker.site.has_search:
            yield PageArtifact(permalinks.SEARCH, "search", Order.INDEX, self.page, None, self._offered())

    def page(self) -> Page:
        site, words, path = self.maker.site, self.maker.words, permalinks.SEARCH
        title = words.text("title-search")
        folders, offered = self._offered()
        preview = self.maker.preview(title, words.text("description-search", site=site.newsletter.name), path)
        nodes = [website(site), publisher(site)]
        heading = words.html("title-search")
        return self.maker.page(
            "search.html", self.maker.title(title), preview, nodes, heading=heading, choices=offered, folders=folders
        )

    def _offered(self) -> tuple[tuple[str, ...], Choices]:
        """The folders of the indexes, newest stories first, and what each filter offers."""
        site = self.maker.site
        stories = site.stories_of_years
        years, shared_by = sorted(stories, reverse=True), reversed(site.indexes)
        folders = tuple(permalinks.index_path(each[0], each[-1]) for each in shared_by)
        shared = choices(site, self.maker.words)
        sentiments = shared.pop("sentiment")
        more = {"publisher": publisher_choices(site), "year": [(str(year), str(year)) for year in years]}
        return folders, {**shared, **more, "sentiment": sentiments}
