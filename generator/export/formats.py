"""The formats of exports: how each is made, and which one a file's ending means."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from generator.export.archive import write_archive
from generator.export.epub import epub
from generator.export.ris import ris
from generator.export.sources import csl, items
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.texts.slips import likely
from generator.typeset.bibtex import CslItem, bibtex
from generator.typeset.templates import templates

BIBLIOGRAPHIES: dict[str, Callable[[Iterable[CslItem]], bytes]] = {"bibtex": bibtex, "csl": csl, "ris": ris}


class ExportError(Exception):
    """An export that cannot be made. The message is for the user."""


def found(site: Site, names: Sequence[str]) -> list[StoryPage | EditionPage]:
    """The editions and stories of some names, in that order. Raises `ExportError` with all unknown names."""
    editions, stories = {page.edition.slug: page for page in site.editions}, site.story_pages
    strangers = [name for name in names if name not in editions and name not in stories]
    if gone := [name for entry in site.withdrawn if (name := entry.id.removeprefix("editions/")) in strangers]:
        raise ExportError(f"{', '.join(gone)} was withdrawn")
    if strangers:
        close = likely(strangers[0], [*editions, *stories])
        meant = f"; did you mean `{close}`?" if close and len(strangers) == 1 else ""
        raise ExportError(f"there is no edition or story named {', '.join(strangers)}{meant}")
    return [editions.get(name) or stories[name] for name in dict.fromkeys(names)]


def exported(
    site: Site, pages: Sequence[StoryPage | EditionPage], format_: str, images: Path, own: Path | None
) -> bytes:
    """The bytes of an export. Without pages, it covers everything, or in a book the newest edition.

    `images` is the folder of the stories' pictures, `own` the folder of templates that replace ours.
    Raises `ExportError`, `OSError`.
    """
    if format_ == "sqlite":
        return _database(site, pages)
    if format_ == "epub":
        return _book(site, pages, images, own)
    return BIBLIOGRAPHIES[format_](items(pages or site.story_pages.values()))


def _book(site: Site, pages: Sequence[StoryPage | EditionPage], images: Path, own: Path | None) -> bytes:
    editions = [page for page in pages or site.editions[:1] if isinstance(page, EditionPage)]
    if strangers := [page.story.slug for page in pages if isinstance(page, StoryPage)]:
        raise ExportError(f"a book is of editions, and {', '.join(strangers)} is a story")
    if not editions:
        raise ExportError("there is no edition to make a book of")
    in_order = sorted(editions, key=lambda page: page.number)
    return epub(templates(site, own), in_order, images)


def _database(site: Site, pages: Sequence[StoryPage | EditionPage]) -> bytes:
    if pages:
        raise ExportError("the database is of the whole archive: leave out the names")
    with tempfile.TemporaryDirectory(prefix="citewire-") as folder:
        file = Path(folder) / "archive.sqlite"
        write_archive(site, file)
        return file.read_bytes()
