"""The two bodies of an edition's mail: HTML, and text for mail programs that show no HTML."""

from __future__ import annotations

import re
from functools import lru_cache

from css_inline import CSSInliner
from msgspec import Struct

from generator.mail.settings import MailSettings
from generator.mail.shown import cut, with_detours
from generator.mail.tables import readable
from generator.mail.text import text_body
from generator.model.pages import EditionPage
from generator.typeset.templates import Templates

_START = re.compile(r'<[a-zA-Z][^<>"]*(?:"[^"]*"[^<>"]*)*>')
"""A start tag as the inliner writes it: values in double quotes, and no unescaped `<` in text."""
_SIDE = re.compile(r"\b(left|right)\b")
_OTHER = {"left": "right", "right": "left"}
_FOUR_SIDES = re.compile(r"(?<=: )(-?\w+) (-?\w+) (-?\w+) (-?\w+)(?=;)")
"""The four sides of a box: top, right, bottom, left."""
_VALUE = re.compile(r'"[^"]*"')


class Bodies(Struct, frozen=True):
    """An edition for one reader, as HTML and as the same text."""

    html: str
    text: str
    title: str
    """Its headline, with the quotation marks used in both."""


def bodies_of(templates: Templates, page: EditionPage, settings: MailSettings, unsubscribe: str) -> Bodies:
    """Both bodies of an edition. `unsubscribe` is the reader's own address for leaving."""
    url = templates.site.url(page.edition.path)
    page = with_detours(cut(page, settings.leave_out, settings.passages), url)
    made = templates.away("mail/edition.html", url, page=page, url=url, mail=settings, unsubscribe=unsubscribe)
    loader = templates.environment.loader
    assert loader is not None  # noqa: S101
    css = loader.get_source(templates.environment, "mail/inlined.css")[0]
    css = _turned(css) if templates.words.text("direction") == "rtl" else css
    text = text_body(templates, page, url, settings.postal_address, unsubscribe)
    return Bodies(_inlined(readable(made), css), text, templates.quotes.plain(page.edition.title))


def _turned(css: str) -> str:
    """A style sheet for a mail that runs right to left. Few clients know `padding-inline-start` and the like."""
    turned = _SIDE.sub(lambda side: _OTHER[side[1]], css)
    return _FOUR_SIDES.sub(r"\1 \4 \3 \2", turned)


def _inlined(markup: str, css: str) -> str:
    """HTML with the style sheet's rules inlined; the style sheet that it contains is kept unchanged."""
    return _START.sub(lambda tag: _VALUE.sub(_escaped, tag[0]), _inliner(css).inline(markup))


def _escaped(value: re.Match[str]) -> str:
    """An attribute's value with angle brackets escaped: the inliner leaves them; `alt="<!--"` upsets some readers."""
    return value[0].replace("<", "&lt;").replace(">", "&gt;")


@lru_cache(maxsize=4)
def _inliner(css: str) -> CSSInliner:
    return CSSInliner(
        inline_style_tags=False, keep_style_tags=True, minify_css=True, load_remote_stylesheets=False, extra_css=css
    )
