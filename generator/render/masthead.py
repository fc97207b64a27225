"""What the theme's templates know of the newsletter, for the header and footer of every page."""

from __future__ import annotations

from markupsafe import Markup

from generator.model import permalinks
from generator.model.site import Site
from generator.model.vocabulary import Newsletter, Section
from generator.render import structured
from generator.render.assets import CARD, CARD_SIZE
from generator.render.feed import feed_links
from generator.render.head import Preview, head_html
from generator.words import Words


class Masthead:
    """Given to the theme's templates as `citewire`. It holds nothing that changes from day to day."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._words = Words(site.newsletter.language, site.newsletter.messages)

    @property
    def newsletter(self) -> Newsletter:
        return self.site.newsletter

    @property
    def sections(self) -> list[tuple[Section, str]]:
        """The sections that have stories, with the paths of their pages."""
        known = self.newsletter.sections
        return [(known[id_], permalinks.section_path(id_)) for id_ in self.site.sections]

    @property
    def archive(self) -> str:
        return permalinks.archive_path()

    @property
    def river(self) -> str | None:
        return permalinks.river_path() if self.site.stories else None

    @property
    def directories(self) -> list[tuple[Markup, str]]:
        """The lists of topics, of entities, of sources and of corrections, where there are any."""
        kinds = [(kind, f"title-{kind}") for kind in ("topic", "entity") if self.site.subjects[kind]]
        kinds += [("publisher", "title-sources")] if self.site.publishers else []
        found = [(self.t(title), permalinks.folder_path(kind)) for kind, title in kinds]
        return (
            [*found, (self.t("title-corrections"), permalinks.corrections_path())] if self.site.corrections else found
        )

    @property
    def subscribe(self) -> str | None:
        return permalinks.SUBSCRIBE if feed_links(self.site, self._words) else None

    def t(self, key: str, **values: object) -> Markup:
        """A message of the catalogue as HTML."""
        return self._words.html(key, **values)

    def head(self, title: str, description: str | None, path: str) -> str:
        """The head of an ordinary page."""
        about = description or self.newsletter.tagline
        site = self.site
        preview = Preview(title, about, path, site.url(CARD), self.newsletter.name, CARD_SIZE)
        node: structured.Node = {
            "@type": "WebPage",
            "@id": site.url(path),
            "url": site.url(path),
            "name": title,
            "description": about,
            "inLanguage": self.newsletter.language,
            "isPartOf": {"@id": site.url("#website")},
        }
        nodes = [node, structured.website(site), structured.publisher(site)]
        return head_html(site, preview, feed_links(site, self._words), nodes)
