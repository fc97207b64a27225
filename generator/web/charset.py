"""Decode the bytes of a page as text, even if the server or the page names a wrong encoding or none."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{1,40})", re.IGNORECASE)
_LOOKED_AT = 4096
"""Bytes in which a page may name its encoding; browsers look at 1,024."""
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_STATEFUL = re.compile(r"iso2022|utf[-_]?16|hz")
_KNOWN = re.compile(
    r"utf-?(8|16|16-le|16-be)|ascii|iso8859-\d+|cp(125\d|874|866|932|949|936)|koi8-[ru]|gb2312|gbk|gb18030|big5|big5hkscs"
    r"|shift_jis|euc_(jp|kr)|iso2022_(jp|kr)|hz|mac-(roman|cyrillic)|johab"
)
"""Encodings used by pages. Python knows others that pages never use, some of them very slow."""


def decode(body: bytes, declared: str = "") -> str:
    """The text of a page. `declared` is the encoding that its server names, if any.

    Bytes that are valid UTF-8 throughout are UTF-8, whatever is declared: that does not happen by chance.
    """
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return body.decode(encoding, "replace")
    said = [name for label in (declared, _named_inside(body)) if (name := _known(label))]
    stateful = [name for name in said if _STATEFUL.match(name)]
    for encoding in (*stateful, "utf-8", *said, _guessed(body)):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    return body.decode("utf-8" if "utf-8" in said else "cp1252", "replace")


def _named_inside(body: bytes) -> str:
    found = _META.search(body[:_LOOKED_AT])
    return found[1].decode("ascii") if found else ""


def _known(label: str) -> str:
    """Python's name for an encoding used by pages; empty for anything else."""
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    if name in ("iso8859-1", "ascii"):
        return "cp1252"  # as the Encoding Standard has it, section 4.2
    return name if _KNOWN.fullmatch(name) else ""


def _guessed(body: bytes) -> str:
    """The most likely encoding, guessed from the bytes."""
    best = from_bytes(body[: 64 * 1024]).best()
    return (_known(best.encoding) if best else "") or "cp1252"
