"""Figures of headings that their text lacks, in the light of what tracing found wrong in the text."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from msgspec.structs import replace

from generator.check import figures
from generator.check.headlines import HINT, had_by
from generator.check.reading import drawn
from generator.check.rules import Finding
from generator.check.tracing import faulty
from generator.model.address import canonical
from generator.model.content import Edition, Story, sources_of
from generator.model.evidence import DamagedError, SnapshotOf
from generator.model.library import Library
from generator.model.tracing import Claim, Ledger, Sentence, Verdict

RULE = "figure-not-in-text"
_DOUBT = "Hold it against the sources, and the figures of the text that they do not have; correct what is wrong."


class Beside:
    """Judges what `figure-not-in-text` found in an item by the ledgers of the item and its stories."""

    def __init__(
        self,
        item: Story | Edition,
        ledgers: Sequence[Ledger],
        rules: Collection[str],
        library: Library,
        snapshot_of: SnapshotOf,
    ) -> None:
        self._item, self._library, self._snapshot_of = item, library, snapshot_of
        self._tag, self._headings = library.newsletter.language, dict(drawn(item))
        self._faulty = [found for ledger in ledgers for found in faulty(ledger, rules)]

    def told(self, finding: Finding) -> Finding | None:
        """The finding, with a hint that leads to no wrong figure; None if the text is told to be wrong instead."""
        heading = self._headings[finding.path]
        if any(self._is_right(heading, finding.excerpt, rival) for rival in self._rivals()):
            return None
        if finding.hint != HINT:
            return finding
        if called := self._kept_of(heading, finding.excerpt):
            return replace(finding, hint=had_by(called))
        kinds = {item.dimension for item in figures.measures(finding.excerpt, self._tag)}
        meant = (item.dimension for _, claim in self._faulty for item in figures.measures(claim.text, self._tag))
        return finding if kinds.isdisjoint(meant) else replace(finding, hint=_DOUBT)

    def _rivals(self) -> Iterator[tuple[Sentence, Claim]]:
        """The claims in the place of which the evidence has another figure."""
        return (found for found in self._faulty if found[1].verdict is Verdict.CONTRADICTED or found[1].is_elsewhere)

    def _is_right(self, heading: str, figure: str, rival: tuple[Sentence, Claim]) -> bool:
        """Whether a figure of a heading is what the evidence has in the place of a claim."""
        sentence, claim = rival
        if claim.place is None:
            return False
        year, around = self._item.published.year, f"{claim.place.around} {sentence.text}"
        return figures.is_had(figure, heading, claim.place.text, around, self._tag, year)

    def _kept_of(self, heading: str, figure: str) -> str:
        """The first source of which the kept page has a figure of a heading; empty if none has."""
        for called, source in sources_of(self._item, self._library.story):
            try:
                snapshot = self._snapshot_of(canonical(source.url)) if source.url else None
            except DamagedError:
                continue
            if snapshot and figures.is_had(figure, heading, snapshot.text, snapshot.text, self._tag):
                return called
        return ""
