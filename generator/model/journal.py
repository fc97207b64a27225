"""The journal of published stories: what each said when readers first saw it, as a fingerprint.

It is kept in the repository, a file for each month of publication, a line for each story in the order of their names:
two people who publish at the same time change different lines, so that their work merges by itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from generator.model.content import Signature, Story
from generator.model.fingerprint import fingerprint
from generator.model.typography import plain

FOLDER = "published"
HEADER = "# What published stories said, as fingerprints. `citewire sign` writes this file.\n"
_CITATION = re.compile(r"\s*\[@[^\]\n]*\]")
_LINE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*) ([0-9a-f]{32})(?: (\S+))?\Z")


def file_name(story: Story) -> str:
    """The file of the journal in which a story stands: `2026-04.txt`."""
    return f"{story.published:%Y-%m}.txt"


def digest_of(story: Story) -> str:
    """What a story says, without how it is set: equal while only typography, emphasis and citations change."""
    told = [story.title, story.dek]
    for _, text in story.texts():
        told.append(_CITATION.sub("", text).replace("*", ""))
    for dispute in story.disputed:
        told += [dispute.point, *(version.value for version in dispute.versions), dispute.note or ""]
    return fingerprint(*(plain(text) for text in told))


def line(slug: str, digest: str, noted: datetime | None) -> str:
    """A line of the journal."""
    return f"{slug} {digest} {noted.isoformat()}\n" if noted else f"{slug} {digest}\n"


def parse(written: str, file: str) -> tuple[str, Signature] | None:
    """The slug and the signature of a line; None when it is no line of a journal."""
    found = _LINE.match(written)
    if found is None:
        return None
    try:
        noted = datetime.fromisoformat(found[3]) if found[3] else None
    except ValueError:
        return None
    if noted is not None and noted.tzinfo is None:
        return None
    return found[1], Signature(found[2], noted, file)


def text(lines: Mapping[str, str]) -> str:
    """A file of the journal from its lines by slug."""
    return HEADER + "".join(lines[slug] for slug in sorted(lines))
