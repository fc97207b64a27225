"""The site as JSON under `api/`: documents of limited size, an index of them, and a JSON Schema.

Lists are cut by month or year, oldest first in each, so that a full document never changes again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.pages import EditionPage, StoryPage
from generator.model.reach import Reach, archive_unit, month_unit
from generator.model.site import Site
from generator.model.subjects import Subject
from generator.render import records
from generator.render.periods import beside, grouped
from generator.render.records import Record, as_json

LIMIT = 200
"""Items in one document of a list."""


class ListPage(Struct, frozen=True):
    """One document of a list. `items` are what its records are made from."""

    kind: str
    path: str
    period: str | None
    """A month or a year."""
    items: Sequence[Any]
    key: str
    """The name of the records in the document."""
    record: Callable[[Sequence[Any]], list[Record]]

    @property
    def near(self) -> str:
        """Lists of sources go with the pages of publishers, which need the same texts."""
        return beside("publisher", self.period) if self.kind == "sources" and self.period else ""

    def is_in(self, reach: Reach) -> bool:
        """Whether a change may show in it: one of its entries changed, or its period gained or lost one."""
        period = self.period or ""
        is_moved = month_unit(period) in reach or archive_unit(period) in reach
        return is_moved or any(item.unit in reach for item in self.items)


class Api(Struct, frozen=True):
    """Declares the documents of a site."""

    site: Site

    def all(self) -> Iterator[Artifact]:
        """Every document. The index is published last, as feeds are."""
        site = self.site
        for story in site.wanted_stories:
            yield from self._one("story", partial(records.story_record, site, story), story)
        for edition in site.wanted_editions:
            yield from self._one("edition", partial(records.edition_record, site, edition), edition)
        lists = list(self._lists())
        for page in lists:
            if page.is_in(site.reach):
                made_of = (page.period, *map(_listed, page.items))
                unit = f"list {page.path}"
                yield Artifact(page.path, Order.INDEX, partial(self._list, page), made_of, page.near, unit)
        index = self._index(lists)
        yield Artifact(permalinks.API, Order.FEED, partial(records.document, site, "index", index), (index,))

    def _one(self, kind: str, record: Callable[[], Record], page: StoryPage | EditionPage) -> Iterator[Artifact]:
        def make() -> bytes:
            return records.document(self.site, kind, record())

        for path in self.site.data_paths(page.item):
            folder, slug, _ = path.split("/")
            yield Artifact(permalinks.api_path(folder, slug), Order.PAGE, make, (page,), page.near, page.unit)

    def _lists(self) -> Iterator[ListPage]:
        """Every document of every list, oldest first."""
        site = self.site
        stories = tuple(site.story_pages.values())
        entities = sorted(site.subjects["entity"].values(), key=lambda subject: subject.id)
        by_month = grouped(stories, lambda page: page.story.month)
        by_year = grouped(site.editions[::-1], lambda page: str(page.edition.day.year))
        yield from _pages("editions", "editions/years", by_year, "editions", self._editions)
        yield from _pages("stories", "stories/months", by_month, "stories", self._stories)
        yield from _pages("entities", "entities", {"": entities}, "entities", self._entities)
        yield from _pages("sources", "sources/months", by_month, "sources", records.cited_records)

    def _editions(self, pages: Sequence[EditionPage]) -> list[Record]:
        return [records.edition_summary(self.site, page) for page in pages]

    def _stories(self, pages: Sequence[StoryPage]) -> list[Record]:
        return [records.story_summary(self.site, page.story) for page in pages]

    def _entities(self, subjects: Sequence[Subject]) -> list[Record]:
        return [records.entity_record(self.site, subject) for subject in subjects]

    def _list(self, page: ListPage) -> bytes:
        period = {"period": page.period} if page.period else {}
        return records.document(self.site, page.kind, period | {page.key: page.record(page.items)})

    def _index(self, lists: Iterable[ListPage]) -> Record:
        """The index: counts, and where each document of each list is."""
        site, newsletter = self.site, self.site.newsletter
        linked: dict[str, list[Record]] = {kind: [] for kind in ("editions", "stories", "entities", "sources")}
        for page in lists:
            linked[page.kind].append(records.known(url=site.url(page.path), period=page.period))
        changes = [p.changed for p in site.editions[:1]] + [story.changed for story in site.stories.values()]
        about = records.known(
            name=newsletter.name,
            tagline=newsletter.tagline,
            language=newsletter.language,
            url=site.base_url,
            copyright=newsletter.copyright,
            updated=max(changes).isoformat() if changes else None,
        )
        counts = {"editions": len(site.editions), "stories": len(site.stories)}
        return about | {"counts": counts, "lists": linked}


def _listed(item: StoryPage | EditionPage | Subject) -> object:
    """What a list entry depends on: of a story not its neighbours, of an entity only little."""
    if isinstance(item, StoryPage):
        return item.view
    return (item.entity, len(item.stories), item.stories[0].slug) if isinstance(item, Subject) else item


def _pages(
    kind: str, folder: str, groups: dict[str, Any], key: str, record: Callable[[Sequence[Any]], list[Record]]
) -> Iterator[ListPage]:
    """The documents of a list, oldest first: one per group, or several where a group is large."""
    for period, items in reversed(groups.items()):
        for number, start in enumerate(range(0, len(items), LIMIT), start=1):
            name = "-".join([*([period] if period else []), *([str(number)] if number > 1 or not period else [])])
            path = permalinks.api_path(folder, name)
            yield ListPage(kind, path, period or None, items[start : start + LIMIT], key, record)


def schema(site: Site) -> bytes:
    """The JSON Schema (2020-12) of every document and of the evidence beside pages, at its address on this site."""
    text = Path(__file__).with_name("api.schema.json").read_text("utf-8")
    document = {"$id": site.url(permalinks.API_SCHEMA)} | json.loads(text)
    return as_json(document)
