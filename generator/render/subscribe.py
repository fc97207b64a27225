"""The page that lists every feed, and the same lists as OPML 2.0 for feed readers (http://opml.org/spec2.opml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from xml.etree import ElementTree

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.render.feeds import rss
from generator.render.feeds.series import SUBJECTS, Series
from generator.render.maker import Maker
from generator.render.redirects import led_on
from generator.render.xml import document, element

SHOWN = 24
"""Subjects of one kind on the page, those with the most stories. The others' own pages link to their feeds."""


class Row(Struct, frozen=True):
    """A subject that can be followed."""

    name: str
    path: str
    """The path of the subject's page."""
    feeds: tuple[tuple[str, str], ...]
    """Media types and paths."""


class Group(Struct, frozen=True):
    """The subjects of one kind."""

    kind: str
    rows: tuple[Row, ...]
    """The subjects that are shown, in the order of the kind's own list."""
    total: int


class Subscribe(Struct, frozen=True):
    """Makes `/subscribe/`, `feeds.opml` and `feeds-main.opml`. They change only if the set of feeds does.

    The address of a feed cut at a slash (`/feeds/topics/`) redirects to the page.
    """

    maker: Maker

    def all(self) -> Iterator[PageArtifact | Artifact]:
        feeds = self.maker.following.links
        if not feeds or not self.maker.site.outputs.subscribe:
            return
        found = {kind: list(self.maker.following.subjects(kind)) for kind in SUBJECTS}
        groups = tuple(_group(kind, some) for kind, some in found.items() if some)
        folders = ("feeds/", *(f"feeds/{permalinks.folder_path(group.kind)}" for group in groups))
        yield from led_on(self.maker.templates, ((folder, permalinks.SUBSCRIBE) for folder in folders))
        make = partial(self.page, groups)
        yield PageArtifact(permalinks.SUBSCRIBE, "subscribe", Order.INDEX, make, None, (feeds, groups))
        kinds = self._kinds(found)
        for path, listed in ((permalinks.OPML, kinds), (permalinks.MAIN_OPML, kinds[:1])):
            made_of = tuple((title, tuple((s.name, s.title) for s in found)) for title, found in listed)
            yield Artifact(path, Order.FEED, partial(opml, self.maker, listed), (feeds, made_of))

    def page(self, groups: Sequence[Group]) -> Page:
        words, site = self.maker.words, self.maker.site
        main, name = list(self.maker.following.main()), site.newsletter.name
        return self.maker.list_page(
            "subscribe.html",
            permalinks.SUBSCRIBE,
            words.text("subscribe"),
            words.text("description-subscribe", site=name),
            [(series.title, series.links[0].path) for series in main],
            heading=words.html("subscribe"),
            main=[(words.html(f"feed-{series.kind}", site=name), series) for series in main],
            groups=groups,
            listed=len(main) + sum(group.total for group in groups),
        )

    def _kinds(self, found: Mapping[str, list[Series]]) -> list[tuple[str, list[Series]]]:
        """Every feed of the site, grouped by its kind. `found` are those of subjects."""
        name, words, main = self.maker.site.newsletter.name, self.maker.words, list(self.maker.following.main())
        return [(name, main), *((words.text(f"feeds-{kind}"), some) for kind, some in found.items() if some)]


def _group(kind: str, found: list[Series]) -> Group:
    """The subjects of a kind with the most stories; all sections, since they are few."""
    most = found if kind == "section" else sorted(found, key=lambda series: -len(series.everything))[:SHOWN]
    rows = (
        Row(series.label, series.home, tuple((feed.type, feed.path) for feed in series.links))
        for series in sorted(most, key=found.index)
    )
    return Group(kind, tuple(rows), len(found))


def opml(maker: Maker, kinds: Sequence[tuple[str, Sequence[Series]]]) -> bytes:
    """Feeds in a folder per kind, each once, as RSS: importing the list should not add each of them three times."""
    root = ElementTree.Element("opml", version="2.0")
    head = element(root, "head")
    element(head, "title", maker.site.newsletter.name)
    element(head, "ownerName", maker.site.newsletter.editor.name)
    body = element(root, "body")
    for title, found in kinds:
        group = element(body, "outline", text=title)
        for series in found:
            _outline(group, series, maker)
    return document(root)


def _outline(group: ElementTree.Element, series: Series, maker: Maker) -> None:
    feed = permalinks.feed_path(series.name, rss.SUFFIX)
    addresses = {"xmlUrl": maker.site.url(feed), "htmlUrl": maker.site.url(series.home)}
    element(group, "outline", type="rss", version="RSS2", text=series.title, title=series.title, **addresses)
