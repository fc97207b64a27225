"""Pairs of numbers that are one thing: the score of a match, the count of a vote, `88-74`, `3:2`, `5 to 4`, `119/71`.

They are compared as a whole. One text may have `6–3` where another has `six judges for it, three against`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from generator.figures.amounts import Figure
from generator.figures.counting import TO_TEN
from generator.figures.dates import Day
from generator.figures.labels import Label
from generator.figures.labels import numbers as numbers_of
from generator.figures.numerals import VULGAR
from generator.figures.screen import Phrases, matches, numbers_at, words_at, words_of
from generator.figures.units import COUNT, UNITS
from generator.texts.patterns import late

SCORE, TURNED = "score", "score turned round"
LOST = "score of the loser"
"""The family of a score that is read from the loser's side: `lost 1-3` as 3-1."""
_UNITS = Phrases(word for word in UNITS if word not in ("x", "×", "mm Hg", "mmHg", "won"))
_END = rf"(?![\w°{''.join(VULGAR)}]|[.,:/^-]\d|\s?[-–‑]\s?[\w$]|\s?(?:%|million|billion|trillion|thousand))"
_PAIR = late(
    r"(?<![\w.,$€£¥§#+/:°-])(?<!\d[–‑])"
    r"(?:(?P<one>\d{1,3})[-–‑](?P<other>\d{1,3})(?:[-–‑](?P<third>\d{1,3}))?"
    + _END
    + r"|(?<!\d\s)(?P<first>\d{1,3}(?:\.\d)?)(?P<mark>[:/])(?P<last>\d{1,3})(?![\w°]|[.,:/^-]\d|\s?%))"
)
_NUMBER = rf"(?:\d{{1,3}}|{'|'.join(TO_TEN)})"
_TO = late(
    rf"(?<![\w.,$€£¥#+-])(?P<one>{_NUMBER})\s(?:(?:votes?|games?|sets?|goals?|seats?)\s)?to\s(?P<other>{_NUMBER})"
    + _END
)
_WORDS = frozenset(TO_TEN)
_CONTESTS = frozenset(
    """vote votes voted voting ruled ruling split won win wins winning lost lose loses losing beat beaten beats defeat
    defeats defeated passed tied drew draw odds majority decision lead led leads score scores scored""".split()
)
_CONTEST = late(rf"\b(?:{'|'.join(sorted(_CONTESTS, key=len, reverse=True))})\b[^.;\d]{{0,40}}\Z")
_BEFORE_SPANS = re.compile(r"\b(?:from|between)\s\Z")
_DECIDED = late(r"\b(?:w[io]n|wins|winning|lost|loses?|losing|beat|beats|beaten|defeat\w*|down|trail\w*|behind)\b")
_LOST = re.compile(r"\b(?:lost|loses?|losing|beaten|verlor(?:en)?|unterlag(?:en)?)\b")
_TIEBREAK = late(r"\s?\((?P<points>\d{1,2})(?:[-–‑](?P<others>\d{1,2}))?\)")
"""Points of the tiebreak behind a set; often only the loser's."""
_SETS = (("7", "6"), ("6", "7"))
_NEAR = 60
"""Characters before a score that are searched for who won or lost."""
_ALWAYS = "24/7"
_LASTED = late(
    r"\b(?:(?:duration|length|time|dauer)(?:\s(?:was|is|of|war))?|(?:lead|gap|margin|deficit|advantage|delay)\sof"
    r"|lasted|took|lost|gained|in|by):?\s\Z",
    re.IGNORECASE,
)
_APART_BY = late(r"\s(?:behind|ahead|adrift|back|clear|down|off|faster|quicker|slower|longer|shorter)\b")
"""Matches behind a time that is a difference or a duration."""
_SPAN = late(r"(?P<one>\d{1,3})[-–‑](?P<other>\d{1,3})\Z")


def find(text: str) -> Iterator[Label]:
    """Find every score of a text. If the second number is larger, the two may be a range, and are left out."""
    numbers = numbers_at(text)
    for found in matches(_PAIR, text, numbers):
        if found["mark"]:
            is_time = found["mark"] == ":" and len(found["last"]) == 2 and float(found["first"]) < 24
            if not is_time:
                yield _score(text, *found.span(), found["first"], found["last"])
        elif _UNITS.is_behind(text, found.end()):
            continue
        elif (found["one"], found["other"]) in _SETS and (decided := _TIEBREAK.match(text, found.end())):
            yield _score(text, found.start(), decided.end(), found["one"], found["other"], *_points(found, decided))
        elif found["third"] or int(found["one"]) >= int(found["other"]):
            yield _score(text, *found.span(), found["one"], found["other"], found["third"])
    if " to " not in text or words_of(text).isdisjoint(_CONTESTS):
        return
    for found in matches(_TO, text, sorted({*numbers, *words_at(text, _WORDS)})):
        one, other = (TO_TEN.get(number) or int(number) for number in (found["one"], found["other"]))
        start = found.start()
        is_span = _BEFORE_SPANS.search(text, max(0, start - 8), start)
        is_measured = _UNITS.is_behind(text, found.end())
        if one > other and not is_span and not is_measured and _CONTEST.search(text, 0, start):
            yield _score(text, *found.span(), str(one), str(other))


def _points(game: re.Match[str], decided: re.Match[str]) -> tuple[str, str]:
    """The points of a tiebreak, in the order of the set's own numbers."""
    one, other = int(decided["points"]), int(decided["others"] or decided["points"])
    lost = min(one, other)
    won = max(7, lost + 2)
    if decided["others"] and max(one, other) != won:
        return decided["points"], decided["others"]  # no game ends like that
    return (str(won), str(lost)) if game["one"] > game["other"] else (str(lost), str(won))


def _score(text: str, start: int, end: int, *parts: str | None) -> Label:
    key = "-".join(part.lstrip("0") or "0" for part in parts if part)
    family = SCORE if key.count("-") < 3 else f"{SCORE} {key[:3]}"  # sets are compared with sets
    return Label(start, end, text[start:end], SCORE, key, family, weak=text[start:end] == _ALWAYS)


def otherwise(text: str, item: object) -> Iterator[Figure | Day | Label]:
    """Yield other readings: a score turned round if it says who won, a day (`9/11`), a duration (`34:02`)."""
    if isinstance(item, Figure) and item.dimension == COUNT and item.is_range:
        if span := _SPAN.fullmatch(item.text):
            made = _score(text, item.start, item.end, span["one"], span["other"])
            yield made
            yield from _turned(text, made)
    elif isinstance(item, Label) and item.dimension == SCORE:
        yield from _turned(text, item)
        if "/" in item.text:
            yield from _day(item)
        yield from _clock(item)
    elif isinstance(item, Day) and item.minute is not None and _is_span(text, item):
        yield from _clock(item)


def _is_span(text: str, item: Day) -> bool:
    """Whether a time of day is a duration or a difference in time: `1:58 behind`."""
    is_behind = _APART_BY.match(text, item.end)
    return (is_behind or _LASTED.search(text, max(0, item.start - _NEAR), item.start)) is not None


def _turned(text: str, item: Label) -> Iterator[Label]:
    """A score as told from the other side; `lost 1-3` is the winner's 3-1."""
    if _DECIDED.search(text, max(0, item.start - _NEAR), item.start):
        yield Label(item.start, item.end, item.text, TURNED, item.key)
    one, _, other = item.key.partition("-")
    if other.isdigit() and int(one) < int(other) and _LOST.search(text, max(0, item.start - _NEAR), item.start):
        yield Label(item.start, item.end, item.text, SCORE, f"{other}-{one}", LOST)


def is_of_loser(item: object) -> bool:
    """Whether a score is read from the loser's side."""
    return isinstance(item, Label) and item.family == LOST


def _day(item: Label) -> Iterator[Day]:
    numbers = [int(part) for part in item.key.split("-") if part.isdigit()]
    for month, day in (numbers, numbers[::-1]) if len(numbers) == 2 else ():
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Day(item.start, item.end, item.text, month=month, day=day)


def _clock(item: Label | Day) -> Iterator[Figure]:
    """A duration in minutes and seconds, or in hours and minutes."""
    one, mark, other = item.text.partition(":")
    if mark and one.isdigit() and other.isdigit() and len(other) == 2 and int(other) < 60:
        for by in (60.0, 3600.0):
            value, step = int(one) * by + int(other) * by / 60, by / 60
            yield Figure(item.start, item.end, item.text, "second", value, value, step, step, step)


def in_evidence(text: str, items: Sequence[object]) -> Iterator[Figure | Label]:
    """Other readings of figures of the evidence: the numbers of a score, and a score of numbers side by side.

    Those scores have no family, so that none counts as a rival of a score.
    """
    yield from _side_by_side(text, items)
    for item in items:
        if isinstance(item, Label) and item.dimension == SCORE:
            yield from _numbers(item)
            yield from _set_and_game(item)
            if not _DECIDED.search(text):
                yield _of_the_other(item, item.key)
        elif isinstance(item, Figure) and item.is_range and (key := _key_of(item)) and not _DECIDED.search(text):
            yield _of_the_other(item, key)


_GOALLESS = frozenset(("goalless", "scoreless"))


def goalless(text: str) -> Iterator[Label]:
    """A draw without goals, as `0-0`."""
    for start in words_at(text, _GOALLESS):
        end = start + len("goalless" if text[start : start + 1].lower() == "g" else "scoreless")
        yield Label(start, end, text[start:end], SCORE, "0-0", SCORE)


def _key_of(item: Figure) -> str:
    """The key of a range that may be a score; empty for any other."""
    span = _SPAN.fullmatch(item.text)
    return f"{int(span['one'])}-{int(span['other'])}" if span else ""


def _set_and_game(item: Label) -> Iterator[Label]:
    """The score of a set alone, and that of its tiebreak."""
    if item.key.count("-") == 3:
        one, other, *points = item.key.split("-")
        for score in (f"{one}-{other}", "-".join(points)):
            yield Label(item.start, item.end, item.text, SCORE, score)


def _of_the_other(item: Figure | Label, key: str) -> Label:
    """A score from the other side."""
    parts = key.split("-")
    turned = (*parts[1::-1], *parts[:1:-1]) if len(parts) == 4 else reversed(parts)
    return Label(item.start, item.end, item.text, TURNED, "-".join(turned))


_APART = re.compile(r"[^()+\d]{1,40}")
"""Text allowed between two numbers of one score."""


def _side_by_side(text: str, items: Sequence[object]) -> Iterator[Label]:
    """Two or three small numbers in a row as a score: `Marlow 3 Wick 2`, `W8 D3 L2`."""
    found: list[tuple[int, int, str]] = []
    for item in (*items, *numbers_of(items)):
        if isinstance(item, Figure) and item.dimension == COUNT and item.low == item.high < 1000:
            if item.low % 1 == 0:
                found.append((item.start, item.end, f"{item.low:.0f}"))
        elif isinstance(item, Label) and _OUTCOME.fullmatch(item.text):
            found.append((item.start, item.end, item.text[1:]))
    found.sort()
    for at in range(len(found) - 1):
        for many in (2, 3):
            row = found[at : at + many]
            if len(row) == many and all(_APART.fullmatch(text, a[1], b[0]) for a, b in pairwise(row)):
                start, end = row[0][0], row[-1][1]
                yield Label(start, end, text[start:end], SCORE, "-".join(number for *_, number in row))


_OUTCOME = re.compile(r"[WDLT]\d{1,3}")


def _numbers(item: Label) -> Iterator[Figure]:
    for part in re.finditer(r"\d+(?:\.\d+)?", item.text):
        value, start = float(part[0]), item.start + part.start()
        step = 0.1 if "." in part[0] else 1.0
        yield Figure(start, start + len(part[0]), part[0], COUNT, value, value, step, step)
