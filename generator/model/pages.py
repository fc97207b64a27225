"""What the pages of stories and editions are made from: a story or an edition, and all that stands around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from generator.model.authors import Author
from generator.model.content import Edition, Origin, Source, Story
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
    """Where readers find the original; empty when there is none."""
    topics: tuple[Topic, ...]
    mentions: tuple[Entity, ...]
    authors: tuple[Author, ...]
    """Who signs it; the newsletter where nobody does."""
    looked_up: Callable[[], tuple[Publisher | Fate, ...]]
    """Finds the origins, when they are asked for."""
    texts: Callable[[], StoryTexts]
    """Numbered when they are first asked for: most pages of a build are not made anew."""

    @property
    def origins(self) -> tuple[Publisher | Fate, ...]:
        """Who publishes and relays the sources of the story, and what became of those that are gone or have a copy."""
        return self.looked_up()

    @property
    def parts(self) -> tuple[LinkedPart, ...]:
        return self.texts().parts

    @property
    def disputes(self) -> tuple[LinkedDispute, ...]:
        return self.texts().disputes

    @property
    def made_of(self) -> tuple[object, ...]:
        """All but the texts and the numbers, which follow from these."""
        original = (self.original_publisher, self.original_href)
        return (self.story, self.section, *original, self.topics, self.mentions, self.authors, self.origins)


class Related(Struct, frozen=True):
    """Another story, and what the two share."""

    story: Story
    topics: tuple[Topic, ...]
    mentions: tuple[Entity, ...]

    @property
    def names(self) -> list[str]:
        """The names of the topics and entities that both stories share."""
        return [*(topic.name for topic in self.topics), *(entity.name for entity in self.mentions)]


class StoryPage(Struct, frozen=True):
    """All that a story's own page is made from."""

    view: StoryView
    listed: Callable[[], tuple[Reference, ...]]
    """The list of sources, made with the texts."""
    editions: tuple[Edition, ...]
    """Editions that show the story, oldest first."""
    looked_near: Callable[[], tuple[Story, ...]]
    """Finds the nearest stories: most pages of a build are not made anew, and need none."""
    thread: tuple[Story, ...]
    """All stories of the same event, oldest first, this one among them; empty when it stands alone."""
    previous: Story | None
    """The one before it in its section."""
    next: Story | None

    @property
    def story(self) -> Story:
        return self.view.story

    @property
    def item(self) -> Story:
        """What it is the page of, whether that is a story or an edition."""
        return self.view.story

    @property
    def references(self) -> tuple[Reference, ...]:
        return self.listed()

    @property
    def nearest(self) -> tuple[Story, ...]:
        """The stories that share most with it."""
        return self.looked_near()

    @property
    def unit(self) -> str:
        """What is made of it alone bears this name."""
        return story_unit(self.story.slug)

    @property
    def near(self) -> str:
        """The edition that shows it first, or itself: what is made of its texts is made beside that."""
        return self.editions[0].slug if self.editions else self.story.slug

    @property
    def related(self) -> tuple[Related, ...]:
        """The nearest stories with what they share with this one."""
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
        """All but what follows from these."""
        return (self.view, self.editions, self.nearest, self.thread, self.previous, self.next)


class Shelf(Struct, frozen=True):
    """A section of an edition with the stories that stand in it."""

    section: Section
    stories: tuple[StoryView, ...]


class ListedEdition(Struct, frozen=True):
    """An edition as lists of editions show it: without its stories, so that these may change beneath it."""

    edition: Edition
    number: int
    """Counted from 1, the oldest edition."""


class EditionPage(Struct, frozen=True):
    """All that an edition's page is made from."""

    edition: Edition
    number: int
    """Counted from 1, the oldest edition."""
    in_order: Callable[[], Sequence[Story]]
    """Finds its stories, in the order of the page."""
    shelved: Callable[[], tuple[tuple[StoryPage, ...], tuple[Shelf, ...]]]
    """Finds the pages of its stories and how it shows them, when they are asked for."""
    previous: Edition | None
    next: Edition | None
    texts: Callable[[], EditionTexts]
    """Numbered when they are first asked for."""
    editors: tuple[Author, ...]
    """Who made it."""
    lost: tuple[Withdrawal, ...] = ()
    """Stories that stood in it and were taken back, even if they stand again."""

    @property
    def item(self) -> Edition:
        """What it is the page of, whether that is a story or an edition."""
        return self.edition

    @property
    def pages(self) -> tuple[StoryPage, ...]:
        """The stories' own pages, in the order of this one."""
        return self.shelved()[0]

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self.shelved()[1]

    def origin_of(self, story: Story) -> Origin | None:
        """Where a story of it was published first, unless the edition says so of all that it holds."""
        own, whole = story.imported, self.edition.imported
        return None if own and whole and own.name == whole.name else own

    def showing(self, shelves: tuple[Shelf, ...]) -> EditionPage:
        """A copy of this page with other shelves."""
        return replace(self, shelved=lambda: (self.pages, shelves))

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
        """Words of all its texts, counted by blanks, for the time that it takes to read them."""
        return self.texts().words

    @property
    def views(self) -> Iterable[StoryView]:
        """The edition's stories in the order of the page."""
        return (view for shelf in self.shelves for view in shelf.stories)

    @property
    def made_of(self) -> tuple[object, ...]:
        """All but the texts and the numbers, which follow from these."""
        around = (self.number, self.editors, self.lost, self.previous, self.next)
        return (self.edition, *(page.view for page in self.pages), *around)

    @property
    def unit(self) -> str:
        """What is made of it alone bears this name."""
        return edition_unit(self.edition.slug)

    @property
    def listed(self) -> ListedEdition:
        """What lists show of it."""
        return ListedEdition(self.edition, self.number)

    @property
    def near(self) -> str:
        """The edition's name: what is made of its stories' texts is best made beside it (`Artifact.near`)."""
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
