"""Declare the front page, editions, stories and the archive."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact, Values
from generator.model.content import Edition, Story
from generator.model.pages import EditionPage, ListedEdition, StoryPage
from generator.model.reach import archive_unit
from generator.model.site import Site
from generator.model.tracing import Ledger, Tally
from generator.render import structured
from generator.render.calendar import Month, editions_of, months
from generator.render.citing import citing
from generator.render.maker import Maker
from generator.render.opening import opening
from generator.render.redirects import from_emptied, led_on
from generator.typeset.terms import plain_terms

ARCHIVE_LIMIT = 30
"""Editions on the first page of the archive; the pages of years list them all."""
LATEST_MONTHS = 3
"""Months on the calendar of that first page."""
FRONT_EARLIER = 6
"""Earlier editions on the front page."""


class Pages(Struct, frozen=True):
    """Makes the pages that are written rather than gathered."""

    maker: Maker

    @property
    def site(self) -> Site:
        return self.maker.site

    def all(self) -> Iterator[PageArtifact | Artifact]:
        """Every such page, and the redirects from old addresses."""
        yield self._front()
        for story in self.site.wanted_stories:
            page = self._story(story)
            yield page
            yield from self._redirects(story.story, page)
        for edition in self.site.wanted_editions:
            page = self._edition(edition)
            yield page
            yield from self._redirects(edition.edition, page)
        yield from self._archives()

    def some(self, stories: Collection[str], editions: Collection[str]) -> Iterator[PageArtifact]:
        """The pages of these stories and editions, and the front page if it shows one of these editions."""
        yield from (self._story(self.site.story_pages[slug]) for slug in stories)
        shown = [page for page in self.site.editions if page.edition.slug in editions]
        yield from map(self._edition, shown)
        if any(page.edition.slug in editions for page in self.site.editions[: FRONT_EARLIER + 1]):
            yield self._front()

    def _front(self) -> PageArtifact:
        newest = self.site.editions[0].changed if self.site.editions else None
        return PageArtifact("", "front", Order.INDEX, self.front, newest, self._front_of)

    def _story(self, story: StoryPage) -> PageArtifact:
        path, make, changed = story.item.path, _StoryMaker(self, story.item.slug), story.item.changed
        return PageArtifact(path, "story", Order.PAGE, make, changed, make.made_of, story.near, story.unit)

    def _edition(self, edition: EditionPage) -> PageArtifact:
        path, make, told = edition.item.path, partial(self.edition, edition), partial(self._of_edition, edition)
        return PageArtifact(path, "edition", Order.PAGE, make, edition.changed, told, edition.near, edition.unit)

    def _of_edition(self, edition: EditionPage) -> Values:
        prints = tuple(self.site.print_of(view.story) for view in edition.views)
        paths = tuple(self.site.source_paths(view.story) for view in edition.views)
        return edition, self._comments_on(edition), prints, paths

    def _redirects(self, item: Story | Edition, page: PageArtifact) -> Iterator[Artifact]:
        """Redirects from the earlier addresses of an item: its aliases, and the address of its first name."""
        return led_on(self.maker.templates, ((old, page.path) for old in item.old_paths), page.unit)

    def _archives(self) -> Iterator[PageArtifact | Artifact]:
        """All editions, those of each year, and redirects from years all of whose editions were withdrawn."""
        editions, years = [page.listed for page in self.site.editions], self._years()
        latest = months(editions, self.site.scores, LATEST_MONTHS)
        shown = editions[:ARCHIVE_LIMIT]
        newest = max((page.edition.changed for page in (*shown, *editions_of(latest))), default=None)
        make = partial(self.archive, shown, None, latest)
        yield PageArtifact(permalinks.archive_path(), "archive", Order.INDEX, make, newest, (shown, latest, years))
        for year in years:
            if (unit := archive_unit(year)) not in self.site.reach:
                continue
            pages = [page for page in editions if page.edition.day.year == year]
            calendar = months(pages, self.site.scores)
            newest = max(page.edition.changed for page in pages)
            path, make = permalinks.archive_path(year), partial(self.archive, pages, year, calendar)
            yield PageArtifact(path, "archive", Order.INDEX, make, newest, (pages, calendar, years), unit=unit)
        left = (gone.published_on.year for gone in self.site.withdrawn if gone.is_edition)
        yield from from_emptied(self.maker.templates, permalinks.archive_path, left, years)

    def _years(self) -> list[int]:
        """The years that have editions, newest first."""
        return sorted({page.edition.day.year for page in self.site.editions}, reverse=True)

    def of_story(self, page: StoryPage) -> Values:
        """All that a story's page is made of."""
        return page, self.site.print_of(page.story), self.site.source_paths(page.story)

    def _front_of(self) -> Values:
        shown = self.site.editions[: FRONT_EARLIER + 1]
        of_first = tuple(self.site.print_of(view.story) for page in shown[:1] for view in page.views)
        return shown, self.site.recurring, of_first

    def _comments_on(self, page: EditionPage) -> int:
        """The number of comments when they were last counted."""
        return self.site.comments.get(page.edition.slug, 0)

    def front(self) -> Page:
        """Today's edition at a glance, with links to earlier ones."""
        site, maker = self.site, self.maker
        name, tagline = site.newsletter.name, site.newsletter.tagline
        title = maker.words.text("title-front", site=name, tagline=maker.words.isolated_text(tagline))
        nodes = [structured.website(site), structured.publisher(site)]
        if not site.editions:
            return maker.page("front.html", title, maker.preview(name, tagline, ""), nodes, page=None, earlier=())
        today = site.editions[0]
        image = today.lead.image
        preview = maker.preview(name, today.edition.one_line, "", image, today.edition.path, modified=today.changed)
        nodes.append(structured.issue(site, today, preview.picture))
        earlier = site.editions[1 : FRONT_EARLIER + 1]
        counts = self._counts(today, [self._ledger(view.story).tally for view in today.views])
        lead = next(page for page in today.pages if page.story == today.lead)
        return maker.page(
            "front.html",
            title,
            preview,
            nodes,
            folio=maker.folio("", page=today, front=True, story=None),
            page=today,
            earlier=earlier,
            counts=counts,
            opening=opening(lead, self._ledger(lead.story)),
        )

    def edition(self, page: EditionPage) -> Page:
        """The whole edition on one page."""
        site, maker, edition, path = self.site, self.maker, page.edition, page.edition.path
        more = {"published": edition.published, "modified": page.changed, **self._beside(path)}
        preview = maker.preview(edition.title, edition.dek, path, page.lead.image, kind="article", **more)
        nodes = [
            structured.whole_issue(site, page, preview.picture),
            structured.publisher(site),
            structured.edition_crumbs(site, edition, maker.words.text("nav-editions")),
        ]
        tallies = [(view.story, self._ledger(view.story).tally) for view in page.views]
        return maker.page(
            "edition.html",
            maker.title(edition.title),
            preview,
            nodes,
            folio=maker.folio(path, page=page, front=False, story=None),
            current=permalinks.archive_path(),
            page=page,
            plain_terms=plain_terms((edition.plain_terms, *(view.story.plain_terms for view in page.views))),
            additions=maker.additions,
            count=self._comments_on(page),
            tallies=tallies,
            counts=self._counts(page, [tally for _, tally in tallies]),
        )

    def story(self, page: StoryPage) -> Page:
        """One story with its sources, its thread and its neighbours."""
        site, maker, story, section, path = self.site, self.maker, page.story, page.view.section, page.story.path
        more = {"published": story.published, "modified": story.changed, **self._beside(path)}
        preview = maker.preview(
            story.title, story.dek, path, story.image, kind="article", section=section.title, **more
        )
        shelf = [(section.title, permalinks.section_path(section.id))] if site.outputs.sections else []
        crumbs = [(site.newsletter.name, ""), *shelf, (story.title, path)]
        nodes = [
            structured.article(site, page, preview.picture),
            structured.publisher(site),
            structured.breadcrumbs(site, crumbs),
        ]
        ledger = self._ledger(story)
        return maker.page(
            "story.html",
            maker.title(story.title),
            preview,
            nodes,
            folio=maker.folio(path, page=page, story=story),
            current=permalinks.section_path(section.id),
            page=page,
            view=page.view,
            plain_terms=story.plain_terms,
            citing=citing(site, maker.words, story),
            ledger=ledger,
            counts=ledger.tally,
            opening=opening(page, ledger),
        )

    def _counts(self, page: EditionPage, of_stories: Iterable[Tally]) -> Tally:
        """How much is traced of an edition's claims, in its own words and its stories."""
        return sum(of_stories, self._ledger(page.edition).tally)

    def _ledger(self, item: Story | Edition) -> Ledger:
        """An item's claims with their evidence; empty if nothing was traced."""
        return self.site.ledgers.of(item) if self.site.ledgers else Ledger(())

    def _beside(self, path: str) -> dict[str, Any]:
        """The files for machines beside a page."""
        twin = {"twin": permalinks.twin_path(path)} if self.site.outputs.twins else {}
        return twin | ({"evidence": permalinks.evidence_path(path)} if self.site.has_evidence else {})

    def archive(self, editions: Sequence[ListedEdition], year: int | None, calendar: tuple[Month, ...]) -> Page:
        """Editions, newest first: the latest ones, or those of a year."""
        words, suffix = self.maker.words, "-year" if year else ""
        return self.maker.list_page(
            "archive.html",
            permalinks.archive_path(year),
            words.text(f"title-archive{suffix}", year=year),
            words.text(f"description-archive{suffix}", site=self.site.newsletter.name, year=year),
            [(page.edition.title, page.edition.path) for page in editions],
            trail=[(words.text("title-archive"), permalinks.archive_path())] if year else [],
            current=permalinks.archive_path(),
            heading=words.html(f"title-archive{suffix}", year=year),
            editions=editions,
            years=self._years(),
            year=year,
            months=calendar,
        )


class _StoryMaker(Struct, frozen=True):
    """Makes the page of a story, linking it only when asked. There is one for each story of an archive."""

    pages: Pages
    slug: str

    def __call__(self) -> Page:
        return self.pages.story(self.pages.site.story_pages[self.slug])

    def made_of(self) -> Values:
        return self.pages.of_story(self.pages.site.story_pages[self.slug])
