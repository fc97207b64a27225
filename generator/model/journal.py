"""The journal of published items: a fingerprint of each story and edition as readers first saw it.

It is in the repository: a file for each month of publication, a line for each item, sorted by name. Two people who
publish at the same time change different lines, so git merges their work. A story's name is its slug, an edition's is
the path of its address (`editions/2026-04-11`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from generator.model.content import Edition, Story
from generator.model.fingerprint import fingerprint
from generator.model.library import Signature
from generator.model.permalinks import item_id, story_path
from generator.texts.typography import plain

FOLDER = "published"
AUTHORITY = "authority.txt"
"""The journal's file for the domain in all ids, which a newsletter must keep as well."""
FEEDS = "feeds.txt"
"""The journal's file of the sections, topics, entities and publishers whose feeds had something published in them."""
HEADER = "# What was published, as fingerprints. `citewire sign` writes this file.\n"
_CITATION = re.compile(r"\s*\[@[^\]\n]*\]")
_EDITIONS = "editions/"
_LINE = re.compile(r"((?:editions/)?[a-z0-9]+(?:-[a-z0-9]+)*) ([0-9a-f]{32})(?: (\S+))?\Z")


def file_name(item: Story | Edition) -> str:
    """The journal's file for an item, such as `2026-04.txt`."""
    return f"{item.published:%Y-%m}.txt"


def year_of(signature: Signature) -> str:
    """The year in which an item was published, from the name of its journal file (see `file_name`)."""
    return signature.file.rpartition("/")[2][:4]


def name_of(item: Story | Edition, slug: str | None = None) -> str:
    """The name of an item in the journal, under its own slug or another."""
    return f"{_EDITIONS if isinstance(item, Edition) else ''}{slug or item.slug}"


def path_of(name: str) -> str:
    """The path of the page of the item with this name in the journal."""
    return f"{name}/" if name.startswith(_EDITIONS) else story_path(name)


def minted_id(authority: str, item: Story | Edition, anchor: str = "") -> str:
    """The `tag:` URI of an item under its first slug, or of something on its page."""
    return item_id(authority, item.published, f"{item.first_path}{anchor}")


def signature_of(signed: Mapping[str, Signature], item: Story | Edition) -> Signature | None:
    """The journal's entry for an item, under its name or the one under which it was first published."""
    return signed.get(name_of(item)) or signed.get(name_of(item, item.first_slug))


def digest_of(item: Story | Edition) -> str:
    """A digest of an item's content: unaffected by changes of typography, emphasis and citations.

    An edition's covers its own texts; its stories have their own digests.
    """
    told = [item.title, item.dek]
    for _, text in item.texts():
        told.append(_CITATION.sub("", text).replace("*", ""))
    told += _of_story(item) if isinstance(item, Story) else _of_edition(item)
    return fingerprint(*(plain(text) for text in told))


def _of_story(story: Story) -> Iterator[str]:
    for dispute in story.disputed:
        yield from (dispute.point, *(version.value for version in dispute.versions), dispute.note or "")


def _of_edition(edition: Edition) -> Iterator[str]:
    yield edition.one_line
    yield from (focus.lead for focus in edition.focus)
    yield from (point.lead for point in (*edition.takeaways, *edition.actions))
    for question in edition.quiz:
        yield from (question.question, *question.answers, question.right)


def line(name: str, digest: str, noted: datetime | None) -> str:
    """A line of the journal."""
    return f"{name} {digest} {noted.isoformat()}\n" if noted else f"{name} {digest}\n"


def parse(written: str, file: str) -> tuple[str, Signature] | None:
    """The name and signature in a line; None if it is not a valid line of a journal."""
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


def authority_text(authority: str) -> str:
    """The text of the journal's file for the domain in all ids."""
    return f"# The domain in all ids of feeds. `citewire sign` writes this file.\n{authority}\n"


def feeds_text(names: Iterable[str]) -> str:
    """The text of the journal's file of feeds, given their names (`topics/chips`)."""
    head = "# What had stories, so that its feed stays when it has none. `citewire sign` writes this file.\n"
    return head + "".join(f"{name}\n" for name in sorted(names))


def text(lines: Mapping[str, str]) -> str:
    """The text of a journal file, from its lines by name."""
    return HEADER + "".join(lines[name] for name in sorted(lines))
