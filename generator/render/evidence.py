"""Write `evidence.json` beside each edition and story: its claims, and what the evidence says of each.

Only what is public is included: the passages of citations and, of a page that is kept whole, the words of each claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from msgspec import Struct

from generator.model import permalinks
from generator.model.artifacts import Artifact, Order, Values
from generator.model.linked import Reference
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.model.tracing import (
    CREDITED,
    Claim,
    Ledger,
    Ledgers,
    Operand,
    Place,
    Reckoning,
    Sentence,
    SourcePart,
    Verdict,
    anchor_of,
)
from generator.render.records import Record, document, edition_summary, known, reference, story_summary

Entries = Mapping[str, Reference]
"""A page's sources by the ids that its citations use."""


class EvidenceFiles(Struct, frozen=True):
    """Declares the evidence files beside the pages of a site."""

    site: Site
    ledgers: Ledgers

    def all(self) -> Iterator[Artifact]:
        """One for each story and edition, made from texts and evidence alone, regardless of the page's neighbours."""
        for page in self.site.wanted_items:
            make, made_of = partial(self._document, page), self._made_of(page)
            for path in self.site.data_paths(page.item):
                yield Artifact(permalinks.evidence_path(path), Order.ASSET, make, made_of, page.near, page.unit)

    def _made_of(self, page: StoryPage | EditionPage) -> Values:
        print_of = self.ledgers.print_of
        if isinstance(page, StoryPage):
            return page.story, print_of(page.story)
        shown = tuple(view.story for view in page.views)
        return page.edition, shown, tuple(map(print_of, shown))

    def _document(self, page: StoryPage | EditionPage) -> bytes:
        """The claims of a page by sentence; an edition's only from its own texts, since its stories have files."""
        if isinstance(page, StoryPage):
            of, told = "story", story_summary(self.site, page.story)
        else:
            of, told = "edition", edition_summary(self.site, page)
        ledger = self.ledgers.of(page.item)
        entries = {anchor: entry for entry in page.references for anchor in entry.anchors}
        about: Record = {
            name: told[name] for name in ("id", "slug", "url", "title", "published", "updated") if name in told
        }
        record: Record = {"of": of, **about, "claims": _counts(ledger)}
        record["sentences"] = [_sentence(sentence, entries) for sentence in ledger.sentences]
        record["sources"] = [reference(entry) for entry in page.references]
        return document(self.site, "evidence", record)


def _counts(ledger: Ledger) -> Record:
    """How many claims there are, and how many have each verdict."""
    found, credited = ledger.counted(), sum(claim.standing == CREDITED for claim in ledger.claims)
    return {
        "all": sum(found.values()) + ledger.silenced,
        **{str(verdict): found[verdict] for verdict in Verdict},
        str(Verdict.TRACED): found[Verdict.TRACED] - credited,
        CREDITED: credited,
        "silenced": ledger.silenced,
    }


def _sentence(sentence: Sentence, entries: Entries) -> Record:
    cited = [entries[anchor].number for source in sentence.sources if (anchor := anchor_of(source)) in entries]
    claims = [_claim(claim, entries) for claim in sentence.claims]
    about, text = sentence.about or None, sentence.text
    return known(path=sentence.path, start=sentence.start, about=about, text=text, sources=cited, claims=claims)


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


def _term(term: Operand, entries: Entries) -> Record:
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
    if not place.is_of_citation:
        found["held"] = place.is_held
    return found | known(read=place.read and place.read.isoformat())
