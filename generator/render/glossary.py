"""The page of the glossary: every term with its explanation."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Order, Page, PageArtifact
from generator.render.maker import Maker


class Glossary(Struct, frozen=True):
    """Makes the page, where there are terms."""

    maker: Maker

    def all(self) -> Iterator[PageArtifact]:
        if self.maker.site.glossary:
            yield PageArtifact(
                permalinks.GLOSSARY, "archive", Order.INDEX, self.page, None, (self.maker.site.glossary,)
            )

    def page(self) -> Page:
        """Every term with its meaning, in the order of the alphabet."""
        words, site = self.maker.words, self.maker.site
        return self.maker.list_page(
            "glossary.html",
            permalinks.GLOSSARY,
            words.text("title-glossary"),
            words.text("description-glossary", site=site.newsletter.name),
            [(entry.term.term, permalinks.term_path(entry.term.id)) for entry in site.glossary],
            heading=words.html("title-glossary"),
            entries=site.glossary,
        )
