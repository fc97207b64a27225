"""Write CSL-JSON items as BibTeX entries that BibTeX and biblatex both read (biblatex manual, 2.1.1, `misc`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

CslItem = dict[str, Any]
"""An item of CSL-JSON."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "$&#%_"},
}
_SPECIAL = re.compile(r"[\\{}~^$&#%_]|(?<=-)(?=-)|(?<=`)(?=`)|(?<=')(?=')")
"""Special characters of TeX, and the places inside `--`, two backticks and two apostrophes, which TeX would join."""
_IN_ADDRESS = str.maketrans({sign: f"%{ord(sign):02X}" for sign in "{}\\"})


def bibtex(found: Iterable[CslItem]) -> bytes:
    """The items as a BibTeX file in UTF-8."""
    return "\n".join(f"{entry(item)}\n" for item in found).encode()


def entry(item: CslItem) -> str:
    """One entry, without a final line break."""
    lines = [f"  {name} = {value}," for name, value in _fields(item)]
    return "\n".join([f"@misc{{{item['id']},", *lines, "}"])


def _fields(item: CslItem) -> Iterator[tuple[str, str]]:
    """Names and values. Double braces keep names whole and preserve capitals."""
    if "author" in item:
        yield "author", f"{{{{{tex(item['author'][0]['literal'])}}}}}"
    yield "title", f"{{{{{tex(item['title'])}}}}}"
    yield "howpublished", f"{{{tex(item['container-title'])}}}"
    if "issued" in item:
        year, month, day = item["issued"]["date-parts"][0]
        yield "year", f"{{{year}}}"
        yield "month", _MONTHS[month - 1]
        yield "day", f"{{{day}}}"
    yield "url", f"{{{item['URL'].translate(_IN_ADDRESS)}}}"
    if "accessed" in item:
        year, month, day = item["accessed"]["date-parts"][0]
        yield "urldate", f"{{{year:04}-{month:02}-{day:02}}}"
    if "language" in item:
        yield "langid", f"{{{tex(item['language'])}}}"
    if "note" in item:
        yield "note", f"{{{tex(item['note'])}}}"


def tex(text: str) -> str:
    """A text with TeX's special characters escaped. Braces stay balanced, since BibTeX counts them."""
    return _SPECIAL.sub(lambda found: _SIGNS.get(found[0], "{}"), text)
