"""What became of something: who `rejected the plan by 7 to 2` did not approve it.

The two are told apart by few words that leave no doubt, and only of the same thing, named right beside the word. Where
the evidence has the word of the sentence of that thing anywhere, it may be told of another vote.
"""

from __future__ import annotations

from collections.abc import Sequence

from generator.figures.screen import words_of
from generator.model.patterns import late
from generator.trace.case import Case
from generator.trace.context import stem
from generator.trace.evidence import Evidence, are_legible
from generator.trace.reading import read

_ACCEPTED = frozenset("approved approves adopted adopts accepted accepts ratified ratifies endorsed endorses".split())
_REJECTED = frozenset("rejected rejects refused refuses vetoed vetoes".split())
_ANY = _ACCEPTED | _REJECTED
_WORDS = "|".join(sorted(_ANY))
_WHAT = r"(?i:the|an?|its|their|his|her|this|that)\s(?:[a-z-]+\s){0,2}?"
_TOLD = late(
    rf"(?:\b{_WHAT}(?P<before>[a-z-]+)\s(?:is|was|were|has\sbeen|have\sbeen|had\sbeen)\s)?\b(?P<word>{_WORDS})\b"
    rf"(?:\s{_WHAT}(?P<behind>[a-z-]+)(?=[.,;:]|\s(?:by|of|to|for|from|in|on|at|with|after|that|which|and|last|this|\d)))?"
)
_TURNS = frozenset("not no never nor neither without unless if would could may might cannot".split())


def other_outcome(case: Case) -> str:
    """The word by which the evidence tells the reverse of the sentence wherever it has the figure; empty where not."""
    words = words_of(case.text)
    if words.isdisjoint(_ANY) or not case.fitting or not are_legible(case.question.support):
        return ""
    mine = _outcomes(case.text)
    theirs = [_outcomes(there.sentence) for there in case.fitting]
    if len(mine) != 1 or any(len(told) != 1 for told in theirs):
        return ""
    ((what, word),) = mine
    reverse = [said for told in theirs for thing, said in told if thing == what and _is_reverse(word, said)]
    if len(reverse) != len(theirs) or _stands(what, word, case.question.support):
        return ""
    return reverse[0]


def _outcomes(sentence: str) -> list[tuple[str, str]]:
    """Each thing that a sentence says was accepted or rejected, with the word; nothing where it may say the reverse."""
    if not words_of(sentence).isdisjoint(_TURNS) or "n't" in sentence or "n’t" in sentence:
        return []
    found = ((told["behind"] or told["before"], told["word"]) for told in _TOLD.finditer(sentence))
    return [(stem(what or ""), word) for what, word in found]


def _is_reverse(one: str, other: str) -> bool:
    return (one in _ACCEPTED) != (other in _ACCEPTED)


def _stands(what: str, word: str, support: Sequence[Evidence]) -> bool:
    """Whether the evidence tells this outcome too, of the same thing or of one that is not named beside it."""
    told = (told for kept in support for *_, text in kept.texts for told in map(_outcomes, read(text).sentences))
    return any(thing in (what, "") and not _is_reverse(word, said) for row in told for thing, said in row)
