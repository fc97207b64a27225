"""The pages that list every correction and withdrawal, by year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.model.corrected import Corrected
from generator.model.withdrawals import Withdrawal
from generator.render.maker import Maker
from generator.render.redirects import from_emptied

PAGE_LIMIT = 30
"""Corrections on the first page; the pages of years list them all."""


class Corrections(Struct, frozen=True):
    """Makes `/corrections/` and, when one page cannot hold them all, a page per year."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact | Artifact]:
        """The pages; none before the first correction or withdrawal, since a page that says so would only grow old.

        Redirects lead on from the years that have no page since stories were withdrawn with their corrections.
        """
        found = self.maker.site.corrections
        if not self.maker.site.has_corrections:
            return
        dates = [note.correction.date for note in found]
        years = _years(dates)
        yield self._page(found[:PAGE_LIMIT], years, None)
        for year in years:
            yield self._page([note for note in found if note.correction.date.year == year], years, year)
        left = (date for gone in self.maker.site.withdrawn for date in gone.corrections)
        yield from from_emptied(self.maker.templates, permalinks.corrections_path, _years([*dates, *left]), years)

    def _page(self, found: Sequence[Corrected], years: Sequence[int], year: int | None) -> PageArtifact:
        path = permalinks.corrections_path(year)
        make = partial(self.page, found, years, year)
        made_of = (tuple(found), tuple(years), self._withdrawn(year))
        newest = found[0].correction.date if found else None
        return PageArtifact(path, "archive", Order.INDEX, make, newest, made_of)

    def _withdrawn(self, year: int | None) -> tuple[Withdrawal, ...]:
        """What was withdrawn, newest first; only for the page that all years share."""
        gone = self.maker.site.withdrawn
        return () if year else tuple(sorted(gone, key=lambda each: each.withdrawn_on, reverse=True))

    def page(self, found: Sequence[Corrected], years: Sequence[int], year: int | None) -> Page:
        """Corrections, newest first: the latest ones, or those of a year."""
        words, suffix = self.maker.words, "-year" if year else ""
        return self.maker.list_page(
            "corrections.html",
            permalinks.corrections_path(year),
            words.text(f"title-corrections{suffix}", year=year),
            words.text(f"description-corrections{suffix}", site=self.maker.site.newsletter.name, year=year),
            [(note.item.title, note.path) for note in found],
            current=permalinks.corrections_path(),
            heading=words.html(f"title-corrections{suffix}", year=year),
            found=found,
            years=years,
            year=year,
            withdrawn=self._withdrawn(year),
        )


def _years(dates: Sequence[datetime]) -> list[int]:
    """The years that have pages, newest first, by the dates of all corrections."""
    return sorted({date.year for date in dates}, reverse=True) if len(dates) > PAGE_LIMIT else []
