"""Build the indexes: which stories belong to a section, topic, entity or publisher, and which are on the rise."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

from msgspec.structs import replace

from generator.model import permalinks
from generator.model.address import canonical
from generator.model.content import Brief, Story
from generator.model.evidence import Fate
from generator.model.library import Library
from generator.model.outputs import Outputs
from generator.model.pages import StoryPage
from generator.model.stories import InOrder, column, column_of, moment_of
from generator.model.subjects import CitedPlace, PublisherPage, Recurring, SourcePage, Subject, oldest
from generator.model.vocabulary import Entity, Publisher, Section, Topic
from generator.prose.briefs import cited

COMPANIONS = 8
COMPANION_WINDOW = 200
"""How many of a subject's newest stories are searched for companions, which should be recent ones."""


def subjects(
    library: Library, stories: Mapping[str, Story], newest_first: Sequence[Story]
) -> dict[str, dict[str, Subject]]:
    """Every section, topic and entity that has stories. `stories` are the same as `newest_first`, oldest first."""
    shelves = {kind: defaultdict[str, list[int]](list) for kind in ("section", "topic", "entity")}
    in_section, on_topic, on_entity = shelves.values()
    columns = zip(*(column(stories, fact)[::-1] for fact in ("section", "topics", "mentions")), strict=True)
    for position, (section, topics_, mentions) in enumerate(columns):
        in_section[section].append(position)
        for topic in topics_.split():
            on_topic[topic].append(position)
        for entity in mentions.split():
            on_entity[entity].append(position)

    def subject(kind: str, word: Section | Topic | Entity, title: str) -> Subject:
        positions = shelves[kind][word.id]
        found = InOrder(newest_first, positions)
        counted = partial(_companions, library, word.id, found)
        entity = word if isinstance(word, Entity) else None
        return Subject(kind, word.id, title, word.description, found, positions, counted, entity, word.was)

    sections = [s for s in library.newsletter.sections.values() if s.id in in_section]
    topics = sorted((t for t in library.topics.values() if t.id in on_topic), key=lambda t: t.name.casefold())
    entities = [e for e in library.entities.values() if e.id in on_entity]
    entities.sort(key=lambda e: (e.name.casefold(), e.id))
    return {
        "section": {s.id: subject("section", s, s.title) for s in sections},
        "topic": {t.id: subject("topic", t, t.name) for t in topics},
        "entity": {e.id: subject("entity", e, e.name) for e in entities},
    }


def emptied(library: Library, wanted: Outputs, with_stories: Callable[[str], Container[str]]) -> tuple[Subject, ...]:
    """Every subject and publisher that had stories and has none, by the records of withdrawals and the journal.

    Those of a kind that has no pages are left out. `with_stories` returns the ids of a kind that have stories.
    """
    left = {"/".join(place.split("/")[:2]) for gone in library.withdrawn.values() for place in gone.was_in}
    left |= library.signed_feeds
    found = []
    for kind, words in library.followed.items() if left else ():
        if not wanted.has(kind):
            continue
        merged = {id_ for word in words.values() for id_ in word.was}
        for id_, word in words.items():
            if id_ in with_stories(kind) or id_ in merged:
                continue
            names = [name for name in (id_, *word.was) if permalinks.subject_path(kind, name).rstrip("/") in left]
            if any(name not in with_stories(kind) for name in names):
                title = word.title if isinstance(word, Section) else word.name
                about = None if isinstance(word, Publisher) else word.description
                found.append(Subject(kind, id_, title, about, (), (), tuple, was=word.was))
    return tuple(found)


def _companions(library: Library, itself: str, stories: InOrder[int]) -> tuple[tuple[Entity, int], ...]:
    count = Counter(" ".join(stories[:COMPANION_WINDOW].column("mentions")).split())
    del count[itself]
    ranked = sorted(count.items(), key=lambda item: (-item[1], library.entities[item[0]].name.casefold()))
    return tuple((library.entities[entity], number) for entity, number in ranked[:COMPANIONS])


def citing(
    library: Library, newest_first: Sequence[Story], pages: Mapping[str, StoryPage], wanted: Outputs
) -> dict[str, Any]:
    """The fields of a site that gather the cited publishers and sources, each once, on demand."""
    found = cache(partial(publishers, library, newest_first, pages))
    return {"find_publishers": found, "find_shared": cache(partial(shared, found, library.fates, wanted))}


def publishers(
    library: Library, newest_first: Sequence[Story], pages: Mapping[str, StoryPage]
) -> dict[str, PublisherPage]:
    """Every cited publisher by id, with the places that cite it."""
    places: dict[str, list[CitedPlace]] = defaultdict(list)
    for story in newest_first:
        by_publisher: dict[str, list[Brief]] = {}
        for brief in cited(story):
            by_publisher.setdefault(brief.publisher, []).append(brief)
        for id_, some in by_publisher.items():
            places[id_].append(CitedPlace(pages[story.slug], library.publishers[id_], tuple(some)))
    known = sorted((library.publishers[id_] for id_ in places), key=lambda p: (p.name.casefold(), p.id))
    return {publisher.id: PublisherPage(publisher, tuple(places[publisher.id])) for publisher in known}


def shared(
    cited: Callable[[], Mapping[str, PublisherPage]], fates: Mapping[str, Fate], wanted: Outputs
) -> dict[str, SourcePage]:
    """Every source that several stories cite, by address key, ordered by address.

    A source that only one story cites has an entry there, but no page of its own. Without pages of publishers, no
    source has one.
    """
    found: dict[str, dict[str, tuple[CitedPlace, Brief]]] = defaultdict(dict)
    for page in cited().values() if wanted.publishers else ():
        for place in page.places:
            for brief in place.cited:
                found[brief.page].setdefault(place.story.slug, (place, brief))
    several = {key: places.values() for key, places in found.items() if len(places) > 1}
    pages = {key: _source_page(key, places, fates) for key, places in several.items()}
    return dict(sorted(pages.items(), key=lambda entry: entry[1].url))


def _source_page(key: str, cited: Iterable[tuple[CitedPlace, Brief]], fates: Mapping[str, Fate]) -> SourcePage:
    """The page of a source. Its id is made from the oldest citation, so that it does not change."""
    found = (replace(place, cited=(brief,)) for place, brief in cited)
    places = sorted(found, key=lambda place: place.story.published, reverse=True)  # the sort is stable
    first = oldest(places)
    fate, url = fates.get(key), canonical(first.sources[0].url)
    id_ = permalinks.source_id(first.publisher.id, url)
    return SourcePage(id_, url, tuple(places), fate.look if fate else None)


WINDOW = timedelta(days=30)
LEAST = 2
"""Fewest stories of a recurring subject."""
MOST = 8


def recurring(
    newest_first: Sequence[Story], subjects: Mapping[str, Mapping[str, Subject]], until: datetime
) -> tuple[Recurring, ...]:
    """The topics and entities that rise most in the 30 days up to `until`, the time of the newest edition.

    They have more stories in that time than in the 30 days before it.
    """
    now: Counter[tuple[str, str]] = Counter()
    before: Counter[tuple[str, str]] = Counter()
    newest, middle, oldest = (moment_of(until - number * WINDOW) for number in range(3))
    columns = (column_of(newest_first, fact) for fact in ("moment", "topics", "mentions"))
    for moment, topics, mentions in zip(*columns, strict=True):
        if moment <= oldest:
            break
        if moment <= newest:
            tally = now if moment > middle else before
            tally.update([*(("topic", topic) for topic in topics.split()), *(("entity", e) for e in mentions.split())])
    rising = [key for key, count in now.items() if count >= LEAST and count > before[key]]
    rising.sort(key=lambda key: (before[key] - now[key], -now[key], subjects[key[0]][key[1]].title.casefold()))
    return tuple(Recurring(subjects[kind][id_], now[kind, id_], before[kind, id_]) for kind, id_ in rising[:MOST])
