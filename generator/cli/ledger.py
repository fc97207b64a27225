"""Show ledgers as text or JSON, for `citewire check --trace`: each claim with its verdict and evidence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click
import msgspec

from generator.cli.console import count
from generator.model.content import Edition, Story
from generator.model.tracing import Claim, Ledger, Operand, Operation, Place, Sentence, SourcePart, Verdict
from generator.texts.quoting import as_quoted

VERSION = 1
"""The version of the JSON; new members may be added without a new version. `docs/tracing.md` describes it."""
_COLOURS = {Verdict.TRACED: "green", Verdict.CONTRADICTED: "red", Verdict.UNTRACED: "yellow"}

Traced = tuple[str, Story | Edition, Ledger]
"""The displayed file name of an item, the item, and its ledger."""


def as_text(ledgers: Iterable[Traced]) -> Iterator[str]:
    """The lines for a person: file, sentence, and below it each claim with verdict and place."""
    totals: Counter[str] = Counter()
    for file, _, ledger in ledgers:
        totals += _totals(ledger)
        yield click.style(file, bold=True)
        for sentence in ledger.sentences:
            yield f"  {sentence.about}: {sentence.text}" if sentence.about else f"  {sentence.text}"
            yield from (f"    {line}" for line in _claims(sentence))
        for wrong in ledger.misquoted:
            yield click.style(f"  not in the kept text of @{wrong.source}: {as_quoted(wrong.passage)}", fg="red")
    yield _summary(totals)


def _claims(sentence: Sentence) -> Iterator[str]:
    width = max(len(claim.text) for claim in sentence.claims)
    for claim in sentence.claims:
        verdict = click.style(f"{claim.verdict:<16}", fg=_COLOURS.get(claim.verdict))
        yield f"{claim.kind:<9} {claim.text:<{min(width, 40)}}  {verdict}  {_why(claim)}".rstrip()


def _why(claim: Claim) -> str:
    if claim.silenced is not None:
        return f"silenced: {claim.silenced}"
    if claim.reckoned is None:
        return " — ".join(filter(None, (_words(claim.place), claim.how)))
    if claim.reckoned.by is not Operation.DAY:
        terms = "; ".join(_term(term) for term in claim.reckoned.terms)
        return f"{claim.how} ({claim.reckoned.by}): {terms}"
    days = (f"from {_words(term.place) or f'the day of the text, {term.text}'}" for term in claim.reckoned.terms)
    return f"{_words(claim.place)} — {claim.how}, {' and '.join(days)}"


def _term(term: Operand) -> str:
    return f"{term.text}, {_words(term.place) or f'in the {term.told}'}"


def _words(place: Place | None) -> str:
    """The words of a source with their place; empty if there are none."""
    if place is None:
        return ""
    number = f" {place.index + 1}" if place.part is SourcePart.PASSAGE else ""
    words = place.text if place.part is SourcePart.PUBLISHED else as_quoted(place.around)
    return f"@{place.source}, {place.part}{number}: {words}"


def _totals(ledger: Ledger) -> Counter[str]:
    return Counter(
        {str(verdict): number for verdict, number in ledger.counted().items()} | {"silenced": ledger.silenced}
    )


def _summary(totals: Counter[str]) -> str:
    """For example `436 claims: 238 traced, 198 no evidence kept`."""
    parts = [f"{totals[name]} {name}" for name in (*Verdict, "silenced") if totals[name]]
    return f"{count(totals.total(), 'claim')}{': ' if parts else ''}{', '.join(parts)}"


def as_json(ledgers: Iterable[Traced]) -> str:
    """Write ledgers as one JSON object; `docs/tracing.md` describes it."""
    items = [_item(*traced) for traced in ledgers]
    return json.dumps({"version": VERSION, "items": items}, ensure_ascii=False, indent=1)


def _item(file: str, item: Story | Edition, ledger: Ledger) -> dict[str, Any]:
    totals = _totals(ledger)
    return {
        "kind": "story" if isinstance(item, Story) else "edition",
        "slug": item.slug,
        "file": file,
        "claims": {name: totals[name] for name in (*Verdict, "silenced")},
        "sentences": msgspec.to_builtins(ledger.sentences),
        "misquoted": msgspec.to_builtins(ledger.misquoted),
    }


def write(ledgers: Sequence[Traced], form: str) -> None:
    """Print ledgers as `human` or `json`."""
    if form == "json":
        click.echo(as_json(ledgers))
        return
    for line in as_text(ledgers):
        click.echo(line)
