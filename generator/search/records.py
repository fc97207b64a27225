"""Each story as a record of the search: the words that are indexed, and what a result shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from generator.model.indexes import Years
from generator.model.pages import StoryPage
from generator.model.site import Site
from generator.model.vocabulary import Publisher
from generator.prose import plain


class Facets(Struct, frozen=True):
    """What results are filtered and sorted by: ids, and empty values for what is unknown."""

    published: str
    """ISO 8601, with zone."""
    section: str
    topic: tuple[str, ...]
    entity: tuple[str, ...]
    publisher: tuple[str, ...]
    sentiment: str
    importance: int
    """From 1 to 10; 0 if the story has none."""


class Searchable(Struct, frozen=True):
    """A story as the index knows it."""

    path: str
    """The path of the story's page, relative to the site's address."""
    text: str
    meta: Mapping[str, str]
    """What a result shows besides its excerpt; the title counts more than the text."""
    facets: Facets


def by_index(site: Site) -> dict[Years, list[StoryPage]]:
    """The stories of each index, oldest index and oldest story first; a year is by the writer's local clock."""
    years: dict[int, list[StoryPage]] = {}
    for page in site.story_pages.values():
        years.setdefault(page.story.published.year, []).append(page)
    return {each: [page for year in each for page in years[year]] for each in site.indexes}


def record(page: StoryPage) -> Searchable:
    """A story's record."""
    story, view = page.story, page.view
    names = (*(topic.name for topic in view.topics), *(entity.name for entity in view.mentions))
    words = (plain(text.html) for part in view.parts for text in part.texts)  # citation markers are tags too
    texts = [story.dek, *words, "".join(f" · {name}" for name in names)]
    meta = {"title": story.title, "section": view.section.title, "published": story.published.isoformat()}
    return Searchable(story.path, "\n".join(text for text in texts if text), meta, _facets(page))


def _facets(page: StoryPage) -> Facets:
    story = page.story
    return Facets(
        published=story.published.isoformat(),
        section=story.section,
        topic=story.topics,
        entity=story.mentions,
        publisher=tuple(sorted({reference.publisher.id for reference in page.references})),
        sentiment=story.sentiment or "",
        importance=story.importance.score if story.importance else 0,
    )


IDS = ("section", "topic", "entity", "publisher", "sentiment")


def columns(facets: Sequence[Facets]) -> dict[str, Any]:
    """Facets as columns with one value per story; ids are numbers of places in a list, to save bytes."""
    table: dict[str, Any] = {"published": [_seconds(each) for each in facets]}
    table["year"] = [int(each.published[:4]) for each in facets]
    table["importance"] = [each.importance for each in facets]
    for name in IDS:
        cells = [_several(getattr(each, name)) for each in facets]
        known = sorted({id_ for cell in cells for id_ in cell})
        place = {id_: number for number, id_ in enumerate(known)}
        table[name] = {"ids": known, "of": [[place[id_] for id_ in cell] for cell in cells]}
    return table


def _seconds(facets: Facets) -> int:
    """Seconds since 1970, as returned by `Date.parse`."""
    return int(datetime.fromisoformat(facets.published).timestamp())


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def made_of(page: StoryPage) -> tuple[Any, ...]:
    """All that a record depends on except the order of the parts, known without reading the story's texts."""
    view = page.view
    names = tuple(topic.name for topic in view.topics), tuple(entity.name for entity in view.mentions)
    publishers = tuple(origin.id for origin in view.origins if isinstance(origin, Publisher))
    return page.story, names, view.section.title, publishers
