"""What came before the last of several in a row: before a `fifth straight meeting` there were four."""

from __future__ import annotations

import re

from generator.figures.amounts import Figure
from generator.figures.screen import words_of
from generator.trace.case import Case
from generator.trace.matching import Candidate, best, shared_words

_BEFORE = frozenset("before previous previously earlier had".split())
_STRAIGHT = re.compile(r"\s(?:straight|consecutive|successive)\b")
_ORDINAL = re.compile(r"[a-z]+\Z|\d+(?:st|nd|rd|th)\Z")


def one_before(case: Case) -> Candidate | None:
    """The ordinal of the evidence that is one more than a count of a sentence on what was before."""
    item = case.item
    if not isinstance(item, Figure) or words_of(case.text).isdisjoint(_BEFORE):
        return None
    return best([there for there in case.there if _is_one_more(there, item) and shared_words(item, case.text, there)])


def _is_one_more(there: Candidate, than: Figure) -> bool:
    last = there.item
    if not isinstance(last, Figure) or not _ORDINAL.match(last.text):
        return False
    is_row = _STRAIGHT.match(there.sentence, last.end) is not None
    return is_row and last.factor == than.factor and last.low == than.low + than.factor
