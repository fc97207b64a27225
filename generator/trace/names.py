"""Names: people, organisations, products and places of a sentence must occur in its evidence.

A name has capitals inside a sentence, or is in the newsletter's vocabulary. The evidence may have the name itself,
another name of its entity, the family name of a person, the first word of a company, or its initials.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from generator.model.vocabulary import Entity
from generator.texts.characters import CELL
from generator.texts.patterns import late, places_whole
from generator.trace import peoples
from generator.trace.vocabulary import Vocabulary, called

_CAPITAL = r"(?:[A-ZÀ-ÞŁŠŽ][\w]*(?:[’'][A-Z]\w+)?(?:[-‑&.+]\w+)*|[a-z]{1,2}[A-Z]\w+)"
_CAPITAL_LETTER = re.compile(r"[A-ZÀ-ÞŁŠŽ]")
_SMALL_BEFORE = 2
"""Small letters that a name may have before its first capital: `iPhone`, `xAI`."""
_BETWEEN = rf"(?!{CELL})\s"
_NAME = re.compile(
    rf"(?<![\w@#/.]){_CAPITAL}(?:{_BETWEEN}(?:(?:of|de|van|von|der|du|la|al|bin|for|&)\s(?:the\s)?)?{_CAPITAL})*"
)
NO_NAMES = frozenset(
    """ai api apis ceo cfo cto coo cio vp us uk eu un usa uae gpu gpus cpu cpus tpu tv it pr hr ipo gdp llm llms ml
    ok id faq pdf usb ev evs r&d ar vr hbm dram ssd i am pm a.m p.m monday tuesday wednesday thursday friday
    saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays
    january february march april may june july august september october november december
    chinese american european german french british japanese korean indian russian italian spanish dutch swiss
    african asian western eastern southern northern english arabic israeli canadian australian brazilian
    mexican kenyan nigerian egyptian ethiopian norwegian swedish danish finnish polish ukrainian turkish greek irish
    scottish welsh austrian belgian portuguese hungarian czech romanian iranian iraqi pakistani vietnamese thai
    indonesian argentine chilean colombian saudi taiwanese south north east west mr mrs ms dr sir prof rev ald rep sen
    gov lt col capt sgt hon jr sr mon tue tues wed thu thur thurs fri sat sun ci zip isbn issn doi c.f.r cfr u.s u.s.c
    usc u.k u.n the a an in on at by of for to and but or if so as it its
    this that these those there here he she they we you what when where who why how from with without after
    before since until while during under over about against between among more most both each some many few
    all any no not only one two three four five six seven eight nine ten first second third another other elo
    mw gw kw kwh mwh gwh twh usd eur gbp rmb cny jpy inr chf rs q1 q2 q3 q4 h1 h2 fy eps capex ebitda roi saas ceos
    internet web""".split()
)
_TITLES = frozenset(
    "president minister secretary chief chairman judge professor senator governor commissioner director mayor".split()
)


_NO_FIRST_NAMES = NO_NAMES | _TITLES
_MADE_OF_THEM = frozenset("born based made led backed owned style speaking wide funded run built".split())
_NO_LAST_NAMES = NO_NAMES | {"of", "the", "for", "de"}
_WORDS = re.compile(r"\S+")
_LETTER = re.compile(r"\w")
_COUNTED = frozenset(
    """shares stock stocks sales revenue revenues orders prices users customers employees workers members makers owners
    investors analysts shareholders holders researchers engineers executives officials rivals critics supporters
    exports imports shipments deliveries profits losses results plans parts most editors readers""".split()
)
"""Opening words that are not part of the name behind them: `Shares of Borealis`."""
_FISCAL_YEAR = re.compile(r"FY[’']?\d\d(?:\d\d)?\Z")
_SHOWS = re.compile(r"[A-Z].*[A-Z]|\d")
"""Marks a single word as a name though it opens a sentence: `iPhone`, `H100`."""
_GENITIVE = re.compile(r"[’']s?\Z")


class Named(NamedTuple):
    """A name as written in a sentence."""

    start: int
    end: int
    text: str
    entity: Entity | None = None
    opens: bool = False
    """Whether it opens a sentence, so that its first word may be no name at all (`Rival Nebius`)."""


def find(sentence: str, vocabulary: Vocabulary) -> Iterator[Named]:
    """Find every name of a sentence, in reading order. Only capitals are visited, because every name is near one."""
    if vocabulary.nouns_have_capitals:
        yield from _known(sentence, vocabulary)
        return
    at = 0
    while capital := _CAPITAL_LETTER.search(sentence, at):
        found = _NAME.search(sentence, max(at, capital.start() - _SMALL_BEFORE))
        if found is None:
            break
        yield from _named(sentence, found.start(), found[0], vocabulary)
        at = found.end()


def _known(sentence: str, vocabulary: Vocabulary) -> Iterator[Named]:
    """The names of the vocabulary that are written with a capital; the longer of two that overlap."""
    small, found = _small(sentence), {}
    for name in sorted({*vocabulary.known, *vocabulary.others}, key=len):
        for start in places_whole(name, small):
            if sentence[start].isupper():
                end = start + len(name)
                found[start] = Named(start, end, sentence[start:end], vocabulary.known.get(name))
    end = 0
    for start in sorted(found):
        if start >= end:
            yield found[start]
            end = found[start].end


def _named(sentence: str, start: int, text: str, vocabulary: Vocabulary) -> Iterator[Named]:
    opens = not (start and _LETTER.search(sentence, 0, start))
    if opens and text.isalpha() and text[1:].islower() and not _is_known(text, vocabulary):
        return  # its capital may only be that of the sentence
    words = [(match.start(), match[0]) for match in _WORDS.finditer(text)]
    if opens and len(words) > 2 and words[0][1].lower() in _COUNTED and not _is_known(text, vocabulary):
        words, opens = words[1:], False
    while words and _FISCAL_YEAR.match(words[0][1]):
        words.pop(0)
    while words and _is_no_name(words[0][1].lower()) and not _is_whole(text[words[0][0] :], vocabulary):
        words.pop(0)
        opens = False
    while words and words[-1][1].lower() in _NO_LAST_NAMES:
        words.pop()
    if not words:
        return
    is_plain = len(words) == 1 and not _SHOWS.search(words[0][1])
    if opens and is_plain and not _is_known(words[0][1], vocabulary):
        return
    first, last = words[0][0], words[-1][0] + len(words[-1][1])
    name = _without_genitive(text[first:last])
    if len(name) > 1 and not name.replace(".", "").isdigit():
        known = vocabulary.known.get(name.lower())
        yield Named(start + first, start + first + len(name), name, known, opens and known is None)


def _is_whole(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name keeps its first word, though that alone is no name: `European Union`."""
    return _without_genitive(name) in _UNIONS or _is_known(name, vocabulary)


_UNIONS = frozenset(("European Union", "African Union"))
"""Names with two-letter abbreviations, whose first word alone is an adjective."""


def _is_no_name(word: str) -> bool:
    """Whether a word in small letters cannot begin a name: `Russian`, `Russian-born`, `Prof.`."""
    first, _, rest = word.partition("-")
    return word.strip(".") in _NO_FIRST_NAMES or (bool(rest) and first in _NO_FIRST_NAMES and rest in _MADE_OF_THEM)


_OPENING = late(r"\W*([A-ZÀ-ÞŁŠŽ][^\W\d_]{5,})(?![\w’'-]|\.\w)")


@lru_cache(maxsize=64)
def opening(sentence: str) -> Named | None:
    """The opening word of a sentence, whose capital does not tell whether it is a name."""
    found = _OPENING.match(sentence)
    return Named(found.start(1), found.end(1), found[1]) if found and found[1][1:].islower() else None


def is_mistyped(word: str, name: str) -> bool:
    """Whether a word is a name with a wrong letter inside; at its end that may be another form (`Russian`)."""
    return word[0] == name[0] and word[-2:] == name[-2:] and " " not in name and is_a_letter_off(word, name)


_IN_CAPITALS = late(r"(?<!\w)[A-ZÀ-ÞŁŠŽ]\w{4,}")


@lru_cache(maxsize=512)
def in_capitals(text: str) -> frozenset[str]:
    """The longer capitalised words of a text, names or not."""
    return frozenset(_IN_CAPITALS.findall(text))


def _is_known(name: str, vocabulary: Vocabulary) -> bool:
    small = _without_genitive(name.lower())
    return small in vocabulary.known or small in vocabulary.others


def _without_genitive(name: str) -> str:
    return _GENITIVE.sub("", name) if "'" in name[-2:] or "’" in name[-2:] else name


@lru_cache(maxsize=4096)
def spellings(text: str, entity: Entity | None) -> tuple[tuple[str, bool], ...]:
    """How a text may write a name, in small letters, the fullest first; and whether it must be in capitals there."""
    return tuple((_small(words), words.isupper() and len(words) < 5) for words in dict.fromkeys(_spelled(text, entity)))


def _spelled(text: str, entity: Entity | None) -> Iterator[str]:
    yield text
    if entity:
        yield from called(entity)
    yield from peoples.of_country(text)
    words = text.split()
    if len(words) > 1:
        initials = [word[0] for word in words if word[0].isupper()]
        yield "".join(initials)
        yield ".".join(initials)  # `U.S.`
    elif entity is None and text.isalpha():
        yield from peoples.of_place(text)
    elif "-" in text:
        yield text.replace("-", " ")


_ACCENTED = filter(unicodedata.decomposition, map(chr, range(0xC0, 0x250)))
_PLAIN_LETTERS = str.maketrans(
    {letter: unicodedata.normalize("NFD", letter)[0] for letter in _ACCENTED}
    | dict(zip("‑’øłđı", "-'oldi", strict=True))
)


@lru_cache(maxsize=4096)
def _small(text: str) -> str:
    """A text in small letters without accents (`Muñoz` is written Munoz too), of the same length."""
    small = text.lower()
    return small if small.isascii() else small.translate(_PLAIN_LETTERS)


_MISTYPED = 5
"""Shorter names are never taken for mistyped ones, since they are often alike."""


def is_a_letter_off(one: str, other: str) -> bool:
    """Whether two names differ by one letter that is missing, extra or wrong, or by two that are swapped."""
    few, many = sorted((_small(one), _small(other)), key=len)
    if few == many or len(many) - len(few) > 1 or len(few) < _MISTYPED:
        return False
    first = next((at for at, (a, b) in enumerate(zip(few, many, strict=False)) if a != b), len(few))
    if len(few) < len(many):
        return few[first:] == many[first + 1 :]
    is_swapped = few[first : first + 2] == many[first : first + 2][::-1] and few[first + 2 :] == many[first + 2 :]
    return is_swapped or few[first + 1 :] == many[first + 1 :]


def are_one(one: str, other: str, text: str) -> bool:
    """Whether a text joins two names into one: Jane and Aldane, where it has Jane Aldane."""
    first, last = re.escape(one.rsplit(maxsplit=1)[-1]), re.escape(other.rsplit(maxsplit=1)[-1])
    return re.search(rf"(?<!\w)(?:{first}\s{last}|{last}\s{first})(?!\w)", text) is not None


def stand_in(name: Named, text: str) -> tuple[int, int] | None:
    """Start and end of the words with which a text names the same thing; None if it does not."""
    small = _small(text)
    for spelling, is_short in spellings(name.text, name.entity):
        for start, end in _whole(spelling, small) if spelling in small else ():
            if not is_short or text[start:end].isupper():
                return start, end
    if name.opens and " " in name.text:
        rest = name.text.split(" ", 1)[1]
        if found := next(_whole(_small(rest), small), None):
            return found
    return _part(name, text, small) or _initials(name.text, text) or _of_both(name.text, text)


def _of_both(name: str, text: str) -> tuple[int, int] | None:
    """Where a text has the person of `Jane Pine of Weller & Sons`, and the company too."""
    who, _, whose = name.partition(" of ")
    if " " not in who or "&" not in whose or not stand_in(Named(0, 0, whose), text):
        return None
    return stand_in(Named(0, 0, who), text)


def _part(name: Named, text: str, small: str) -> tuple[int, int] | None:
    """Where a text has the family name of a person or the first word of a company, but not within another name."""
    words = name.text.split()
    kind = name.entity.kind if name.entity else ""
    if len(words) < 2 or "&" in words or kind in ("model", "product"):
        return None
    if len(words) > 2 and words[-2].lower() in _TITLES and name.entity is None:
        return _family_name(words[-1], text, small)
    at = words.index("of") if "of" in words else 0
    is_bearer_there = at < 2 or any(
        _whole(_small(words[at - 1]), small)
    )  # Maria Pine of Acme is not somebody else of Acme
    for start, end in _whole(_small(words[-1]), small) if kind in ("", "person") and is_bearer_there else ():
        before = text[:start].split()[-1:]
        if (
            not before
            or not _CAPITALS.match(before[0])
            or before[0] == words[-2]
            or before[0].lower().strip(".") in _NO_FIRST_NAMES
        ):
            return start, end
    of = _small(" ".join(words[1:])) if words[1] in _OF else ""
    is_titled = len(words) > 2 and words[1].lower() in _TITLES  # many are Finance Minister
    may_be_first = kind != "person" and len(words[0]) > 3 and not is_titled
    for start, end in _whole(_small(words[0]), small) if may_be_first else ():
        behind = _BEHIND.match(text, end)
        is_of_another = of and small.startswith(f" {words[1]} ", end) and not small.startswith(of, end + 1)
        is_named = text[start].isupper() or of  # the medical faculty may be the Faculty of Medicine
        if is_named and (not behind or behind[1] == words[1]) and not is_of_another:
            return start, end
    return None


def _family_name(word: str, text: str, small: str) -> tuple[int, int] | None:
    """Where a text has the family name behind an office: `Prime Minister Moe` may be Prime Minister Ida Moe there.

    The words of the office may be missing or far away, so only the name counts here.
    """
    return next((span for span in _whole(_small(word), small) if text[span[0]].isupper()), None)


_OF = frozenset(("of", "for", "de"))
"""Words within names that come before what tells several apart: `University of Tampere`."""
_CAPITALS = late(r"[A-ZÀ-Þ][\w’'-]*\Z")
_BEHIND = late(r"\s([A-ZÀ-Þ][\w’'-]*)")


def _initials(name: str, text: str) -> tuple[int, int] | None:
    """Where a text spells out an abbreviation."""
    if not (name.isupper() and name.isalpha() and 2 < len(name) < 7):
        return None
    found = re.search(r"\b" + r"[\w-]*\s(?:of\s|the\s|for\s|and\s|on\s)*".join(name) + r"\w*", text)
    return found.span() if found else None


def _whole(words: str, small: str) -> Iterator[tuple[int, int]]:
    """Start and end of whole-word matches of some words, longer than one letter, in a text of small letters."""
    for start in places_whole(words, small) if len(words) > 1 else ():
        yield start, start + len(words)
