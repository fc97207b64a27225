"""The sources of stories and editions as CSL-JSON items, which the other bibliography formats are written from.

https://docs.citationstyles.org/en/stable/specification.html, appendices III and IV
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from generator.model.address import canonical
from generator.model.linked import Reference
from generator.model.pages import EditionPage, StoryPage
from generator.typeset.bibtex import CslItem

_TYPES = {
    "wire": "article-newspaper",
    "newspaper": "article-newspaper",
    "trade": "article-magazine",
    "journal": "article-journal",
    "blog": "post-weblog",
}
"""The CSL type of a page by its publisher's kind; all others are web pages."""


def items(pages: Iterable[StoryPage | EditionPage]) -> list[CslItem]:
    """Every source that the pages cite, in the order of their numbers, each web page only once."""
    found: dict[str, CslItem] = {}
    for page in pages:
        for entry in page.references:
            key = canonical(entry.source.url)
            if key not in found:
                found[key] = _item(_key(page, entry), entry)
    return list(found.values())


def csl(found: Iterable[CslItem]) -> bytes:
    """The items as a CSL-JSON document."""
    return (json.dumps(list(found), ensure_ascii=False, indent=1) + "\n").encode()


def _key(page: StoryPage | EditionPage, entry: Reference) -> str:
    """A key such as `meta-coreweave:hubkub`, the same whether a story or an edition is exported."""
    anchor = entry.anchors[0].removeprefix("source-")
    return f"{page.story.slug}:{anchor}" if isinstance(page, StoryPage) else anchor.replace("--", ":")


def _item(key: str, entry: Reference) -> CslItem:
    source, publisher = entry.source, entry.publisher
    item: CslItem = {
        "id": key,
        "type": _TYPES.get(publisher.kind, "webpage"),
        "title": source.called,
        "container-title": publisher.name,
        "URL": source.url,
    }
    if source.author:
        item["author"] = [{"literal": source.author}]
    if source.published:
        item["issued"] = _date(source.published)
    if source.accessed:
        item["accessed"] = _date(source.accessed)
    if source.language:
        item["language"] = source.language
    if note := " ".join(_notes(entry)):
        item["note"] = note
    return item


def _date(day: date) -> CslItem:
    return {"date-parts": [[day.year, day.month, day.day]]}


def _notes(entry: Reference) -> Iterator[str]:
    """What reference managers have no field for: the passages, the relayed publisher, the kept copy."""
    for passage in entry.source.passages:
        yield f"“{passage}”"
    if entry.relays:
        yield f"Relays {entry.relays.name}."
    if entry.source.archive:
        yield f"Kept copy: {entry.source.archive}"
