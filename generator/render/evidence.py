"""Write `evidence.json` beside each edition and story: its claims, and what the evidence says of each.

Only what is public is told: the passages of the citations, and of a page that is kept whole, the words of each claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order
from generator.model.linked import Reference
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.model.tracing import (
    Claim,
    Ledger,
    Ledgers,
    Place,
    Reckoning,
    Sentence,
    SourcePart,
    Term,
    Verdict,
    anchor_of,
)
from generator.render.records import Record, document, edition_summary, known, reference, story_summary

Entries = Mapping[str, Reference]
"""A page's sources by the ids under which its citations know them."""


class Evidence(Struct, frozen=True):
    """Declares what stands beside the pages of a site."""

    site: Site
    ledgers: Ledgers

    def all(self) -> Iterator[Artifact]:
        """One for each story and edition. Each is made of texts and evidence alone, whatever stands around its page."""
        print_of = self.ledgers.print_of
        for story in self.site.wanted_stories:
            slug, make = story.story.slug, partial(self.story, story)
            path = permalinks.evidence_path(permalinks.story_path(slug))
            made_of = (story.story, print_of(story.story))
            yield Artifact(path, Order.ASSET, make, made_of, story.near, story.unit)
        for edition in self.site.wanted_editions:
            shown = tuple(view.story for shelf in edition.shelves for view in shelf.stories)
            slug, make = edition.edition.slug, partial(self.edition, edition)
            path = permalinks.evidence_path(permalinks.edition_path(slug))
            of_edition = (edition.edition, shown, tuple(map(print_of, shown)))
            yield Artifact(path, Order.ASSET, make, of_edition, edition.near, edition.unit)

    def story(self, page: StoryPage) -> bytes:
        """What a story claims, sentence by sentence."""
        told = story_summary(self.site, page.story)
        return self._document("story", told, page, self.ledgers.of(page.story))

    def edition(self, page: EditionPage) -> bytes:
        """What an edition claims in its own texts; its stories have theirs beside them."""
        told = edition_summary(self.site, page)
        return self._document("edition", told, page, self.ledgers.of(page.edition))

    def _document(self, of: str, told: Record, page: StoryPage | EditionPage, ledger: Ledger) -> bytes:
        entries = {anchor: entry for entry in page.references for anchor in entry.anchors}
        about: Record = {
            name: told[name] for name in ("id", "slug", "url", "title", "published", "updated") if name in told
        }
        record: Record = {"of": of, **about, "claims": _counts(ledger)}
        record["sentences"] = [_sentence(sentence, entries) for sentence in ledger.sentences]
        record["sources"] = [reference(entry) for entry in page.references]
        return document(self.site, "evidence", record)


def _counts(ledger: Ledger) -> Record:
    """How many claims there are, and how many of them the evidence answers in which way."""
    found = ledger.counted()
    return {
        "all": sum(found.values()) + ledger.silenced,
        **{str(verdict): found[verdict] for verdict in Verdict},
        "silenced": ledger.silenced,
    }


def _sentence(sentence: Sentence, entries: Entries) -> Record:
    cited = [entries[anchor].number for source in sentence.sources if (anchor := anchor_of(source)) in entries]
    claims = [_claim(claim, entries) for claim in sentence.claims]
    return known(path=sentence.path, start=sentence.start, text=sentence.text, sources=cited, claims=claims)


def _claim(claim: Claim, entries: Entries) -> Record:
    place, reckoned = claim.shown, claim.shown_reckoning
    return known(
        kind=claim.kind,
        text=claim.text,
        start=claim.start,
        end=claim.end,
        verdict=claim.verdict,
        how=claim.shown_how or None,
        place=place and _place(place, entries),
        reckoned=reckoned and _reckoned(reckoned, entries),
        silenced=claim.silenced,
    )


def _reckoned(reckoning: Reckoning, entries: Entries) -> Record:
    return {"by": reckoning.by, "terms": [_term(term, entries) for term in reckoning.terms]}


def _term(term: Term, entries: Entries) -> Record:
    place = term.place and _place(term.place, entries)
    return known(text=term.text, told=term.told, start=term.start, place=place)


def _place(place: Place, entries: Entries) -> Record:
    entry = entries.get(place.anchor)
    found = known(source=entry and entry.number, part=place.part, text=place.text)
    if place.part is SourcePart.PASSAGE:
        passages = entry.source.passages if entry else ()  # on an edition, those of all stories that cite the page
        passage = passages.index(place.around) if place.around in passages else place.index
        found |= {"passage": passage + 1, "start": place.start, "end": place.end}
    if place.part in (SourcePart.PASSAGE, SourcePart.TITLE):
        found["around"] = place.around
    return found | known(read=place.read and place.read.isoformat())
