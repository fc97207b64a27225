"""Citations as HTML: links to the list of sources on the same page, or, in a feed or mail, to that page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from markupsafe import Markup

from generator import prose
from generator.escaping import escape, markup
from generator.model.linked import LinkedText, Mark
from generator.typeset.breaks import bind, bind_page
from generator.typeset.quotes import NEAR

_bound = lru_cache(maxsize=NEAR)(bind)
_bound_on_page = lru_cache(maxsize=NEAR)(bind_page)
_NO_BREAK = "\N{NO-BREAK SPACE}"
_MARKER = f"<{prose.CITE_TAG} "
_CLASS = re.compile(r"<(th|td|code) class=\"[a-z-]+[a-z0-9-]*\">")
"""Attributes that are dropped elsewhere, since classes only matter to our own style sheet."""


def on_page(mark: Mark) -> str:
    """A number that links to the page's own list, and that the list links back to."""
    label = escape(f"[{mark.number}] {mark.label}")
    return f'<a class="cite" id="{mark.anchor}" href="#{mark.target}" aria-label="{label}">[{mark.number}]</a>'


def elsewhere(page_url: str) -> Callable[[Mark], str]:
    """Numbers for a feed or a mail, with absolute addresses, since `#source` would lead nowhere there."""

    def mark_html(mark: Mark) -> str:
        return f'<a href="{escape(page_url)}#{mark.target}">[{mark.number}]</a>'

    return mark_html


def marks_html(marks: tuple[Mark, ...], show: Callable[[Mark], str]) -> str:
    """The numbers of one citation, bound to the word before; on a page the style sheet keeps them together."""
    if not marks:
        return ""
    numbers = "".join(show(mark) for mark in marks)
    together = show is on_page and len(marks) > 1
    return _NO_BREAK + (f'<span class="cites">{numbers}</span>' if together else numbers)


Dressed = Callable[[str], str]
"""What a page does to a text's HTML before its numbers are filled in: terms, quotation marks."""


def text_html(text: LinkedText, level: int, show: Callable[[Mark], str] = on_page, dressed: Dressed = str) -> Markup:
    """A text with its numbers; its own headings start at `level`."""
    shown = _bare(text, show, dressed)
    return _filled(_with_names(shown, text.marks) if show is on_page and text.marks else shown, text, level, show)


def _bare(text: LinkedText, show: Callable[[Mark], str], dressed: Dressed) -> str:
    """A text before its numbers are filled in."""
    return _bound_on_page(dressed(text.html)) if show is on_page else _bound(dressed(_CLASS.sub(r"<\1>", text.html)))


def _filled(shown: str, text: LinkedText, level: int, show: Callable[[Mark], str]) -> Markup:
    marks = iter(text.marks)
    return markup(prose.fill(shown, lambda _: marks_html(next(marks), show), level))


def _with_names(shown: str, marks: tuple[tuple[Mark, ...], ...]) -> str:
    """HTML with the numbers and names cited in each paragraph, for a style sheet with room beside them."""
    before, *paragraphs = shown.split("<p>")
    at, made = before.count(_MARKER), [before]
    for piece in paragraphs:
        end = at + piece.count(_MARKER, 0, piece.find("</p>"))
        cited = {(mark.number, mark.label) for group in marks[at:end] for mark in group}
        names = "\n".join(f"{number} {label}" for number, label in sorted(cited))
        made.append(f'<p data-cites="{escape(names)}">{piece}' if names else f"<p>{piece}")
        at += piece.count(_MARKER)
    return "".join(made)


def reachable(made: str, code: str) -> str:
    """HTML in which the keyboard reaches boxes that scroll (WCAG 2.1.1): tables, and lines of code.

    `code` is the label of code for readers who cannot see it; it is already escaped.
    """
    made = made.replace("<table>", '<table tabindex="0">')
    return made.replace("<pre>", f'<pre tabindex="0" role="group" aria-label="{code}">')


def item_html(text: LinkedText, level: int, show: Callable[[Mark], str] = on_page, dressed: Dressed = str) -> Markup:
    """A list item as HTML, with its numbers; a single paragraph has no `<p>` around it."""
    made = _filled(_bare(text, show, dressed), text, level, show)
    if made.count("<p>") == 1 and made.startswith("<p>") and made.endswith("</p>"):
        return markup(made[3:-4])
    return made
