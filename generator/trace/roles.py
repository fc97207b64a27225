"""Who does what to whom: where the source has that Aldane buys Corvex, Corvex does not buy Aldane."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from generator.figures.screen import words_of
from generator.model.tracing import Place
from generator.texts.patterns import late
from generator.trace.evidence import Evidence, are_legible

_NAME = r"[A-ZÀ-Þ][\w&-]*(?:\s[A-ZÀ-Þ][\w&-]*){0,2}"
_ENDS = r"(?![\w’'-]|\s[A-ZÀ-Þ])"
_VERBS = {
    "buys": "buy buys buying bought acquire acquires acquiring acquired",
    "owns": "own owns owning owned",
    "sues": "sue sues suing sued",
    "accuses": "accuse accuses accusing accused",
}
_CLASS = {verb: name for name, verbs in _VERBS.items() for verb in verbs.split()}
_VERB = "|".join(_CLASS)
_DONE = "|".join(verb for verb in _CLASS if verb.endswith(("ed", "bought")))
_FILL = (
    r"(?:\s(?:has|had|have|will|would|wants|wanted|plans|agreed|agrees|offered|offers|tried|tries|moved|is|was|are|were|be"
    r"|been|about|to|also|then|now|already|reportedly|set|in|talks|since|later|first))*"
)
_PART = (
    r"(?:\s(?:back|out|the|its|rival|rivals|a|an|stake|third|half|quarter|majority|of|in"
    r"|\d[\d.]*\s?(?:%|percent|per\scent)))*"
)
_DOES = late(rf"(?<![\w-])(?P<one>{_NAME}){_FILL}\s(?P<verb>{_VERB}){_PART}\s(?P<other>{_NAME}){_ENDS}")
_IS_DONE = late(
    rf"(?<![\w-])(?P<other>{_NAME}){_FILL}\s(?:be|been|being|is|was|are|were)\s(?P<verb>{_DONE})\sby"
    rf"\s(?:its\srival\s|the\s)?(?P<one>{_NAME}){_ENDS}"
)
_MUTUAL = frozenset(("sues", "accuses"))
"""What two may do to each other: it is told only where the whole text is kept."""


class Deed(NamedTuple):
    """Somebody does something to another."""

    what: str
    one: frozenset[str]
    other: frozenset[str]
    start: int
    end: int


@lru_cache(maxsize=512)
def _deeds(text: str) -> tuple[Deed, ...]:
    return () if words_of(text).isdisjoint(_CLASS) else tuple(_found(text))


def _found(text: str) -> Iterator[Deed]:
    for pattern in (_DOES, _IS_DONE):
        for found in pattern.finditer(text):
            yield Deed(_CLASS[found["verb"]], _called(found["one"]), _called(found["other"]), *found.span())


def _called(name: str) -> frozenset[str]:
    """The words of a name, and of what may stand before it: `In May Corvex`."""
    return frozenset(name.split()) - {"The", "In", "On"}


def turned_round(sentence: str, start: int, end: int, support: Sequence[Evidence]) -> Place | None:
    """Where the evidence has two names in each other's part, of which the second one stands at some offsets.

    None if it also has them as the sentence has, or may have.
    """
    deed = next((deed for deed in _deeds(sentence) if start < deed.end <= end), None)
    if deed is None or deed.one & deed.other or (deed.what in _MUTUAL and not are_legible(support)):
        return None
    turned: Place | None = None
    for kept in support:
        for part, index, text in kept.texts:
            for told in _deeds(text):
                if told.what == deed.what and told.one & deed.one and told.other & deed.other:
                    return None
                if told.what == deed.what and told.one & deed.other and told.other & deed.one:
                    turned = turned or kept.place(part, index, told.start, told.end)
    return turned
