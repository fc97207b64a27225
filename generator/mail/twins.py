"""The two bodies of an edition's mail: HTML, and text for mail programs that show no HTML."""

from __future__ import annotations

import re
from functools import lru_cache

from css_inline import CSSInliner
from msgspec import Struct

from generator.mail.settings import MailSettings
from generator.mail.shown import cut, with_detours
from generator.mail.tables import readable
from generator.mail.text import text_twin
from generator.model.pages import EditionPage
from generator.typeset.templates import Templates

_START = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
"""A start tag as the inliner writes it: each value in double quotes, and no `<` in text that is not escaped."""
_SIDE = re.compile(r"\b(left|right)\b")
_OTHER = {"left": "right", "right": "left"}
_FOUR_SIDES = re.compile(r"(?<=: )(-?\w+) (-?\w+) (-?\w+) (-?\w+)(?=;)")
"""The sides of a box: that at the top, to the right, at the bottom, to the left."""
_VALUE = re.compile(r'"[^"]*"')


class Twins(Struct, frozen=True):
    """An edition for one reader, twice the same."""

    html: str
    text: str
    title: str
    """Its headline, with the marks that both have."""


def twins(templates: Templates, page: EditionPage, settings: MailSettings, unsubscribe: str) -> Twins:
    """Both bodies of an edition. `unsubscribe` is the reader's own address for leaving."""
    url = templates.site.url(page.edition.path)
    page = with_detours(cut(page, settings.leave_out, settings.passages), url)
    made = templates.away("mail/edition.html", url, page=page, url=url, mail=settings, unsubscribe=unsubscribe)
    loader = templates.environment.loader
    assert loader is not None  # noqa: S101
    css = loader.get_source(templates.environment, "mail/inlined.css")[0]
    css = _turned(css) if templates.words.text("direction") == "rtl" else css
    text = text_twin(templates, page, url, settings.postal_address, unsubscribe)
    return Twins(_inlined(readable(made), css), text, templates.quotes.plain(page.edition.title))


def _turned(css: str) -> str:
    """A style sheet for a mail that runs from right to left. Few clients know `padding-inline-start` and its like."""
    turned = _SIDE.sub(lambda side: _OTHER[side[1]], css)
    return _FOUR_SIDES.sub(r"\1 \4 \3 \2", turned)


def _inlined(markup: str, css: str) -> str:
    """HTML with each style at the elements that it fits; the style sheet that it brings along is kept as it is."""
    return _START.sub(lambda tag: _VALUE.sub(_escaped, tag[0]), _inliner(css).inline(markup))


def _escaped(value: re.Match[str]) -> str:
    """The value of an attribute with no angle brackets in it: the inliner leaves them, and not every reader of HTML is
    at ease with `alt="<!--"`."""
    return value[0].replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4)
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(
        inline_style_tags=False, keep_style_tags=True, minify_css=True, load_remote_stylesheets=False, extra_css=css
    )
