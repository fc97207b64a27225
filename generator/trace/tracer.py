"""Tracing a story or an edition: every sentence against the evidence of its citations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from generator.figures.comparing import SAME
from generator.figures.labels import is_caption
from generator.figures.numerals import has_decimal_comma
from generator.figures.read import Measured, of_sentence
from generator.model.address import canonical
from generator.model.content import NO_MOMENT, Edition, Source, Story, Vouch, sources_of
from generator.model.evidence import DamagedError, SnapshotOf, nothing_kept
from generator.model.fingerprint import fingerprint
from generator.model.lazily import Lazily
from generator.model.library import Library
from generator.model.problems import Path
from generator.model.tracing import Claim, ClaimKind, Damaged, Ledger, Misquoted, Sentence, SourcePart, Verdict
from generator.model.vocabulary import Publisher
from generator.texts.characters import CELL
from generator.texts.patterns import places_whole
from generator.trace import quotations, respective
from generator.trace.evidence import Evidence, kept_of, publishers_of
from generator.trace.glance import claims_nothing
from generator.trace.judging import Question, judge
from generator.trace.judging_names import judge_names, opens_mistyped
from generator.trace.judging_quotations import judge_quotation
from generator.trace.matching import best, candidates
from generator.trace.sentences import Written, read
from generator.trace.tellers import tellers
from generator.trace.thresholds import NEAR_IT
from generator.trace.vocabulary import Names, Vocabulary, names
from generator.trace.weekdays import judge_weekdays

MOST_FIGURES = 60
"""Most figures of a sentence that are judged together. A sentence with more is a table, not a computation."""


class Tracer(Struct, frozen=True):
    """Traces the texts of one library."""

    stories: Mapping[str, Story]
    publishers: Mapping[str, Publisher]
    names: Names
    snapshot_of: SnapshotOf
    language: str
    """The language of the newsletter, and of each source that names no other."""
    prints: Mapping[str, str]
    """Fingerprints of the publishers, by their ids."""

    def ledger(self, item: Story | Edition) -> Ledger:
        """Return the ledger of a story, or of an edition's own texts; an empty one for imported items."""
        if item.imported:
            return Ledger(())
        return self.story(item) if isinstance(item, Story) else self.edition(item)

    def story(self, story: Story) -> Ledger:
        """Return the ledger of a story: its body, its parts, and the versions of what its sources disagree on."""
        told = _day_of(story)
        support = {id_: self._kept(id_, source, told) for id_, source in story.sources.items()}
        sentences = chain(_read(story.texts()), _versions(story))
        ledger = _traced(sentences, support, self._vocabulary(story), story.trace, told, self.language)
        misquoted = tuple([wrong for source in support.values() for wrong in _misquoted(source)])
        damaged = tuple([Damaged(source.source, source.damaged) for source in support.values() if source.damaged])
        return replace(ledger, misquoted=misquoted, damaged=damaged) if misquoted or damaged else ledger

    def edition(self, edition: Edition) -> Ledger:
        """Return the ledger of an edition: its takeaways and actions, which cite sources of its stories.

        Whether the kept copies of these sources are sound is reported with the stories.
        """
        sources = {id_: (id_, source) for id_, source in sources_of(edition, self.stories.get)}
        told = _day_of(edition)
        support = Lazily(sources, lambda named: self._kept(*named, told))
        sentences = _read(edition.texts())
        return _traced(sentences, support, self._vocabulary(edition), edition.trace, told, self.language)

    def names_for(self, item: Story | Edition) -> str:
        """Return the fingerprint of everything in the vocabularies that the ledger of an item depends on."""
        ids = (
            who for _, source in sources_of(item, self.stories.get) for who in publishers_of(source, self.publishers)
        )
        return fingerprint(self.language, self._vocabulary(item).print, *(self.prints[id_] for id_ in ids))

    def _vocabulary(self, item: Story | Edition) -> Vocabulary:
        versions = _versions(item) if isinstance(item, Story) else ()
        disputed = (sentence.text for _, sentences in versions for sentence in sentences)
        return self.names.within(chain((text for _, text in item.texts()), disputed))

    def _kept(self, id_: str, source: Source, told: date | None) -> Evidence:
        try:
            snapshot = self.snapshot_of(canonical(source.url)) if source.url else None
        except DamagedError as error:  # damaged text is no evidence
            kept = kept_of(id_, source, None, self.publishers, told, self.language)
            return replace(kept, damaged=str(error))
        return kept_of(id_, source, snapshot, self.publishers, told, self.language)


def _day_of(item: Story | Edition) -> date | None:
    """The day from which an item's dates without a year are understood; None if it could not be read."""
    return item.published.date() if item.published > NO_MOMENT else None


def tracer(library: Library, snapshot_of: SnapshotOf = nothing_kept) -> Tracer:
    """Return a tracer for the texts of a library."""
    publishers = tuple(publisher.name for publisher in library.publishers.values())
    known = names(tuple(library.entities.values()), publishers, library.newsletter.language)
    prints = {id_: fingerprint(repr(publisher)) for id_, publisher in library.publishers.items()}
    return Tracer(library.stories, library.publishers, known, snapshot_of, library.newsletter.language, prints)


def _read(texts: Iterable[tuple[Path, str]]) -> Iterator[tuple[Path, Sequence[Written]]]:
    """The sentences of texts."""
    return ((path, read(text)) for path, text in texts)


def _versions(story: Story) -> Iterator[tuple[Path, Sequence[Written]]]:
    """The disputed points of a story, each version as one sentence.

    A version is judged without its point: it is so short that a word shared with another figure would favour that.
    """
    for number, dispute in enumerate(story.disputed):
        for which, version in enumerate(dispute.versions):
            sentence = Written(0, version.value, version.sources, dispute.point)
            yield ("disputed", number, "versions", which, "value"), (sentence,)


def _traced(
    texts: Iterable[tuple[Path, Sequence[Written]]],
    support: Mapping[str, Evidence],
    vocabulary: Vocabulary,
    vouched: tuple[Vouch, ...],
    told: date | None,
    language: str,
) -> Ledger:
    """Return the ledger of texts, judged by the kept words of the sources that they cite."""
    sentences = [s for path, written in texts for s in _text(path, written, support, vocabulary, told, language)]
    sentences, unmet = _silenced(sentences, vouched)
    return Ledger(tuple(sentences), unmet=unmet)


def _text(
    path: Path,
    sentences: Sequence[Written],
    support: Mapping[str, Evidence],
    vocabulary: Vocabulary,
    told: date | None,
    language: str,
) -> Iterator[Sentence]:
    """Yield the sentences of a text that claim something."""
    before: tuple[Measured, ...] = ()
    claims: tuple[Claim, ...] = ()
    cited: tuple[str, ...] = ()
    kept: tuple[Evidence, ...] = ()
    comma = has_decimal_comma("", language)
    for given in sentences:
        written = given
        if written.cited is not cited:  # often the same sources as for the sentence before
            cited = written.cited
            kept = tuple(support[id_] for id_ in cited if id_ in support)
            if len(kept) < len(cited):  # the missing source may have what the others lack
                kept = ()
        if written.speaker and not _is_known(written.speaker, kept):
            written = written._replace(quoted=0)
        is_idle = not written.quoted and claims_nothing(written.text, vocabulary)
        if is_idle and not opens_mistyped(written.text, kept):
            before, claims = (), ()
            continue
        claims, items = _claims(written, kept, before, claims, vocabulary, told, comma)
        if claims and any(claim.is_fault for claim in claims):
            others = [other for id_, other in support.items() if id_ not in written.cited]
            claims = tuple(
                _pointed(claim, items, written.text, others) if claim.is_fault else claim for claim in claims
            )
        before = items
        if claims:
            sentence = Sentence(path, written.start, written.text, written.cited, claims, written.about)
            yield _with_blanks(sentence) if CELL in written.text else sentence


def _is_known(speaker: str, support: Sequence[Evidence]) -> bool:
    """Whether the evidence names who is said to speak: `Bottom Line: ...` is nobody's words."""
    last = speaker.rsplit(maxsplit=1)[-1].rstrip(".")
    return any(True for kept in support for *_, text in kept.texts for _ in places_whole(last, text))


def _with_blanks(row: Sentence) -> Sentence:
    """A row of a table with an ordinary blank between its cells, as others may read it."""
    claims = tuple([replace(claim, text=claim.text.replace(CELL, " ")) for claim in row.claims])
    return replace(row, text=row.text.replace(CELL, " "), claims=claims)


def _claims(
    written: Written,
    support: tuple[Evidence, ...],
    before: tuple[Measured, ...],
    claims_before: tuple[Claim, ...],
    vocabulary: Vocabulary,
    told: date | None,
    decimal_comma: bool = False,
) -> tuple[tuple[Claim, ...], tuple[Measured, ...]]:
    if written.quoted:
        quoted: tuple[quotations.Quoted, ...] = (quotations.Quoted(0, written.quoted, written.text[: written.quoted]),)
        found = [_set_apart(written, support, vocabulary)]
    else:
        quoted = tuple(quotations.find(written.text))
        found = [judge_quotation(quotation, written.text, support, vocabulary) for quotation in quoted]
    items = figures_of(written.text, vocabulary.numbered, decimal_comma)
    outside = tuple(i for i in items if not any(q.start <= i.start < q.end for q in quoted)) if quoted else items
    for start in range(0, len(outside), MOST_FIGURES):
        some = outside[start : start + MOST_FIGURES]
        tell = tuple(tellers(written.text, some, support, vocabulary.known))
        for text, here in respective.apart(written.text, some):
            named = tuple([tell[number] for number in here])
            found += judge(Question(text, tuple(here.values()), before, support, told, named, claims_before))
    found += judge_weekdays(written.text, outside, [(q.start, q.end) for q in quoted], support, told)
    found += judge_names(written.text, found, support, vocabulary)
    return tuple(sorted(found, key=lambda claim: claim.start)) if found else (), items


def _set_apart(written: Written, support: tuple[Evidence, ...], vocabulary: Vocabulary) -> Claim:
    """The claim of words in a block quotation, judged as if they stood in marks behind the words that lead to them."""
    words, signature = written.text[: written.quoted], written.text[written.quoted :]
    before = f"{written.lead} “".lstrip()
    quotation = quotations.Quoted(len(before), len(before) + len(words), words)
    claim = judge_quotation(quotation, f"{before}{words}”{signature}", support, vocabulary)
    return replace(claim, start=0, end=written.quoted)


def _pointed(claim: Claim, items: Sequence[Measured], sentence: str, others: Sequence[Evidence]) -> Claim:
    """Add to a fault which uncited source has the claim, if one does."""
    found = [item for item in items if (item.start, item.text) == (claim.start, claim.text)]
    for item in found:
        there = best([candidate for candidate in candidates(item, sentence, others) if candidate.how])
        if there and there.likeness >= NEAR_IT:
            return replace(claim, how=f"{claim.how}; it stands in @{there.kept.source}, which is not cited here")
    for other in others if claim.kind is ClaimKind.QUOTATION else ():
        if any(quotations.stand_in(claim.text, text) for *_, text in other.texts):
            return replace(claim, how=f"{claim.how}; it stands in @{other.source}, which is not cited here")
    return claim


def figures_of(sentence: str, publishers: tuple[str, ...], decimal_comma: bool = False) -> tuple[Measured, ...]:
    """The figures of one of our sentences, without a caption's number and those in a publisher's name (24 AI News)."""
    small = sentence.lower() if publishers else ""
    spans = [(at, at + len(name)) for name in publishers if (at := small.find(name)) >= 0]
    items = of_sentence(sentence, decimal_comma)
    if items and is_caption(sentence, items[0]):
        items = items[1:]
    return tuple(i for i in items if not any(start <= i.start < end for start, end in spans)) if spans else items


def _silenced(sentences: Sequence[Sentence], vouched: Sequence[Vouch]) -> tuple[list[Sentence], tuple[int, ...]]:
    """Apply the writer's reasons to the sentences; also return the indexes of reasons that match no claim."""
    result, met = list(sentences), set()
    for number, vouch in enumerate(vouched):
        for at, sentence in enumerate(result):
            within = [claim for claim in sentence.claims if _is_within(claim, sentence.text, vouch.claim)]
            if within:
                met.add(number)
                claims = (_vouched(claim, vouch) if claim in within else claim for claim in sentence.claims)
                result[at] = replace(sentence, claims=tuple(claims))
    return result, tuple(number for number in range(len(vouched)) if number not in met)


def _vouched(claim: Claim, vouch: Vouch) -> Claim:
    """The claim, silenced unless it is traced anyway."""
    if claim.is_noted:
        return replace(claim, how=SAME)
    return claim if claim.verdict is Verdict.TRACED else replace(claim, silenced=vouch.ok)


def _is_within(claim: Claim, sentence: str, words: str) -> bool:
    """Whether a claim lies within these words of its sentence."""
    at = sentence.find(words)
    while at >= 0:
        if at <= claim.start and claim.end <= at + len(words):
            return True
        at = sentence.find(words, at + 1)
    return False


def _misquoted(kept: Evidence) -> Iterator[Misquoted]:
    """Passages that are not in the kept text of their own source."""
    whole = next((text for part, _, text in kept.texts if part is SourcePart.SNAPSHOT), None)
    if whole is not None:
        for part, index, passage in kept.texts:
            if part is SourcePart.PASSAGE and not quotations.stand_in(passage, whole):
                yield Misquoted(kept.source, index, passage)
