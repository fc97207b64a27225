"""Say of words that are not of a page's language which one they are of, so that they are read out as they sound.

Pages have words of their own in some languages (`messages`); in any other one those are English. Where a message or a
day is lent in this way, signs stand around it (`words.LENT`). Only what has been made of a whole template shows where
it landed: in a text, in an attribute, or where no element can stand. WCAG 2.2, 3.1.2: Language of Parts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from generator.words import LENT, OWN, has_words

_LANGUAGE = ' lang="en"'
_SIGNS = re.compile("|".join((*LENT, *OWN)))
_WHOLE = re.compile(rf"(<[a-z]\w*(?:\s[^<>]*)?)>{LENT[0]}((?:(?!{LENT[1]}).)*){LENT[1]}(?=</)", re.DOTALL)
"""An element that holds lent words and nothing else."""
_NAMED = re.compile(
    rf"(<button\b(?:(?! lang=)[^<>])*{LENT[0]}(?:(?! lang=)[^<>])*)(?=>\s*(?:<(?!/button)[^>]*>\s*)*</button>)"
)
"""A button with a picture in place of words, which is called in lent ones."""
_FORM = re.compile(rf'<form(?=[^<>]* data-[a-z-]+="{LENT[0]})')
"""A form whose script says lent words."""
_PIECE = re.compile(
    rf"<(script|style|title|textarea|option|svg)\b.*?</\1>|<[^>]*>|{'|'.join((*LENT, *OWN))}", re.DOTALL
)
"""What holds text only, or no element of HTML; a tag; a sign."""


def finishing(language: str) -> Callable[[str], str]:
    """What finishes HTML in a language (BCP 47): nothing where there are words of it."""
    return str if has_words(language) else partial(finished, language=language)


def finished(made: str, language: str) -> str:
    """HTML in which lent words say that they are English, at the element that holds them where there is one.

    Otherwise it is `bdi`, which no style sheet of a page or mail means, and in which words run by themselves.
    """
    if LENT[0] not in made:
        return made
    shown = {LENT[0]: f"<bdi{_LANGUAGE}>", OWN[0]: f'<bdi lang="{language}">', LENT[1]: "</bdi>", OWN[1]: "</bdi>"}
    made = _NAMED.sub(rf"\1{_LANGUAGE}", _WHOLE.sub(_told_at_once, _FORM.sub('<form data-lent="en"', made)))
    return _PIECE.sub(lambda found: shown.get(found[0]) or _SIGNS.sub("", found[0]), made)


def _told_at_once(found: re.Match[str]) -> str:
    tag, words = found.groups()
    return found[0] if " lang=" in tag else f"{tag}{_LANGUAGE}>{words}"
