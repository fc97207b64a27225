"""The linked site, from which pages, feeds and mails are rendered. All numbers and neighbours are decided here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct, field

from generator.model import permalinks
from generator.model.address import page_key
from generator.model.content import Edition, Source, Story
from generator.model.corrected import Corrected
from generator.model.evidence import Fate, State
from generator.model.indexes import Years, indexes
from generator.model.lazily import Lazily
from generator.model.library import Renewed
from generator.model.order import first_slugs
from generator.model.outputs import Outputs
from generator.model.pages import EditionPage, StoryPage
from generator.model.problems import Severity
from generator.model.reach import WHOLE, Reach, story_unit
from generator.model.stories import column, from_last
from generator.model.subjects import CitedPlace, PublisherPage, Recurring, SourcePage, Subject
from generator.model.tracing import Count, Ledgers
from generator.model.vocabulary import Newsletter, Publisher, Term
from generator.model.withdrawals import Withdrawal


class CheckCounts(Struct, frozen=True):
    """Which checks were made in the whole archive, and their results, for the page that tells readers."""

    rules: Mapping[str, Severity] = field(default_factory=dict)
    """The severities of the rules that are on, by name."""
    claims: Count = field(default_factory=dict)
    """The numbers of claims in all stories and editions, by kind and standing."""
    links: Mapping[State, int] = field(default_factory=dict)
    """How many sources were in each state when last looked at; empty if none ever was."""
    looked: date | None = None
    """The day of the newest look."""
    snapshots: tuple[str, ...] = ()
    """The pages of which the whole text is kept (`model.address.page_key`), in order."""
    signed: int = 0
    """How many stories and editions were signed as they were published."""


class GlossaryEntry(Struct, frozen=True):
    """A term of the glossary, and the publisher of its source."""

    term: Term
    publisher: Publisher | None


class Site(Struct, frozen=True, dict=True):
    """The whole site, linked."""

    newsletter: Newsletter
    base_url: str
    """The site's public address, with a trailing slash."""
    stories: Mapping[str, Story]
    """The stories by slug, oldest first."""
    story_pages: Lazily[Story, StoryPage]
    """The pages of the stories by slug, oldest first, made on demand."""
    editions: tuple[EditionPage, ...]
    """Newest first."""
    subjects: Mapping[str, Mapping[str, Subject]]
    """The subjects that have stories, by kind and id: sections in the vocabulary's order, the others by name."""
    find_publishers: Callable[[], Mapping[str, PublisherPage]]
    """Gathers the cited publishers on demand."""
    find_shared: Callable[[], Mapping[str, SourcePage]]
    """Gathers the sources that several stories cite on demand."""
    find_corrections: Callable[[], tuple[Corrected, ...]]
    """Gathers the corrections on demand."""
    recurring: tuple[Recurring, ...]
    """The topics and entities that are rising most, strongest first."""
    outputs: Outputs = field(default_factory=Outputs)
    glossary: tuple[GlossaryEntry, ...] = ()
    """The terms of the glossary, in alphabetical order."""
    withdrawn: tuple[Withdrawal, ...] = ()
    """Stories and editions that were withdrawn, by name."""
    restored: tuple[Withdrawal, ...] = ()
    """Those that were withdrawn once and are back; kept so that the dates of feeds do not go back."""
    comments: Mapping[str, int] = field(default_factory=dict)
    """How many comments editions had when they were last counted, by slug."""
    find_emptied: Callable[[], tuple[Subject, ...]] = tuple
    """Gathers on demand the subjects and publishers that had stories and have none."""
    hubs: tuple[str, ...] = ()
    """WebSub hubs that feeds name, so that subscribers are notified of changes."""
    ledgers: Ledgers | None = None
    """The claims of stories and editions; None if nothing was traced, as for a mail."""
    fates: Mapping[str, Fate] = field(default_factory=dict)
    """What became of sources, by address key."""
    counts: CheckCounts | None = None
    """The rules and counts of the checks; None if nothing was checked, as for a mail."""
    reach: Reach = WHOLE
    """The units whose files are wanted; files of other units are not declared."""
    renewed: Renewed | None = None
    """How stories and editions differ from those of an earlier run (`Library.renewed`); None if not known."""

    @property
    def items(self) -> list[Story | Edition]:
        """All stories and editions."""
        return [*self.stories.values(), *(page.edition for page in self.editions)]

    @property
    def basis(self) -> str:
        """Fingerprint of all stories and editions of the site; empty if not known."""
        return self.renewed.now if self.renewed else ""

    @property
    def sections(self) -> Mapping[str, Sequence[Story]]:
        """The stories of each section that has any, newest first, in the vocabulary's order."""
        return {id_: subject.stories for id_, subject in self.subjects["section"].items()}

    def with_stories(self, kind: str) -> Mapping[str, Subject] | Mapping[str, PublisherPage]:
        """The subjects or publishers that have stories."""
        return self.publishers if kind == "publisher" else self.subjects[kind]

    def earlier(self, kind: str, was: Iterable[str]) -> tuple[str, ...]:
        """The earlier ids of a subject or publisher, except those that another one has by now."""
        return tuple(id_ for id_ in was if id_ not in self.with_stories(kind))

    def folder(self, kind: str) -> str:
        """The path of the page that lists all subjects of a kind, or of the front page if none has stories."""
        return permalinks.folder_path(kind) if self.with_stories(kind) else ""

    @property
    def has_search(self) -> bool:
        return self.outputs.search and bool(self.stories)

    @property
    def has_checks(self) -> bool:
        """Whether there is a page on how the newsletter checks its content."""
        return self.outputs.checks and self.counts is not None and bool(self.stories)

    @property
    def has_evidence(self) -> bool:
        """Whether the results of tracing are published as data beside pages."""
        return self.outputs.evidence and self.ledgers is not None

    @property
    def publishers(self) -> Mapping[str, PublisherPage]:
        """The cited publishers by id, ordered by name."""
        return self.find_publishers()

    @property
    def shared(self) -> Mapping[str, SourcePage]:
        """The sources that several stories cite, by address key, ordered by address."""
        return self.find_shared()

    @property
    def emptied(self) -> tuple[Subject, ...]:
        """The subjects and publishers that had stories and have none."""
        return self.find_emptied()

    @property
    def newest_first(self) -> tuple[StoryPage, ...]:
        return tuple(self.story_pages.values())[::-1]

    @property
    def newest(self) -> Story | None:
        return next(iter(from_last(self.stories)), None)

    def print_of(self, story: Story) -> str:
        """Fingerprint of the tracing of a story; empty if nothing was traced."""
        return self.ledgers.print_of(story) if self.ledgers else ""

    @property
    def wanted_stories(self) -> Iterator[StoryPage]:
        """The pages of stories that may differ from the last build, oldest first."""
        return map(self.story_pages.__getitem__, self.reach.among(self.stories, story_unit))

    @property
    def wanted_editions(self) -> Iterator[EditionPage]:
        """The pages of editions that may differ from the last build, newest first."""
        return (page for page in self.editions if page.unit in self.reach)

    @property
    def wanted_items(self) -> Iterator[StoryPage | EditionPage]:
        """The wanted pages of stories, then of editions."""
        yield from self.wanted_stories
        yield from self.wanted_editions

    def data_paths(self, item: Story | Edition) -> tuple[str, ...]:
        """The paths beside which an item's data stands: that of its page, and old ones, where data cannot redirect."""
        return item.data_paths if self.outputs.redirects else (item.path,)

    @cached_property
    def first_slugs(self) -> Mapping[str, str]:
        """The first slugs of the stories that have another one by now."""
        return first_slugs(self.stories)

    @property
    def has_corrections(self) -> bool:
        """Whether there is a page of corrections and withdrawals."""
        return bool(self.corrections or self.withdrawn)

    def scores(self, slugs: Sequence[str]) -> list[int]:
        """The importance of some stories; 0 for those without one."""
        return column(self.stories, "score", slugs)

    @cached_property
    def stories_of_months(self) -> Mapping[tuple[int, int], int]:
        """How many stories were published in each month, by (year, month), in their own time zones."""
        counted = Counter(column(self.stories, "month"))
        return {(month // 12, month % 12 + 1): count for month, count in counted.items()}

    @cached_property
    def stories_of_years(self) -> Mapping[int, int]:
        """How many stories were published in each year, in their own time zones."""
        found = Counter[int]()
        for (year, _), count in self.stories_of_months.items():
            found[year] += count
        return found

    @cached_property
    def indexes(self) -> tuple[Years, ...]:
        """The years of each search index, oldest first."""
        return indexes(self.stories_of_years)

    @property
    def corrections(self) -> tuple[Corrected, ...]:
        """The corrections of all stories and of editions' own texts, newest first."""
        return self.find_corrections()

    def source_path(self, source: Source) -> str | None:
        """The path of a source's page; None if it has none."""
        return self._path_of_source(page_key(source.url))

    def source_paths(self, story: Story) -> tuple[str, ...]:
        """The paths of the pages of a story's sources."""
        return tuple(filter(None, map(self._path_of_source, story.source_keys)))

    def cited_paths(self, place: CitedPlace) -> tuple[str, ...]:
        """The paths of the pages of the sources cited in a place."""
        return tuple(filter(None, (self._path_of_source(brief.page) for brief in place.cited)))

    def _path_of_source(self, key: str) -> str | None:
        page = self.shared.get(key) if self.outputs.has("source") else None
        return permalinks.subject_path("source", page.id) if page else None

    def url(self, path: str) -> str:
        """The absolute address of a path of the site."""
        return self.base_url + path
