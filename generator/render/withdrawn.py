"""The pages at the addresses of withdrawn stories and editions, which say that they were withdrawn and why."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator.model.artifacts import Artifact, Order, Page, PageArtifact
from generator.model.withdrawals import Withdrawal
from generator.render.maker import Maker
from generator.render.redirects import led_on

NO_INDEX = '<meta name="robots" content="noindex">\n    '
"""A static host answers 200 even for what is gone for good, so search engines are told in words."""


class Withdrawn(Struct, frozen=True):
    """Makes a page for each; none is in the sitemap."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact | Artifact]:
        site = self.maker.site
        for gone in site.withdrawn:
            yield PageArtifact(gone.path, "archive", Order.PAGE, partial(self.page, gone), None, (gone,))
            yield from led_on(self.maker.templates, ((old, gone.path) for old in gone.old_paths))

    def page(self, gone: Withdrawal) -> Page:
        """What readers who follow an old link are told."""
        words, kind = self.maker.words, "-edition" if gone.is_edition else ""
        title = gone.title or words.text("title-withdrawn")
        about = words.text(f"description-withdrawn{kind}", day=words.day(gone.withdrawn_on))
        heading = None if gone.title else words.html("title-withdrawn")
        made = self.maker.list_page("withdrawn.html", gone.path, title, about, (), heading=heading, withdrawn=gone)
        return replace(made, head=NO_INDEX + made.head)
