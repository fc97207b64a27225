"""Render the templates of pages, feeds and mails; a newsletter's own templates replace ours of the same name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import jinja2
from markupsafe import Markup
from msgspec import Struct

from generator.escaping import escape, markup
from generator.model import permalinks
from generator.model.address import to_words
from generator.model.linked import LinkedText, Mark
from generator.model.site import Site
from generator.model.vocabulary import ENTITY_KINDS, SENTIMENTS, Entity
from generator.typeset import references
from generator.typeset.breaks import bind_day, bind_heading
from generator.typeset.compiled import Compiled
from generator.typeset.environment import Environment
from generator.typeset.quotes import Quotes
from generator.typeset.terms import Terms
from generator.typeset.tongues import finishing
from generator.words import Words, letter


class Templates(Struct, frozen=True):
    """Renders the bodies of one site."""

    site: Site
    words: Words
    environment: jinja2.Environment
    terms: Terms
    quotes: Quotes

    def body(self, template: str, path: str, plain_terms: Iterable[str] = (), **context: Any) -> str:
        """A page's body. Links in it are relative to `path`, so that the site can be anywhere.

        The first occurrence of each term is explained, except for `plain_terms`.
        """
        link = partial(relative, path)
        explain = self.terms.on_page(link(permalinks.GLOSSARY), plain_terms)
        code = self.words.html("code")

        def dressed(markup: str) -> str:
            return references.reachable(explain(self.quotes.html(markup)), code)

        return self._made(template, _Manner(references.on_page, dressed), link=link, **context)

    def away(self, template: str, page_url: str, **context: Any) -> str:
        """Text for feeds: all addresses are absolute, and numbers link to the page at `page_url`."""
        show = references.elsewhere(page_url)
        return self._made(template, _Manner(show, self.quotes.html), link=self.site.url, cite=show, **context)

    def _made(self, template: str, manner: _Manner, **context: Any) -> str:
        before = _manner.set(manner)
        try:
            return self.environment.get_template(template).render(**context)
        finally:
            _manner.reset(before)


class _Manner(NamedTuple):
    """How the texts of one page are shown."""

    show: Callable[[Mark], str]
    dressed: references.Dressed = str


_manner: ContextVar[_Manner] = ContextVar("manner")
"""The manner of the page that is being made. Templates get `text` and `item` as the same functions on all pages, so
that macros which show texts need not be made for each (see `environment`)."""


def _text(text: LinkedText, level: int = 3) -> Markup:
    return references.text_html(text, level, *_manner.get())


def _item(text: LinkedText, level: int = 3) -> Markup:
    return references.item_html(text, level, *_manner.get())


def templates(site: Site, own: Path | None = None) -> Templates:
    """The template engine of a site. `own` is a folder whose templates take precedence over ours."""
    words, language = Words.of(site.newsletter), site.newsletter.language
    environment, quotes = _environment(own, finishing(language)), Quotes(language)
    environment.globals.update(
        site=site,
        newsletter=site.newsletter,
        t=words.html,
        cite=references.on_page,
        text=_text,
        item=_item,
        paths=permalinks,
        to_words=to_words,
        entity_kinds=ENTITY_KINDS,
        sentiments=SENTIMENTS,
        weekdays=words.weekdays,
    )
    environment.filters.update(_FILTERS, **_filters(words, quotes))
    return Templates(site, words, environment, Terms(entry.term for entry in site.glossary), quotes)


def _environment(own: Path | None, finished: Callable[[str], str]) -> Environment:
    loaders: list[jinja2.BaseLoader] = [jinja2.PackageLoader("generator", "templates")]
    if own is not None and own.is_dir():
        loaders.insert(0, jinja2.FileSystemLoader(own))
    return Environment(
        finished,
        loader=jinja2.ChoiceLoader(loaders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        bytecode_cache=Compiled(),
    )


def _filters(words: Words, quotes: Quotes) -> dict[str, Callable[..., Any]]:
    """The filters that depend on the newsletter's words and marks."""

    direction = words.text("direction")

    @lru_cache(maxsize=4096, typed=True)
    def bind(text: str) -> Markup:
        """A headline. Cached, since it is on the pages of its neighbours too."""
        return words.isolated(text, bind_heading(quotes.plain(text)))

    def turned(text: str) -> Markup:
        """The `dir` attribute of an element whose text runs the other way than the page; empty for others."""
        way = words.way(text)
        return markup("" if way == direction else f' dir="{way}"')

    return {
        "day": _whole(words.apart(words.day, "months")),
        "long_day": _whole(words.apart(words.long_day, "months", "weekdays")),
        "moment": _whole(words.apart(words.moment, "months")),
        "month": words.shown_period,
        "minutes": words.apart(words.minutes, "reading-time"),
        "way": words.way,
        "turned": turned,
        "isolated": lambda text: words.isolated(text, escape(text)),
        "quoted": words.quoted,
        "quoted_pieces": words.quoted_pieces,
        "bind": bind,
        "printed": quotes.plain,
    }


def _whole(told: Callable[[Any], str]) -> Callable[[Any], str]:
    """A filter for days on pages: a number stays on the line of its month, and a time on that of its zone."""
    return lambda when: bind_day(told(when))


def _iso(when: date | datetime) -> str:
    return when.isoformat()


def _lettered(uses: Iterable[str]) -> list[tuple[str, str]]:
    """The uses of a source with their letters. A `loop` in a template would cost more than all else in it."""
    return [(letter(number), use) for number, use in enumerate(uses)]


def stopped(text: str) -> str:
    """Words followed by others on the same line, ended by a full stop, since bold type alone may be lost."""
    return text if text.endswith(tuple(".!?:;…。！？؟۔।")) else f"{text}."


def _kinds(entities: Iterable[Entity]) -> list[tuple[str, list[Entity]]]:
    """Entities grouped by kind, in the order in which pages name the kinds."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        found.setdefault(entity.kind, []).append(entity)
    return [(kind, found[kind]) for kind in ENTITY_KINDS if kind in found]


def _marks(marks: tuple[Mark, ...], show: Callable[[Mark], str]) -> Markup:
    return markup(references.marks_html(marks, show))


_FILTERS = {
    "iso": _iso,
    "kinds": _kinds,
    "letter": letter,
    "lettered": _lettered,
    "marks": _marks,
    "stop": stopped,
}
"""Filters that do not depend on the site."""


def relative(here: str, path: str) -> str:
    """The relative address from one page of the site to a path."""
    return ("../" * here.count("/") + path) or "./"
