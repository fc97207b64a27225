"""Choose what opens a story without a picture: its main figure beside the source's words, or a passage.

The figure is one that was traced to a passage which the page quotes anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from generator.model.linked import Reference
from generator.model.pages import StoryPage
from generator.model.tracing import (
    SAME_DATE,
    SAME_NAME,
    Claim,
    ClaimKind,
    Ledger,
    Operation,
    Sentence,
    SourcePart,
    Verdict,
    anchor_of,
)

LEADING = 3
"""How many of the first sources a passage is taken from if no figure carries the story."""
SHARED = 3
"""Fewest words that such a passage shares with the headline and dek."""
TELLING = 5
"""Fewest words of such a passage besides names and figures: with fewer it names a thing and says nothing about it."""
LONGEST = 180
"""Characters of a passage that can be read at a glance."""
_WORD = re.compile(r"\w{4,}")
_NAMING = re.compile(r"[^\W\d]\w*")
"""A word that is not a figure."""
_NUMBERED = re.compile(
    r"\b(?:item|section|article|chapter|clause|paragraph|page|room|lot|part|volume|annex|appendix"
    r"|punkt|abschnitt|artikel|kapitel|absatz|seite|zeile|anhang)\s\Z",
    re.IGNORECASE,
)
"""Words before a number that only names a part of something."""
_BOLD = re.compile(r"\*\*(.+?)\*\*")


class Opening(Struct, frozen=True):
    """A passage of a source, and the figure of the story that is based on it."""

    figure: str
    """The figure as the story has it; empty if there is only a passage."""
    passage: str
    start: int
    """Where the figure begins in the passage, in characters."""
    end: int
    reference: Reference

    @property
    def pieces(self) -> tuple[str, str, str]:
        """The passage before the figure, the figure in the source's words, and what follows."""
        return self.passage[: self.start], self.passage[self.start : self.end], self.passage[self.end :]


def opening(page: StoryPage, ledger: Ledger) -> Opening | None:
    """Choose what opens a story's page; None if it has a picture, or no passage that says something."""
    if page.story.image or not any(source.passages for source in page.story.sources.values()):
        return None
    references = {anchor: entry for entry in page.references for anchor in entry.anchors}
    ranked = sorted(_ranked(page, ledger), key=lambda found: found[0])
    shown = (_shown(claim, sentence, references) for _, claim, sentence in ranked)
    return next((found for found in shown if found), None) or _passage(page)


def _ranked(page: StoryPage, ledger: Ledger) -> Iterator[tuple[int, Claim, Sentence]]:
    """The traced figures that carry the story, ranked: in the headline, in the dek, in bold; dates after all others."""
    told = (page.story.title, page.story.dek, " ".join(_BOLD.findall(page.story.body or "")))
    for sentence in ledger.sentences:
        for claim in sentence.claims:
            if claim.kind is ClaimKind.FIGURE and claim.verdict is Verdict.TRACED and claim.how != SAME_NAME:
                if _NUMBERED.search(sentence.text, 0, claim.start):
                    continue
                ranks = (rank for rank, text in enumerate(told) if _place(claim.text, text))
                for rank in ranks:
                    yield rank + len(told) * (claim.how == SAME_DATE), claim, sentence


def _place(figure: str, text: str) -> tuple[int, int] | None:
    """Where a figure stands in a text by itself, not within a longer one."""
    if figure not in text:
        return None
    found = re.search(rf"(?<![\w.,$€£¥]){re.escape(figure)}(?![\w%])(?![.,]\d)", text)
    return found.span() if found else None


def _shown(claim: Claim, sentence: Sentence, references: dict[str, Reference]) -> Opening | None:
    """A figure beside a passage that the sentence cites: one with the same wording, else the one it was traced to."""
    found = _word_for_word(claim, sentence, references) or _traced(claim, references)
    return found if found and _says_of_what(found, 3 if claim.how == SAME_DATE else 2) else None


def _word_for_word(claim: Claim, sentence: Sentence, references: dict[str, Reference]) -> Opening | None:
    for id_ in sentence.sources:
        entry = references.get(anchor_of(id_))
        for passage in entry.source.passages if entry else ():
            place = _place(claim.text, passage)
            if entry and place:
                return Opening(claim.text, passage, *place, entry)
    return None


def _traced(claim: Claim, references: dict[str, Reference]) -> Opening | None:
    place = None if _is_computed_of_more(claim) else claim.place
    entry = references.get(place.anchor) if place and place.part is SourcePart.PASSAGE else None
    return Opening(claim.text, place.around, place.start, place.end, entry) if place and entry else None


def _is_computed_of_more(claim: Claim) -> bool:
    """Whether a figure was computed from more than one passage, so that no single passage shows where it comes from."""
    if claim.reckoned is None or claim.reckoned.by is Operation.DAY:
        return False
    own = claim.place and (claim.place.source, claim.place.part, claim.place.index)
    places = (term.place for term in claim.reckoned.terms)
    return any(place is None or (place.source, place.part, place.index) != own for place in places)


def _says_of_what(found: Opening, least: int) -> bool:
    """Whether a passage has at least `least` words beside the figure, and can be read at a glance."""
    before, _, after = found.pieces
    words = len(re.findall(r"\w+", f"{before} {after}"))
    return words >= least and len(found.passage) <= LONGEST and not _NUMBERED.search(before)


def _passage(page: StoryPage) -> Opening | None:
    """The passage of a leading source that shares most words with headline and dek."""
    told, names = _words(f"{page.story.title} {page.story.dek}"), _names(page)
    quoted = [(passage, entry) for entry in page.references[:LEADING] for passage in entry.source.passages]
    fitting = [(len(told & _words(q)), q, e) for q, e in quoted if len(q) <= LONGEST and _tells(q, names)]
    shared, passage, entry = max(fitting, key=lambda found: found[0], default=(0, "", None))
    return Opening("", passage, 0, 0, entry) if entry and shared >= SHARED else None


def _names(page: StoryPage) -> frozenset[str]:
    """The words in the names of the entities that a story mentions."""
    names = (name for entity in page.view.mentions for name in (entity.name, *entity.also))
    return frozenset(word for name in names for word in _NAMING.findall(name.casefold()))


def _tells(passage: str, names: frozenset[str]) -> bool:
    """Whether a passage says something beyond the names that the story mentions."""
    return sum(word not in names for word in _NAMING.findall(passage.casefold())) >= TELLING


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text.casefold()))
