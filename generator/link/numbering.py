"""Number the citations of each page by first appearance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from generator import prose
from generator.model.address import canonical, page_key
from generator.model.content import Source, Story
from generator.model.evidence import Fate
from generator.model.linked import LinkedText, Mark, Reference, Standing
from generator.model.vocabulary import Publisher


class _Entry(Struct):
    number: int
    source: Source
    anchors: list[str]
    uses: list[str] = field(default_factory=list)


class Numbering:
    """The list of sources of one page, which grows text by text, in reading order.

    Ids whose addresses lead to the same page share a number, even across stories.
    """

    def __init__(self, publishers: Mapping[str, Publisher], fates: Mapping[str, Fate] | None = None) -> None:
        self._publishers, self._fates = publishers, fates or {}
        self._entries: dict[str, _Entry] = {}
        self._uses: dict[str, int] = {}

    def text(self, text: str, sources: Mapping[str, Source], scope: str = "") -> LinkedText:
        """A text with its numbers. `scope` keeps the ids of different stories on one page apart."""
        parsed = prose.parse(text)
        marks = tuple(self.group((sources[i], scope) for i in ids) for ids in parsed.cited)
        return LinkedText(parsed.html, marks)

    def scoped_text(self, text: str, stories: Mapping[str, Story]) -> LinkedText:
        """A text of an edition, whose citations name the story as well: `[@story/id]`."""
        parsed = prose.parse(text)
        marks = []
        for ids in parsed.cited:
            pairs = (cited.split("/", 1) for cited in ids)
            marks.append(self.group((stories[slug].sources[i], slug) for slug, i in pairs))
        return LinkedText(parsed.html, tuple(marks))

    def group(self, cited: Iterable[tuple[Source, str]]) -> tuple[Mark, ...]:
        """The marks of one citation, in order of number, with one mark per source even if it is named twice."""
        once = {canonical(source.url): (source, scope) for source, scope in cited}
        return tuple(sorted((self._mark(*named) for named in once.values()), key=lambda mark: mark.number))

    def _mark(self, source: Source, scope: str) -> Mark:
        """The mark for the next use of a source on this page."""
        name = f"{scope}--{source.id}" if scope else source.id
        target = f"source-{name}"
        key = canonical(source.url)
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(len(self._entries) + 1, source, [target])
        elif target not in entry.anchors:
            entry.anchors.append(target)
            entry.source = _with_passages_of(entry.source, source)
        self._uses[name] = self._uses.get(name, 0) + 1
        anchor = f"cite-{name}-{self._uses[name]}"
        entry.uses.append(anchor)
        return Mark(entry.number, target, anchor, self._publishers[source.publisher].name)

    def references(self) -> tuple[Reference, ...]:
        """The page's list of sources, in order of number."""
        return tuple(
            Reference(
                entry.number,
                entry.source,
                self._publishers[entry.source.publisher],
                self._publishers[entry.source.relays] if entry.source.relays else None,
                tuple(entry.anchors),
                tuple(entry.uses),
                standing(entry.source, self._fates),
            )
            for entry in self._entries.values()
        )


def _with_passages_of(first: Source, other: Source) -> Source:
    """Merge a page's sources in two stories, so that its entry has the passages of both."""
    added = tuple(passage for passage in other.passages if passage not in first.passages)
    return replace(first, passages=first.passages + added) if added else first


_AS_EVER = Standing()
_TAKEN = re.compile(r"/(\d{4})(\d\d)(\d\d)\d{6}[a-z_]*/")
"""The timestamp in the address of a copy, as written by web archives."""


def standing(source: Source, fates: Mapping[str, Fate]) -> Standing:
    """The standing of a source. A copy named by the writer takes precedence over one that was found."""
    fate = fates.get(page_key(source.url)) if fates else None
    gone, copy = (fate.gone, fate.copy) if fate else (None, None)
    if source.archive:
        return Standing(gone, source.archive, _day_of(source.archive) or source.accessed)
    if copy:
        return Standing(gone, copy.address, copy.taken.date())
    return Standing(gone) if gone else _AS_EVER


def _day_of(address: str) -> date | None:
    """The day of a copy, if it is in its address."""
    found = _TAKEN.search(address)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
