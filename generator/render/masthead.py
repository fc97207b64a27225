"""What the theme's templates can use of the newsletter, for the header and footer of every page."""

from __future__ import annotations

from markupsafe import Markup

from generator.escaping import escape
from generator.model import permalinks
from generator.model.permalinks import CARD, CARD_SIZE
from generator.model.site import Site
from generator.model.vocabulary import Newsletter, Section
from generator.render import structured
from generator.render.feeds.following import Following
from generator.render.feeds.series import feed_names
from generator.render.head import Preview, head_html
from generator.typeset.quotes import Quotes
from generator.typeset.tongues import finishing
from generator.words import Words


class Masthead:
    """Passed to the theme's templates as `citewire`. It holds nothing that changes from day to day."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._words = Words.of(site.newsletter)
        self.printed = Quotes(site.newsletter.language).html
        """Gives a text the language's quotation marks, as on pages."""
        self.finished = finishing(site.newsletter.language)
        """Finishes all that the theme has rendered."""

    @property
    def made_of(self) -> tuple[object, ...]:
        """All that the theme's templates can show, except the site as a whole."""
        return (
            self.newsletter,
            self.sections,
            (self.archive, self.river, self.subscribe),
            tuple((str(title), path) for title, path in self.directories),
            self.engine if self.search else None,
            str(self.head("", None, "")),
        )

    @property
    def newsletter(self) -> Newsletter:
        return self.site.newsletter

    @property
    def sections(self) -> list[tuple[Section, str]]:
        """The sections that have stories, with the paths of their pages."""
        known = self.newsletter.sections
        shown = self.site.sections if self.site.outputs.sections else ()
        return [(known[id_], permalinks.section_path(id_)) for id_ in shown]

    @property
    def archive(self) -> str:
        return permalinks.archive_path()

    @property
    def river(self) -> str | None:
        return permalinks.river_path() if self.site.stories and self.site.outputs.river else None

    @property
    def directories(self) -> list[tuple[Markup, str]]:
        """Topics, entities, sources, terms and corrections, where there are any, and how everything is checked."""
        has = self.site.outputs.has
        kinds = [(kind, f"title-{kind}") for kind in ("topic", "entity") if has(kind) and self.site.subjects[kind]]
        kinds += [("publisher", "title-sources")] if has("publisher") and self.site.publishers else []
        found = [(self.t(title), permalinks.folder_path(kind)) for kind, title in kinds]
        found += [(self.t("title-glossary"), permalinks.GLOSSARY)] if self.site.glossary else []
        found += [(self.t("title-corrections"), permalinks.corrections_path())] if self.site.has_corrections else []
        shown = self.site.outputs.checks and self.site.stories
        return [*found, (self.t("title-checks"), permalinks.CHECKS)] if shown else found

    @property
    def search(self) -> str | None:
        return permalinks.SEARCH if self.site.has_search else None

    @property
    def engine(self) -> str:
        """The folder that a search loads first: the index of the newest stories."""
        newest = max(self.site.stories_of_years)
        return permalinks.index_path(newest, newest)

    @property
    def subscribe(self) -> str | None:
        shown = self.site.outputs.subscribe and any(feed_names(self.site))
        return permalinks.SUBSCRIBE if shown else None

    def t(self, key: str, **values: object) -> Markup:
        """A message of the catalogue as HTML."""
        return self._words.html(key, **values)

    def isolated(self, text: str) -> Markup:
        """One of the newsletter's own lines as HTML, isolated if its direction differs from the page's."""
        return self._words.isolated(text, escape(text))

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
        crumbs = structured.breadcrumbs(site, ((self.newsletter.name, ""), (title, path)))
        nodes = [node, structured.website(site), structured.publisher(site), crumbs]
        return head_html(site, preview, Following(site, self._words).links, nodes)
