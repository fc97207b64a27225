"""Show what is still to be proved, for `citewire check --open`: the claims that nothing kept proves, by their sources.

It is the work list of an editor: each source is opened once, with all that is to be looked for in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import click

from generator.cli.console import count
from generator.cli.ledger import Traced
from generator.model.content import Edition, Source, Story
from generator.model.tracing import Claim, Ledger, Sentence, Verdict

_NO_SOURCE = "without a citation"
Group = list[tuple[Sentence, list[Claim]]]
"""Sentences, each with its claims that are not proved."""


def lines(ledgers: Iterable[Traced], stories: Mapping[str, Story]) -> Iterator[str]:
    """Yield the lines: file, sources with their addresses, sentences, and what of each is not proved."""
    total, files = 0, 0
    for file, item, ledger in ledgers:
        unproved = _unproved(ledger)
        if unproved:
            files += 1
            total += sum(len(claims) for _, claims in unproved)
            yield click.style(file, bold=True)
        for id_, sentences in _by_source(unproved).items():
            yield f"  {_told(id_, item, stories)}"
            for sentence, claims in sentences:
                yield f"    {sentence.about}: {sentence.text}" if sentence.about else f"    {sentence.text}"
                yield f"      {', '.join(map(_what, claims))}"
    if total:
        yield f"{count(total, 'claim')} to be proved, in {count(files, 'file')}."
        yield "Copy the words of a source under its `passages`, or keep the pages with `citewire evidence`."
    else:
        yield "Every claim is traced, or answered for."


def _unproved(ledger: Ledger) -> Group:
    """The sentences with claims that are not traced and not answered for, each once: a part often repeats the body."""
    found: dict[tuple[str, tuple[str, ...]], tuple[Sentence, list[Claim]]] = {}
    for sentence in ledger.sentences:
        claims = [c for c in sentence.claims if c.verdict is not Verdict.TRACED and c.silenced is None]
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


def _told(id_: str, item: Story | Edition, stories: Mapping[str, Story]) -> str:
    """A source with its address."""
    source = _source(id_, item, stories)
    return f"@{id_}  {source.url or source.title or ''}".rstrip() if source else (f"@{id_}" if id_ else _NO_SOURCE)


def _source(id_: str, item: Story | Edition, stories: Mapping[str, Story]) -> Source | None:
    if isinstance(item, Story):
        return item.sources.get(id_)
    slug, _, own = id_.partition("/")
    story = stories.get(slug)
    return story.sources.get(own) if story else None


def _what(claim: Claim) -> str:
    """A claim, with its verdict where that asks for something else than words to be kept."""
    is_usual = claim.verdict in (Verdict.NO_EVIDENCE, Verdict.UNCITED)
    return claim.text if is_usual else f"{claim.text} ({claim.verdict})"


def show(ledgers: Sequence[Traced], stories: Mapping[str, Story]) -> None:
    """Print the list."""
    for line in lines(ledgers, stories):
        click.echo(line)
