"""Trace a model's sentences against the pages, and report those that the pages do not support."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from generator.draft.comparing import Comparison
from generator.draft.skeleton import Texts
from generator.model.content import PartText, Story
from generator.model.library import Library
from generator.model.tracing import Claim, Ledger, Sentence, SourcePart, Verdict
from generator.model.vocabulary import BODY
from generator.trace.tracer import tracer

_WORDS = {
    Verdict.CONTRADICTED: "the sources say otherwise",
    Verdict.UNTRACED: "in none of the sources that are cited",
    Verdict.NO_EVIDENCE: "in none of the sources that are cited",
}
"""The verdicts to report, with their wording; sentences that cite no source are reported anyway."""


def traced(
    texts: Texts, story: Story, made: Comparison, library: Library
) -> tuple[Texts, Mapping[str, tuple[str, ...]]]:
    """The texts with doubts about them, and the sentences of each source that support the rest.

    `story` only has the sources and the days.
    """
    parts = tuple(PartText(id_, (text,)) for id_, text in texts.texts.items() if id_ != BODY)
    told = replace(story, body=texts.texts.get(BODY), parts=parts)
    ledger = tracer(library, made.snapshots.get).ledger(told)
    return replace(texts, doubts=(*texts.doubts, *_doubts(ledger))), _evidence(ledger)


def _doubts(ledger: Ledger) -> Iterator[str]:
    for sentence in ledger.sentences:
        for claim in sentence.claims:
            if claim.verdict in _WORDS:
                yield _doubt(sentence, claim)


def _doubt(sentence: Sentence, claim: Claim) -> str:
    words = "in the sources for something else" if claim.is_elsewhere else _WORDS[claim.verdict]
    why = f"{words}{f' ({claim.how})' if claim.how else ''}"
    return f"“{claim.text}”, {why}: {sentence.text}"


def _evidence(ledger: Ledger) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for claim in ledger.claims:
        for place in claim.places if claim.verdict is Verdict.TRACED else ():
            if place.part is SourcePart.SNAPSHOT:
                found.setdefault(place.source, {})[place.around] = None
    return {id_: tuple(words) for id_, words in found.items()}
