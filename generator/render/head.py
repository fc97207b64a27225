"""The head of a page beside its title: links to feeds, previews (Open Graph), structured data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from msgspec import Struct

from generator.escaping import escape
from generator.model.site import Site
from generator.render.structured import Node, script
from generator.words import shortened

DESCRIPTION_LIMIT = 200
"""Characters; longer ones are cut between words, as every search engine does."""

_LIKELY = {
    locale.partition("_")[0]: locale
    for locale in (
        "ar_EG bg_BG bn_BD ca_ES cs_CZ cy_GB da_DK de_DE el_GR en_US es_ES et_EE eu_ES fa_IR fi_FI fr_FR ga_IE gl_ES "
        "he_IL hi_IN hr_HR hu_HU id_ID is_IS it_IT ja_JP ko_KR lt_LT lv_LV ms_MY nb_NO nl_NL nn_NO pl_PL pt_BR ro_RO "
        "ru_RU sk_SK sl_SI sr_RS sv_SE th_TH tr_TR uk_UA ur_PK vi_VN zh_CN"
    ).split()
}
"""The likely country of a language, from CLDR (https://cldr.unicode.org, likelySubtags)."""


class FeedLink(Struct, frozen=True):
    """A feed that a page names for discovery."""

    title: str
    type: str
    path: str


class Preview(Struct, frozen=True):
    """The preview of a page where its address is shared (Open Graph)."""

    title: str
    description: str
    path: str
    picture: str
    """Absolute address."""
    picture_alt: str
    picture_size: tuple[int, int]
    kind: str = "website"
    published: datetime | None = None
    modified: datetime | None = None
    section: str | None = None
    twin: str | None = None
    """The path of the page's Markdown twin."""
    evidence: str | None = None
    """The path of the page's claims as data."""


def describe(text: str) -> str:
    """A text as a page's description: a single, short line."""
    return shortened(" ".join(text.split()), DESCRIPTION_LIMIT)


def head_html(site: Site, preview: Preview, feeds: Iterable[FeedLink], nodes: list[Node]) -> str:
    """The lines of the head, each value escaped."""
    lines = [_discovered(feed, site.base_url) for feed in feeds]
    lines += [
        f'<link rel="{rel}" type="{type_}" href="{escape(site.url(path))}">'
        for rel, type_, path in (
            ("alternate", "text/markdown", preview.twin),
            ("describedby", "application/json", preview.evidence),  # an `alternate` of JSON is a feed to some readers
        )
        if path
    ]
    lines += [f'<meta property="{name}" content="{escape(value)}">' for name, value in _open_graph(site, preview)]
    lines += ['<meta name="twitter:card" content="summary_large_image">', script(nodes)]
    return "\n    ".join(lines)


@lru_cache(maxsize=1024)
def _discovered(feed: FeedLink, base_url: str) -> str:
    """A link to a feed. Cached, since every page names the feeds of the whole site."""
    address = escape(base_url + feed.path)
    return f'<link rel="alternate" type="{feed.type}" title="{escape(feed.title)}" href="{address}">'


def _locale(language: str) -> str | None:
    """A language (BCP 47) for Open Graph, with the tag's country or the likely one; None if none is known.

    https://ogp.me/#optional
    """
    primary, *others = language.split("-")
    country = next((tag for tag in others if len(tag) == 2), None)
    if country:
        return f"{primary.lower()}_{country.upper()}"
    return _LIKELY.get(language.lower())


def _open_graph(site: Site, preview: Preview) -> Iterable[tuple[str, object]]:
    width, height = preview.picture_size
    yield "og:type", preview.kind
    yield "og:site_name", site.newsletter.name
    if locale := _locale(site.newsletter.language):
        yield "og:locale", locale
    yield "og:title", preview.title
    yield "og:description", describe(preview.description)
    yield "og:url", site.url(preview.path)
    yield "og:image", preview.picture
    yield "og:image:alt", preview.picture_alt
    yield "og:image:width", width
    yield "og:image:height", height
    if preview.published:
        yield "article:published_time", preview.published.isoformat()
    if preview.modified:
        yield "article:modified_time", preview.modified.isoformat()
    if preview.section:
        yield "article:section", preview.section
