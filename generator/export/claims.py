"""Claims of stories and editions with their evidence, as rows of the database.

Only what is public is exported, as in `evidence.json`: of a page that is kept whole, the words that support a claim.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from generator.model.content import Edition, Story
from generator.model.pages import StoryPage
from generator.model.site import Site
from generator.model.tracing import Claim, Ledgers, Operand, Place, Sentence, SourcePart, anchor_of

Row = tuple[object, ...]
Passages = Mapping[tuple[str, int], int]
"""The ids of passages by their source's id and their index there, from 0."""


class ClaimRows(Struct):
    """The rows of four tables, which refer to each other by number."""

    sentences: list[Row]
    supports: list[Row]
    claims: list[Row]
    terms: list[Row]


def source_id(story: str, source: str) -> str:
    """The key of a source as editions cite it: `meta-coreweave-21bn/hubkub`."""
    return f"{story}/{source}"


def passage_ids(stories: Mapping[str, StoryPage]) -> dict[tuple[str, int], tuple[int, str]]:
    """All passages with their numbers, by the source's id and their index there."""
    found = (
        ((source_id(slug, entry.source.id), index), passage)
        for slug, page in stories.items()
        for entry in page.references
        for index, passage in enumerate(entry.source.passages)
    )
    return {key: (number, passage) for number, (key, passage) in enumerate(found, start=1)}


def claim_rows(site: Site, passages: Passages) -> ClaimRows:
    """The rows of all ledgers, stories before editions, each oldest first; empty if nothing was traced."""
    rows = ClaimRows([], [], [], [])
    if site.ledgers:
        sources = _Sources(site.story_pages, passages)
        stories = (page.story for page in site.story_pages.values())
        items: list[Story | Edition] = [*stories, *(page.edition for page in site.editions[::-1])]
        for item in items:
            _add(rows, item, site.ledgers, sources)
    return rows


class _Sources(Struct, frozen=True):
    """Finds the rows of a ledger's sources."""

    stories: Mapping[str, StoryPage]
    passages: Passages

    def row(self, item: Story | Edition, cited: str) -> str | None:
        """The key of a cited source, if it is on the list of its story's page."""
        slug, source = (item.slug, cited) if isinstance(item, Story) else cited.split("/", 1)
        anchor = anchor_of(source)
        entries = self.stories[slug].references if slug in self.stories else ()
        return next((source_id(slug, entry.source.id) for entry in entries if anchor in entry.anchors), None)


def _add(rows: ClaimRows, item: Story | Edition, ledgers: Ledgers, sources: _Sources) -> None:
    owner = (item.slug, None) if isinstance(item, Story) else (None, item.slug)
    for position, sentence in enumerate(ledgers.of(item).sentences, start=1):
        number = len(rows.sentences) + 1
        rows.sentences.append(
            (number, *owner, position, _path(sentence), sentence.start, sentence.text, sentence.about or None)
        )
        cited = dict.fromkeys(row for source in sentence.sources if (row := sources.row(item, source)))
        rows.supports.extend((number, row, place) for place, row in enumerate(cited, start=1))
        for claim in sentence.claims:
            own = len(rows.claims) + 1
            rows.claims.append((own, number, *_claim(claim, item, sources)))
            if reckoned := claim.shown_reckoning:
                terms = enumerate(reckoned.terms, start=1)
                rows.terms.extend((own, at, *_term(term, item, sources)) for at, term in terms)


def _path(sentence: Sentence) -> str:
    return "/".join(map(str, sentence.path))


def _claim(claim: Claim, item: Story | Edition, sources: _Sources) -> Row:
    shown, reckoned = claim.shown, claim.shown_reckoning
    how, by = claim.shown_how or None, reckoned and reckoned.by
    place = _place(shown, item, sources) if shown else _NOWHERE
    return claim.kind, claim.text, claim.start, claim.end, claim.verdict, how, by, *place, claim.silenced


def _term(term: Operand, item: Story | Edition, sources: _Sources) -> Row:
    return term.text, term.told, *(_place(term.place, item, sources) if term.place else _NOWHERE)


_NOWHERE: Row = (None,) * 7


def _place(place: Place, item: Story | Edition, sources: _Sources) -> Row:
    """Source, part, passage, words, offsets of the words in the passage, and the day when it was read."""
    row = sources.row(item, place.source)
    quoted = row is not None and place.part is SourcePart.PASSAGE
    passage = sources.passages.get((str(row), place.index)) if quoted else None
    offsets = (place.start, place.end) if passage else (None, None)
    return row, place.part, passage, place.text, *offsets, place.read and place.read.isoformat()
