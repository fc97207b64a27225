"""The verdict on a quotation: a passage, a title or a snapshot must have it, since its words can easily be kept."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.tracing import Claim, ClaimKind, Place, SourcePart, Verdict
from generator.texts.quoting import as_quoted
from generator.trace import quotations, speakers
from generator.trace.evidence import Evidence, are_whole
from generator.trace.quotations import Quoted, is_title
from generator.trace.vocabulary import Vocabulary


def judge_quotation(quoted: Quoted, sentence: str, support: Sequence[Evidence], known: Vocabulary) -> Claim:
    """Judge a quotation. It is also contradicted if the evidence denies its words or has another speaker for them."""
    claim = _judge_words(quoted, support)
    place = claim.place if claim.verdict is Verdict.TRACED else None
    if place and (denial := quotations.denied(sentence, quoted, _before(place, support))):
        return _quotation(quoted, Verdict.CONTRADICTED, place, f"it leaves out the “{denial}” of the source")
    if place and (said := speakers.of_another(quoted, sentence, place, support, known)):
        return _quotation(quoted, Verdict.CONTRADICTED, place, f"{speakers.SAID_BY} {said}")
    return claim


def _before(place: Place, support: Sequence[Evidence]) -> str:
    """The text of the evidence right before a place."""
    kept = next(kept for kept in support if kept.source == place.source)
    return kept.text(place.part, place.index)[max(0, place.start - 60) : place.start]


def _judge_words(quoted: Quoted, support: Sequence[Evidence]) -> Claim:
    if not support:
        return _quotation(quoted, Verdict.UNCITED, None, "")
    turned: Claim | None = None
    for kept in support:
        for part, index, text in kept.texts:
            if stand := quotations.stand_in(quoted.text, text):
                place = kept.place(part, index, stand.start, stand.end)
                if not stand.turned:
                    return _quotation(quoted, Verdict.TRACED, place, "word for word")
                turned = turned or _quotation(
                    quoted, Verdict.CONTRADICTED, place, f"it leaves out the “{stand.turned}” of the source"
                )
    if turned:
        return turned
    for kept in support:
        for part, index, text in kept.texts:
            if stand := quotations.nearest(quoted.text, text):
                place = kept.place(part, index, stand.start, stand.end)
                return _quotation(quoted, Verdict.CONTRADICTED, place, f"the source has {as_quoted(place.text)}")
    is_kept = any(part is not SourcePart.TITLE for kept in support for part, *_ in kept.texts)
    is_kept = is_kept and (are_whole(support) or not is_title(quoted.text))
    return _quotation(
        quoted, Verdict.UNTRACED if is_kept else Verdict.NO_EVIDENCE, None, "it has nothing like it" if is_kept else ""
    )


def _quotation(quoted: Quoted, verdict: Verdict, place: Place | None, how: str) -> Claim:
    return Claim(ClaimKind.QUOTATION, quoted.text, quoted.start, quoted.end, verdict, place, how)
