"""Write CSL-JSON items as RIS, for EndNote, Zotero and others.

https://en.wikipedia.org/wiki/RIS_(file_format): two letters, two blanks, a hyphen, a blank; lines end with CR LF.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.typeset.bibtex import CslItem

_TYPES = {
    "article-newspaper": "NEWS",
    "article-magazine": "MGZN",
    "article-journal": "JOUR",
    "post-weblog": "BLOG",
    "webpage": "ELEC",
}


def ris(found: Iterable[CslItem]) -> bytes:
    """The items as a RIS file in UTF-8."""
    return "".join(f"{tag}  - {value}\r\n" for item in found for tag, value in _lines(item)).encode()


def _lines(item: CslItem) -> Iterator[tuple[str, str]]:
    yield "TY", _TYPES[item["type"]]
    yield "ID", item["id"]
    yield "TI", _line(item["title"])
    yield from (("AU", _line(author["literal"])) for author in item.get("author", ()))
    yield "T2", _line(item["container-title"])
    for tag, name in (("DA", "issued"), ("Y2", "accessed")):
        if name in item:
            year, month, day = item[name]["date-parts"][0]
            yield tag, f"{year:04}/{month:02}/{day:02}"
    if "issued" in item:
        yield "PY", str(item["issued"]["date-parts"][0][0])
    yield "UR", item["URL"]
    yield from (("LA", _line(item["language"])),) if "language" in item else ()
    yield from (("N1", _line(item["note"])),) if "note" in item else ()
    yield "ER", ""


def _line(text: str) -> str:
    """A text without line ends, which would begin another field."""
    return " ".join(text.split())
