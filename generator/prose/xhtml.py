"""Turn the HTML of a text into XML, for XML parsers and for EPUB."""

from __future__ import annotations

import html
import re

_VOID = re.compile(r"<(br|hr)>")
_REFERENCE = re.compile(r"&(?!(?:amp|lt|gt|quot);)#?\w+;")
"""To XML these are the only names that there are; the numbers 128 to 159 mean other characters than in HTML."""


def xhtml(markup: str) -> str:
    """Sound HTML of ours as XML without a root. Characters with a name or a number are written as themselves."""
    if "&" in markup:
        markup = _REFERENCE.sub(lambda found: html.escape(html.unescape(found[0])), markup)
    return _VOID.sub(r"<\1/>", markup)
