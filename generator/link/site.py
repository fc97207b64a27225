"""Turn a sound library into a linked site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise

from generator.link.numbering import Numbering
from generator.link.recurring import recurring
from generator.link.related import Neighbours, threads
from generator.link.subjects import publishers, subjects
from generator.model.content import Edition, Library, Point, Story
from generator.model.site import (
    EditionPage,
    LinkedDispute,
    LinkedPart,
    LinkedPoint,
    LinkedVersion,
    Shelf,
    Site,
    StoryPage,
    StoryView,
    Subject,
)
from generator.model.vocabulary import BODY


def link(library: Library, base_url: str, outputs: frozenset[str] = frozenset()) -> Site:
    """Number the citations of every page and turn round the indexes.

    The library must have passed `check` without an error: ids are looked up here, not questioned.
    """
    editions = sorted(library.editions.values(), key=lambda edition: (edition.published, edition.slug))
    stories = sorted(library.stories.values(), key=lambda story: (story.published, story.slug))
    newest_first = stories[::-1]
    gathered = subjects(library, newest_first)
    pages = _story_pages(library, stories, gathered["section"], editions)
    return Site(
        newsletter=library.newsletter,
        base_url=base_url if base_url.endswith("/") else base_url + "/",
        stories=pages,
        editions=tuple(reversed(_edition_pages(library, editions))),
        subjects=gathered,
        publishers=publishers(library, newest_first, pages),
        recurring=recurring(newest_first, gathered, editions[-1].published) if editions else (),
        outputs=outputs,
    )


def _story_pages(
    library: Library,
    stories: Sequence[Story],
    sections: dict[str, Subject],
    editions: Sequence[Edition],
) -> dict[str, StoryPage]:
    shown_in: dict[str, list[Edition]] = defaultdict(list)
    for edition in editions:
        for slug in edition.stories:
            shown_in[slug].append(edition)
    before: dict[str, Story] = {}
    after: dict[str, Story] = {}
    for section in sections.values():
        for newer, older in pairwise(section.stories):
            before[newer.slug], after[older.slug] = older, newer
    thread_of = threads(library.stories)
    neighbours = Neighbours(library, stories)
    pages = {}
    for story in stories:
        numbering = Numbering(library.publishers, library.fates)
        view = _view(library, story, numbering)
        thread = thread_of.get(story.slug, ())
        pages[story.slug] = StoryPage(
            view=view,
            references=numbering.references(),
            editions=tuple(shown_in[story.slug]),
            related=neighbours.of(story, (s.slug for s in thread)),
            thread=thread,
            previous=before.get(story.slug),
            next=after.get(story.slug),
        )
    return pages


def _view(library: Library, story: Story, numbering: Numbering, scope: str = "") -> StoryView:
    """A story's texts numbered in the order of a page: parts as the vocabulary has them, then disputes."""
    texts = {part.part: part for part in story.parts}
    parts = []
    for id_, part in library.newsletter.parts.items():
        if id_ == BODY and story.body:
            parts.append(LinkedPart(BODY, "", (numbering.text(story.body, story.sources, scope),)))
        elif id_ in texts:
            linked = tuple(numbering.text(text, story.sources, scope) for text in texts[id_].texts)
            parts.append(LinkedPart(id_, part.title, linked, texts[id_].is_list))
    original = story.sources[story.original] if story.original else None
    return StoryView(
        story=story,
        section=library.newsletter.sections[story.section],
        parts=tuple(parts),
        disputes=_disputes(story, numbering, scope),
        original=original,
        original_publisher=library.publishers[original.publisher] if original else None,
        topics=tuple(library.topics[topic] for topic in story.topics),
        mentions=tuple(library.entities[entity] for entity in story.mentions),
    )


def _disputes(story: Story, numbering: Numbering, scope: str) -> tuple[LinkedDispute, ...]:
    return tuple(
        LinkedDispute(
            dispute,
            tuple(
                LinkedVersion(version.value, numbering.group((story.sources[i], scope) for i in version.sources))
                for version in dispute.versions
            ),
        )
        for dispute in story.disputed
    )


def _edition_pages(library: Library, editions: Sequence[Edition]) -> list[EditionPage]:
    pages = []
    for index, edition in enumerate(editions):
        numbering = Numbering(library.publishers, library.fates)
        shelves = _shelves(library, edition, numbering)
        pages.append(
            EditionPage(
                edition=edition,
                number=index + 1,
                shelves=shelves,
                takeaways=_points(library, edition.takeaways, numbering),
                actions=_points(library, edition.actions, numbering),
                references=numbering.references(),
                words=_words(library, edition),
                previous=editions[index - 1] if index else None,
                next=editions[index + 1] if index + 1 < len(editions) else None,
            )
        )
    return pages


def _points(library: Library, points: Iterable[Point], numbering: Numbering) -> tuple[LinkedPoint, ...]:
    return tuple(LinkedPoint(point.lead, numbering.scoped_text(point.text, library.stories)) for point in points)


def _shelves(library: Library, edition: Edition, numbering: Numbering) -> tuple[Shelf, ...]:
    """The edition's stories on the shelves of the vocabulary, in its order; on a shelf, in the order of the edition."""
    shelves = []
    for section in library.newsletter.sections.values():
        stories = [library.stories[slug] for slug in edition.stories if library.stories[slug].section == section.id]
        if stories:
            views = tuple(_view(library, story, numbering, story.slug) for story in stories)
            shelves.append(Shelf(section, views))
    return tuple(shelves)


def _words(library: Library, edition: Edition) -> int:
    """Words of an edition's texts, counted by blanks, for its reading time."""
    items: list[Story | Edition] = [edition, *(library.stories[slug] for slug in edition.stories)]
    return sum(len(text.split()) for item in items for _, text in item.texts())
