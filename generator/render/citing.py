"""A story as something to cite: a reference in words, BibTeX, and CSL-JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from generator.model import permalinks
from generator.model.content import Story
from generator.model.site import Site
from generator.words import Words

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_{}"},
    }
)
"""Characters that mean something to TeX."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The macros of BibTeX's standard styles (btxdoc, section 3.2)."""


@dataclass(frozen=True, slots=True)
class Citing:
    """The three ways to cite a story, each as plain text."""

    reference: str
    bibtex: str
    csl: str


def citing(site: Site, words: Words, story: Story) -> Citing:
    url = site.url(permalinks.story_path(story.slug))
    author = story.byline or site.newsletter.name
    reference = words.text(
        "citing-reference-by" if story.byline else "citing-reference",
        author=author,
        title=story.title,
        site=site.newsletter.name,
        day=words.day(story.published.date()),
        url=url,
    )
    return Citing(reference, _bibtex(site, story, author, url), _csl(site, story, author, url))


def _bibtex(site: Site, story: Story, author: str, url: str) -> str:
    """An entry `@misc`, which every style knows; a name in a second pair of braces is not taken apart."""
    address = url.replace("{", "%7B").replace("}", "%7D")
    fields = (
        ("author", f"{{{{{author.translate(_TEX)}}}}}"),
        ("title", f"{{{{{story.title.translate(_TEX)}}}}}"),
        ("howpublished", f"{{{site.newsletter.name.translate(_TEX)}}}"),
        ("year", f"{{{story.published.year}}}"),
        ("month", _MONTHS[story.published.month - 1]),
        ("url", f"{{{address}}}"),
    )
    lines = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@misc{{{story.slug},\n{lines}}}"


def _csl(site: Site, story: Story, author: str, url: str) -> str:
    """An item of CSL-JSON (https://docs.citationstyles.org, CSL-JSON schema 1.0.2), in a list as readers import it."""
    day = story.published.date()
    item: dict[str, Any] = {
        "id": story.slug,
        "type": "article-newspaper",
        "author": [{"literal": author}],
        "title": story.title,
        "container-title": site.newsletter.name,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": site.newsletter.language,
        "URL": url,
    }
    return json.dumps([item], ensure_ascii=False)
