"""Messages, dates and numbers in the language of the newsletter, as its pages show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from string import Formatter
from typing import TypeVar
from unicodedata import bidirectional

from markupsafe import Markup

from generator.escaping import escape, markup
from generator.model.vocabulary import Newsletter
from generator.tables import table
from generator.texts.quoting import Marks, quoted
from generator.texts.slips import likely

T = TypeVar("T")
WORDS_PER_MINUTE = 230
"""A typical speed of silent reading in English."""

_MESSAGES = Path(__file__).with_name("messages")
_STOPS = ".!?…。！？؟۔।:"
_LISTS = {"weekdays": 7, "months": 12, "calendar-weekdays": 7}
_RTL = frozenset("ar arc arz ary azb bal ckb dv fa glk he iw ji ks lrc mzn nqo pnb prs ps sd syr ug ur yi".split())
_RTL_SCRIPTS = frozenset("adlm arab aran hebr mand nkoo rohg samr syrc thaa".split())
_DIRECTIONS = ("ltr", "rtl")
_APART = "\N{FIRST STRONG ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"
_BACK = "\N{RIGHT-TO-LEFT ISOLATE}%s\N{POP DIRECTIONAL ISOLATE}"
"""Isolate words from the direction of the text around them: https://www.unicode.org/reports/tr9/"""

LENT = ("\U000e0001\U000e0065\U000e006e", "\U000e0001\U000e007f")
"""Marks around English words used for want of a catalogue in the page's language, until the page is finished
(`typeset.tongues`). They are invisible, and deprecated by Unicode (https://www.unicode.org/charts/PDF/UE0000.pdf).
"""
OWN = ("\U000e0001\U000e006f", "\U000e0001\U000e0070")
"""Marks around the newsletter's own words within these."""


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The messages of a language, or the English ones if it has none."""
    for name in (language, language.split("-", maxsplit=1)[0], "en"):
        path = _MESSAGES / f"{name}.yml"
        if path.is_file():
            found: dict[str, str] = table(path)
            return found
    raise FileNotFoundError("generator/messages/en.yml")


def languages() -> list[str]:
    """The languages that have messages, such as `de`."""
    return sorted(file.stem for file in _MESSAGES.glob("*.yml"))


def has_words(language: str) -> bool:
    """Whether there are messages in a language (BCP 47), so that pages need not use the English ones."""
    return not {language, language.split("-", maxsplit=1)[0]}.isdisjoint(languages())


def direction(language: str) -> str:
    """The direction of a language (BCP 47), `rtl` or `ltr`: by the script if the tag names one, following CLDR."""
    primary, *others = language.lower().split("-")
    script = next((tag for tag in others if len(tag) == 4 and tag.isalpha()), None)
    return "rtl" if (script in _RTL_SCRIPTS if script else primary in _RTL) else "ltr"


def message_fault(language: str, key: str, text: str) -> tuple[str, str] | None:
    """The fault in a newsletter's own wording of a message, and what to write instead; None if it is sound."""
    known = catalogue(language)
    if key not in known:
        close = likely(key, known)
        hint = f"Did you mean `{close}`?" if close else "The messages stand in generator/messages/en.yml."
        return f"there is no message `{key}`", hint
    if key in _LISTS and len(text.split()) != _LISTS[key]:
        return f"`{key}` needs {_LISTS[key]} words", "Write them with blanks between."
    if key == "direction" and text not in _DIRECTIONS:
        return "`direction` is `ltr` or `rtl`", "Without it, it follows from the language."
    try:
        strange = _places(text) - _places(known[key])
    except ValueError:
        return f"the message `{key}` has a brace that opens nothing", "Write {{ or }} for a brace that is text."
    if strange:
        places = ", ".join(f"`{{{place}}}`" for place in sorted(_places(known[key]))) or "none"
        return f"the message `{key}` has no `{{{min(strange)}}}`", f"Known: {places}."
    return None


def _places(text: str) -> set[str]:
    """The names in braces in a message."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


Fill = Callable[[Mapping[str, object]], str]
"""Fills values into a message."""


def filling(message: str) -> Fill:
    """Return a function that fills in values like `str.format`, twice as fast if the message has only bare names."""
    pieces = list(Formatter().parse(message))
    if any(form or turned or not (name or "a").isidentifier() for _, name, form, turned in pieces):
        return message.format_map
    words = (text.replace("%", "%%") + ("" if name is None else f"%({name})s") for text, name, _, _ in pieces)
    return "".join(words).__mod__


class _Fills(dict[str, Fill]):
    """Messages by key, ready to be filled; each is parsed on first use."""

    def __init__(self, message: Callable[[str], str]) -> None:
        super().__init__()
        self._message = message

    def __missing__(self, key: str) -> Fill:
        found = self[key] = filling(self._message(key))
        return found


def _is_latin(text: str) -> bool:
    return any(sign.isascii() and sign.isalpha() for sign in text)


def _runs_back(text: str) -> bool:
    return any(bidirectional(sign) in ("R", "AL") for sign in text)


def _begins_back(text: str) -> bool:
    first = next((way for sign in text if (way := bidirectional(sign)) in ("L", "R", "AL")), "L")
    return first != "L"


def _says(message: str) -> bool:
    """Whether a message has words of its own (Latin letters), apart from what is filled in."""
    return any(_is_latin(text) for text, *_ in Formatter().parse(message))


def _within(value: str) -> str:
    """HTML to be filled into English words on a page of another language: marked as the newsletter's own if a text."""
    if LENT[0] in value:
        return value.replace(LENT[0], "").replace(LENT[1], "")
    is_sign = len(value) < 3 and value.isascii()  # the letter of a place, a number
    return value if is_sign or not any(sign.isalpha() for sign in value) else f"{OWN[0]}{value}{OWN[1]}"


_ALSO = {
    "corrected-one": "corrected",
    "publisher-cited-once": "publisher-cited",
    "publisher-cited-page": "publisher-cited",
    "publisher-cited-story": "publisher-cited",
    "river-one": "river-some",
    "river-shown": "river-some",
    "shown-edition": "edition-of",
    "sources-sum-one": "sources-sum",
    "sources-sum-publisher": "sources-sum",
}
"""Messages for one thing or in another place, and those that say the same of any number: where a newsletter has words
of its own for the latter alone, they are taken for both."""


class Words:
    """The catalogue in use, overridden by the newsletter's own words."""

    def __init__(self, language: str, own: Mapping[str, str]) -> None:
        own = {key: own[general] for key, general in _ALSO.items() if general in own} | {**own}
        self._messages = {**catalogue(language), "direction": direction(language), **own}
        lent = {} if has_words(language) else catalogue(language)
        self._lent = frozenset(key for key, text in lent.items() if key not in {"direction", *own} and _says(text))
        """Keys of the messages that are English on pages of another language."""
        self._runs_back = self._messages["direction"] == "rtl" and not has_words(language)
        self._plain = _Fills(self._messages.__getitem__)
        self._html = _Fills(lambda key: escape(self.shown(key)))
        self._alone: dict[str, Markup] = {}
        self._days: dict[int, str] = {}
        self._months = self._messages["months"].split()
        self._weekdays = self._messages["weekdays"].split()
        self._marks = Marks(
            *(self._messages[f"quote-{mark}"] for mark in ("open", "close", "inner-open", "inner-close"))
        )

    @classmethod
    def of(cls, newsletter: Newsletter) -> Words:
        return cls(newsletter.language, newsletter.messages)

    def quoted(self, passage: str) -> str:
        """A passage between quotation marks."""
        return quoted((passage,), self._marks)[0]

    def quoted_pieces(self, pieces: Sequence[str]) -> list[str]:
        """A passage in pieces between quotation marks, so that one piece can be highlighted."""
        return quoted(pieces, self._marks)

    def text(self, key: str, /, **values: object) -> str:
        """A message as plain text."""
        return self._plain[key](values)

    def html(self, key: str, /, **values: object) -> Markup:
        """A message as HTML; values are escaped unless they are HTML already."""
        if values:
            for name, value in values.items():
                values[name] = escape(value) if key not in self._lent else _within(escape(value))
            return markup(self._html[key](values))
        message = self._alone.get(key)
        if message is None:
            message = self._alone[key] = markup(escape(self.shown(key)))
        return message

    def shown(self, key: str) -> str:
        """A message as pages show it: English words on pages of another language are marked as such, and isolated in
        text that runs from right to left.
        """
        message = self._messages[key]
        if key not in self._lent:
            return message
        parts = message.split() if key in _LISTS else (message,)  # scripts take single words from a list
        return " ".join([self._set_apart(part, is_lent=True) for part in parts])

    def _set_apart(self, text: str, is_lent: bool) -> str:
        """A text isolated from the page's direction. A day with only its month from the newsletter runs as the page."""
        shown = (_BACK if _runs_back(text) else _APART) % text if self._runs_back else text
        return f"{LENT[0]}{shown}{LENT[1]}" if is_lent else shown

    def apart(self, told: Callable[[T], str], *of: str) -> Callable[[T], str]:
        """Wrap a function that formats a day or the like with the messages `of`, for use on pages.

        If its text has Latin letters, it is isolated from words that run the other way, and marked as English if one of
        the messages is.
        """
        is_lent = not self._lent.isdisjoint(of)
        if not (self._runs_back or is_lent):
            return told
        return lambda value: self._set_apart(found, is_lent) if _is_latin(found := told(value)) else found

    @property
    def weekdays(self) -> list[tuple[str, str]]:
        """Weekdays for the head of a calendar, Monday first: short and in full."""
        names = "calendar-weekdays", "weekdays"
        short, full = (map(self.apart(str, name), self._messages[name].split()) for name in names)
        return list(zip(short, full, strict=True))

    def way(self, text: str) -> str:
        """The `dir` of one of the newsletter's own texts: by its first letter, except that a Latin name at the start of
        an Arabic headline does not make it `ltr`.
        """
        if text.isascii():
            return "ltr"
        if self._messages["direction"] == "rtl":
            return "rtl" if _runs_back(text) else "ltr"
        return "rtl" if _begins_back(text) else "ltr"

    def isolated(self, text: str, shown: str) -> Markup:
        """A shown text, isolated if it runs against the page, or its full stop would be at the wrong end. `bdi` goes by
        the first letter, as `way` does for such a text.
        """
        return markup(shown if self.way(text) == self._messages["direction"] else f"<bdi>{shown}</bdi>")

    def isolated_text(self, text: str) -> str:
        """Like `isolated`, for places that allow no elements, such as the title of a page."""
        return text if self.way(text) == self._messages["direction"] else _APART % text

    def day(self, day: date) -> str:
        """`9 April 2026`."""
        number = day.toordinal()
        found = self._days.get(number)
        if found is None:
            found = self.text("day", day=day.day, month=self._months[day.month - 1], year=day.year)
            self._days[number] = found
        return found

    def long_day(self, day: date) -> str:
        """`Thursday 9 April 2026`."""
        weekday = self._weekdays[day.weekday()]
        return self.text("long-day", weekday=weekday, day=day.day, month=self._months[day.month - 1], year=day.year)

    def month(self, month: str) -> str:
        """`2026-04` as `April 2026`."""
        year, number = month.split("-")
        return self.text("month-year", month=self._months[int(number) - 1], year=year)

    def period(self, period: str) -> str:
        """A month as `month` names it, or a year."""
        return self.month(period) if "-" in period else period

    def moment(self, moment: datetime) -> str:
        """`9 April 2026, 19:00 UTC−4`, in the zone that the writer gave."""
        time = f"{moment.hour:02}:{moment.minute:02} {zone(moment)}"
        return self.text("moment", day=self.day(moment), time=time)

    def shown_period(self, period: str) -> str:
        """A month or a year as `period` names it, for pages."""
        return self.apart(self.period, "months")(period)

    def minutes(self, words: int) -> str:
        """Reading time of a number of words."""
        return self.text("reading-time", minutes=max(1, round(words / WORDS_PER_MINUTE)))


def zone(moment: datetime) -> str:
    """`UTC`, `UTC+9`, `UTC−3:30`."""
    offset = moment.utcoffset() or timedelta()
    minutes = int(offset.total_seconds()) // 60
    if minutes == 0:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def ended(text: str) -> str:
    """The text, with a full stop added if it has none, so that a sentence can follow."""
    return text if text[-1:] in _STOPS else f"{text}."


def shortened(text: str, limit: int) -> str:
    """A text of at most `limit` characters, cut between words."""
    return text if len(text) <= limit else text[: limit - 1].rsplit(" ", 1)[0] + "…"


def letter(index: int) -> str:
    """The letter for a use of a source: a, b, ..., z, aa, ab (index from 0)."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(97 + rest) + name
    return name
