"""Slugs: the names of stories, editions and entries of a vocabulary, of which addresses are made."""

from __future__ import annotations

import re
import unicodedata

from generator.texts.language import primary

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
SLUG_LIMIT = 100
"""Most characters of a slug."""
_MADE_LIMIT = 60
"""Most characters of one made from a title: long enough to be distinct, short enough for an address."""

_LATIN = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}
)
"""Latin letters that Unicode does not decompose into a plain letter and a mark."""
_WRITTEN_OUT = {"de": str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})}
"""Letters that a language itself replaces by two if necessary."""


def slug_fault(text: str) -> str | None:
    """Why a text cannot be a slug; None if it can."""
    if len(text) > SLUG_LIMIT:
        return f"it has more than {SLUG_LIMIT} characters"
    return None if SLUG.match(text) else "small letters, digits and single hyphens only"


def slug_from(title: str, language: str = "", limit: int = _MADE_LIMIT) -> str:
    """A slug from a title: `Meta's $21 billion` gives `metas-21-billion`. Empty if there are no Latin letters.

    `language` is the newsletter's language tag: in German `Märkte` gives `maerkte`.
    """
    plain = _plain(title, language).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", re.sub(r"['’]|(?<=\d),(?=\d{3})", "", plain)).strip("-")
    return slug if len(slug) <= limit else slug[: limit + 1].rpartition("-")[0] or slug[:limit]


def near_slug(text: str) -> str:
    """The slug that a text was probably meant as, which may be a path; empty if it has letters of another script."""
    return (
        ""
        if other_script(text)
        else slug_from(re.sub(r"\.ya?ml\Z", "", text.strip().rpartition("/")[2]), "", SLUG_LIMIT)
    )


def other_script(text: str) -> str:
    """The first letter of a text that is not Latin; empty if there is none."""
    letters = unicodedata.normalize("NFKD", text)
    return next((one for one in letters if one.isalpha() and not _plain(one).isascii()), "")


def _plain(text: str, language: str = "") -> str:
    """A text in small letters without marks, of which only letters of other scripts are not ASCII."""
    small = unicodedata.normalize("NFC", text).casefold()  # which turns `ß` into `ss`
    return unicodedata.normalize("NFKD", small.translate(_WRITTEN_OUT.get(primary(language), {})).translate(_LATIN))
