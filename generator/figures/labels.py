"""Figures that are part of a name or a rank: GPT-5.5, version 1.14.1, H100, No. 2, the second-largest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from generator.figures.amounts import Figure
from generator.figures.counting import ORDINALS, ORDINALS_TO_TEN, TO_TEN
from generator.figures.numerals import BLANK, VULGAR, in_digits
from generator.figures.screen import Phrases, matches, numbers_at, words_at, words_of
from generator.figures.units import COUNT, CURRENCY_WORDS, UNITS
from generator.texts.characters import CELL
from generator.texts.patterns import late

_PLAIN = """
    In On At By About Over Some Nearly Up The Of From Only Just With Its Their His Her For And But A An Between
    Roughly Around Under Below Above Most More Less Fewer After Before Since Until To Than No Nos That This
    These Those Was January February March April May June July August September October November December Jan
    Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Another All Both Each Every USD EUR GBP RMB CNY JPY INR CHF Rs
    US Approximately Almost Then Now Within During Through Fiscal FY Today Monday Tuesday Wednesday Thursday
    Friday Saturday Sunday If When While As Not Elo ELO Scores Score Published Caps Exactly Spending Still Also
    Like Series Early Late Mid Combined Revenue Sales Version Rund Etwa Knapp Fast Über Unter Insgesamt Ab Im Um Seit
    Gut Environ Près Quasi Circa Unos Unas Casi Cerca Top Pre Post Multi Sub
"""
_VERBS = "is was has as runs costs beats tops leads outperforms outscores surpasses trails lags does comes gets needs"
_COUNTED = (
    rf"\s(?!(?:{_VERBS.replace(' ', '|')})\b)[a-z]+s\b"
    r"(?!\s(?:the|its|their|his|her|all|every|any|both|no|up|well|out|better|[A-Z]\w*[\d-]|\d)\b)"
)
"""A noun that a number counts (`Then 40 ships`), not a verb of the thing named (`Corvex 4 beats Corvex 3`)."""
_UNITS = Phrases(word for word in UNITS if len(word) > 1 and word[0].isalpha() and word.isascii() and word != "won")
_CURRENCIES = sorted({word for word in CURRENCY_WORDS if re.fullmatch("[A-Z]{2}[A-Za-z]", word)} | {"Rs"})
_NO_NAMES = frozenset((*_PLAIN.split(), *_CURRENCIES, *"Uhr Stunde Tag Woche Monat Jahr".split()))
_NAMED = late(
    rf"(?<![\w-])(?P<name>[A-Z][A-Za-z]*)(?!{CELL})(?P<join>[\s‑-])(?P<number>\d+(?:\.\d+)+[a-z]?|\d{{1,3}}[a-z]?)"
    rf"(?![\dA-Za-z%€°⁄{''.join(VULGAR)}]|[.,]\d|[ -]\d+/\d|\s?%(?!\w)"
    r"|\s?(?:°|million|billion|trillion|thousand|bn|mn|Millionen|Milliarden?|Billionen|Mio|Mrd|people|points|basis|(?:m|g|t|l|W|in|C|F)(?!\w))"
    rf"|[-–]\w|{BLANK}\d\d\d(?!\d)|(?<=\s\d){_COUNTED}|(?<=\s\d\d){_COUNTED}|(?<=\s\d\d\d){_COUNTED})"
)
_TIGHT = late(
    rf"(?<![\w.-])(?:(?P<maker>[A-Z][A-Za-z]*)-)?(?P<name>(?!Q[1-4]\b|FY|H[12]\b|(?:{'|'.join(_CURRENCIES)})\d)[A-Z][A-Za-z]{{0,9}})"
    r"(?P<number>\d{1,5}(?:\.\d+)*[A-Za-z]?)(?![\w%]|[.,]\d)"
)
_BEFORE_NUMBER = re.compile(r"[A-Z](?<![\w-][A-Z])(?=[A-Za-z]*(?:[\s‑-]?\d|-[A-Z][A-Za-z]{0,9}\d))")
"""The first letter of anything that one of the two may match."""
_LONE = late(r"(?<![\w.,$€£¥-])v?\d+\.\d+\.\d+(?:\.\d+)*(?![\d%])|(?<!\w)(?:[Vv]ersion|v)\s?\d+(?:\.\d+)*(?!\w)")
_VERSION = re.compile(r"[Vv]ersion")
_RANK = late(
    r"(?<!\w)(?:(?:No\.?\s?|#)(?P<digits>\d{1,3})|number\s(?P<number>one|two|three|four|five))(?![\w%]|[.,]\d)"
    r"|(?<![\w.,])(?P<nth>\d{1,3})(?:st|nd|rd|th)\b(?:-(?:largest|biggest|highest|ranked|most)\b)?"
    rf"|\b(?P<word>{'|'.join(ORDINALS_TO_TEN)})(?:-(?P<most>largest|biggest|highest|placed|ranked|most)\b"
    r"|(?=[\s-](?P<noun>place|quarter|largest|biggest|highest|worldwide|among|straight|time|round|day|year|month|week|half)\b))"
    r"|\b(?:ranks?|ranked|placed|came|finished|is|now)\s(?P<ranked>first|second|third|fourth|fifth)\b"
    r"|\bQ(?P<quarter>[1-4])\b|\bH(?P<half>[12])\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"#\d|\d{1,9}(?:st|nd|rd|th)\b|\bq[1-4]\b|\bh[12]\b", re.IGNORECASE)
_PLURAL = re.compile(r"(?<=\d)s\Z")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+")
BEGINNINGS = frozenset((*ORDINALS_TO_TEN, "no", "number"))
"""A rank without digits has one of these words."""
_BEFORE_RANKS = BEGINNINGS | frozenset("rank ranks ranked placed came finished is now q1 q2 q3 q4 h1 h2".split())
"""First words of ranks."""

_ROW = re.compile(r"[A-Za-zÀ-ɏ]+\s(?P<number>\d+(?:\.\d+)?)")


class Label(Struct, frozen=True):
    """A number that names or ranks, which is never rounded."""

    start: int
    end: int
    text: str
    dimension: str
    """`version`, `rank`, `identifier` or a kind of score."""
    key: str
    """Its form for comparison: small letters and digits only."""
    family: str = ""
    """Shared by others of its kind: the name of a version (`gpt`), the thing that is ranked (`quarter`)."""
    weak: bool = False
    """A rank in words (`the third round`), judged only if the evidence ranks the same thing."""
    maker: str = ""
    """The maker in a name, in small letters (`DeepSeek-R1`), which many leave out."""

    direction = 0


def find(text: str, decimal_comma: bool = False) -> Iterator[Label]:
    """Every label of a text."""
    numbers = numbers_at(text)
    if numbers:
        yield from _versions(text, numbers, decimal_comma)
    if not words_of(text).isdisjoint(BEGINNINGS) or _is_ranked(text, numbers):
        yield from _ranks(text, numbers)


def _versions(text: str, numbers: Sequence[int], decimal_comma: bool) -> Iterator[Label]:
    if capitals := capitals_at(text):
        for found in matches(_NAMED, text, capitals):
            is_count = decimal_comma and _GROUPED.fullmatch(found["number"])
            is_no_name = found["name"] in _NO_NAMES or _is_unit(text, found["name"], found.start())
            if not is_count and not is_no_name and not _UNITS.is_behind(text, found.end()):
                yield _version(found)
        yield from map(_version, matches(_TIGHT, text, capitals))
    for found in matches(_LONE, text, _lone_at(text, numbers)):
        if not (decimal_comma and _GROUPED.fullmatch(found[0])):
            key = squeezed(found[0]).removeprefix("version").removeprefix("v")
            yield Label(*found.span(), found[0], "version", key, "")


_AMOUNT = re.compile(r"(?:\d|\b(?:Tausend|Millionen|Milliarden?|Billionen|Mio\.?|Mrd\.?))\s\Z")


def _is_unit(text: str, name: str, start: int) -> bool:
    """Whether a name is the unit of the number before it: `für 1,9 Milliarden Euro 60 Züge`; `Euro 6` is a norm."""
    return name in UNITS and _AMOUNT.search(text, max(0, start - len("Milliarden ")), start) is not None


def _version(found: re.Match[str]) -> Label:
    """A name with its number; a plural (`H100s`) has the key of its singular."""
    name, number, maker = found["name"], found["number"], found.groupdict().get("maker") or ""
    one = _PLURAL.sub("", number) if "join" not in found.groupdict() or len(number) > 2 else number
    key = number if number.count(".") > 1 else squeezed(name + one)
    return Label(*found.span(), found[0], "version", key, name.lower(), maker=maker.lower())


def capitals_at(text: str) -> Sequence[int]:
    """Offsets of the capitals with which a name before a number may begin."""
    return [found.start() for found in _BEFORE_NUMBER.finditer(text)]


def _lone_at(text: str, numbers: Sequence[int]) -> list[int]:
    """Offsets where a version without a name may begin: at a number, a `v` before one, or the word."""
    places = {at - back for at in numbers for back in (0, 1, 2) if at >= back and (not back or text[at - back] == "v")}
    if "ersion" in text:
        places |= {found.start() for found in _VERSION.finditer(text)}
    return sorted(places)


def _is_ranked(text: str, numbers: Sequence[int]) -> bool:
    """Whether a number of a text is a rank, by the characters right before or behind it."""
    return any(_NUMBERED.match(text, at - back) for at in numbers for back in (0, 1) if at >= back)


def _ranks(text: str, numbers: Sequence[int]) -> Iterator[Label]:
    places = {*numbers, *words_at(text, _BEFORE_RANKS)}
    places |= {at - back for at in numbers for back in (1, 2, 3, 4) if at >= back and text[at - back] in "#nN"}
    for found in matches(_RANK, text, sorted(places)):
        word = (found["word"] or found["ranked"] or "").lower()
        digits = (found["digits"] or found["number"] or found["nth"] or found["quarter"] or found["half"] or "").lower()
        number = ORDINALS.get(word) or TO_TEN.get(digits) or int(digits)
        start = found.start("ranked") if found["ranked"] else found.start()
        short = "quarter" if found["quarter"] else "half" if found["half"] else ""
        family = (found["noun"] or found["most"] or short).lower()
        is_weak = bool(word or short)
        yield Label(start, found.end(), text[start : found.end()], "rank", str(number), family, is_weak)


_QUARTER_ENDS = {"March": "January", "June": "April", "September": "July", "December": "October"}
_QUARTER = late(
    rf"\b(?P<first>{'|'.join(_QUARTER_ENDS.values())})(?:\s?[-–]\s?|\s(?:to|through)\s)(?P<last>{'|'.join(_QUARTER_ENDS)})\b"
    r"|\bthree\smonths\s(?:to|through|ended|ending)\s(?:(?:on|in|the\send\sof)\s)?(?:\d\d?\s)?"
    rf"(?P<end>{'|'.join(_QUARTER_ENDS)})\b"
)
_IN_QUARTERS = frozenset(month.lower() for month in _QUARTER_ENDS)


def quarters(text: str) -> Iterator[Label]:
    """Find the quarters that a text gives by their months: `July-September`, `the three months to June`."""
    if words_of(text).isdisjoint(_IN_QUARTERS):
        return
    for found in _QUARTER.finditer(text):
        last = found["last"] or found["end"]
        if found["end"] or _QUARTER_ENDS[last] == found["first"]:
            number = list(_QUARTER_ENDS).index(last) + 1
            yield Label(*found.span(), found[0], "rank", str(number), "quarter", weak=True)


_CAPTION = late(r"\W*(?:Figure|Table|Chart|Box|Map|Abbildung|Tabelle|Grafik)\s\d+[a-z]?[:.]\s")


def is_caption(text: str, item: object) -> bool:
    """Whether a label is the number in a caption: `Figure 1: Deaths by age`."""
    return isinstance(item, Label) and (found := _CAPTION.match(text)) is not None and item.end < found.end()


def squeezed(name: str) -> str:
    """Return a name without case, blanks and hyphens, which vary."""
    return re.sub(r"[\s\-‑–_]", "", name).lower()


def numbers(items: Iterable[object]) -> Iterator[Figure]:
    """Yield the number of `Visitors 268`, which may be a name or a row of a table."""
    for item in items:
        found = _ROW.fullmatch(item.text) if isinstance(item, Label) and item.dimension == "version" else None
        if found and isinstance(item, Label) and (number := in_digits(found["number"], decimal_comma=False)):
            start, size = item.start + found.start("number"), number.value
            yield Figure(start, item.end, found["number"], COUNT, size, size, number.step, number.coarse)
