"""The page on the sources as a whole: how many, of which kinds, from how few publishers, month by month."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact
from generator.model.reach import SOURCES
from generator.model.subjects import PublisherPage, SourcePage
from generator.model.vocabulary import PUBLISHER_KINDS
from generator.render.maker import Maker, newest_change

MOST_CITED = 10
LISTED = 400
"""Publishers that the page lists by letter, those with the most pages."""
NO_LETTER = "0–9"
"""The heading for names that do not begin with a letter."""
SHARED, ALL_SHARED = 30, 200
"""Sources of several stories that the page lists, and that their own list shows: those with the most stories."""
MONTHS = 24
"""The newest months that it shows."""
POLICY = "policy/"
"""The ordinary page that says how sources are chosen, if the newsletter has one."""


class Month(Struct, frozen=True):
    """What was cited in the stories of a month."""

    name: str
    """`2026-04`."""
    publishers: int
    pages: int
    of_most_cited: int
    """Pages from the month's `MOST_CITED` publishers."""

    @property
    def share(self) -> int:
        """The share of the most cited publishers, in per cent."""
        return round(100 * self.of_most_cited / self.pages)


def months(publishers: Iterable[PublisherPage]) -> tuple[Month, ...]:
    """The newest months that have citations, oldest first."""
    cited: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for page in publishers:
        for place in page.places:
            pages = cited[place.story.month][page.publisher.id]
            pages.update(brief.page for brief in place.cited)
    found = []
    for name in sorted(cited)[-MONTHS:]:
        counts = sorted(map(len, cited[name].values()), reverse=True)
        found.append(Month(name, len(counts), sum(counts), sum(counts[:MOST_CITED])))
    return tuple(found)


def kinds(publishers: Sequence[PublisherPage]) -> list[tuple[str, int, int]]:
    """The kinds of publishers cited, each with the number of publishers and of their pages."""
    found = [(kind, [p for p in publishers if p.publisher.kind == kind]) for kind in PUBLISHER_KINDS]
    return [(kind, len(pages), sum(page.sources for page in pages)) for kind, pages in found if pages]


def by_letter(publishers: Iterable[PublisherPage]) -> list[tuple[str, list[PublisherPage]]]:
    """Publishers by first letter, as in an index: É is filed under E, and digits come before A."""
    found: dict[str, list[PublisherPage]] = {}
    for name, page in sorted(((_plain(page.publisher.name), page) for page in publishers), key=_by_name):
        letter = name[:1].upper()[:1] if name[:1].isalpha() else NO_LETTER
        found.setdefault(letter, []).append(page)
    return list(found.items())


def _by_name(named: tuple[str, PublisherPage]) -> tuple[bool, str, str]:
    name, page = named
    return name[:1].isalpha(), name, page.publisher.id


def _plain(name: str) -> str:
    """A name as an index sorts it: ignoring accents and case."""
    return "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c)).strip()


class SourcesPage(Struct, frozen=True):
    """Makes the page if anything is cited."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact]:
        site = self.maker.site
        if SOURCES not in site.reach:
            return
        if site.outputs.publishers and site.publishers:
            pages = site.publishers.values()
            newest = newest_change([page.places[0].story for page in pages])
            path, made_of = permalinks.folder_path("publisher"), (site.publishers, self._policy)
            yield PageArtifact(path, "archive", Order.INDEX, self.page, newest, made_of, unit=SOURCES)
        if site.shared and site.outputs.has("source"):
            newest = newest_change([page.places[0].story for page in site.shared.values()])
            path = permalinks.folder_path("source")
            yield PageArtifact(path, "archive", Order.INDEX, self.shared, newest, (site.shared,), unit=SOURCES)

    def shared(self) -> Page:
        """The list of sources that several stories cite, in the folder of their pages."""
        words, pages = self.maker.words, self._most_shared(ALL_SHARED)
        return self.maker.list_page(
            "shared.html",
            permalinks.folder_path("source"),
            words.text("title-shared"),
            words.text("description-shared", site=self.maker.site.newsletter.name),
            [(page.source.called, permalinks.subject_path("source", page.id)) for page in pages],
            trail=[(words.text("title-sources"), permalinks.folder_path("publisher"))],
            current=permalinks.folder_path("publisher"),
            heading=words.html("title-shared"),
            shared=pages,
        )

    def _most_shared(self, number: int) -> list[SourcePage]:
        return sorted(self.maker.site.shared.values(), key=lambda page: -len(page.places))[:number]

    @property
    def _policy(self) -> str | None:
        return POLICY if POLICY in self.maker.ordinary else None

    def page(self) -> Page:
        """Who is cited."""
        words, pages = self.maker.words, list(self.maker.site.publishers.values())
        ranked = sorted(pages, key=lambda page: (-page.sources, page.publisher.name.casefold()))
        items = [(p.publisher.name, permalinks.subject_path("publisher", p.publisher.id)) for p in ranked[:MOST_CITED]]
        return self.maker.list_page(
            "sources.html",
            permalinks.folder_path("publisher"),
            words.text("title-sources"),
            words.text("description-sources", site=self.maker.site.newsletter.name),
            items,
            heading=words.html("title-sources"),
            most_cited=ranked[:MOST_CITED],
            letters=by_letter(ranked[:LISTED]),
            listed=len(ranked[:LISTED]),
            shared=self._most_shared(SHARED),
            more=len(self.maker.site.shared) > SHARED,
            kinds=kinds(pages),
            publishers=len(pages),
            sources=sum(page.sources for page in pages),
            months=months(pages),
            policy=self._policy,
        )
