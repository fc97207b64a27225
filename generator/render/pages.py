"""Pages: each declared with its path, its kind and the function that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.model.content import Edition, Image, Story
from generator.model.site import EditionPage, Site, StoryPage
from generator.model.vocabulary import Section
from generator.render import structured
from generator.render.head import FeedLink, Preview, describe, head_html
from generator.render.redirects import redirect
from generator.render.templates import Templates

SECTION_LIMIT = 30
"""Stories on a section's first page; its months hold them all."""
ARCHIVE_LIMIT = 30
"""Editions on the first page of the archive; its years hold them all."""
FRONT_EARLIER = 6
"""Earlier editions on the front page."""

CARD = "assets/citewire/card.png"
"""The picture of pages that have none of their own; a newsletter puts its own in `overrides/`."""
CARD_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class Pages:
    """Makes the pages of a site."""

    templates: Templates
    feeds: tuple[FeedLink, ...]

    @property
    def site(self) -> Site:
        return self.templates.site

    def all(self) -> Iterator[PageArtifact | Artifact]:
        """Every page of the site, and the redirects from old addresses."""
        site = self.site
        yield PageArtifact("", "front", Order.INDEX, self.front)
        for story in site.stories.values():
            path = permalinks.story_path(story.story.slug)
            yield PageArtifact(path, "story", Order.PAGE, partial(self.story, story, path))
            yield from self._redirects(story.story, path)
        for edition in site.editions:
            path = permalinks.edition_path(edition.edition.slug)
            yield PageArtifact(path, "edition", Order.PAGE, partial(self.edition, edition, path))
            yield from self._redirects(edition.edition, path)
        yield from self._archives()
        for id_, stories in site.sections.items():
            yield from self._section(site.newsletter.sections[id_], stories)

    def _redirects(self, item: Story | Edition, path: str) -> Iterator[Artifact]:
        for alias in item.aliases:
            old = permalinks.alias_path(alias)
            yield Artifact(permalinks.file_of(old), Order.PAGE, partial(redirect, self.templates, old, path))

    def _archives(self) -> Iterator[PageArtifact]:
        editions = self.site.editions
        yield PageArtifact("editions/", "archive", Order.INDEX, partial(self.archive, editions[:ARCHIVE_LIMIT], None))
        for year, of_year in groupby(editions, key=lambda page: page.edition.day.year):
            path = permalinks.archive_path(year)
            yield PageArtifact(path, "archive", Order.INDEX, partial(self.archive, tuple(of_year), year))

    def _section(self, section: Section, stories: tuple[Story, ...]) -> Iterator[PageArtifact]:
        make = partial(self.section, section, stories[:SECTION_LIMIT], _months(stories), None)
        yield PageArtifact(permalinks.section_path(section.id), "section", Order.INDEX, make)
        for month, of_month in groupby(stories, key=_month):
            make = partial(self.section, section, tuple(of_month), _months(stories), month)
            yield PageArtifact(permalinks.section_path(section.id, month), "section", Order.INDEX, make)

    def front(self) -> Page:
        """Today's edition at a glance, and the way to the earlier ones."""
        site, words = self.site, self.templates.words
        title = words.text("title-front", site=site.newsletter.name, tagline=site.newsletter.tagline)
        nodes = [structured.website(site), structured.publisher(site)]
        if not site.editions:
            preview = self._preview(site.newsletter.name, site.newsletter.tagline, "")
            return self._page("front.html", "", title, preview, nodes, page=None, earlier=())
        today = site.editions[0]
        preview = self._preview(
            site.newsletter.name, today.edition.one_line, "", today.lead.image, modified=structured.changed(today)
        )
        nodes.append(structured.issue(site, today, self._picture(today.lead.image)))
        earlier = site.editions[1 : FRONT_EARLIER + 1]
        return self._page("front.html", "", title, preview, nodes, page=today, earlier=earlier)

    def edition(self, page: EditionPage, path: str) -> Page:
        """The whole edition as one read."""
        site, edition = self.site, page.edition
        preview = self._preview(
            edition.title,
            edition.dek,
            path,
            page.lead.image,
            kind="article",
            published=edition.published,
            modified=structured.changed(page),
        )
        nodes = [
            structured.issue(site, page, self._picture(page.lead.image)),
            structured.publisher(site),
            structured.edition_crumbs(site, edition, self.templates.words.text("nav-editions")),
        ]
        return self._page("edition.html", path, self._title(edition.title), preview, nodes, page=page)

    def story(self, page: StoryPage, path: str) -> Page:
        """One story with its sources, its thread and its neighbours."""
        site, story, section = self.site, page.story, page.view.section
        preview = self._preview(
            story.title,
            story.dek,
            path,
            story.image,
            kind="article",
            published=story.published,
            modified=story.changed,
            section=section.title,
        )
        crumbs = (
            (site.newsletter.name, ""),
            (section.title, permalinks.section_path(section.id)),
            (story.title, path),
        )
        nodes = [
            structured.article(site, page, self._picture(story.image)),
            structured.publisher(site),
            structured.breadcrumbs(site, crumbs),
        ]
        return self._page("story.html", path, self._title(story.title), preview, nodes, page=page, view=page.view)

    def archive(self, editions: Sequence[EditionPage], year: int | None) -> Page:
        """Editions, newest first: the latest ones, or those of a year."""
        site, words, path = self.site, self.templates.words, permalinks.archive_path(year)
        suffix = "-year" if year else ""
        title = words.text(f"title-archive{suffix}", year=year)
        description = words.text(f"description-archive{suffix}", site=site.newsletter.name, year=year)
        items = [(page.edition.title, permalinks.edition_path(page.edition.slug)) for page in editions]
        nodes = [
            structured.collection(site, title, description, path, items),
            structured.website(site),
            structured.publisher(site),
        ]
        years = sorted({page.edition.day.year for page in site.editions}, reverse=True)
        preview = self._preview(title, description, path)
        context = {"heading": title, "editions": editions, "years": years, "year": year}
        return self._page("archive.html", path, self._title(title), preview, nodes, **context)

    def section(self, section: Section, stories: Sequence[Story], months: Sequence[str], month: str | None) -> Page:
        """Stories of a section, newest first: the latest ones, or those of a month."""
        site, words, path = self.site, self.templates.words, permalinks.section_path(section.id, month)
        title = section.title
        if month:
            title = words.text("title-section-month", section=section.title, month=words.month(month))
            description = words.text("description-section-month", section=section.title, month=words.month(month))
        elif section.description:
            description = words.text("description-section", section=section.title, description=section.description)
        else:
            description = words.text("description-section-plain", section=section.title)
        items = [(story.title, permalinks.story_path(story.slug)) for story in stories]
        nodes = [
            structured.collection(site, title, description, path, items),
            structured.website(site),
            structured.publisher(site),
        ]
        preview = self._preview(title, description, path)
        context = {"heading": title, "section": section, "stories": stories, "months": months, "month": month}
        return self._page("section.html", path, self._title(title), preview, nodes, **context)

    def _title(self, title: str) -> str:
        return self.templates.words.text("title-page", title=title, site=self.site.newsletter.name)

    def _picture(self, image: Image | None) -> str:
        return self.site.url(permalinks.image_path(image.file) if image else CARD)

    def _preview(self, title: str, description: str, path: str, image: Image | None = None, **more: Any) -> Preview:
        alt = image.alt if image else self.site.newsletter.name
        size = (image.width, image.height) if image else CARD_SIZE
        return Preview(title, description, path, self._picture(image), alt, size, **more)

    def _page(
        self, template: str, path: str, title: str, preview: Preview, nodes: list[structured.Node], **context: Any
    ) -> Page:
        return Page(
            title=title,
            description=describe(preview.description),
            canonical=self.site.url(path),
            head=head_html(self.site, preview, self.feeds, nodes),
            body=self.templates.body(template, path, **context),
        )


def _month(story: Story) -> str:
    return f"{story.published:%Y-%m}"


def _months(stories: Sequence[Story]) -> tuple[str, ...]:
    """The months that have stories, newest first."""
    return tuple(dict.fromkeys(_month(story) for story in stories))
