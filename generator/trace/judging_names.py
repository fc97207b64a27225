"""The verdict on the names of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from generator.model.tracing import Claim, ClaimKind, Place, SourcePart, Verdict
from generator.texts.patterns import late, places_whole
from generator.trace import chiefs, names, offices, peoples, persons, roles
from generator.trace.context import Context, context, likeness, numbers, words_and_numbers
from generator.trace.evidence import Evidence, are_legible, are_whole
from generator.trace.names import Named
from generator.trace.reading import sentences_in
from generator.trace.thresholds import NAME_ABOUT_IT, NAME_ELSEWHERE, NAME_NOTHING, NAME_WITH_NUMBER
from generator.trace.vocabulary import Vocabulary


def judge_names(sentence: str, taken: Sequence[Claim], support: Sequence[Evidence], known: Vocabulary) -> list[Claim]:
    """Judge the names of a sentence outside its quotations and figures."""
    claims: list[Claim] = []
    for named in names.find(sentence, known):
        if not any(claim.start < named.end and named.start < claim.end for claim in taken):
            claim = _judge_name(named, support, known)
            claims.append(_as_it_is_called(_in_its_place(claim, named, sentence, support, known), sentence, support))
    if not known.nouns_have_capitals and opens_mistyped(sentence, support):
        opening = names.opening(sentence)
        if opening and not any(claim.start <= opening.start for claim in (*taken, *claims)):
            claims += _mistyped(opening, support, known)
    return claims


def opens_mistyped(sentence: str, support: Sequence[Evidence]) -> bool:
    """Whether the opening word of a sentence may be a name of the evidence with a wrong letter."""
    opening = names.opening(sentence) if support and are_legible(support) else None
    if opening is None:
        return False
    texts = (text for kept in support for *_, text in kept.texts)
    return any(names.is_mistyped(opening.text, word) for text in texts for word in names.in_capitals(text))


def _mistyped(opening: Named, support: Sequence[Evidence], known: Vocabulary) -> Iterator[Claim]:
    """A claim for the opening word of a sentence, if it is a mistyped name and not a word of the evidence."""
    near = _nearest(opening, support, known)
    if near is None or not names.is_mistyped(opening.text, near.text):
        return
    if not any(opening.text.lower() in text.lower() for kept in support for *_, text in kept.texts):
        yield _name(opening, Verdict.UNTRACED, near, f"did you mean {near.text}?")


def _in_its_place(claim: Claim, named: Named, sentence: str, support: Sequence[Evidence], known: Vocabulary) -> Claim:
    """Return the claim, contradicted if the evidence has another name for what the sentence says."""
    is_whole = are_legible(support)
    is_publisher = claim.place is not None and claim.place.part is SourcePart.PUBLISHER
    if claim.verdict is not Verdict.TRACED or not is_whole or is_publisher:
        return claim
    if peoples.is_people(named.text) or any(named.text in kept.names for kept in support):
        return claim
    told = _Told.of(named, sentence, known)
    others = [stand for kept in support for stand in told.others(kept)]
    if not others:
        return claim
    mine = [stand for kept in support for stand in told.own(kept)]
    own = max((stand.likeness for stand in mine), default=0.0)
    rivals = [stand for stand in others if _is_enough(stand, own)]
    if rivals and persons.is_in(sentence, named.start):
        texts = [text for kept in support for *_, text in kept.texts]
        rivals = [rival for rival in rivals if not persons.is_person(rival.place.text, texts)]
    rival = max(rivals, key=lambda stand: stand.likeness, default=None)
    if rival is None or rival.likeness < NAME_ELSEWHERE * own or _opens_it(named, rival):
        return claim
    if _is_subject(named, rival) or _is_of_a_pronoun(rival) or _is_somebodys(named, sentence, rival):
        return claim
    if any(s.sentence == rival.sentence or s.is_nearer_than(rival) for s in mine):
        return claim
    if names.are_one(named.text, rival.place.text, rival.kept.text(*rival.where[:2])):
        return claim
    how = f"the source has {rival.place.text} in this place, and {named.text} for something else"
    return _name(named, Verdict.CONTRADICTED, rival.place, how)


def _as_it_is_called(claim: Claim, sentence: str, support: Sequence[Evidence]) -> Claim:
    """Return the claim, contradicted if the evidence gives its bearer another place or office."""
    if claim.verdict is not Verdict.TRACED or (claim.place and claim.place.part is SourcePart.PUBLISHER):
        return claim
    span = claim.start, claim.end
    other = (
        offices.of_another_place(claim.text, support)
        or offices.of_lesser_office(sentence, *span, support)
        or offices.of_another_office(sentence, *span, support)
        or offices.of_another_area(sentence, *span, support)
        or chiefs.of_another_chief(sentence, *span, support)
    )
    if other is None:
        return _in_its_part(claim, sentence, support)
    return replace(claim, verdict=Verdict.CONTRADICTED, place=other, how=f"the source has {other.text}")


def _in_its_part(claim: Claim, sentence: str, support: Sequence[Evidence]) -> Claim:
    """Return the claim, contradicted if the evidence has done by its bearer what the sentence has done to it."""
    there = roles.turned_round(sentence, claim.start, claim.end, support)
    if there is None:
        return claim
    how = f"in the source it is the other way round, “{there.text}”"
    return replace(claim, verdict=Verdict.CONTRADICTED, place=there, how=how)


def _is_subject(named: Named, rival: _Stand) -> bool:
    """Whether a name opens the text that has the other name, and recurs in it.

    The subject of a text is often not named where something is said of it.
    """
    part, index, *_ = rival.where
    places = list(islice(places_whole(named.text, rival.kept.text(part, index)), _SUBJECT))
    return len(places) == _SUBJECT and places[0] <= _OPENS


_OWNED = late(r"\b(?:its|their|his|her)\s\Z")


def _is_somebodys(named: Named, sentence: str, rival: _Stand) -> bool:
    """Whether a name is what somebody has, `on its Entity List`, and the other one stands there as nobody's."""
    part, index, start, _ = rival.where
    there = rival.kept.text(part, index)
    return bool(_OWNED.search(sentence, 0, named.start)) and not _OWNED.search(there, max(0, start - 8), start)


_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)


def _is_of_a_pronoun(rival: _Stand) -> bool:
    """Whether somebody whom a text has named acts before the other name: `she spoke at the Odeon`."""
    part, index, start, _ = rival.where
    return _PRONOUN.search(rival.kept.text(part, index), rival.sentence[3], start) is not None


_OPENS = 30
"""A text names its subject within this many characters."""
_SUBJECT = 3
"""A text names its subject this many times."""


def _opens_it(named: Named, rival: _Stand) -> bool:
    """Whether the other name's sentence begins with this name, where a capital shows nothing."""
    _, part, index, start = rival.sentence
    first = rival.kept.text(part, index)[start : start + len(named.text) + 8].lstrip("\"'“‘«([")
    return names.stand_in(named, first) is not None and first.startswith(named.text.split()[0])


class _Stand(Struct, frozen=True):
    """A name in the evidence, compared with one of a sentence."""

    likeness: float
    shares_number: bool
    in_company: bool
    """Whether its sentence has another name of the judged sentence too."""
    kept: Evidence
    where: tuple[SourcePart, int, int, int]
    sentence: tuple[str, SourcePart, int, int]

    @property
    def place(self) -> Place:
        return self.kept.place(*self.where)

    def is_nearer_than(self, rival: _Stand) -> bool:
        """Whether it stands with another name or a number of the judged sentence, and the other one does not."""
        return (self.in_company and not rival.in_company) or (self.shares_number and not rival.shares_number)


class _Told(Struct, frozen=True):
    """A name with what its sentence says of it."""

    named: Named
    sentence: str
    known: Vocabulary
    context: Context
    numbers: frozenset[str]
    meant: dict[tuple[str, bool], bool] = field(default_factory=dict)
    """Whether names of the evidence, by their text and whether they open a sentence, mean the same."""
    had: dict[tuple[str, bool], bool] = field(default_factory=dict)
    """Whether the sentence has them: a page repeats its names."""

    @classmethod
    def of(cls, named: Named, sentence: str, known: Vocabulary) -> _Told:
        own_numbers = frozenset(number for number in numbers(sentence) if len(number) > 1)
        return cls(named, sentence, known, context(sentence, named.start, named.end, with_numbers=True), own_numbers)

    def own(self, kept: Evidence) -> Iterator[_Stand]:
        """Every name of the evidence that means the same."""
        for part, index, text in kept.texts:
            for there in sentences_with_names(text, self.known):
                for other in there.names:
                    if self._is_meant(other):
                        yield self._stand(other, there, kept, part, index)

    def others(self, kept: Evidence) -> Iterator[_Stand]:
        """The other names of the evidence, which the sentence does not have, where similar words are around them."""
        for part, index, text in kept.texts:
            for there in sentences_with_names(text, self.known):
                if not self._may_be_like(there):
                    continue
                for other in there.names:
                    if self._is_another(other) and self._likeness(other, there) >= NAME_WITH_NUMBER:
                        yield self._stand(other, there, kept, part, index)

    def _may_be_like(self, there: SentenceWithNames) -> bool:
        """Whether a sentence has enough of the words: no word of a context weighs more than 1."""
        weights = self.context.weights
        return sum(weights[word] for word in weights.keys() & there.words) >= _ALMOST * NAME_WITH_NUMBER

    def _is_another(self, other: Named) -> bool:
        if " " in self.named.text and not _is_surely_name(other, self.known):
            return False
        return not (self._is_meant(other) or self._is_here(other))

    def _is_meant(self, other: Named) -> bool:
        key = other.text, other.opens
        if key not in self.meant:
            self.meant[key] = bool(names.stand_in(self.named, other.text) or names.stand_in(other, self.named.text))
        return self.meant[key]

    def _is_here(self, other: Named) -> bool:
        key = other.text, other.opens
        if key not in self.had:
            self.had[key] = names.stand_in(other, self.sentence) is not None
        return self.had[key]

    def _likeness(self, other: Named, there: SentenceWithNames) -> float:
        return likeness(self.context, there.context(other))

    def _stand(self, other: Named, there: SentenceWithNames, kept: Evidence, part: SourcePart, index: int) -> _Stand:
        shares = not self.numbers.isdisjoint(there.context(other).weights)
        company = any(not self._is_meant(each) and self._is_here(each) for each in there.names)
        where = (part, index, there.start + other.start, there.start + other.end)
        sentence = (kept.source, part, index, there.start)
        return _Stand(self._likeness(other, there), shares, company, kept, where, sentence)


_ALMOST = 0.99
"""Sums of the same numbers differ by their order."""


def _is_surely_name(named: Named, known: Vocabulary) -> bool:
    """Whether it has two words or is in the vocabulary: a lone capital in a table (`KEN`) is no other name."""
    return " " in named.text or named.entity is not None or named.text.lower() in known.others


def _is_enough(stand: _Stand, own: float) -> bool:
    """Whether another name may be in the place of one: similar words around it, or some and the same number."""
    has_number = stand.shares_number and own <= NAME_NOTHING
    return stand.likeness >= (NAME_WITH_NUMBER if has_number else NAME_ABOUT_IT)


class SentenceWithNames(Struct, frozen=True, dict=True):
    """A sentence of a kept text, with its names and words once somebody asks for them."""

    start: int
    """Its offset in the text."""
    text: str
    known: Vocabulary

    @cached_property
    def names(self) -> tuple[Named, ...]:
        return tuple(names.find(self.text, self.known))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that a context in it may have."""
        return words_and_numbers(self.text)

    def context(self, named: Named) -> Context:
        return context(self.text, named.start, named.end, with_numbers=True)


@lru_cache(maxsize=512)
def sentences_with_names(text: str, known: Vocabulary) -> tuple[SentenceWithNames, ...]:
    """The sentences of a kept text."""
    parts = sentences_in(text)
    both = zip(parts.bounds, parts.sentences, strict=True)
    return tuple([SentenceWithNames(start, sentence, known) for (start, _), sentence in both])


def _judge_name(named: Named, support: Sequence[Evidence], known: Vocabulary) -> Claim:
    if not support:
        return _name(named, Verdict.UNCITED, None, "")
    if found := _found(named, support):
        return found
    is_whole = are_whole(support)
    near = _nearest(named, support, known) if is_whole or _may_be_mistyped(named, support) else None
    if is_whole:
        return _name(named, Verdict.UNTRACED, near, f"did you mean {near.text}?" if near else "it has no such name")
    if near and _is_mistyped(named.text, near.text):
        return _name(named, Verdict.CONTRADICTED, near, f"did you mean {near.text}?")
    return _name(named, Verdict.NO_EVIDENCE, None, "")


def _found(named: Named, support: Sequence[Evidence]) -> Claim | None:
    """The claim for a name that is in the evidence, or is its publisher or author; None for any other."""
    for kept in support:
        for part, index, text in kept.texts:
            if span := names.stand_in(named, text):
                if nowhere := offices.of_no_place(named.text, support):
                    return _name(named, Verdict.UNTRACED, None, f"it has nobody of {nowhere}")
                return _name(named, Verdict.TRACED, kept.place(part, index, *span), "the name")
    for kept in support:
        for publisher in kept.names:
            if names.stand_in(named, publisher) or names.stand_in(Named(0, 0, publisher), named.text):
                place = Place(kept.source, SourcePart.PUBLISHER, 0, 0, len(publisher), publisher, publisher, kept.read)
                return _name(named, Verdict.TRACED, place, kept.roles[kept.names.index(publisher)])
    return None


def _may_be_mistyped(named: Named, support: Sequence[Evidence]) -> bool:
    """Whether a name may be one of the evidence with a wrong letter, though the whole text is not kept.

    A name that the newsletter knows is another one, and a single word may be (Iceland). A spelling of another language
    is right. In a mistyped name the other words are right.
    """
    words = named.text.split()
    if named.entity is not None or len(words) == 1 or any(kept.is_foreign for kept in support):
        return False
    return any(word in text for kept in support for *_, text in kept.texts for word in words if len(word) > 2)


_LONG = 6
"""Words from this length on count as mistyped even if the true one may not be kept."""


def _is_mistyped(name: str, near: str) -> bool:
    """Whether a name one letter off another is hardly a different one, as Erica differs from Eric."""
    mine, its = name.split(), near.split()
    if len(mine) != len(its):
        return False  # Core Weave
    apart = [(one, other) for one, other in zip(mine, its, strict=True) if one != other]
    return len(apart) == 1 and not _are_two_names(*apart[0])


def _are_two_names(one: str, other: str) -> bool:
    """Whether words one letter apart may both be names: short ones, countries, Paul and Paula, Bud and Buds."""
    if min(len(one), len(other)) < _LONG or peoples.is_country(one) or peoples.is_country(other):
        return True
    return one.rstrip(_ENDINGS) == other.rstrip(_ENDINGS)


_ENDINGS = "aes"


def _nearest(named: Named, support: Sequence[Evidence], known: Vocabulary) -> Place | None:
    """The place of a name of the evidence that is one letter off, to suggest to whoever mistyped it.

    An office may precede it: `Chief Executive Mara Lindqvist`.
    """
    words = len(named.text.split())
    for kept in support:
        for part, index, text in kept.texts:
            for there in sentences_with_names(text, known):
                for other in there.names:
                    name = " ".join(other.text.split()[-words:])
                    if names.is_a_letter_off(named.text, name):
                        end = there.start + other.end
                        return kept.place(part, index, end - len(name), end)
    return None


def _name(named: Named, verdict: Verdict, place: Place | None, how: str) -> Claim:
    return Claim(ClaimKind.NAME, named.text, named.start, named.end, verdict, place, how)
