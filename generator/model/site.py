"""The linked site: what pages, feeds and mail are rendered from. Every number and every neighbour is settled here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property

from msgspec import Struct, field
from msgspec.structs import replace

from generator.model import permalinks
from generator.model.address import canonical, page_key
from generator.model.checks import Checks
from generator.model.content import (
    Brief,
    Correction,
    Dispute,
    Edition,
    Question,
    Renewed,
    Source,
    Story,
    Term,
    Withdrawal,
)
from generator.model.evidence import Fate, Look
from generator.model.indexes import Years, indexes
from generator.model.lazily import Lazily
from generator.model.outputs import Outputs
from generator.model.reach import WHOLE, Reach, edition_unit, story_unit, subject_unit
from generator.model.tracing import Ledgers
from generator.model.vocabulary import Entity, Newsletter, Publisher, Section, Topic


class Mark(Struct, frozen=True):
    """One citation as a page shows it: a number that leads to a source."""

    number: int
    target: str
    """Id of the source's entry in the page's list."""
    anchor: str
    """Id of this very place, to which the entry leads back."""
    label: str
    """Who published the source, for those who hear the page."""


class LinkedText(Struct, frozen=True):
    """A text in HTML with markers (see `generator.prose`), and what stands at each of them."""

    html: str
    marks: tuple[tuple[Mark, ...], ...]


class LinkedPart(Struct, frozen=True):
    """A part of a story, or its body when `title` is empty."""

    id: str
    title: str
    texts: tuple[LinkedText, ...]
    is_list: bool = False


class LinkedVersion(Struct, frozen=True):
    """What some sources say of a disputed point, with their numbers."""

    value: str
    marks: tuple[Mark, ...]


class LinkedDispute(Struct, frozen=True):
    dispute: Dispute
    versions: tuple[LinkedVersion, ...]


class Standing(Struct, frozen=True):
    """Whether a source still stands, and where a copy of it does."""

    gone: date | None = None
    """The day on which the page was found gone."""
    copy: str | None = None
    """Address of a copy."""
    taken: date | None = None
    """The day of the copy, where it is known."""

    def href(self, url: str) -> str:
        """Where readers find the source: at its copy once the page itself is gone."""
        return self.copy if self.gone and self.copy else url


class Reference(Struct, frozen=True):
    """An entry of a page's list of sources: derived from the citations that the page shows, so it always fits them."""

    number: int
    source: Source
    publisher: Publisher
    relays: Publisher | None
    anchors: tuple[str, ...]
    """Every id under which the page's citations know this source; the first is the entry's own."""
    uses: tuple[str, ...]
    """Ids of the places where it is cited, in reading order."""
    standing: Standing = Standing()

    @property
    def href(self) -> str:
        """Where readers find the source."""
        return self.standing.href(self.source.url)


class StoryTexts(Struct, frozen=True):
    """A story's own words, numbered for one page."""

    parts: tuple[LinkedPart, ...]
    disputes: tuple[LinkedDispute, ...]


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
        return (self.story, self.section, *original, self.topics, self.mentions, self.origins)


class Related(Struct, frozen=True):
    """Another story, and what the two share."""

    story: Story
    topics: tuple[Topic, ...]
    mentions: tuple[Entity, ...]

    @property
    def names(self) -> list[str]:
        """Of what they share."""
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


class LinkedPoint(Struct, frozen=True):
    lead: str
    text: LinkedText


class LinkedFocus(Struct, frozen=True):
    lead: str
    texts: tuple[tuple[str, LinkedText], ...]
    """What changed, why it matters, what to watch, by the names of their fields."""


class LinkedQuestion(Struct, frozen=True):
    question: Question
    explanation: LinkedText


class GlossaryEntry(Struct, frozen=True):
    """A term of the glossary, and who published its source."""

    term: Term
    publisher: Publisher | None


class EditionTexts(Struct, frozen=True):
    """An edition's own words, numbered together with those of its stories, and the sources of all."""

    takeaways: tuple[LinkedPoint, ...]
    actions: tuple[LinkedPoint, ...]
    focus: tuple[LinkedFocus, ...]
    quiz: tuple[LinkedQuestion, ...]
    references: tuple[Reference, ...]
    words: int


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

    @property
    def pages(self) -> tuple[StoryPage, ...]:
        """The stories' own pages, in the order of this one."""
        return self.shelved()[0]

    @property
    def shelves(self) -> tuple[Shelf, ...]:
        return self.shelved()[1]

    def showing(self, shelves: tuple[Shelf, ...]) -> EditionPage:
        """The same edition with other shelves."""
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
        """Its stories in the order of the page."""
        return (view for shelf in self.shelves for view in shelf.stories)

    @property
    def made_of(self) -> tuple[object, ...]:
        """All but the texts and the numbers, which follow from these."""
        return (self.edition, self.number, *(page.view for page in self.pages), self.previous, self.next)

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
        """As in `StoryPage`."""
        return self.edition.slug

    @property
    def changed(self) -> datetime:
        """The moment at which anything on the page last changed."""
        return max((self.edition.changed, *(story.changed for story in self.in_order())))

    @property
    def lead(self) -> Story:
        """The story that the edition names first."""
        return next(story for story in self.in_order() if story.slug == self.edition.stories[0])


class Subject(Struct, frozen=True):
    """What stories can be gathered under: a section, a topic or an entity."""

    kind: str
    """`section`, `topic` or `entity`."""
    id: str
    title: str
    description: str | None
    stories: tuple[Story, ...]
    """Newest first."""
    positions: Sequence[int]
    """Where they stand among all stories, counted from the newest."""
    counted: Callable[[], tuple[tuple[Entity, int], ...]]
    """Counts the companions, when they are asked for."""
    entity: Entity | None = None

    @property
    def unit(self) -> str:
        """What is made of it alone bears this name."""
        return subject_unit(self.kind, self.id)

    @property
    def companions(self) -> tuple[tuple[Entity, int], ...]:
        """The entities that its stories mention most, with the number of stories."""
        return self.counted()

    @property
    def made_of(self) -> tuple[object, ...]:
        return (self.kind, self.id, self.title, self.description, self.stories, self.companions, self.entity)


class Recurring(Struct, frozen=True):
    """A topic or an entity that is in the news more than it was."""

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
        """What is cited."""
        sources = self.story.sources
        return tuple(sources[brief.id] for brief in self.cited)

    @property
    def references(self) -> tuple[Reference, ...]:
        """What is cited, and where on the story's page."""
        return tuple(entry for entry in self.page.references if entry.publisher.id == self.publisher.id)

    @property
    def made_of(self) -> tuple[object, ...]:
        """All but what follows from the story."""
        return (self.publisher, self.page.view)


class PublisherPage(Struct, frozen=True):
    """All that a publisher's page is made from."""

    publisher: Publisher
    places: tuple[CitedPlace, ...]
    """Newest story first."""

    @property
    def sources(self) -> int:
        """How many of its pages are cited."""
        return len({brief.page for place in self.places for brief in place.cited})

    @property
    def made_of(self) -> tuple[object, ...]:
        """What its places are made of: there are several times as many of them as there are stories."""
        return (self.publisher, *(place.page.view for place in self.places))


class SourcePage(Struct, frozen=True):
    """All that the page of a source which several stories cite is made from."""

    id: str
    url: str
    """Its canonical address."""
    places: tuple[CitedPlace, ...]
    """Newest story first."""
    look: Look | None = None
    """The last look at it."""

    @property
    def source(self) -> Source:
        """As the newest story has it."""
        return self.places[0].sources[0]

    @property
    def publisher(self) -> Publisher:
        return self.places[0].publisher

    @property
    def passages(self) -> tuple[str, ...]:
        """All that stories quote of it."""
        return tuple(dict.fromkeys(text for place in self.places for text in place.sources[0].passages))

    @property
    def read(self) -> tuple[date, ...]:
        """The days on which it was read."""
        return tuple(sorted({day for place in self.places if (day := place.sources[0].accessed)}))

    def reference(self, place: CitedPlace) -> Reference:
        """Its entry on the page of a story."""
        return next(entry for entry in place.page.references if canonical(entry.source.url) == self.url)

    @property
    def made_of(self) -> tuple[object, ...]:
        """Whose addresses its own follows from, and the stories."""
        return (self.id, self.look, self.places)


class Corrected(Struct, frozen=True):
    """A correction and what it mends."""

    item: Story | Edition
    correction: Correction
    section: Section | None = None
    """That of a story."""

    @property
    def path(self) -> str:
        """The page on which it stands."""
        return self._path(self.item.slug)

    @property
    def first_path(self) -> str:
        """The page of the name under which it was first published."""
        return self._path(self.item.renamed_from or self.item.slug)

    def _path(self, slug: str) -> str:
        return permalinks.story_path(slug) if isinstance(self.item, Story) else permalinks.edition_path(slug)


class Site(Struct, frozen=True, dict=True):
    """The whole site, linked."""

    newsletter: Newsletter
    base_url: str
    """The site's public address, with a slash at its end."""
    told: dict[str, Story]
    """The stories by slug, oldest first."""
    stories: Lazily[Story, StoryPage]
    """Their pages, likewise."""
    editions: tuple[EditionPage, ...]
    """Newest first."""
    subjects: Mapping[str, Mapping[str, Subject]]
    """Those that have stories, by kind and id: sections in the vocabulary's order, the others by name."""
    cited: Callable[[], Mapping[str, PublisherPage]]
    """Gathers who is cited, when it is asked for."""
    shared: Mapping[str, SourcePage]
    """The sources that several stories cite, by the keys of their addresses, in the order of the addresses."""
    recurring: tuple[Recurring, ...]
    """What rises most just now, the most first."""
    outputs: Outputs = field(default_factory=Outputs)
    glossary: tuple[GlossaryEntry, ...] = ()
    """In the order of the alphabet."""
    withdrawn: tuple[Withdrawal, ...] = ()
    """Stories and editions that were taken back, by name."""
    comments: Mapping[str, int] = field(default_factory=dict)
    """How many comments editions had when they were last counted, by slug."""
    hubs: tuple[str, ...] = ()
    """WebSub hubs that feeds name, so that subscribers are told of changes."""
    ledgers: Ledgers | None = None
    """None where nothing was traced, such as in a mail."""
    fates: Mapping[str, Fate] = field(default_factory=dict)
    """What became of sources, by the keys of their addresses."""
    checks: Checks | None = None
    """None where nothing was checked, likewise."""
    reach: Reach = WHOLE
    """Whose files are wanted: what belongs to others is not declared."""
    renewed: Renewed | None = None
    """As of the library."""

    @property
    def basis(self) -> str:
        """Stands for all its stories and editions; empty where that is not known."""
        return self.renewed.now if self.renewed else ""

    @property
    def sections(self) -> Mapping[str, tuple[Story, ...]]:
        """The stories of each section that has any, newest first, in the vocabulary's order."""
        return {id_: subject.stories for id_, subject in self.subjects["section"].items()}

    @property
    def has_search(self) -> bool:
        return self.outputs.search and bool(self.stories)

    @property
    def has_checks(self) -> bool:
        """Whether there is a page that says how the newsletter checks."""
        return self.outputs.checks and self.checks is not None and bool(self.stories)

    @property
    def has_evidence(self) -> bool:
        """Whether what was traced stands beside pages as data."""
        return self.outputs.evidence and self.ledgers is not None

    @property
    def publishers(self) -> Mapping[str, PublisherPage]:
        """Those that are cited, by id, in the order of their names."""
        return self.cited()

    @property
    def newest_first(self) -> tuple[StoryPage, ...]:
        return tuple(self.stories.values())[::-1]

    @property
    def newest(self) -> Story | None:
        return next(reversed(self.told.values()), None)

    @property
    def wanted_stories(self) -> Iterator[StoryPage]:
        """Those whose files are wanted, oldest first."""
        return map(self.stories.__getitem__, self.reach.among(self.told, story_unit))

    @property
    def wanted_editions(self) -> Iterator[EditionPage]:
        """Those whose files are wanted, newest first."""
        return (page for page in self.editions if page.unit in self.reach)

    @property
    def has_corrections(self) -> bool:
        """Whether there is a page of what was corrected or withdrawn."""
        return bool(self.corrections or self.withdrawn)

    @cached_property
    def stories_of_months(self) -> Mapping[tuple[int, int], int]:
        """How many stories were published in each month, by year and number, in their own zones."""
        moments = (story.published for story in self.told.values())
        return Counter((moment.year, moment.month) for moment in moments)

    @cached_property
    def stories_of_years(self) -> Mapping[int, int]:
        """The same of each year."""
        found = Counter[int]()
        for (year, _), count in self.stories_of_months.items():
            found[year] += count
        return found

    @cached_property
    def indexes(self) -> tuple[Years, ...]:
        """The years that share an index of the search, oldest first."""
        return indexes(self.stories_of_years)

    @cached_property
    def corrections(self) -> tuple[Corrected, ...]:
        """The corrections of all stories and of the own texts of editions, newest first."""
        sections = self.newsletter.sections
        stories = self.told.values()
        found = [Corrected(story, note, sections[story.section]) for story in stories for note in story.corrections]
        found += [Corrected(page.edition, note) for page in self.editions for note in page.edition.corrections]
        return tuple(sorted(found, key=lambda c: (c.correction.date, c.path), reverse=True))

    def source_path(self, source: Source) -> str | None:
        """The page of a source, where it has one."""
        return self._path_of_source(page_key(source.url))

    def source_paths(self, story: Story) -> tuple[str, ...]:
        """The pages of a story's sources."""
        return tuple(filter(None, map(self._path_of_source, story.source_keys)))

    def cited_paths(self, place: CitedPlace) -> tuple[str, ...]:
        """The pages of the sources that are cited in a place."""
        return tuple(filter(None, (self._path_of_source(brief.page) for brief in place.cited)))

    def _path_of_source(self, key: str) -> str | None:
        page = self.shared.get(key) if self.outputs.has("source") else None
        return permalinks.subject_path("source", page.id) if page else None

    def url(self, path: str) -> str:
        """The absolute address of a path of the site."""
        return self.base_url + path
