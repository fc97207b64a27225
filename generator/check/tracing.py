"""Rules on the results of tracing: figures, quotations and names must be in the evidence of their citations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import groupby
from operator import itemgetter

from generator.check import figures
from generator.check.reading import SMALL_IN_TITLES, Block, blocks, drawn, long_words
from generator.check.rules import Finding
from generator.figures.dates import MONTHS, WEEKDAYS
from generator.model.content import Edition, Story
from generator.model.tracing import NOTED, Claim, ClaimKind, Ledger, Place, Sentence, Verdict
from generator.texts.quoting import as_quoted
from generator.trace.markup import excerpt
from generator.trace.speakers import SAID_BY

_QUOTE = "Quote the very words, keep them as a passage of the source, or tell them without"
_KEEP = "Correct it, keep the words that say so as a passage, or keep the page: `citewire evidence`."
_CITE = (
    "Cite what it rests on behind the full stop: [@id]. A citation supports what stands before it, nothing behind it."
)
_VOUCH = "If it is right all the same, say why under `trace`."


def contradicted_figure(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for sentence, claim in _with(ledger, ClaimKind.FIGURE, Verdict.CONTRADICTED):
        what = f"`{claim.text}` does not agree: {claim.how}"
        hint = f"{_shown(claim.place)}Correct it{_beside(item, sentence, claim)}. {_VOUCH}"
        yield _finding(item, sentence, claim, what, hint)


def _beside(item: Story | Edition, sentence: Sentence, claim: Claim) -> str:
    """Which words beside the texts have the figure of a claim too, and which have that of the evidence."""
    wrong, right = [], []
    for path, words in drawn(item):
        if figures.told_in(words, claim.text, sentence.text):
            wrong.append(f"`{path[-1]}`")
        elif claim.place and (told := figures.told_in(words, claim.place.text, claim.place.around)):
            right.append(f"{told} stands in `{path[-1]}`")
    also = f", also in {', '.join(wrong)}" if wrong else ""
    return f"{also}: {', '.join(right)}" if right else also


def faulty(ledger: Ledger, rules: Collection[str]) -> Iterator[tuple[Sentence, Claim]]:
    """The figures that one of some rules tells as contradicted, or as in none of the sources or for something else."""
    told = {"contradicted-figure": Verdict.CONTRADICTED, "untraced-figure": Verdict.UNTRACED}
    return _with(ledger, ClaimKind.FIGURE, *[verdict for rule, verdict in told.items() if rule in rules])


def untraced_figure(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for sentence, claim in _with(ledger, ClaimKind.FIGURE, Verdict.UNTRACED):
        fault = "may be for something else in" if claim.is_elsewhere else "is not in the kept text of"
        what = f"`{claim.text}` {fault} {_cited(sentence)}: {claim.how}"
        beside = _beside(item, sentence, claim) if claim.is_elsewhere else ""
        hint = f"{_shown(claim.place)}Correct it or its citation{beside}. {_VOUCH}"
        yield _finding(item, sentence, claim, what, hint)


def figure_not_in_passages(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    """One finding per sentence for all its figures that nothing kept of its sources can prove.

    Imported posts have an empty ledger: they have links, and never had passages.
    """
    for sentence, found in groupby(_with(ledger, ClaimKind.FIGURE, Verdict.NO_EVIDENCE), itemgetter(0)):
        claims = [claim for _, claim in found]
        told = ", ".join(dict.fromkeys(f"`{claim.text}`" for claim in claims))
        what = f"{told}: in no passage of {_cited(sentence)}, and the text of the page is not kept"
        yield _finding(item, sentence, claims[0], what, f"{_KEEP} {_VOUCH}")


def uncited_claim(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    """One finding per sentence for all its figures and quotations that no citation supports.

    Texts that cite nothing at all are left to `uncited-text`.
    """
    uncited = (
        (sentence, claim)
        for sentence in ledger.sentences
        if not sentence.sources  # a citation of a faulty source waits until that is fixed
        for claim in sentence.claims
        if claim.verdict is Verdict.UNCITED and claim.kind is not ClaimKind.NAME and claim.silenced is None
    )
    texts = dict(item.texts())
    for sentence, found in groupby(uncited, itemgetter(0)):
        text = texts.get(sentence.path)  # none of a disputed value, which has its own rule
        if text is not None and not _asks(sentence) and _may_cite(text, sentence.start):
            claims = [claim for _, claim in found if not _is_in_code(text, sentence, claim)]
            if not claims:
                continue
            what = f"{', '.join(dict.fromkeys(map(_as_written, claims)))}: no citation supports this sentence"
            yield _finding(item, sentence, claims[0], what, _CITE)


def _asks(sentence: Sentence) -> bool:
    """Whether a sentence is a question, which claims nothing."""
    return sentence.text.rstrip().endswith("?")


def _is_in_code(text: str, sentence: Sentence, claim: Claim) -> bool:
    """Whether a claim stands in code alone, as what a command or a setting has."""
    written = text[sentence.start :]
    return "`" in written and claim.text in written and claim.text not in _CODE.sub("", written)


def _block_of(text: str, start: int) -> Block | None:
    """The block in which a sentence begins."""
    return next((block for block in reversed(blocks(text)) if block.start <= start), None)


def _may_cite(text: str, start: int) -> bool:
    """Whether the block of a sentence is a table, or cites something elsewhere."""
    block = _block_of(text, start)
    if block is None or block.kind in ("heading", "code"):
        return False
    return block.kind == "table" or "[@" in block.text


def _as_written(claim: Claim) -> str:
    return as_quoted(claim.text[:60]) if claim.kind is ClaimKind.QUOTATION else f"`{claim.text}`"


def no_passage(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    """Names cited to sources of which nothing is kept: one finding per set of sources, since any name may be wrong.

    Editions are skipped: they cite sources of their stories, where these are reported.
    """
    if isinstance(item, Edition):
        return
    told: set[tuple[str, ...]] = set()
    for sentence, claim in _with(ledger, ClaimKind.NAME, Verdict.NO_EVIDENCE):
        cited = (item.sources[id_] for id_ in sentence.sources if id_ in item.sources)
        if sentence.sources in told or any(source.passages for source in cited):
            continue
        told.add(sentence.sources)
        what = f"`{claim.text}`: of {_cited(sentence)} no passage is kept, nor the text of the page"
        yield _finding(item, sentence, claim, what, _KEEP)


def lost_nuance(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for sentence, claim in _with(ledger, ClaimKind.FIGURE, Verdict.TRACED):
        if claim.is_noted:
            what = f"`{claim.text}` is told otherwise than in {_cited(sentence)}: {claim.how.removeprefix(NOTED)}"
            yield _finding(item, sentence, claim, what, f"{_shown(claim.place)}Say so too. {_VOUCH}")


def untraced_quotation(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    faults = (Verdict.CONTRADICTED, Verdict.UNTRACED)
    for sentence, claim in _with(ledger, ClaimKind.QUOTATION, *faults):
        fault, hint = f"is not word for word in {_cited(sentence)}", _quote(sentence, claim, item)
        if claim.how.startswith(SAID_BY):
            fault, hint = "is put into the mouth of somebody else", "Name who says it."
        what = f"{_as_written(claim)} {fault}: {claim.how}"
        yield _finding(item, sentence, claim, what, f"{_shown(claim.place)}{hint}")


_CODE = re.compile(r"`[^`\n]*`")
_FEW = 3
"""Quoted words up to this number may be a term or a nickname, and nobody's words."""


def _is_title(words: str) -> bool:
    """Whether all longer words of a quotation have capitals, as those of a book's title."""
    longer = [word for word in long_words(words) if word not in SMALL_IN_TITLES]
    return bool(longer) and all(word[0].isupper() for word in longer)


def quotation_not_in_passages(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for sentence, claim in _with(ledger, ClaimKind.QUOTATION, Verdict.NO_EVIDENCE):
        if len(claim.text.split()) <= _FEW or _is_title(claim.text):
            continue
        what = f"{_as_written(claim)}: nothing is kept of what {_cited(sentence)} says"
        yield _finding(item, sentence, claim, what, _quote(sentence, claim, item))


def _quote(sentence: Sentence, claim: Claim, item: Story | Edition) -> str:
    """The hint on a quotation: it is set apart, or stands behind a mark."""
    block = _block_of(dict(item.texts()).get(sentence.path, ""), sentence.start)
    is_apart = claim.start == 0 and block is not None and (block.kind == "quotation" or block.text.startswith(">"))
    return f"{_QUOTE} {'`>` before them' if is_apart else 'quotation marks'}."


def untraced_name(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    faults = (Verdict.CONTRADICTED, Verdict.UNTRACED)
    for sentence, claim in _with(ledger, ClaimKind.NAME, *faults):
        is_there = claim.verdict is Verdict.CONTRADICTED
        fault = "does not agree with" if is_there else "is not in the kept text of"
        what = f"`{claim.text}` {fault} {_cited(sentence)}: {claim.how}"
        other = ", or give its other names under `also` in entities.yml" if _may_be_named(claim.text) else ""
        hint = f"Correct it or its citation{other}."
        yield _finding(item, sentence, claim, what, f"{_shown(claim.place)}{hint} {_VOUCH}")


def _may_be_named(text: str) -> bool:
    """Whether this could be a name: not `Fri` or `Oct.`, and not two letters."""
    word = text.lower().rstrip(".")
    return len(word) > 2 and word not in WEEKDAYS and word not in MONTHS


def passage_not_in_snapshot(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for wrong in ledger.misquoted:
        path = ("citations", wrong.source, "passages", wrong.index)
        what = f"the passage is not in the kept text of `{wrong.source}`"
        yield Finding(path, what, "Copy it word for word from the page, or keep the page anew.")


def damaged_snapshot(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for damaged in ledger.damaged:
        what = f"what is kept of `{damaged.source}` cannot be read, or is not what was kept"
        yield Finding(("citations", damaged.source), what, f"{damaged.why}.", at_key=True)


def unmet_trace(ledger: Ledger, item: Story | Edition) -> Iterator[Finding]:
    for number in ledger.unmet:
        words = item.trace[number].claim
        what = f"`trace` speaks of `{words[:60]}`, and no claim of the text stands there"
        yield Finding(("trace", number, "claim"), what, "Write the words as they stand in the text, without markup.")


def _with(ledger: Ledger, kind: ClaimKind, *verdicts: Verdict) -> Iterator[tuple[Sentence, Claim]]:
    for sentence in ledger.sentences:
        for claim in sentence.claims:
            if claim.kind is kind and claim.verdict in verdicts and claim.silenced is None:
                yield sentence, claim


def _finding(item: Story | Edition, sentence: Sentence, claim: Claim, what: str, hint: str) -> Finding:
    if sentence.path[0] == "disputed":
        return Finding(sentence.path, what, hint, claim.text)
    text = dict(item.texts())[sentence.path]
    return Finding(sentence.path, what, hint, excerpt(text, sentence.start, claim.start, claim.text))


def _cited(sentence: Sentence) -> str:
    return ", ".join(f"@{id_}" for id_ in sentence.sources)


def _shown(place: Place | None) -> str:
    """The words of the evidence, as the beginning of a hint."""
    if place is None:
        return ""
    around = place.around if len(place.around) <= 160 else f"{place.around[:157]}..."
    return f"{place.part.capitalize()} of @{place.source}: {as_quoted(around)}. "
