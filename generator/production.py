"""Render a linked site and publish it: the second half of a build (the second line of the map in `pipeline`).

`recipe_of` gathers everything that a site's files are made from; `produce_by` makes them and publishes the changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from generator.check.table import severities
from generator.dress import Chromes, dress
from generator.files import bytes_of
from generator.judged.counts import check_counts
from generator.link.reach import items_of, reach
from generator.link.site import link
from generator.load.schema import STORY_LIMIT, schemas
from generator.model.artifacts import Artifact, Order, PageArtifact
from generator.model.fingerprint import Fingerprints, fingerprint
from generator.model.items import beginning
from generator.model.items import changed as with_items
from generator.model.library import Library
from generator.model.outputs import Outputs
from generator.model.reach import PLACES, WHOLE, Before, UnitRecord, UnitRecords
from generator.model.site import CheckCounts, Site
from generator.model.stories import having
from generator.project import Project
from generator.publish.making import Tell
from generator.publish.site import Changes, Declared, publish
from generator.render.feeds.series import feed_names
from generator.render.maker import Maker
from generator.render.pages import Pages
from generator.render.site import around, maker_of, render
from generator.render.sitemap import Dated
from generator.search.pagefind import engine_version
from generator.search.site import begun
from generator.webdesk.site import web_desk

if TYPE_CHECKING:
    from generator.cards.site import Cards

_CHROME = "chrome "
_SEES_ALL = re.compile(r"\bsite\b")
"""One of the newsletter's own templates that names the whole site may show anything of it."""


class HostFile(Struct, frozen=True):
    """A file made by the host of the site: the digest of its bytes, and a function that reads them."""

    digest: str
    read: Callable[[], bytes]


class Host(Struct, frozen=True):
    """What the host of the site (MkDocs) contributes: the chrome of pages, and files of its own."""

    chrome_of: Chromes
    files: Mapping[str, HostFile]
    """Files by their path in the site: ordinary pages, the theme's assets."""
    ordinary: tuple[str, ...]
    """Paths of the ordinary pages."""


def recipe_of(site: Site, library: Library, project: Project, host: Host) -> Recipe:
    """Gather everything needed to declare the files of a linked site.

    `library` is the one that the site was linked from, or a superset of it.
    """
    found = None
    if site.outputs.checks:
        found = check_counts(site, severities(project.rules), project.cache, project.content, library.signed)
    return Recipe(library, project, host, site.base_url, site.outputs, found)


def produce_by(
    recipe: Recipe,
    site: Site,
    target: Path,
    tell: Tell,
    wait: Callable[[], None],
    stands: Callable[[], str] | None = None,
) -> Changes:
    """Publish a linked site into `target`, following its recipe."""
    site, project = recipe.completed(site), recipe.project
    own = _own_templates(project)
    given = (*own, *_own_fonts(project))  # the fonts decide which pages have a card
    common = Fingerprints(fingerprint(project.cache.program, site.base_url, *given)).of(
        (
            site.newsletter,
            site.outputs,
            site.glossary,
            site.hubs,
            project.additions,
            site.has_corrections,
            *feed_names(site),
        )
    )
    cache = None if _names_all(own) else project.cache
    return publish(partial(recipe.declared, site), target, cache, common, tell, wait, recipe.again, stands)


def sees_all(project: Project) -> bool:
    """Whether one of the newsletter's own templates may show anything of the site."""
    return _names_all(_own_templates(project))


def _names_all(templates: Iterable[str]) -> bool:
    return any(_SEES_ALL.search(text) for text in templates)


class Recipe(Struct, frozen=True):
    """Everything needed to declare the files of a site.

    It can be sent to another machine, which then declares exactly the same files.
    """

    library: Library
    project: Project
    host: Host
    base_url: str
    outputs: Outputs
    counts: CheckCounts | None

    def again(self) -> list[Artifact]:
        """Link the site again and declare all of its files, as the workers of a cluster do."""
        site = link(self.library, self.base_url, self.outputs)
        return self.artifacts(self.completed(site))

    def completed(self, site: Site) -> Site:
        """Add what linking does not give a site: the counts of its checks, and its hubs."""
        return replace(site, counts=self.counts, hubs=self.project.hubs)

    def some(self, site: Site, stories: Collection[str], editions: Collection[str]) -> Iterator[Artifact]:
        """Declare the pages of some stories and editions, and the front page if it shows such an edition.

        The site may differ from the recipe's in these stories and editions only.
        """
        site = self.completed(site)
        drawn = _cards(site, self.project) if site.outputs.cards else ()
        return (dress(page, self.host.chrome_of) for page in Pages(self._maker(site, drawn)).some(stories, editions))

    def declared(self, site: Site, before: Before) -> Declared:
        """Declare the files that may differ from those of the last build."""
        now, compared = self._items(site, before) if before.items else ({}, ())
        found = reach(site, before.items, now, compared) if now else WHOLE
        site = replace(site, reach=found)
        late = begun(site, self.project.cache) if site.has_search else tuple  # made beside all other files
        artifacts = self.artifacts(site, before.beyond(found) if PLACES in found and not found.is_whole else ())

        def items() -> UnitRecords:
            known, _ = (now, ()) if now else self._items(site, before)
            asked = (f"{_CHROME}{kind} {depth}" for kind, depth in self.host.chrome_of.known)
            return with_items(known, self._chromes(asked)) if known else {}

        return Declared(artifacts, items, site.basis, found, late)

    def _items(self, site: Site, before: Before) -> tuple[UnitRecords, Collection[str]]:
        """The items (fingerprints) of everything the site is made of, and the units that may differ from before.

        Both are empty if anything was not read from a file, since a later build could not recognise it.
        """
        chromes = self._chromes(beginning(before.items, _CHROME))
        found, compared = items_of(site, before)
        beside = self._around(site) | chromes
        return (with_items(found, beside), [*compared, *beside]) if found else ({}, ())

    def _around(self, site: Site) -> dict[str, UnitRecord]:
        """One item for everything that files show apart from stories, editions and chromes."""
        library = self.library
        words = (library.newsletter, library.publishers, library.entities, library.topics, library.fates)
        tools = (_drawing(self.project) if site.outputs.cards else "", engine_version() if site.has_search else "")
        known = Fingerprints("").of((*words, site.withdrawn, site.restored, self.host.ordinary, tools, *around(site)))
        return {"around": UnitRecord(known, known)}

    def _chromes(self, units: Iterable[str]) -> dict[str, UnitRecord]:
        """Records with the fingerprints of chromes, for units that each name a kind and a depth."""
        prints = Fingerprints("")
        found: dict[str, UnitRecord] = {}
        for unit in units:
            _, kind, depth = unit.split(" ")
            known = prints.of((self.host.chrome_of(kind, int(depth)),))
            found[unit] = UnitRecord(known, known)
        return found

    def artifacts(self, site: Site, beyond: Iterable[Dated] = ()) -> list[Artifact]:
        """Declare every file of the site that is wanted, except the search indexes. Nothing is made yet.

        `beyond` are pages that are not wanted, but that the sitemap must still list.
        """
        project, host = self.project, self.host
        cards = _cards(site, project) if site.outputs.cards else None
        declared = render(self._maker(site, cards or ()), project.content / "images", beyond)
        files = [dress(item, host.chrome_of) if isinstance(item, PageArtifact) else item for item in declared]
        drawn = (*(cards.all() if cards else ()), *_pictures(site, project))
        return [*_host_files(host), *_schemas(site, self.library, project), *files, *drawn]

    def _maker(self, site: Site, cards: Container[str]) -> Maker:
        project = self.project
        return maker_of(site, project.templates, self.host.ordinary, project.additions, cards)


def _cards(site: Site, project: Project) -> Cards:
    """The cards. The drawing code is imported only when cards are wanted, since its extra may not be installed."""
    from generator.cards.site import Cards

    return Cards(site, project.cache.folder, project.fonts)


def _drawing(project: Project) -> str:
    """Fingerprint of the card drawing code and fonts, imported only when cards are wanted (see `_cards`)."""
    from generator.cards.site import drawing

    return drawing(project.fonts)


def _pictures(site: Site, project: Project) -> Iterator[Artifact]:
    """The pictures that are made anew. The code for it is imported only when there are any (see `_cards`)."""
    if any(story.image and story.image.digest for story in having(site.stories, "image")):
        from generator.pictures.site import pictures

        yield from pictures(site, project.content / "images", project.cache.folder)


def without_card(project: Project, library: Library) -> dict[str, str]:
    """Editions and stories that get no card, by slug, with the letters missing from the card's font."""
    from generator.cards.site import left_out

    return left_out(library, project.fonts)


def _own_fonts(project: Project) -> list[str]:
    """Names and sizes of the newsletter's own fonts."""
    folder = project.fonts
    return [f"{file.name} {file.stat().st_size}" for file in sorted(folder.glob("*.woff2"))] if folder else []


def _schemas(site: Site, library: Library, project: Project) -> list[Artifact]:
    """JSON Schemas of the newsletter's files, at stable addresses; and the desk, whose forms are made from them."""
    offered = tuple(site.stories)[::-1][:STORY_LIMIT]  # other stories do not cause the schemas to be rebuilt
    made_of = (library.newsletter, library.publishers, library.entities, library.topics, offered)
    made = schemas(library, offered)
    files = [Artifact(f"schemas/{name}.json", Order.ASSET, write, made_of) for name, write in made.items()]
    return [*files, *web_desk(project.settings.get("desk"), project.root, project.content, made, made_of, site)]


def _own_templates(project: Project) -> list[str]:
    """The texts of the newsletter's own templates."""
    folder = project.templates
    found = sorted(folder.rglob("*.html")) if folder and folder.is_dir() else []
    return [bytes_of(path).decode() for path in found]


def _host_files(host: Host) -> list[Artifact]:
    pages = {f"{path}index.html" for path in host.ordinary} | {"404.html"}
    return [
        Artifact(path, Order.PAGE if path in pages else Order.ASSET, file.read, (file.digest,))
        for path, file in sorted(host.files.items())
    ]
