"""Declare all files of the site; they are made later."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from generator.model import permalinks
from generator.model.additions import NO_ADDITIONS, Additions
from generator.model.artifacts import Artifact, Order, PageArtifact, Values
from generator.model.site import Site
from generator.model.stories import having
from generator.render.choices import choices
from generator.render.corrections import Corrections
from generator.render.feeds.files import Feeds
from generator.render.feeds.following import Following
from generator.render.feeds.items import Items
from generator.render.glossary import Glossary
from generator.render.how_we_check import HowWeCheck
from generator.render.machines import Machines
from generator.render.maker import Maker
from generator.render.pages import Pages
from generator.render.river import River
from generator.render.search import SearchPage
from generator.render.sitemap import Dated, maps
from generator.render.sources import SourcesPage
from generator.render.subjects import SubjectPages
from generator.render.subscribe import Subscribe
from generator.render.withdrawn import Withdrawn
from generator.typeset.templates import templates
from generator.words import Words


def maker_of(
    site: Site,
    own_templates: Path | None = None,
    ordinary: Iterable[str] = (),
    additions: Additions = NO_ADDITIONS,
    cards: Container[str] = frozenset(),
) -> Maker:
    """Return the maker of a site's pages.

    `own_templates` is the folder of templates that replace ours. `ordinary` are the paths of the pages made by the
    host, for the sitemap. `additions` is what the configuration adds to pages. `cards` are the paths of the cards that
    are drawn.
    """
    engine = templates(site, own_templates)
    return Maker(engine, Following(site, engine.words), tuple(ordinary), additions, cards)


def render(maker: Maker, images: Path, beyond: Iterable[Dated] = ()) -> Iterator[PageArtifact | Artifact]:
    """Every page and feed of the site, and the pictures that go out as they were saved.

    `images` is the folder of the stories' pictures, `beyond` the pages that no change reaches, for the sitemap.
    """
    site = maker.site
    makers = (Pages, SubjectPages, SourcesPage, River, Glossary, Corrections, HowWeCheck, SearchPage, Subscribe)
    declared = [artifact for each in makers for artifact in each(maker).all()]
    yield from declared
    yield from Feeds(maker.following, Items(maker.templates, maker.cards)).all()
    yield from Withdrawn(maker).all()
    dated = [(page.path, page.modified) for page in declared if isinstance(page, PageArtifact)]
    found = (*dated, *beyond, *((path, None) for path in maker.ordinary))
    yield from maps(site, sorted(found, key=lambda page: page[0]))
    yield from Machines(maker.following).all()
    shown = (story.image for story in having(site.stories, "image"))
    for file in sorted({image.file for image in shown if image and not image.digest}):
        yield Artifact(permalinks.image_path(file), Order.ASSET, (images / file).read_bytes)


def around(site: Site) -> Values:
    """What many files show of the archive as a whole, such as its months and its subjects.

    While it is unchanged, a new or changed story affects few files. When it changes (a new month, the first story of a
    topic), all files are compared.
    """
    return (
        [(kind, *subjects) for kind, subjects in site.subjects.items()],
        sorted(site.stories_of_months),
        sorted({page.edition.day.year for page in site.editions}),
        site.indexes,
        choices(site, Words.of(site.newsletter)),
        [subject.unit for subject in site.emptied],
    )
