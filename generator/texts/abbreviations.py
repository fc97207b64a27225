"""Where sentences end: the punctuation that ends one, and full stops that do not: abbreviations (`Mr.`, `No.`, `U.S.`,
`Sept.`) and German ordinals (`3. April`)."""

from __future__ import annotations

import re

_CAPITALS = "A-ZÀ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢĪĮİĶĹĻĽŁŃŅŇŌŐŒŔŘŚŞŠŤŪŮŰŲŴŶŹŻŽȘȚΆ-ΏΑ-ΩЀ-ЯҐ"
_NO_CAPITALS = "\u05d0-\u0dff\u10a0-\u137f\uac00-\ud7a3"
"""Letters of scripts without capitals: Hebrew, Arabic, Indic scripts, Georgian, Ethiopic, Hangul."""
FIRST = f"0-9{_CAPITALS}{_NO_CAPITALS}$€£¥"
"""Characters that can begin a sentence after a stop and a blank, for a regex character class."""
STOPS, STOPS_ALONE = ".!?…؟۔।", "。！？"
"""Stops that end a sentence if a blank follows, and those that need none, for a regex character class."""
SHORT = frozenset(
    """Mr Mrs Ms Dr Prof St No Nos vs Inc Corp Co Ltd Jr Sr Gen Sen Rep Gov Lt Col Capt Sgt Maj Rev Hon approx ca cf est
    Fig al e.g i.e bzw ggf inkl exkl zzgl vgl Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Nr Mio Mrd Rs Mär Okt Dez
    janv févr avr juil déc abr dic ott""".split()
)
_LONGEST = 12
"""How many characters before a stop are searched for a short form."""
_INITIAL = "A-ZЀ-Яא-ی"
"""Letters that, standing alone, are initials rather than the last word of a sentence: capitals, Hebrew and Arabic."""
ABBREVIATION = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, sorted(SHORT)))})|(?:\b[{_INITIAL}]\.)*\b[{_INITIAL}])\Z")
_IS_INITIAL = re.compile(f"[{_INITIAL}]")


_ORDINAL = re.compile(
    r"\s(?:(?P<sure>Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Jahrhunderts?|Lebensjahr|Jahrestag|Platz|Rang"
    r"|Spieltag|Minute|(?:bis|auf|und)\s(?:den\s|dem\s|zum\s)?\d{1,2}\.)|April|August|September|November"
    r"|Jan|Feb|Mär|Apr|Aug|Sept?|Okt|Nov|Dez)(?!\w)"
)
_BEFORE_DAYS = re.compile(r"(?:\b(?:[Aa]m|[Dd]e[mnr]|[Vv]om|[Zz]um|[Bb]is|[Aa]b|[Ss]eit|und|auf)|tag,|woch,)\s\Z")


def _is_ordinal(text: str, start: int, stop: int) -> bool:
    """Whether the stop after a number makes it an ordinal, as in German: `am 3. April`, `das 19. Jahrhundert`."""
    found = _ORDINAL.match(text, stop + 1)
    return found is not None and (found["sure"] is not None or bool(_BEFORE_DAYS.search(text, 0, start)))


def is_abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the word before the stop at `stop` is a short form. Text before `start` is ignored."""
    last = text[max(start, text.rfind(" ", start, stop) + 1) : stop]
    if last.isalpha():
        return last in SHORT or (len(last) == 1 and _IS_INITIAL.match(last) is not None)
    if len(last) <= len("31") and last.isdigit():
        return _is_ordinal(text, stop - len(last), stop)
    return ABBREVIATION.search(text, max(start, stop - _LONGEST), stop) is not None
