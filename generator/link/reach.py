"""How far a change of words reaches: from the stories and editions that changed to all that shows anything of them.

It is told for changes that leave every story and edition in its place. Then no list, neighbour or number of the site is
another one, and what shows a changed story are its own files, its editions, those beside it, and what gathers it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from generator.link.places import cited_by, place_of, place_of_edition
from generator.link.related import WINDOW
from generator.model.content import Edition, Story
from generator.model.fingerprint import fingerprint
from generator.model.indexes import indexes
from generator.model.reach import (
    SOURCES,
    WHOLE,
    Item,
    Items,
    Reach,
    archive_unit,
    edition_unit,
    index_unit,
    month_unit,
    story_unit,
    subject_unit,
)
from generator.model.site import EditionPage, Site, StoryPage
from generator.prose.briefs import cited

MOST = 50
"""Changed stories and editions for which it is worth while to look how far each reaches."""


def items_of(site: Site, before: Items) -> dict[str, Item]:
    """What the stories and editions of a site are to files that show them; nothing where one cannot be known again.

    `before` is that of an earlier site: what is the same since then has the same place.
    """
    stamp = site.ledgers.stamp if site.ledgers else _nothing
    found: dict[str, Item] = {}
    for slug, story in site.told.items():
        print_, unit = f"{story.digest} {stamp(story)}" if story.digest else "", story_unit(slug)
        found[unit] = _item(before.get(unit), print_, story)
    for shown in site.editions:
        edition = shown.edition
        print_ = f"{edition.digest} {site.comments.get(edition.slug, 0)}" if edition.digest else ""
        unit = edition_unit(edition.slug)
        found[unit] = _item(before.get(unit), print_, edition)
    return found if all(item.print for item in found.values()) else {}


def _nothing(story: Story) -> str:
    return ""


def _item(before: Item | None, print_: str, item: Story | Edition) -> Item:
    return before if before and before.print == print_ else Item(print_, fingerprint(*_place(item)))


def _place(item: Story | Edition) -> Iterator[str]:
    yield place_of(item) if isinstance(item, Story) else place_of_edition(item)
    yield item.changed.isoformat()  # which the map of the site tells
    if isinstance(item, Story):
        yield cited_by(item)


def reach(site: Site, before: Items, now: Items) -> Reach:
    """How far it reaches that a site whose items were those of `before` has become this one."""
    if not before or before.keys() != now.keys():
        return WHOLE
    changed = {unit for unit, item in now.items() if item != before[unit]}
    if len(changed) > MOST or any(before[unit].place != now[unit].place for unit in changed):
        return WHOLE
    pages = map(site.stories.__getitem__, Reach(frozenset(changed)).among(site.told, story_unit))
    editions = (page for page in site.editions if page.unit in changed)
    units = chain(*(_of_story(site, page) for page in pages), *(_of_edition(page) for page in editions))
    return Reach(frozenset(units))


def _of_edition(page: EditionPage) -> Iterator[str]:
    """What shows an edition: the pages of its stories name it, and those of the editions beside it."""
    shown = (page.edition, *filter(None, (page.previous, page.next)))
    yield from (edition_unit(edition.slug) for edition in shown)
    yield from (story_unit(story.story.slug) for story in page.pages)
    yield archive_unit(page.edition.day.year)


def _of_story(site: Site, page: StoryPage) -> Iterator[str]:
    """What shows a story."""
    story = page.story
    beside = (story, *page.thread, *filter(None, (page.previous, page.next)), *_near(site, story))
    yield from (story_unit(other.slug) for other in beside)
    for edition in page.editions:
        yield edition_unit(edition.slug)
        yield archive_unit(edition.day.year)
    yield from (subject_unit(kind, id_) for kind, id_ in _subjects(story))
    yield from _of_sources(site, story)
    yield month_unit(f"{story.published.year:04}-{story.published.month:02}")
    yield from map(index_unit, _indexed_with(site, story.published.year))


def _subjects(story: Story) -> Iterator[tuple[str, str]]:
    yield "section", story.section
    yield from (("topic", topic) for topic in story.topics)
    yield from (("entity", entity) for entity in story.mentions)


def _near(site: Site, story: Story) -> Iterator[Story]:
    """The stories that have it among their nearest: they are found among those that it looks at itself."""
    subjects = (site.subjects[kind][id_] for kind, id_ in _subjects(story) if kind != "section")
    around = {other.slug: other for subject in subjects for other in _around(subject.stories, story)}
    return (other for other in around.values() if any(n.slug == story.slug for n in site.stories[other.slug].nearest))


def _around(stories: Sequence[Story], story: Story) -> Iterable[Story]:
    here = next(number for number, other in enumerate(stories) if other.slug == story.slug)
    return stories[max(0, here - WINDOW) : here + WINDOW + 1]


def _of_sources(site: Site, story: Story) -> Iterator[str]:
    for brief in cited(story):
        yield subject_unit("publisher", brief.publisher)
        if page := site.shared.get(brief.page):
            yield subject_unit("source", page.id)
            yield SOURCES


def _indexed_with(site: Site, year: int) -> Iterable[int]:
    """The years that share an index of the search with a year."""
    counts: dict[int, int] = {}
    for story in site.told.values():
        counts[story.published.year] = counts.get(story.published.year, 0) + 1
    return next(years for years in indexes(counts) if year in years)
