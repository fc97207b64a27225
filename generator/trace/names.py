"""Names: people, organisations, products and places of a sentence must occur in its evidence.

A name is written with capitals inside a sentence, or is one of the newsletter's vocabulary. It is met by itself, by
another name of its entity, by the family name of a person, by the first word of a company, or by its initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from generator.model.vocabulary import Entity

_CAPITAL = r"(?:[A-ZÀ-ÞŁŠŽ][\w]*(?:[’'][A-Z]\w+)?(?:[-‑&.+]\w+)*|[a-z]{1,2}[A-Z]\w+)"
_NAME = re.compile(rf"(?<![\w@#/.]){_CAPITAL}(?:(?:\s(?:of|de|van|von|der|du|la|al|bin|for|&)\s(?:the\s)?|\s){_CAPITAL})*")
_NO_NAMES = frozenset(
    """ai api apis ceo cfo cto coo cio vp us uk eu un usa uae gpu gpus cpu cpus tpu tv it pr hr ipo gdp llm llms ml ok id faq
    pdf usb ev evs r&d ar vr hbm dram ssd i am pm a.m p.m monday tuesday wednesday thursday friday saturday sunday january
    february march april may june july august september october november december chinese american european german french
    british japanese korean indian russian italian spanish dutch swiss african asian western eastern southern northern
    english arabic israeli canadian australian brazilian mexican south north east west mr mrs ms dr sir the a an in on at by
    of for to and but or if so as it its this that these those there here he she they we you what when where who why how
    from with without after before since until while during under over about against between among more most both each
    some many few all any no not only one two three four five six seven eight nine ten first second third another other
    elo mw gw kw usd eur gbp rmb cny jpy inr chf rs q1 q2 q3 q4 h1 h2 fy eps capex ebitda roi saas ceos internet web
    """.split()
)
_TITLES = frozenset("president minister secretary chief chairman judge professor senator governor commissioner director mayor king queen prince".split())


@dataclass(frozen=True, slots=True)
class Named:
    """A name as a sentence has it."""

    start: int
    end: int
    text: str
    entity: Entity | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The names that the newsletter knows, by their small letters. One is made for a library, and is equal to itself."""

    known: Mapping[str, Entity]
    others: frozenset[str]
    """Names of publishers."""


@lru_cache(maxsize=8)
def vocabulary(entities: tuple[Entity, ...], publishers: tuple[str, ...]) -> Vocabulary:
    """The names of entities and publishers; the same one for the same names."""
    known = {}
    for entity in entities:
        for name in (re.sub(r"\s*\([^()]*\)", "", entity.name), *entity.also):
            known[name.lower()] = entity
    return Vocabulary(known, frozenset(name.lower() for name in publishers))


def find(sentence: str, vocabulary: Vocabulary) -> Iterator[Named]:
    """Every name of a sentence, in reading order."""
    for found in _NAME.finditer(sentence):
        yield from _named(sentence, found.start(), found[0], vocabulary)


def _named(sentence: str, start: int, text: str, vocabulary: Vocabulary) -> Iterator[Named]:
    words = [(match.start(), match[0]) for match in re.finditer(r"\S+", text)]
    opens = not re.search(r"\w", sentence[:start])
    while words and words[0][1].lower() in _NO_NAMES | _TITLES and not _is_known(text[words[0][0] :], vocabulary):
        words.pop(0)
        opens = False
    while words and words[-1][1].lower() in _NO_NAMES | {"of", "the", "for", "de"}:
        words.pop()
    if not words:
        return
    if opens and not _is_known(text[words[0][0] :], vocabulary):
        words = words[1:] if not re.search(r"[A-Z].*[A-Z]|\d", words[0][1]) else words
        if not words:
            return
    first, last = words[0][0], words[-1][0] + len(words[-1][1])
    name = re.sub(r"[’']s?\Z", "", text[first:last])
    if len(name) > 1 and not name.replace(".", "").isdigit():
        yield Named(start + first, start + first + len(name), name, vocabulary.known.get(name.lower()))


def _is_known(name: str, vocabulary: Vocabulary) -> bool:
    small = re.sub(r"[’']s?\Z", "", name.lower())
    return small in vocabulary.known or small in vocabulary.others


def spellings(name: Named) -> Iterator[str]:
    """The words by which a text may call what is named, the fullest first."""
    yield name.text
    if name.entity:
        yield re.sub(r"\s*\([^()]*\)", "", name.entity.name)
        yield from name.entity.also
    words = name.text.split()
    kind = name.entity.kind if name.entity else ""
    if len(words) > 1:
        if kind in ("", "person"):
            yield words[-1]
        if kind in ("", "company", "institution") and len(words[0]) > 3:
            yield words[0]
        yield "".join(word[0] for word in words if word[0].isupper())
    elif kind in ("", "company", "product", "model") and "-" in name.text:
        yield name.text.replace("-", " ")


@lru_cache(maxsize=4096)
def _small(text: str) -> str:
    return text.lower().replace("‑", "-").replace("’", "'")


def stand_in(name: Named, text: str) -> tuple[int, int] | None:
    """Where a text names the same."""
    small = _small(text)
    for spelling in dict.fromkeys(spellings(name)):
        wanted = _small(spelling)
        if len(wanted) > 1 and (at := _word(wanted, small, text if spelling.isupper() and len(spelling) < 5 else None)) >= 0:
            return at, at + len(wanted)
    if name.text.isupper() and 2 < len(name.text) < 7:
        initials = re.search(r"\b" + r"\w*\s(?:of\s|the\s|for\s|and\s)?".join(name.text) + r"\w*", text)
        return initials.span() if initials else None
    return None


def _word(wanted: str, small: str, exact: str | None) -> int:
    at = 0
    while (at := small.find(wanted, at)) >= 0:
        end = at + len(wanted)
        apart = not (at and small[at - 1].isalnum()) and not small[end : end + 1].isalnum()
        if apart and (exact is None or exact[at:end].isupper()):
            return at
        at += 1
    return -1
