"""Slips as writers make them, drawn with a seed from true stories.

What can be slipped in is found by patterns of this file alone, never by the tracer: a figure that the tracer overlooks
counts as a slip that it missed.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.model.address import canonical
from tests.trust.corpus import Case

FIGURE = re.compile(r"(?<![\w.,/@-])(?<![A-Z] )[$€£]?\d[\d,.]*(?<=\d)(?![\w]|[.,]\d)")
DATE = re.compile(
    r"\b\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)\b"
)
YEAR = re.compile(r"(?<![\w.,$€£-])20[0-3]\d(?!\w|[.,]\d)")
QUOTATION = re.compile(r"\"[^\"]{12,}\"")
CITATION = re.compile(r"\[@[^\]]+\]")
NAME = re.compile(r"(?<![.!?\]] )(?<!\A)(?<!\n)\b[A-Z][a-zé-]+(?: (?:of the |of |& )?[A-Z][a-zé-]+)+")
UNITS = {
    "%": (" percentage points", " million"),
    " percent": (" percentage points",),
    " km": (" miles",),
    " metres": (" kilometres",),
    " million": (" billion", " thousand"),
    " months": (" years", " weeks"),
    " hours": (" days",),
    " years": (" months",),
    " W": (" kW",),
    " MW": (" GW",),
    " GW": (" MW",),
    " GWh": (" MWh",),
    " tonnes": (" kilograms",),
    " GB": (" TB",),
    " terabytes": (" gigabytes",),
    " days": (" weeks",),
    " seconds": (" minutes",),
    " square kilometres": (" hectares",),
    " weeks": (" months",),
    " gigabytes": (" terabytes",),
}
CURRENCIES = {
    "$": "€",
    "€": "$",
    "£": "€",
    " euros": " dollars",
    " dollars": " euros",
    " crowns": " euros",
    " francs": " pounds",
    " RMB": " USD",
}
WAYS = {
    "rose": "fell",
    "fell": "rose",
    "gained": "lost",
    "lost": "gained",
    "up": "down",
    "down": "up",
    "added": "shed",
    "slipped": "gained",
    "rise": "fall",
    "fall": "rise",
    "higher": "lower",
    "increase": "decrease",
    "profit": "loss",
    "loss": "profit",
    "grown": "shrunk",
    "drop": "gain",
    "lower": "higher",
}


@dataclass(frozen=True)
class Slip:
    """A story's body with one thing wrong."""

    kind: str
    body: str
    was: str
    now: str


Maker = Callable[[Case, str, random.Random], Iterator[Slip]]


def _outside(pattern: re.Pattern[str], body: str) -> list[re.Match[str]]:
    """What a pattern finds outside citations and quotations."""
    closed = [found.span() for of in (CITATION, QUOTATION) for found in of.finditer(body)]
    return [m for m in pattern.finditer(body) if not any(a <= m.start() < b for a, b in closed)]


def _figures(body: str) -> list[re.Match[str]]:
    """Figures which are neither years nor days."""
    dates = [found.span() for of in (YEAR, DATE) for found in of.finditer(body)]
    return [m for m in _outside(FIGURE, body) if not any(a < m.end() and m.start() < b for a, b in dates)]


def _put(body: str, start: int, end: int, kind: str, now: str) -> Slip:
    return Slip(kind, body[:start] + now + body[end:], body[start:end], now)


def digit(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    for found in _figures(body):
        places = [at for at, character in enumerate(found[0]) if character.isdigit()]
        at = chance.choice(places)
        others = [d for d in "123456789" + ("0" if at != places[0] else "") if d != found[0][at]]
        yield _put(body, *found.span(), "figure: a digit", found[0][:at] + chance.choice(others) + found[0][at + 1 :])


def scale(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    for found in _figures(body):
        behind = re.match(r" (million|billion|trillion)", body[found.end() :])
        if behind:
            now = chance.choice([w for w in ("million", "billion", "trillion") if w != behind[1]])
            yield _put(body, found.end() + 1, found.end() + behind.end(), "figure: its scale", now)
        elif "." in found[0]:
            whole, decimals = found[0].split(".")
            yield _put(
                body,
                *found.span(),
                "figure: its scale",
                whole + decimals[0] + ("." + decimals[1:] if decimals[1:] else ""),
            )
        else:
            yield _put(
                body,
                *found.span(),
                "figure: its scale",
                found[0] + chance.choice(("0", ",000") if found[0][-1] == "0" else ("0",)),
            )


def unit(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    for found in _figures(body):
        for word, others in UNITS.items():
            behind = body[found.end() :]
            if (
                behind.startswith(word)
                and not behind[len(word) : len(word) + 1].isalpha()
                and "$€£".find(found[0][0]) < 0
            ):
                yield _put(body, found.end(), found.end() + len(word), "figure: its unit", chance.choice(others))
                break


def currency(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    for found in _figures(body):
        if found[0][0] in CURRENCIES:
            yield _put(body, found.start(), found.start() + 1, "figure: its currency", CURRENCIES[found[0][0]])
            continue
        behind = re.match(r"(?: million| billion)?( euros| dollars| crowns| francs| RMB)", body[found.end() :])
        if behind:
            yield _put(
                body,
                found.end() + behind.start(1),
                found.end() + behind.end(1),
                "figure: its currency",
                CURRENCIES[behind[1]],
            )


def sign(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    pattern = re.compile(
        rf"\b({'|'.join(WAYS)})\b(?= (?:by )?(?:of )?(?:about |almost |nearly )?[$€£]?\d)"
        r"|(?<=[%\d] )\b(higher|lower)\b|\b(loss|profit) of\b"
    )
    for found in _outside(pattern, body):
        word = found[1] or found[2] or found[3]
        yield _put(body, found.start(), found.start() + len(word), "figure: its sign", WAYS[word])


def swap(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    whole = re.compile(
        FIGURE.pattern + r"(?: (?:million|billion|trillion))?(?:%| percent| euros| dollars| crowns| francs)?"
    )
    figures = [whole.match(body, m.start()) or m for m in _figures(body)]
    for one, other in pairwise(figures):
        between = body[one.end() : other.start()]
        same = re.sub(r"[\d.,]+", "", one[0]) == re.sub(r"[\d.,]+", "", other[0])
        if (
            one[0] != other[0]
            and same
            and ". " not in between
            and "\n" not in between
            and "[@" not in between
            and between not in ("-", " or ")  # `1,357 or 1,383` says the same the other way round
        ):
            yield Slip(
                "two figures swapped",
                body[: one.start()] + other[0] + between + one[0] + body[other.end() :],
                one[0],
                other[0],
            )


def year(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    for found in _outside(YEAR, body):
        yield _put(body, *found.span(), "a year shifted", str(int(found[0]) + chance.choice((-3, -2, -1, 1, 2, 3))))


def quotation(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    for found in QUOTATION.finditer(body):
        words = list(re.finditer(r"[A-Za-z']+", found[0]))[1:-1]  # one that is cut at its ends is still word for word
        others = [w for w in re.findall(r"\b[a-z]{3,}\b", body) if w not in found[0]]
        for word in chance.sample(words, min(3, len(words))):
            now = chance.choice(("", chance.choice(others), f"{word[0]} {chance.choice(others)}"))
            start = found.start() + word.start()
            yield _put(body, start, start + len(word[0]), "a quotation altered", now)


def name(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    pool = sorted({m[0] for m in _outside(NAME, body)} | set(STRANGERS))
    for found in _outside(NAME, body):
        others = [n for n in pool if n != found[0] and not set(n.split()) & set(found[0].split())]
        yield _put(body, *found.span(), "a name exchanged", chance.choice(others))


STRANGERS = (
    "Maria Velasquez",
    "Henrik Aalto",
    "Northgate Holdings",
    "Pellworm Institute",
    "Colin Ashdown",
    "Vantage Metals",
)


def citation(case: Case, body: str, chance: random.Random) -> Iterator[Slip]:
    """A citation behind a figure or quotation which another source of the story does not hold, letter by letter."""
    texts = {id_: _text(case, id_) for id_ in case.story.sources}
    for found in CITATION.finditer(body):
        before = body[: found.start()]
        sentence = re.split(r"\]|\n", before)[-1]
        tokens = [m[0].strip('$€£"') for of in (FIGURE, QUOTATION) for m in of.finditer(sentence)]
        tokens = [t for t in tokens if len(t) > 2]
        wrong = [id_ for id_, text in texts.items() if f"@{id_}" not in found[0] and not any(t in text for t in tokens)]
        if tokens and wrong:
            yield _put(body, *found.span(), "a citation moved", f"[@{chance.choice(wrong)}]")


def _text(case: Case, id_: str) -> str:
    return case.kept[canonical(case.story.sources[id_].url)].text


MAKERS: tuple[Maker, ...] = (digit, scale, unit, currency, sign, quotation, swap, year, name, citation)
"""The first six are slips in figures and quotations, of which 99 in 100 must be caught, the others 95."""
STRICT = frozenset(
    (
        "figure: a digit",
        "figure: its scale",
        "figure: its unit",
        "figure: its currency",
        "figure: its sign",
        "a quotation altered",
    )
)


def slips(case: Case, seed: int) -> Iterator[Slip]:
    """The slips of one story, the same ones for one seed."""
    for maker in MAKERS:
        chance = random.Random(f"{seed} {case.name} {maker.__name__}")
        yield from maker(case, case.story.body or "", chance)
