"""Mark words that are not in a page's language with their own, so that they are read out as they sound.

Some languages have messages of their own (`messages`); all others are lent the English ones. A message or a day lent
this way has signs around it (`words.LENT`). Only the finished page shows where it ended up: in a text, in an attribute,
or where no element is allowed. WCAG 2.2, 3.1.2: Language of Parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from itertools import pairwise

from generator.words import LENT, OWN, has_words

_LANGUAGE = ' lang="en"'
_FSI, _PDI = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_SIGNS = re.compile("|".join((*LENT, *OWN)))
_WHOLE = re.compile(rf"(<[a-z]\w*(?:\s[^<>]*)?)>{LENT[0]}((?:(?!{LENT[1]}).)*){LENT[1]}(?=</)", re.DOTALL)
"""An element that holds lent words and nothing else."""
_BESIDE = re.compile(
    rf"(?:{_PDI}{LENT[1]}([,;:]?\s+){LENT[0]}{_FSI}|(?<!{_PDI}){LENT[1]}([,;:]?\s+){LENT[0]}(?!{_FSI}))(?=[^<>]*<)"
)
"""What separates lent words in a text from the next lent words."""
_CALLED = rf'(?=[^<>]* aria-label="{LENT[0]}(?:(?!{OWN[0]})[^"])*{LENT[1]}")(?![^<>]* lang=)[^<>]*'
"""The rest of a tag whose label is all lent words; a label with some of the newsletter's own gets no language."""
_NAMED = re.compile(
    rf"<(?:input\b{_CALLED}|a\b{_CALLED}(?=>[^<>]{{1,3}}</a>)"
    rf"|button\b{_CALLED}(?=>\s*(?:<(?!/button)[^>]*>\s*)*</button>))"
)
"""An element with such a label, and a letter, a picture or nothing as its content."""
_HOLDING = re.compile(rf"<(?:nav|section|aside|table)\b{_CALLED}>")
"""An element with such a label whose children have their own language."""
_TAG = re.compile(r"<(/?)([a-z]\w*)([^<>]*)>")
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))
_SPEAKING = re.compile(rf'<(?:form|section)(?=[^<>]* data-[a-z-]+="{LENT[0]})')
"""An element with a script that says lent words."""
_PIECE = re.compile(
    rf"<(script|style|title|textarea|option|svg)\b.*?</\1>|<[^>]*>|{'|'.join((*LENT, *OWN))}", re.DOTALL
)
"""An element with text only or no HTML elements inside; a tag; a sign."""


def finishing(language: str) -> Callable[[str], str]:
    """Finishes HTML in a language (BCP 47); does nothing if there are messages in it."""
    return str if has_words(language) else partial(finished, language=language)


def finished(made: str, language: str) -> str:
    """HTML in which lent words are marked as English, on the element around them if there is one.

    Otherwise on a new `bdi`, which no style sheet of a page or mail styles, and which isolates the direction of its
    words.
    """
    if LENT[0] not in made:
        return made
    made = _BESIDE.sub(lambda found: found[1] or found[2], made)
    shown = {LENT[0]: f"<bdi{_LANGUAGE}>", OWN[0]: f'<bdi lang="{language}">', LENT[1]: "</bdi>", OWN[1]: "</bdi>"}
    made = _WHOLE.sub(_told_at_once, _SPEAKING.sub(r'\g<0> data-lent="en"', made))
    made = _told_around(_NAMED.sub(rf"\g<0>{_LANGUAGE}", made), language)
    return _PIECE.sub(lambda found: shown.get(found[0]) or _SIGNS.sub("", found[0]), made)


def _told_at_once(found: re.Match[str]) -> str:
    tag, words = found.groups()
    return found[0] if " lang=" in tag else f"{tag}{_LANGUAGE}>{words}"


def _told_around(made: str, language: str) -> str:
    """Mark elements with a lent label as English, and their children as not."""
    told: dict[int, str] = {}
    for found in _HOLDING.finditer(made):
        children = _children(made, found.end())
        if children is not None:
            told[found.end() - 1] = _LANGUAGE
            told.update(dict.fromkeys(children, f' lang="{language}"'))
    places = sorted(told)
    pieces = (made[start:end] + told.get(end, "") for start, end in pairwise((0, *places, len(made))))
    return "".join(pieces)


def _children(made: str, start: int) -> list[int] | None:
    """Where the tags of an element's children end, if they name no language; None if there is text between them.

    `start` is where the element's own tag ends.
    """
    found: list[int] = []
    depth, end = 0, start
    for tag in _TAG.finditer(made, start):
        closing, name, rest = tag.groups()
        if depth == 0:
            if closing or made[end : tag.start()].strip():
                return found if closing else None
            if " lang=" not in rest:
                found.append(tag.end() - 1)
        depth += -1 if closing else name not in _EMPTY and not rest.endswith("/")
        end = tag.end()
    return None
