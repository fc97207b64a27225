"""Declare all files of the site; they are made later."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from pathlib import Path

from generator.model import permalinks
from generator.model.additions import NO_ADDITIONS, Additions
from generator.model.artifacts import Artifact, Order, PageArtifact
from generator.model.site import Site
from generator.model.stories import having
from generator.render.corrections import Corrections
from generator.render.feeds import Feeds
from generator.render.glossary import Glossary
from generator.render.how_we_check import HowWeCheck
from generator.render.items import Items
from generator.render.machines import Machines
from generator.render.maker import Maker
from generator.render.pages import Pages
from generator.render.river import River
from generator.render.search import SearchPage
from generator.render.series import Following
from generator.render.sitemap import Dated, maps
from generator.render.sources import SourcesPage
from generator.render.subjects import SubjectPages
from generator.render.subscribe import Subscribe
from generator.render.withdrawn import Withdrawn
from generator.typeset.templates import templates
from generator.words import Words


def render(
    site: Site,
    images: Path,
    own_templates: Path | None,
    ordinary: Iterable[str],
    additions: Additions = NO_ADDITIONS,
    cards: Container[str] = frozenset(),
    beyond: Iterable[Dated] = (),
) -> Iterator[PageArtifact | Artifact]:
    """Every page, feed and picture of the site.

    `images` is the folder of the stories' pictures, `own_templates` that of templates which replace ours, `ordinary`
    the paths of the pages that the host makes, for the map of the site, `additions` what the configuration adds to
    pages, `cards` the paths of the cards that are drawn, `beyond` the pages that no change reaches, for the map too.
    """
    maker = _maker(site, own_templates, ordinary, additions, cards)
    makers = (Pages, SubjectPages, SourcesPage, River, Glossary, Corrections, HowWeCheck, SearchPage, Subscribe)
    declared = [artifact for each in makers for artifact in each(maker).all()]
    yield from declared
    yield from Feeds(maker.following, Items(maker.templates, cards)).all()
    yield from Withdrawn(maker).all()
    dated = [(page.path, page.modified) for page in declared if isinstance(page, PageArtifact)]
    found = (*dated, *beyond, *((path, None) for path in maker.ordinary))
    yield from maps(site, sorted(found, key=lambda page: page[0]))
    yield from Machines(site, maker.words).all()
    for file in sorted({story.image.file for story in having(site.stories, "image") if story.image}):
        yield Artifact(permalinks.image_path(file), Order.ASSET, (images / file).read_bytes)


def render_some(
    site: Site,
    own_templates: Path | None,
    ordinary: Iterable[str],
    additions: Additions,
    cards: Container[str],
    stories: Collection[str],
    editions: Collection[str],
) -> Iterator[PageArtifact]:
    """The pages of some stories and editions, and the front page where it shows them; the rest as for `render`."""
    return Pages(_maker(site, own_templates, ordinary, additions, cards)).some(stories, editions)


def _maker(
    site: Site, own_templates: Path | None, ordinary: Iterable[str], additions: Additions, cards: Container[str]
) -> Maker:
    words = Words(site.newsletter.language, site.newsletter.messages)
    engine = templates(site, words, own_templates)
    return Maker(engine, Following(site, words), tuple(ordinary), additions, cards)
