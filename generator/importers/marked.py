"""Turn the Markdown of other programs into HTML, so that all formats are handled alike from there.

What programs add to Markdown (Hugo's shortcodes, Jekyll's Liquid, Astro's JSX) is removed; the text between is kept.
"""

from __future__ import annotations

import re

from markdown import Markdown

_LINES_OF_MDX = re.compile(r"(?m)^(?:import\s.+\sfrom\s+['\"].+['\"];?|export\s+(?:const|default)\b.*)$")
_HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+(\w+)[^%]*%\}\n?(.*?)\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
_FIGURE = re.compile(r"\{\{[<%]\s*figure\b([^>}]*?)/?\s*[>%]\}\}")
_FILM = re.compile(r"(?:\{\{[<%]|\{%-?)\s*(youtube|vimeo)\s+(?:id=)?[\"']?([\w-]+)[^{}]*?(?:[%>]\}\}|%\})")
_HOSTS = {"youtube": "https://www.youtube.com/watch?v=", "vimeo": "https://vimeo.com/"}
_ADDED = re.compile(r"\{\{[<%].*?[%>]\}\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_FILLED = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
_LOOSE = re.compile(r"[^\S\n]+(?=[,.;:!?])")
_GIVEN = re.compile(r"(\w+)\s*=\s*\"([^\"]*)\"")
_FENCED = re.compile(r"(?ms)^(`{3,}|~{3,}).*?^\1[`~]*\s*$")
_KRAMDOWN = re.compile(r"(?m)^\{:.*\}\s*$|\{:\s*[.#][^}]*\}")


def html_of(text: str) -> str:
    """Markdown as HTML, including footnotes, tables and fences. Text nested too deeply is returned unchanged."""
    engine = Markdown(extensions=["footnotes", "tables", "fenced_code", "sane_lists", "def_list", "abbr"], tab_length=4)
    try:
        return engine.convert(_outside_fences(text))
    except RecursionError:
        return text


def without_filled_in(text: str) -> str:
    """A text without the placeholders that a mail program fills in, and without blanks left before punctuation.

    `Dear {{ subscriber.name }}, the news` becomes `Dear, the news`.
    """
    if "{" not in text or not _FILLED.search(text):
        return text
    return _LOOSE.sub("", _FILLED.sub("", text)).lstrip(",;:! ").rstrip()


def _outside_fences(text: str) -> str:
    """The text without what programs add to Markdown; code is left as it is."""
    text = _HIGHLIGHT.sub(r"\n```\1\n\2```\n", text)
    made, at = [], 0
    for fence in _FENCED.finditer(text):
        made += [_plain(text[at : fence.start()]), fence[0]]
        at = fence.end()
    return "".join([*made, _plain(text[at:])])


def _plain(text: str) -> str:
    text = _FIGURE.sub(_figure, _LINES_OF_MDX.sub("", text))
    text = _FILM.sub(lambda found: f'<iframe src="{_HOSTS[found[1]]}{found[2]}"></iframe>', text)
    return _KRAMDOWN.sub("", _ADDED.sub("", text))


def _figure(found: re.Match[str]) -> str:
    given = dict(_GIVEN.findall(found[1]))
    words = given.get("alt") or given.get("caption") or given.get("title") or ""
    return f"![{words}]({given['src']})" if "src" in given else ""
