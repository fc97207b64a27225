"""Find what several pages agree and disagree on, by the same tracing that checks a writer's text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property

from msgspec import Struct

from generator.desk.page import Page
from generator.desk.passages import offered
from generator.draft.account import decimal_comma, lead, quantities
from generator.figures.amounts import Figure
from generator.figures.comparing import SAME, follows
from generator.figures.read import measured
from generator.model.address import canonical
from generator.model.content import Dispute, Source, Version
from generator.model.evidence import Snapshot
from generator.model.tracing import Verdict
from generator.model.vocabulary import Publisher
from generator.trace.context import stems
from generator.trace.evidence import Evidence, kept_of
from generator.trace.judging import Question, judge

PASSAGES, DISPUTES, FIGURES = 4, 5, 12
"""Most passages of a source, disputes and figures of a story that are written down."""
_POINT = 6
"""Words in the description of a disputed point."""


class ToldFigure(Struct, frozen=True):
    """A figure, and the ids of the sources that have it."""

    text: str
    sources: tuple[str, ...]


class Comparison(Struct, frozen=True, dict=True):
    """The pages of an event, by the ids of their sources, compared with each other."""

    pages: Mapping[str, Page]
    sources: Mapping[str, Source]
    publishers: Mapping[str, Publisher]
    snapshots: Mapping[str, Snapshot]
    """The full texts, by canonical address."""
    day: date
    """The day of the event, for dates without a year."""
    home: str = "en"
    """The language of the newsletter."""

    @cached_property
    def commas(self) -> dict[str, bool]:
        """Whether each page uses a decimal comma."""
        return {id_: decimal_comma(page, self.home) for id_, page in self.pages.items()}

    @cached_property
    def sentences(self) -> dict[str, list[str]]:
        """Sentences of each source that could be evidence and share a word with the title or lead of any page."""
        topic = {stem for page in self.pages.values() for text in (page.title, *lead(page)) for stem in stems(text)}
        return {
            id_: [sentence for sentence in offered(page.paragraphs) if topic & set(stems(sentence))]
            for id_, page in self.pages.items()
        }

    @cached_property
    def figures(self) -> list[ToldFigure]:
        """Figures in these sentences, those in the most sources first."""
        found: list[tuple[Figure, dict[str, None]]] = []
        for id_, sentences in self.sentences.items():
            for figure in (figure for sentence in sentences for figure in quantities(sentence, self.commas[id_])):
                same = next((ids for known, ids in found if _is_same(known, figure)), None)
                if same is None:
                    found.append((figure, {id_: None}))
                else:
                    same[id_] = None
        ordered = sorted(found, key=lambda pair: -len(pair[1]))
        return [ToldFigure(figure.text, tuple(ids)) for figure, ids in ordered[:FIGURES]]

    def passages(self, id_: str, also: Sequence[str] = ()) -> tuple[str, ...]:
        """Sentences of a source to keep as evidence: those asked for, then those with disputed or shared figures."""
        shared = [told.text for told in self.figures if len(told.sources) > 1]
        disputed = [version.value for dispute in self.disputes for version in dispute.versions]
        ranked = sorted(self.sentences[id_], key=lambda s: -sum(text in s for text in (*disputed, *disputed, *shared)))
        chosen = dict.fromkeys([*also, *ranked][: max(PASSAGES, len(also))])
        order = " ".join(" ".join(self.pages[id_].paragraphs).split())
        return tuple(sorted(chosen, key=order.find))

    @cached_property
    def disputes(self) -> list[Dispute]:
        """Where one source contradicts another: a figure in the same words with a different value."""
        found: dict[frozenset[str], Dispute] = {}
        for one in self.sources:
            for other in self.sources:
                for dispute in self._between(one, other) if one != other else ():
                    found.setdefault(frozenset(version.value for version in dispute.versions), dispute)
        return list(found.values())[:DISPUTES]

    def _between(self, one: str, other: str) -> Iterator[Dispute]:
        comma = self.commas[one]
        for sentence in self.sentences[one]:
            told = quantities(sentence, comma)
            items = tuple(item for item in measured(sentence, comma) if item in told)
            asked = Question(sentence, items, (), (self.kept[other],), self.day, (None,) * len(items))
            for claim in judge(asked):
                rival = claim.place.text if claim.place else ""
                if claim.verdict is Verdict.CONTRADICTED and rival and claim.place:
                    ours, theirs = self._having(claim.text, comma), self._having(rival, self.commas[other])
                    if ours and theirs and not set(ours) & set(theirs):
                        point = _point(sentence, claim.place.around)
                        yield Dispute(point, (Version(claim.text, ours), Version(rival, theirs)))

    def _having(self, text: str, comma: bool) -> tuple[str, ...]:
        """The sources whose text has a figure."""
        figure = next(iter(quantities(text, comma)), None)
        return tuple(id_ for id_, numbers in self._all.items() if figure and any(_is_same(figure, n) for n in numbers))

    @cached_property
    def _all(self) -> dict[str, list[Figure]]:
        return {
            id_: [number for text in page.paragraphs for number in quantities(text, self.commas[id_])]
            for id_, page in self.pages.items()
        }

    @cached_property
    def kept(self) -> dict[str, Evidence]:
        """The full text of each source as evidence."""
        return {
            id_: kept_of(id_, source, self.snapshots[canonical(source.url)], self.publishers, self.day, self.home)
            for id_, source in self.sources.items()
        }


def _is_same(one: Figure, other: Figure) -> bool:
    return one.dimension == other.dimension and follows(one, other) == SAME


def _point(sentence: str, other: str) -> str:
    """What two sentences are about: the words of the first whose stems are also in the second."""
    shared = set(stems(other))
    words = [word.strip(",.;:()“”\"'") for word in sentence.split()]
    both = [word for word in words if not any(c.isdigit() for c in word) and set(stems(word)) & shared]
    found = " ".join(dict.fromkeys(both[:_POINT])) or "A figure"
    return found[0].upper() + found[1:]
