"""The whole site as artifacts: declared here, made later."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, PageArtifact
from generator.model.site import Site
from generator.render import atom, jsonfeed, rss
from generator.render.feed import Feed, feed, feed_links, feed_made_of, feed_names
from generator.render.maker import Maker
from generator.render.pages import Pages
from generator.render.river import River
from generator.render.sitemap import robots, sitemap
from generator.render.subjects import SubjectPages
from generator.render.subscribe import Subscribe
from generator.render.templates import templates
from generator.words import Words

WRITERS = {rss.SUFFIX: rss.write, atom.SUFFIX: atom.write, jsonfeed.SUFFIX: jsonfeed.write}


def render(
    site: Site, images: Path, own_templates: Path | None, ordinary: Iterable[str]
) -> Iterator[PageArtifact | Artifact]:
    """Every page, feed and picture of the site.

    `images` is the folder of the stories' pictures, `own_templates` that of templates which replace ours, `ordinary`
    the paths of the pages that the host makes, for the map of the site.
    """
    words = Words(site.newsletter.language, site.newsletter.messages)
    engine = templates(site, words, own_templates)
    maker = Maker(engine, feed_links(site, words))
    makers = (Pages(maker), SubjectPages(maker), River(maker), Subscribe(maker))
    declared = [artifact for each in makers for artifact in each.all()]
    yield from declared
    for name in feed_names(site):
        made = cache(partial(feed, engine, name))  # once for all its formats, and not before one of them is made
        for suffix, write in WRITERS.items():
            path, made_of = permalinks.feed_path(name, suffix), feed_made_of(site, name)
            yield Artifact(path, Order.FEED, partial(_written, write, made), made_of)
    dated = [(page.path, page.modified) for page in declared if isinstance(page, PageArtifact)]
    found = (*dated, *((path, None) for path in sorted(ordinary)))
    yield Artifact("sitemap.xml", Order.FEED, partial(sitemap, site, found), found)
    yield Artifact("robots.txt", Order.FEED, partial(robots, site), ())
    for file in sorted({page.story.image.file for page in site.stories.values() if page.story.image}):
        yield Artifact(permalinks.image_path(file), Order.ASSET, (images / file).read_bytes)


def _written(write: Callable[[Feed], bytes], made: Callable[[], Feed]) -> bytes:
    return write(made())
