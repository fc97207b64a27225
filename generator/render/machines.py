"""Declare files for programs: Markdown twins, `llms.txt`, `security.txt`, the API, and `evidence.json`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Values
from generator.model.pages import StoryPage
from generator.model.site import Site
from generator.prose.markdown import escaped, linked
from generator.render.api import Api, schema
from generator.render.evidence import EvidenceFiles
from generator.render.feeds.following import Following
from generator.render.twins import Twins

LATEST = 30
"""Editions listed in `llms.txt`."""
YEAR = timedelta(days=365)


class Machines(Struct, frozen=True):
    """Declares the files of a site that programs read."""

    following: Following

    @property
    def site(self) -> Site:
        return self.following.site

    def all(self) -> Iterator[Artifact]:
        """Every such file that the site's `outputs` do not switch off."""
        outputs = self.site.outputs
        if outputs.twins:
            yield from self._twins()
        if outputs.api:
            yield from Api(self.site).all()
        if self.site.has_evidence and self.site.ledgers:
            yield from EvidenceFiles(self.site, self.site.ledgers).all()
        if outputs.api or self.site.has_evidence:
            yield Artifact(permalinks.API_SCHEMA, Order.ASSET, partial(schema, self.site), ())
        if outputs.llms:
            yield Artifact(permalinks.LLMS, Order.FEED, partial(llms, self.following), self._llms_of())
        if outputs.security and newest(self.site):
            yield Artifact(permalinks.SECURITY, Order.FEED, partial(security, self.site), (newest(self.site),))

    def _llms_of(self) -> Values:
        shown = [(s.id, s.title, s.description) for s in self.site.subjects["section"].values()]
        return self.site.editions[:LATEST], shown, self.following.links

    def _twins(self) -> Iterator[Artifact]:
        twins = Twins(self.site, self.following.words)
        for page in self.site.wanted_items:
            make = partial(twins.story, page) if isinstance(page, StoryPage) else partial(twins.edition, page)
            for path in self.site.data_paths(page.item):
                yield Artifact(permalinks.twin_path(path), Order.ASSET, make, (page,), page.near, page.unit)


def newest(site: Site) -> datetime | None:
    """When the newest edition or story was published."""
    dates = [page.edition.published for page in site.editions[:1]]
    dates += [site.newest.published] if site.newest else []
    return max(dates, default=None)


def security(site: Site) -> bytes:
    """Where to report a vulnerability of the site (RFC 9116).

    `Expires` is a year after the newest publication, not after the build: a newsletter that has been quiet for so long
    may have nobody left to answer.
    """
    published, contact = newest(site), site.outputs.security
    assert published is not None  # noqa: S101 - not declared without one
    lines = {
        "Contact": contact if isinstance(contact, str) else f"mailto:{site.newsletter.editor.email}",
        "Expires": f"{(published + YEAR).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages": site.newsletter.language,
        "Canonical": site.url(permalinks.SECURITY),
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items()).encode()


def llms(following: Following) -> bytes:
    """A guide for language models (https://llmstxt.org): the newest editions, the sections, data and feeds."""
    site, words, newsletter = following.site, following.words, following.site.newsletter
    about = [words.text("llms-about"), *([words.text("llms-twins")] if site.outputs.twins else [])]
    blocks = [f"# {escaped(newsletter.name)}", f"> {escaped(newsletter.tagline)}", escaped(" ".join(about))]
    blocks += [escaped(newsletter.copyright)] if newsletter.copyright else []
    for title, links in (
        ("nav-editions", _editions(site)),
        ("nav-main", _sections(site)),
        ("llms-data", _data(following)),
    ):
        if links:
            blocks.append(f"## {words.text(title)}\n\n" + "\n".join(f"- {link}" for link in links))
    return ("\n\n".join(blocks) + "\n").encode()


def _editions(site: Site) -> list[str]:
    links = []
    for page in site.editions[:LATEST]:
        path = page.edition.path
        address = site.url(permalinks.twin_path(path) if site.outputs.twins else path)
        links.append(f"{linked(escaped(page.edition.title), address)}: {escaped(page.edition.one_line)}")
    return links


def _sections(site: Site) -> list[str]:
    shown = site.subjects["section"].values() if site.outputs.sections else ()
    return [
        linked(escaped(section.title), site.url(permalinks.section_path(section.id)))
        + (f": {escaped(section.description)}" if section.description else "")
        for section in shown
    ]


def _data(following: Following) -> list[str]:
    site, words = following.site, following.words
    named = [(words.text("llms-api"), permalinks.API)] if site.outputs.api else []
    named += [(words.text("llms-map"), permalinks.SITEMAP)] if site.outputs.sitemap else []
    named += [(f"{feed.title} ({feed.type})", feed.path) for feed in following.links]
    return [linked(escaped(title), site.url(path)) for title, path in named]
