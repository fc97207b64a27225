"""Pages on which stories are gathered: sections, topics, entities, publishers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact, Values
from generator.model.content import Story
from generator.model.site import CitedPlace, PublisherPage, Site, SourcePage, Subject
from generator.model.vocabulary import ENTITY_KINDS
from generator.render.head import FeedLink
from generator.render.maker import Maker, by_month, month_links, months_shown, newest_change
from generator.render.series import Series
from generator.render.weeks import weeks

T = TypeVar("T")
U = TypeVar("U")

PAGE_LIMIT = 30
"""Stories on a subject's first page; its months hold them all."""
DIRECTORY_LIMIT = 60
"""Entities of one kind in their directory: those with most stories."""


class _Parts(Struct, Generic[U, T], frozen=True):
    """What is gathered on pages, and how it is cut into months, so that a story is on the page of one of them."""

    whole: U
    items: Sequence[T]
    story: Callable[[T], Story]
    within: Callable[[tuple[T, ...]], U]
    """The whole as the page of a month is given it: nothing that happens in another month shows there."""
    made_of: Callable[[U], Values]


class SubjectPages(Struct, frozen=True):
    """Makes the pages that are gathered."""

    maker: Maker

    @property
    def site(self) -> Site:
        return self.maker.site

    def all(self) -> Iterator[PageArtifact]:
        """Every such page: the first of each subject, its months, and the directories."""
        shown = (subjects for kind, subjects in self.site.subjects.items() if self.site.outputs.has(kind))
        for subject in chain.from_iterable(subjects.values() for subjects in shown):
            parts = _Parts(subject, subject.stories, _itself, partial(_within, subject), _alone)
            yield from self._paged(subject.kind, subject.id, "section", parts, self.subject)
        for page in self.site.publishers.values() if self.site.outputs.publishers else ():
            cited = _Parts(page, page.places, _story, partial(_cited_within, page), self._of_publisher)
            yield from self._paged("publisher", page.publisher.id, "publisher", cited, self.publisher)
        for source in self.site.shared.values() if self.site.outputs.has("source") else ():
            # its title is that of the newest place, on the pages of all months
            of_source = _Parts(source, source.places, _story, partial(_whole, source), _alone)
            yield from self._paged("source", source.id, "publisher", of_source, self.source)
        yield from self._directories()

    def _of_publisher(self, page: PublisherPage) -> Values:
        return page, tuple(self.site.source_paths(place.story) for place in page.places)

    def _paged(
        self,
        kind: str,
        id_: str,
        chrome: str,
        parts: _Parts[U, T],
        make: Callable[[U, Sequence[T], tuple[str, ...], str | None], Page],
    ) -> Iterator[PageArtifact]:
        """The first page with the newest items and, when it cannot hold them all, one page a month."""
        whole, items, story = parts.whole, parts.items, parts.story
        groups = by_month(items, story) if len(items) > PAGE_LIMIT else {}
        months = tuple(groups)
        newest = newest_change([story(item) for item in items])
        first = partial(make, whole, items[:PAGE_LIMIT], months, None)
        path = permalinks.subject_path(kind, id_)
        yield PageArtifact(path, chrome, Order.INDEX, first, newest, (*parts.made_of(whole), months))
        linked = {year: " ".join(months_shown(months, year)) for year in {month[:4] for month in months}}
        for month, group in groups.items():
            newest, within = newest_change([story(item) for item in group]), parts.within(group)
            path = permalinks.subject_path(kind, id_, month)
            of_month = partial(make, within, group, months, month)
            made_of = (*parts.made_of(within), linked[month[:4]])
            yield PageArtifact(path, chrome, Order.INDEX, of_month, newest, made_of)

    def subject(self, subject: Subject, stories: Sequence[Story], months: tuple[str, ...], month: str | None) -> Page:
        """Stories of a section, topic or entity, newest first."""
        title, description = self._named(subject.title, subject.description, month)
        return self.maker.list_page(
            "subject.html",
            permalinks.subject_path(subject.kind, subject.id, month),
            title,
            description,
            [(story.title, permalinks.story_path(story.slug)) for story in stories],
            trail=self._trail(subject.kind, subject.id, subject.title, month),
            feeds=_links(self.maker.following.subject(subject)),
            subject=subject,
            stories=stories,
            months=month_links(months, month, partial(permalinks.subject_path, subject.kind, subject.id)),
            month=month,
            weeks=() if month else weeks(subject.stories),
        )

    def publisher(
        self, page: PublisherPage, places: Sequence[CitedPlace], months: tuple[str, ...], month: str | None
    ) -> Page:
        """Each place at which a publisher is cited."""
        about = self.maker.words.text("description-publisher", publisher=page.publisher.name)
        title, description = self._named(page.publisher.name, about, month)
        return self.maker.list_page(
            "publisher.html",
            permalinks.subject_path("publisher", page.publisher.id, month),
            title,
            description,
            [(place.story.title, permalinks.story_path(place.story.slug)) for place in places],
            trail=self._trail("publisher", page.publisher.id, page.publisher.name, month),
            feeds=_links(self.maker.following.publisher(page)),
            page=page,
            places=places,
            months=month_links(months, month, partial(permalinks.subject_path, "publisher", page.publisher.id)),
            month=month,
            weeks=() if month else weeks([place.story for place in page.places]),
        )

    def source(
        self, page: SourcePage, places: Sequence[CitedPlace], months: tuple[str, ...], month: str | None
    ) -> Page:
        """A source and each place at which it is cited."""
        name = page.source.title or page.source.label or page.source.url
        about = self.maker.words.text("description-source", source=name, publisher=page.publisher.name)
        title, description = self._named(name, about, month)
        return self.maker.list_page(
            "source.html",
            permalinks.subject_path("source", page.id, month),
            title,
            description,
            [(place.story.title, permalinks.story_path(place.story.slug)) for place in places],
            trail=self._trail("source", page.id, name, month),
            page=page,
            entry=page.reference(page.places[0]),
            places=places,
            months=month_links(months, month, partial(permalinks.subject_path, "source", page.id)),
            month=month,
        )

    def _trail(self, kind: str, id_: str, name: str, month: str | None) -> list[tuple[str, str]]:
        """The directory in which a subject stands, where its kind has one, and for a month the subject itself."""
        titles = {"topic": "title-topic", "entity": "title-entity", "publisher": "title-sources"}
        titles["source"] = "title-shared"
        trail = [(self.maker.words.text(titles[kind]), permalinks.folder_path(kind))] if kind in titles else []
        return [*trail, (name, permalinks.subject_path(kind, id_))] if month else trail

    def _named(self, title: str, description: str | None, month: str | None) -> tuple[str, str]:
        words = self.maker.words
        if month:
            named = {"section": title, "month": words.month(month)}
            return words.text("title-section-month", **named), words.text("description-section-month", **named)
        if description:
            return title, words.text("description-section", section=title, description=description)
        return title, words.text("description-section-plain", section=title)

    def _directories(self) -> Iterator[PageArtifact]:
        site = self.site
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
        return PageArtifact(path, "archive", Order.INDEX, make, newest, (kind, groups))

    def directory(self, kind: str, path: str, groups: dict[str, list[Subject]]) -> Page:
        """All topics, or the entities with most stories, by kind."""
        words = self.maker.words
        items = [(s.title, permalinks.subject_path(kind, s.id)) for group in groups.values() for s in group]
        title, description = words.text(f"title-{kind}"), words.text(f"description-{kind}")
        return self.maker.list_page("directory.html", path, title, description, items, kind=kind, groups=groups)


def _links(series: Series | None) -> tuple[FeedLink, ...]:
    return series.links if series else ()


def _whole(source: SourcePage, places: tuple[CitedPlace, ...]) -> SourcePage:
    return source


def _alone(whole: Any) -> Values:
    return (whole,)


def _within(subject: Subject, stories: tuple[Story, ...]) -> Subject:
    return replace(subject, stories=stories, companions=())


def _cited_within(page: PublisherPage, places: tuple[CitedPlace, ...]) -> PublisherPage:
    return replace(page, places=places)


def _itself(story: Story) -> Story:
    return story


def _story(place: CitedPlace) -> Story:
    return place.story
