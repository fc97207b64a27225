"""The data of subject pages: sections, topics, entities, publishers, and sources of several stories."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from msgspec import Struct

from generator.model.address import canonical
from generator.model.content import Brief, Source, Story
from generator.model.evidence import Look
from generator.model.linked import Reference
from generator.model.order import in_time
from generator.model.pages import StoryPage
from generator.model.reach import subject_unit
from generator.model.vocabulary import Entity, Publisher


class Subject(Struct, frozen=True):
    """A group of stories: a section, a topic or an entity."""

    kind: str
    """`section`, `topic` or `entity`."""
    id: str
    title: str
    description: str | None
    stories: Sequence[Story]
    """Newest first."""
    positions: Sequence[int]
    """The indexes of these stories among all stories, counted from the newest."""
    count_companions: Callable[[], tuple[tuple[Entity, int], ...]]
    """Counts the companions on demand."""
    entity: Entity | None = None
    was: tuple[str, ...] = ()
    """Ids whose pages and feeds lead here."""

    @property
    def unit(self) -> str:
        """The unit of files made from this subject alone."""
        return subject_unit(self.kind, self.id)

    @property
    def companions(self) -> tuple[tuple[Entity, int], ...]:
        """The entities that its stories mention most, with their numbers of stories."""
        return self.count_companions()

    @property
    def made_of(self) -> tuple[object, ...]:
        return (self.kind, self.id, self.title, self.description, self.stories, self.companions, self.entity)


class Recurring(Struct, frozen=True):
    """A topic or an entity that is in the news more than before."""

    subject: Subject
    count: int
    """Stories in the 30 days up to the newest edition."""
    before: int
    """Stories in the 30 days before those."""


class CitedPlace(Struct, frozen=True):
    """A story in which a publisher is cited."""

    page: StoryPage
    publisher: Publisher
    cited: tuple[Brief, ...]

    @property
    def story(self) -> Story:
        return self.page.story

    @property
    def sources(self) -> tuple[Source, ...]:
        """The cited sources."""
        sources = self.story.sources
        return tuple(sources[brief.id] for brief in self.cited)

    @property
    def references(self) -> tuple[Reference, ...]:
        """The publisher's entries in the list of sources on the story's page."""
        return tuple(entry for entry in self.page.references if entry.publisher.id == self.publisher.id)

    @property
    def made_of(self) -> tuple[object, ...]:
        """Everything except what follows from the story."""
        return (self.publisher, self.page.view)


class PublisherPage(Struct, frozen=True):
    """Everything that a publisher's page is made from."""

    publisher: Publisher
    places: tuple[CitedPlace, ...]
    """Newest story first."""

    @property
    def sources(self) -> int:
        """How many of its pages are cited."""
        return len({brief.page for place in self.places for brief in place.cited})

    @property
    def made_of(self) -> tuple[object, ...]:
        """The values its places are made of, not the places, which are several times as many as the stories."""
        return (self.publisher, *(place.page.view for place in self.places))


def oldest(places: Iterable[CitedPlace]) -> CitedPlace:
    """The place that a source has its id from. Which it is does not depend on the order of an edition."""
    return min(places, key=lambda place: in_time(place.story))


class SourcePage(Struct, frozen=True):
    """Everything that the page of a source cited by several stories is made from."""

    id: str
    url: str
    """The canonical address of the source."""
    places: tuple[CitedPlace, ...]
    """Newest story first."""
    look: Look | None = None
    """The last look at it."""

    @property
    def source(self) -> Source:
        """The source as given in the newest story."""
        return self.places[0].sources[0]

    @property
    def publisher(self) -> Publisher:
        return self.places[0].publisher

    @property
    def passages(self) -> tuple[str, ...]:
        """All passages that stories quote from it."""
        return tuple(dict.fromkeys(text for place in self.places for text in place.sources[0].passages))

    @property
    def read(self) -> tuple[date, ...]:
        """The days on which it was read."""
        return tuple(sorted({day for place in self.places if (day := place.sources[0].accessed)}))

    def reference(self, place: CitedPlace) -> Reference:
        """The source's entry on the page of a story."""
        return next(entry for entry in place.page.references if canonical(entry.source.url) == self.url)

    @property
    def made_of(self) -> tuple[object, ...]:
        """The id, which decides its path, the last look at it, and the stories that cite it."""
        return (self.id, self.look, self.places)
