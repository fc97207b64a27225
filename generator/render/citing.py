"""How to cite a story: as a reference in words, as BibTeX and as CSL-JSON."""

from __future__ import annotations

import json

from msgspec import Struct

from generator.model.content import Story
from generator.model.site import Site
from generator.typeset.bibtex import CslItem, entry
from generator.words import Words

_json = json.JSONEncoder(ensure_ascii=False).encode


class Citing(Struct, frozen=True):
    """The three ways to cite a story, each as plain text."""

    reference: str
    bibtex: str
    csl: str


def citing(site: Site, words: Words, story: Story) -> Citing:
    url = site.url(story.path)
    author = story.byline or site.newsletter.name
    reference = words.text(
        "citing-reference-by" if story.byline else "citing-reference",
        author=author,
        title=story.title,
        site=site.newsletter.name,
        day=words.day(story.published.date()),
        url=url,
    )
    item = _item(site, story, author, url)
    return Citing(reference, entry(item), _json([item]))


def _item(site: Site, story: Story, author: str, url: str) -> CslItem:
    """An item of CSL-JSON (https://docs.citationstyles.org, CSL-JSON schema 1.0.2), which readers import as a list."""
    day = story.published.date()
    return {
        "id": story.slug,
        "type": "article-newspaper",
        "author": [{"literal": author}],
        "title": story.title,
        "container-title": site.newsletter.name,
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "language": site.newsletter.language,
        "URL": url,
    }
