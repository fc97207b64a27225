"""Turn the HTML of a text into XML, for XML parsers and EPUB."""

from __future__ import annotations

import html
import re

_VOID = re.compile(r"<(br|hr)>")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot);)#?\w+;")
"""References unknown to XML. It has only these four names, and 128 to 159 mean other characters than in HTML."""


def xhtml(markup: str) -> str:
    """Return our own sound HTML as XML without a root. Character references are replaced with the characters."""
    if "&" in markup:
        markup = _REFERENCE.sub(lambda found: html.escape(html.unescape(found[0])), markup)
    return _VOID.sub(r"<\1/>", markup)
