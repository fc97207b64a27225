"""Decide which names of a byline are people, and which are the newsletter, a publisher or a group.

A name alone does not say. The newsletter's own data counts first: its name, its entities, its publishers. Then words
for a group ("desk", "staff"). Everybody else is a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from generator.model.vocabulary import Entity, Newsletter, Publisher


class Author(Struct, frozen=True):
    """Somebody who signs something."""

    name: str
    is_person: bool = True
    is_us: bool = False
    """Whether it is the newsletter itself, or its desk."""
    site: str | None = None
    """The address of the author's own site."""


KnownAuthors = Mapping[str, Author]
"""Authors whose kind is known, by case-folded name."""

_GROUP = re.compile(
    r"(?i)\b(?:desk|staff|team|editors|editorial|newsroom|bureau|agency|press|media|news|board|redaktion|rédaction|"
    r"correspondents|reporters|foundation|institute|university|inc|ltd|llc|gmbh|corp|company)\b"
)
_BETWEEN = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|&|und|et|y)\s+")
_NAME = re.compile(r"(?:[^\W\d_][\w.'’-]*\s+){1,3}[^\W\d_][\w.'’-]*\Z")
"""Two to four words that begin with letters."""


def known_authors(newsletter: Newsletter, entities: Iterable[Entity], publishers: Iterable[Publisher]) -> KnownAuthors:
    """The authors whose kind follows from the newsletter's own data. If several share a name, the first counts."""
    found = [Author(newsletter.name, is_person=False, is_us=True)]
    editor = newsletter.editor.name
    if _folded(newsletter.name) in _folded(editor) or _GROUP.search(editor):
        found.append(Author(editor, is_person=False, is_us=True))
    for entity in entities:
        if entity.kind in ("person", "company", "institution"):
            is_person = entity.kind == "person"
            found += [Author(name, is_person, site=entity.site) for name in (entity.name, *entity.also)]
    found += [Author(publisher.name, is_person=False) for publisher in publishers]
    return {_folded(author.name): author for author in reversed(found)}


def authors(byline: str, known: KnownAuthors) -> tuple[Author, ...]:
    """The authors of a byline: several if it is nothing but a list of people's full names, else one."""
    if _folded(byline) not in known and not _GROUP.search(byline):
        names = [name for name in _BETWEEN.split(byline) if name]
        if len(names) > 1 and all(map(_is_full_name, names)):
            return tuple(author(name, known) for name in names)
    return (author(byline, known),)


def _is_full_name(name: str) -> bool:
    """Whether a name looks full enough for its byline to be split into several."""
    words = name.split()
    return _NAME.match(name) is not None and not words[0][0].islower() and not words[-1][0].islower()


def author(name: str, known: KnownAuthors) -> Author:
    """The author with a given name."""
    told = known.get(_folded(name))
    return replace(told, name=name) if told else Author(name, is_person=not _GROUP.search(name))


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
