"""Short forms whose stop ends no sentence: `Mr.`, `No.`, `U.S.`, and a month before its day (`Sept. 8`)."""

from __future__ import annotations

import re

SHORT = frozenset(
    """Mr Mrs Ms Dr Prof St No Nos vs Inc Corp Co Ltd Jr Sr Gen Sen Rep Gov approx ca cf est Fig al e.g i.e
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Nr Mio Mrd Rs""".split()
)
_LONGEST = 12
"""Characters in which a short form stands."""
ABBREVIATION = re.compile(rf"(?:\b(?:{'|'.join(map(re.escape, sorted(SHORT)))})|(?:\b[A-Z]\.)*\b[A-Z])\Z")


def is_abbreviated(text: str, start: int, stop: int) -> bool:
    """Whether the word before a stop is a short form, of those that begin behind an offset."""
    last = text[max(start, text.rfind(" ", start, stop) + 1) : stop]
    if last.isalpha():
        return last in SHORT or ("A" <= last <= "Z" and len(last) == 1)
    return ABBREVIATION.search(text, max(start, stop - _LONGEST), stop) is not None
