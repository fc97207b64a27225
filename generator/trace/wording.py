"""The verdict on the quotations and names of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model.tracing import Claim, ClaimKind, Part, Place, Verdict
from generator.trace import names, quotations
from generator.trace.evidence import Kept
from generator.trace.names import Named, Vocabulary
from generator.trace.quotations import Quoted

_ATTRIBUTED = 400
"""Characters of the evidence around a quotation in which its speaker is looked for."""


def judge_quotation(quoted: Quoted, support: Sequence[Kept]) -> Claim:
    """A quotation must stand in a passage, a title or a snapshot: who quotes can keep the words."""
    if not support:
        return _quotation(quoted, Verdict.UNCITED, None, "")
    for kept in support:
        for part, index, text in kept.texts:
            if stand := quotations.stand_in(quoted.text, text):
                return _quotation(quoted, Verdict.TRACED, kept.place(part, index, stand.start, stand.end), "word for word")
    for kept in support:
        for part, index, text in kept.texts:
            if stand := quotations.nearest(quoted.text, text):
                place = kept.place(part, index, stand.start, stand.end)
                return _quotation(quoted, Verdict.CONTRADICTED, place, f"the evidence has “{place.text}”")
    is_kept = any(part is not Part.TITLE for kept in support for part, *_ in kept.texts)
    return _quotation(quoted, Verdict.UNTRACED if is_kept else Verdict.NO_EVIDENCE, None, "nothing like it" if is_kept else "")


def _quotation(quoted: Quoted, verdict: Verdict, place: Place | None, how: str) -> Claim:
    return Claim(ClaimKind.QUOTATION, quoted.text, quoted.start, quoted.end, verdict, place, how)


def judge_names(sentence: str, taken: Sequence[Claim], support: Sequence[Kept], known: Vocabulary) -> list[Claim]:
    """The names of a sentence outside its quotations and its figures."""
    claims = []
    for named in names.find(sentence, known):
        if not any(claim.start < named.end and named.start < claim.end for claim in taken):
            claims.append(_judge_name(named, support))
    return claims


def _judge_name(named: Named, support: Sequence[Kept]) -> Claim:
    if not support:
        return _name(named, Verdict.UNCITED, None, "")
    for kept in support:
        for part, index, text in kept.texts:
            if span := names.stand_in(named, text):
                return _name(named, Verdict.TRACED, kept.place(part, index, *span), "the name")
    for kept in support:
        for publisher in kept.names:
            if names.stand_in(named, publisher) or names.stand_in(Named(0, 0, publisher), named.text):
                place = Place(kept.source, Part.PUBLISHER, 0, 0, len(publisher), publisher, publisher, kept.read)
                return _name(named, Verdict.TRACED, place, "who published it")
    if all(kept.is_whole for kept in support):
        return _name(named, Verdict.UNTRACED, None, "nobody of this name")
    return _name(named, Verdict.NO_EVIDENCE, None, "")


def _name(named: Named, verdict: Verdict, place: Place | None, how: str) -> Claim:
    return Claim(ClaimKind.NAME, named.text, named.start, named.end, verdict, place, how)
