"""The data of story and edition pages: a story or an edition, and everything shown around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from generator.model.authors import Author
from generator.model.content import Edition, Origin, Source, Story
from generator.model.corrected import Since
from generator.model.evidence import Fate
from generator.model.linked import (
    EditionTexts,
    LinkedDispute,
    LinkedFocus,
    LinkedPart,
    LinkedPoint,
    LinkedQuestion,
    Reference,
    StoryTexts,
)
from generator.model.reach import edition_unit, story_unit
from generator.model.vocabulary import Entity, Publisher, Section, Topic
from generator.model.withdrawals import Withdrawal


class StoryView(Struct, frozen=True):
    """A story as one page shows it."""

    story: Story
    section: Section
    original: Source | None
    original_publisher: Publisher | None
    original_href: str
    """The address of the original for readers; empty if there is none."""
    topics: tuple[Topic, ...]
    mentions: tuple[Entity, ...]
    authors: tuple[Author, ...]
    """Who signs it; the newsletter if nobody does."""
    find_origins: Callable[[], tuple[Publisher | Fate, ...]]
    """Finds the origins on demand."""
    texts: Callable[[], StoryTexts]
    """Numbers the texts on first use, since most pages are not made again in a build."""

    @property
    def origins(self) -> tuple[Publisher | Fate, ...]:
        """Publishers and relayed publishers of its sources, and the fates of sources that are gone or have a copy."""
        return self.find_origins()

    @property
    def parts(self) -> tuple[LinkedPart, ...]:
        return self.texts().parts

    @property
    def disputes(self) -> tuple[LinkedDispute, ...]:
        return self.texts().disputes

    @property
    def made_of(self) -> tuple[object, ...]:
        """Everything except the texts and numbers, which follow from these."""
        original = (self.original_publisher, self.original_href)
        return (self.story, self.section, *original, self.topics, self.mentions, self.authors, self.origins)


class Related(Struct, frozen=True):
    """Another story, and the topics and entities that both share."""

    story: Story
    topics: tuple[Topic, ...]
    mentions: tuple[Entity, ...]

    @property
    def names(self) -> list[str]:
        """The names of the topics and entities that both stories share."""
        return [*(topic.name for topic in self.topics), *(entity.name for entity in self.mentions)]


class StoryPage(Struct, frozen=True):
    """Everything that a story's own page is made from."""

    view: StoryView
    list_references: Callable[[], tuple[Reference, ...]]
    """Makes the list of sources, together with the texts."""
    editions: tuple[Edition, ...]
    """Editions that show the story, oldest first."""
    find_nearest: Callable[[], tuple[Story, ...]]
    """Finds the nearest stories on demand, since most pages are not made again in a build."""
    thread: tuple[Story, ...]
    """All stories of the same event, including this one, oldest first; empty if it is the only one."""
    previous: Story | None
    """The story before it in its section."""
    next: Story | None

    @property
    def story(self) -> Story:
        return self.view.story

    @property
    def item(self) -> Story:
        """The story; `EditionPage` has the same property."""
        return self.view.story

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.list_references()

    @property
    def nearest(self) -> tuple[Story, ...]:
        """The stories that share most with it."""
        return self.find_nearest()

    @property
    def unit(self) -> str:
        """The unit of files made from this story alone."""
        return story_unit(self.story.slug)

    @property
    def near(self) -> str:
        """The first edition that shows it, or the story itself: files with its texts are made beside that one's."""
        return self.editions[0].slug if self.editions else self.story.slug

    @property
    def related(self) -> tuple[Related, ...]:
        """The nearest stories, with the topics and entities that they share with this one."""
        topics, mentions = self.view.topics, self.view.mentions
        return tuple(
            Related(
                other,
                tuple([topic for topic in topics if topic.id in other.topics]),
                tuple([entity for entity in mentions if entity.id in other.mentions]),
            )
            for other in self.nearest
        )

    @property
    def made_of(self) -> tuple[object, ...]:
        """Everything except what follows from these."""
        return (self.view, self.editions, self.nearest, self.thread, self.previous, self.next)


class Shelf(Struct, frozen=True):
    """A section of an edition with its stories."""

    section: Section
    stories: tuple[StoryView, ...]


class ListedEdition(Struct, frozen=True):
    """An edition as lists of editions show it: without its stories, so that these may change."""

    edition: Edition
    number: int
    """Counted from 1, the oldest edition."""


class EditionPage(Struct, frozen=True):
    """Everything that an edition's page is made from."""

    edition: Edition
    number: int
    """Counted from 1, the oldest edition."""
    in_order: Callable[[], Sequence[Story]]
    """Finds its stories, in the order of the page."""
    find_shelves: Callable[[], tuple[tuple[StoryPage, ...], tuple[Shelf, ...]]]
    """Finds the pages of its stories, and its shelves, on demand."""
    previous: Edition | None
    next: Edition | None
    texts: Callable[[], EditionTexts]
    """Numbers the texts on first use."""
    editors: tuple[Author, ...]
    """Who made it."""
    find_since: Callable[[], Since]
    """Finds on demand what was corrected and withdrawn since the edition before."""
    lost: tuple[Withdrawal, ...] = ()
    """Stories of it that were withdrawn, even if they are back."""

    @property
    def item(self) -> Edition:
        """The edition; `StoryPage` has the same property."""
        return self.edition

    @property
    def pages(self) -> tuple[StoryPage, ...]:
        """The stories' own pages, in the order of this page."""
        return self.find_shelves()[0]

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self.find_shelves()[1]

    def origin_of(self, story: Story) -> Origin | None:
        """Where a story of it was first published, unless the whole edition comes from there."""
        own, whole = story.imported, self.edition.imported
        return None if own and whole and own.name == whole.name else own

    def showing(self, shelves: tuple[Shelf, ...]) -> EditionPage:
        """A copy of this page with other shelves."""
        return replace(self, find_shelves=lambda: (self.pages, shelves))

    @property
    def since(self) -> Since:
        """What was corrected and withdrawn elsewhere since the edition before; nothing for the first edition."""
        return self.find_since()

    @property
    def takeaways(self) -> tuple[LinkedPoint, ...]:
        return self.texts().takeaways

    @property
    def actions(self) -> tuple[LinkedPoint, ...]:
        return self.texts().actions

    @property
    def focus(self) -> tuple[LinkedFocus, ...]:
        return self.texts().focus

    @property
    def quiz(self) -> tuple[LinkedQuestion, ...]:
        return self.texts().quiz

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.texts().references

    @property
    def words(self) -> int:
        """The number of words (separated by blanks) in all its texts, for the reading time."""
        return self.texts().words

    @property
    def views(self) -> Iterable[StoryView]:
        """The edition's stories in the order of the page."""
        return (view for shelf in self.shelves for view in shelf.stories)

    @property
    def made_of(self) -> tuple[object, ...]:
        """Everything except the texts and numbers, which follow from these."""
        around = (self.number, self.editors, self.lost, self.since, self.previous, self.next)
        return (self.edition, *(page.view for page in self.pages), *around)

    @property
    def unit(self) -> str:
        """The unit of files made from this edition alone."""
        return edition_unit(self.edition.slug)

    @property
    def listed(self) -> ListedEdition:
        """The edition as lists show it."""
        return ListedEdition(self.edition, self.number)

    @property
    def near(self) -> str:
        """The edition's slug: files with its stories' texts are best made beside it (`Artifact.near`)."""
        return self.edition.slug

    @property
    def changed(self) -> datetime:
        """The moment at which anything on the page last changed."""
        lost = (gone.changed_at(self.edition.published.tzinfo) for gone in self.lost)
        return max((self.edition.changed, *(story.changed for story in self.in_order()), *lost))

    @property
    def lead(self) -> Story:
        """The story that the edition names first."""
        return next(story for story in self.in_order() if story.slug == self.edition.stories[0])
