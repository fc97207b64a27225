"""Show what is still to be proved, for `citewire check --open`: the claims that nothing kept proves, by their sources.

It is the work list of an editor: each source is opened once, with all that is to be looked for in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import click

from generator.cli.console import count
from generator.cli.ledger import Traced
from generator.model.content import Source, Story, sources_of
from generator.model.tracing import Claim, Ledger, Sentence, Verdict

_NO_SOURCE = "without a citation"
_TO_CORRECT = "to be corrected: a source has something else"
Group = list[tuple[Sentence, list[Claim]]]
"""Sentences, each with its claims that are not proved, or contradicted."""


def lines(ledgers: Iterable[Traced], stories: Mapping[str, Story]) -> Iterator[str]:
    """Yield the lines: file, what is to be corrected, then sources with their addresses, sentences and what of each
    is not proved.
    """
    all_claims, wrong, total, files = 0, 0, 0, 0
    for file, item, ledger in ledgers:
        all_claims += sum(len(sentence.claims) for sentence in ledger.sentences)
        contradicted, unproved = _with(ledger, _is_contradicted), _with(ledger, _is_unproved)
        if contradicted or unproved:
            files += 1
            wrong += _size(contradicted)
            total += _size(unproved)
            yield click.style(file, bold=True)
        if contradicted:
            yield f"  {_TO_CORRECT}"
            for sentence, claims in contradicted:
                yield _words(sentence)
                yield from (f"      {line}" for line in dict.fromkeys(_fault(sentence, claim) for claim in claims))
        sources = dict(sources_of(item, stories.get)) if unproved else {}
        for id_, sentences in _by_source(unproved).items():
            yield f"  {_told(id_, sources.get(id_))}"
            for sentence, claims in sentences:
                yield _words(sentence)
                yield f"      {', '.join(dict.fromkeys(map(_what, claims)))}"
    yield from _summary(all_claims, wrong, total, files)


def _summary(all_claims: int, wrong: int, unproved: int, files: int) -> Iterator[str]:
    if not all_claims:
        yield "There are no claims."
    elif not wrong and not unproved:
        yield "Every claim is traced, or answered for."
    else:
        told = [f"{count(n, 'claim')} to be {what}" for n, what in ((wrong, "corrected"), (unproved, "proved")) if n]
        yield f"{', '.join(told)}, in {count(files, 'file')}."
    if unproved:
        yield "Copy the words of a source under its `passages`, or keep the pages with `citewire evidence`."


def _words(sentence: Sentence) -> str:
    return f"    {sentence.about}: {sentence.text}" if sentence.about else f"    {sentence.text}"


def _fault(sentence: Sentence, claim: Claim) -> str:
    return f"{claim.text}: {claim.how or claim.verdict} ({', '.join(f'@{id_}' for id_ in sentence.sources)})"


def _is_contradicted(claim: Claim) -> bool:
    return claim.verdict is Verdict.CONTRADICTED


def _is_unproved(claim: Claim) -> bool:
    return claim.verdict not in (Verdict.TRACED, Verdict.CONTRADICTED)


def _size(group: Group) -> int:
    """The number of claims, each counted once in its sentence, as it is shown."""
    return sum(len({claim.text for claim in claims}) for _, claims in group)


def _with(ledger: Ledger, is_meant: Callable[[Claim], bool]) -> Group:
    """The sentences with such claims that are not answered for, each once: a part often repeats the body."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Sentence, list[Claim]]] = {}
    for sentence in ledger.sentences:
        claims = [claim for claim in sentence.claims if is_meant(claim) and claim.silenced is None]
        if claims:
            found.setdefault((sentence.text, sentence.sources), (sentence, claims))
    return list(found.values())


def _by_source(unproved: Group) -> dict[str, Group]:
    """The sentences by source, under each that supports them; those without a citation under an empty id."""
    groups: dict[str, Group] = {}
    for sentence, claims in unproved:
        for id_ in sentence.sources or ("",):
            groups.setdefault(id_, []).append((sentence, claims))
    return groups


def _told(id_: str, source: Source | None) -> str:
    """A source with its address."""
    return f"@{id_}  {source.url or source.title or ''}".rstrip() if source else (f"@{id_}" if id_ else _NO_SOURCE)


def _what(claim: Claim) -> str:
    """A claim, with its verdict where that asks for something else than words to be kept."""
    is_usual = claim.verdict in (Verdict.NO_EVIDENCE, Verdict.UNCITED)
    return claim.text if is_usual else f"{claim.text} ({claim.verdict})"


def show(ledgers: Sequence[Traced], stories: Mapping[str, Story]) -> None:
    """Print the list."""
    for line in lines(ledgers, stories):
        click.echo(line)
