"""Declare the pages that gather stories: of sections, topics, entities and publishers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact, Values
from generator.model.content import Story
from generator.model.reach import subject_unit
from generator.model.site import Site
from generator.model.stories import column_of, month_name
from generator.model.subjects import CitedPlace, PublisherPage, SourcePage, Subject, oldest
from generator.model.vocabulary import ENTITY_KINDS
from generator.render.feeds.series import Series
from generator.render.head import FeedLink
from generator.render.maker import Maker, newest_change
from generator.render.opening import Opening, opening
from generator.render.periods import PAGE_LIMIT, beside, former, periods
from generator.render.redirects import led_on
from generator.render.weeks import weeks

T = TypeVar("T")
U = TypeVar("U")

_DIRECTORIES = {
    "section": "title-sections",
    "topic": "title-topic",
    "entity": "title-entity",
    "publisher": "title-sources",
    "source": "title-shared",
}
"""The title of each kind's directory."""
DIRECTORY_LIMIT = 60
"""Entities of one kind in their directory, those with the most stories."""

HEADLINES = 3
"""The newest stories of each section in the directory of sections."""


class _Parts(Struct, Generic[U, T], frozen=True):
    """What is gathered on pages, and how to cut it into years and months."""

    whole: U
    items: Sequence[T]
    stories: Callable[[Sequence[T]], Sequence[Story]]
    """Returns the story of each of the given items."""
    within: Callable[[Sequence[T]], U]
    """The whole as a period's page sees it, without anything from other periods."""
    made_of: Callable[[U], Values]


class _Way(Struct, frozen=True):
    """A page's place among those of its subject."""

    kind: str
    id: str
    """The subject's id."""
    years: tuple[str, ...]
    """The years that have pages, newest first."""
    period: str | None = None
    """The year or month of the page; None for the first one."""
    months: tuple[str, ...] = ()
    """The months of its year that have pages, newest first."""

    @property
    def path(self) -> str:
        """The path of the page."""
        return self._to(self.period)

    def _to(self, period: str | None = None) -> str:
        return permalinks.subject_path(self.kind, self.id, period)

    @property
    def told(self) -> dict[str, Any]:
        """The template's links to the other pages: each with its name, its path and whether it is the current one."""
        years, months = (
            [(name, self._to(name), name == self.period) for name in names] for names in (self.years, self.months)
        )
        return {"years": years, "months": months, "period": self.period}

    def trail(self, name: str) -> Iterator[tuple[str, str]]:
        """The pages above that of a period: the subject, called `name`, and for a month its year."""
        if self.period:
            yield name, self._to()
            if (year := self.period[:4]) != self.period:
                yield year, self._to(year)


class SubjectPages(Struct, frozen=True):
    """Makes the pages that are gathered."""

    maker: Maker

    @property
    def site(self) -> Site:
        return self.maker.site

    def all(self) -> Iterator[PageArtifact | Artifact]:
        """Every such page: the first of each subject, its years and months, and the directories."""
        shown = (subjects for kind, subjects in self.site.subjects.items() if self.site.outputs.has(kind))
        for subject in chain.from_iterable(subjects.values() for subjects in shown):
            parts = _Parts(subject, subject.stories, _themselves, partial(_within, subject), self._of_subject)
            paged = self._paged(subject.kind, subject.id, "section", parts, self.subject)
            earlier = self.site.earlier(subject.kind, subject.was)
            yield from self._led(subject.kind, subject.id, earlier, paged, subject.stories)
        for page in self.site.publishers.values() if self.site.outputs.publishers else ():
            cited = _Parts(page, page.places, _stories, partial(_cited_within, page), self._of_publisher)
            paged = self._paged("publisher", page.publisher.id, "publisher", cited, self.publisher)
            earlier = self.site.earlier("publisher", page.publisher.was)
            yield from self._led("publisher", page.publisher.id, earlier, paged, _stories(page.places))
        for source in self.site.shared.values() if self.site.outputs.has("source") else ():
            # its title is from the newest place, on the pages of all periods
            of_source = _Parts(source, source.places, _stories, partial(_whole, source), _alone)
            paged = self._paged("source", source.id, "publisher", of_source, self.source)
            yield from self._led("source", source.id, self._earlier(source), paged, _stories(source.places))
        yield from self._moved()
        yield from self._directories()

    def _earlier(self, source: SourcePage) -> Iterator[str]:
        """The ids of a source's page under the earlier ids of the publisher that named it."""
        name = source.id.partition("/")[2]
        return (f"{old}/{name}" for old in self.site.earlier("publisher", oldest(source.places).publisher.was))

    def _led(
        self, kind: str, id_: str, earlier: Iterable[str], pages: Iterable[PageArtifact], stories: Sequence[Story]
    ) -> Iterator[PageArtifact | Artifact]:
        """Pages of a subject, with redirects from where each was under earlier ids.

        Redirects also lead on from the years and months that have no page since some of its stories were withdrawn.
        """
        yield from (found := list(pages))
        if found:
            moved = self._old_paths(kind, (id_, *earlier), [page.path for page in found], stories)
            yield from led_on(self.maker.templates, moved, subject_unit(kind, id_))

    def _old_paths(
        self, kind: str, ids: Sequence[str], paths: Iterable[str], stories: Sequence[Story]
    ) -> Iterator[tuple[str, str]]:
        """Where pages of a subject were, each with where it is now; `ids` are its id and the earlier ones."""
        here, *there = (permalinks.subject_path(kind, each) for each in ids)
        rests = [path.removeprefix(here) for path in paths]
        yield from ((old + rest, here + rest) for old in there for rest in rests)
        for period, instead in self._former(kind, ids, stories):
            to = permalinks.subject_path(kind, ids[0], instead or None)
            yield from ((permalinks.subject_path(kind, each, period), to) for each in ids)

    def _former(self, kind: str, ids: Iterable[str], stories: Sequence[Story]) -> Iterator[tuple[str, str]]:
        """The periods that a subject, also under earlier ids, may have had pages for (`periods.former`)."""
        places = {permalinks.subject_path(kind, each).rstrip("/") for each in ids}
        left = [f"{gone.published_on:%Y-%m}" for gone in self.site.withdrawn if not places.isdisjoint(gone.was_in)]
        return former([*map(month_name, column_of(stories, "month"))], left) if left else iter(())

    def _moved(self) -> Iterator[Artifact]:
        """Redirects from a source page's address cut at a slash, and from what has no story left to the list."""
        site = self.site
        if site.outputs.has("source"):
            folder = permalinks.folder_path("source")
            ids = dict.fromkeys(source.id.partition("/")[0] for source in site.shared.values())
            known = ((id_, site.publishers[id_].publisher.was) for id_ in ids)
            former = ((old, id_) for id_, was in known for old in (id_, *site.earlier("publisher", was)))
            moved = ((f"{folder}{old}/", permalinks.subject_path("publisher", id_)) for old, id_ in former)
            yield from led_on(self.maker.templates, moved)
        emptied = [subject for subject in site.emptied if site.outputs.has(subject.kind)]
        yield from led_on(self.maker.templates, ((folder, "") for folder in self._unlisted(emptied)))
        for subject in emptied:
            old = (subject.id, *site.earlier(subject.kind, subject.was))
            moved = ((permalinks.subject_path(subject.kind, id_), site.folder(subject.kind)) for id_ in old)
            yield from led_on(self.maker.templates, moved)

    def _unlisted(self, emptied: Iterable[Subject]) -> Iterator[str]:
        """The paths of lists that have nothing left, as every story was withdrawn."""
        kinds = {subject.kind for subject in emptied if not self.site.with_stories(subject.kind)}
        kinds |= {"source"} if "publisher" in kinds and self.site.outputs.has("source") else set()
        return map(permalinks.folder_path, sorted(kinds))

    def _of_subject(self, subject: Subject) -> Values:
        """What its pages depend on. A section also shows the opening of its lead story, which follows from tracing."""
        ledgers = self.site.ledgers
        if subject.kind != "section" or ledgers is None:
            return (subject,)
        lead = leading(subject.stories)
        return subject, ledgers.print_of(lead), self.site.story_pages[lead.slug].view

    def _of_publisher(self, page: PublisherPage) -> Values:
        return page, tuple(map(self.site.cited_paths, page.places))

    def _paged(
        self,
        kind: str,
        id_: str,
        chrome: str,
        parts: _Parts[U, T],
        make: Callable[[U, Sequence[T], _Way], Page],
    ) -> Iterator[PageArtifact]:
        """The first page with the newest items and, if it cannot hold them all, the pages of years and months."""
        if (unit := subject_unit(kind, id_)) not in self.site.reach:
            return
        whole, items, stories = parts.whole, parts.items, parts.stories(parts.items)
        found = list(periods(items, stories))
        years = tuple(period.name for period in found if period.is_year)
        newest = newest_change(stories)
        way = _Way(kind, id_, years)
        first, made_of = partial(make, whole, items[:PAGE_LIMIT], way), (*parts.made_of(whole), years)
        yield PageArtifact(way.path, chrome, Order.INDEX, first, newest, made_of, beside(kind, "newest"), unit)
        for period in found:
            newest, within = newest_change(parts.stories(period.items)), parts.within(period.items)
            way = _Way(kind, id_, years, period.name, period.months)
            of_period, made_of = partial(make, within, period.items, way), (*parts.made_of(within), years, way.months)
            near = beside(kind, period.name)
            yield PageArtifact(way.path, chrome, Order.INDEX, of_period, newest, made_of, near, unit)

    def subject(self, subject: Subject, stories: Sequence[Story], way: _Way) -> Page:
        """Stories of a section, topic or entity, newest first; the first page also has a lead story."""
        lead, is_section = None if way.period else leading(stories), subject.kind == "section"
        return self._page(
            "subject.html",
            way,
            (subject.title, subject.description),
            stories,
            feeds=_links(self.maker.following.subject(subject)),
            of=self._kind_of(subject),
            current=permalinks.section_path(subject.id) if is_section else permalinks.folder_path(subject.kind),
            subject=subject,
            stories=stories,
            lead=lead,
            opening=self._opening(subject, lead),
            weeks=() if way.period else weeks(subject.stories),
        )

    def _kind_of(self, subject: Subject) -> str | None:
        """What kind of thing a subject is, for the page's title; None for sections, which make up the site."""
        if subject.kind == "section":
            return None
        return self.maker.words.text(f"mentions-{subject.entity.kind}" if subject.entity else "title-topic")

    def _opening(self, subject: Subject, lead: Story | None) -> Opening | None:
        """The opening of a lead story. Only sections have one: they are few, and it takes reading a story's sources."""
        if lead is None or subject.kind != "section" or self.site.ledgers is None:
            return None
        return opening(self.site.story_pages[lead.slug], self.site.ledgers.of(lead))

    def publisher(self, page: PublisherPage, places: Sequence[CitedPlace], way: _Way) -> Page:
        """Each place where a publisher is cited."""
        words, name = self.maker.words, page.publisher.name
        return self._page(
            "publisher.html",
            way,
            (name, words.text("description-publisher", publisher=name)),
            _stories(places),
            feeds=_links(self.maker.following.publisher(page)),
            of=words.text("title-sources"),
            current=permalinks.folder_path("publisher"),
            page=page,
            places=places,
            weeks=() if way.period else weeks(_stories(page.places)),
        )

    def source(self, page: SourcePage, places: Sequence[CitedPlace], way: _Way) -> Page:
        """A source and each place where it is cited."""
        name, publisher = page.source.called, page.publisher.name
        return self._page(
            "source.html",
            way,
            (name, self.maker.words.text("description-source", source=name, publisher=publisher)),
            _stories(places),
            of=publisher,
            current=permalinks.folder_path("publisher"),
            page=page,
            entry=page.reference(page.places[0]),
            places=places,
        )

    def _page(
        self, template: str, way: _Way, told: tuple[str, str | None], listed: Iterable[Story], **context: Any
    ) -> Page:
        """A page for a name and description, with the stories that it lists."""
        title, description = self._named(*told, way.period)
        items = [(story.title, story.path) for story in listed]
        directory = self.maker.words.text(_DIRECTORIES[way.kind]), permalinks.folder_path(way.kind)
        trail = (directory, *way.trail(told[0]))
        return self.maker.list_page(template, way.path, title, description, items, trail, **way.told, **context)

    def _named(self, title: str, description: str | None, period: str | None) -> tuple[str, str]:
        words = self.maker.words
        if period:
            named = {"section": title, "period": words.period(period)}
            return words.text("title-section-period", **named), words.text("description-section-period", **named)
        if description:
            return title, words.text("description-section", section=title, description=description)
        return title, words.text("description-section-plain", section=title)

    def _directories(self) -> Iterator[PageArtifact]:
        site = self.site
        if site.subjects["section"] and site.outputs.sections:
            yield self._directory("section", {"": list(site.subjects["section"].values())})
        if site.subjects["topic"] and site.outputs.topics:
            yield self._directory("topic", {"": list(site.subjects["topic"].values())})
        if site.subjects["entity"] and site.outputs.entities:
            by_kind = {kind: self._most(kind) for kind in ENTITY_KINDS}
            yield self._directory("entity", {kind: found for kind, found in by_kind.items() if found})

    def _most(self, kind: str) -> list[Subject]:
        found = [s for s in self.site.subjects["entity"].values() if s.entity and s.entity.kind == kind]
        most = sorted(found, key=lambda s: -len(s.stories))[:DIRECTORY_LIMIT]
        return sorted(most, key=found.index)

    def _directory(self, kind: str, groups: dict[str, list[Subject]]) -> PageArtifact:
        newest = newest_change([s.stories[0] for group in groups.values() for s in group])
        path = permalinks.folder_path(kind)
        make = partial(self.directory, kind, path, groups)
        shown = [(group, tuple(map(_in_directory, found))) for group, found in groups.items()]
        return PageArtifact(path, "archive", Order.INDEX, make, newest, (kind, shown))

    def directory(self, kind: str, path: str, groups: dict[str, list[Subject]]) -> Page:
        """All sections, all topics, or the entities with the most stories, by kind."""
        words = self.maker.words
        items = [(s.title, permalinks.subject_path(kind, s.id)) for group in groups.values() for s in group]
        title = words.text(_DIRECTORIES[kind])
        about = "description-sections" if kind == "section" else f"description-{kind}"
        description = words.text(about, site=self.site.newsletter.name)
        return self.maker.list_page(
            "directory.html",
            path,
            title,
            description,
            items,
            heading=words.html(_DIRECTORIES[kind]),
            kind=kind,
            groups=groups,
            newest=HEADLINES,
        )


def leading(stories: Sequence[Story]) -> Story:
    """The most important story of the newest day."""
    newest = [story for story in stories if story.published.date() == stories[0].published.date()]
    return max(newest, key=lambda story: story.importance.score if story.importance else 0)


def _in_directory(subject: Subject) -> Values:
    newest = subject.stories[:HEADLINES] if subject.kind == "section" else ()
    return subject.id, subject.title, subject.description, len(subject.stories), newest


def _links(series: Series | None) -> tuple[FeedLink, ...]:
    return series.links if series else ()


def _whole(source: SourcePage, places: Sequence[CitedPlace]) -> SourcePage:
    return source


def _alone(whole: Any) -> Values:
    return (whole,)


def _within(subject: Subject, stories: Sequence[Story]) -> Subject:
    return replace(subject, stories=stories, count_companions=tuple)


def _cited_within(page: PublisherPage, places: Sequence[CitedPlace]) -> PublisherPage:
    return replace(page, places=tuple(places))


def _themselves(stories: Sequence[Story]) -> Sequence[Story]:
    return stories


def _stories(places: Sequence[CitedPlace]) -> Sequence[Story]:
    return [place.story for place in places]
