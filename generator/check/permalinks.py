"""Rules on what never changes after publication: addresses and ids, each of which belongs to one item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.check.rules import Finding
from generator.model.content import Edition, Story
from generator.model.journal import minted_id
from generator.model.library import Library
from generator.model.permalinks import alias_fault, alias_path, edition_path, file_of, story_path, subject_path
from generator.model.problems import Path
from generator.model.stories import having


def bad_alias(item: Story | Edition, library: Library) -> Iterator[Finding]:
    for index, alias in enumerate(item.aliases):
        if fault := alias_fault(alias):
            what = f"`{alias}` cannot be an old address: {fault}"
            yield Finding(("aliases", index), what, "Write the path alone, as stories/the-old-name.")


FILES = {"section": "newsletter.yml", "topic": "topics.yml", "entity": "entities.yml", "publisher": "publishers.yml"}
"""The file of each vocabulary; its problems stand in the content folder."""


def taken_alias(library: Library) -> Iterator[tuple[str, Finding]]:
    """An old address that something else has now, or that two items claim."""
    old = list(_old_addresses(library))
    if not old:
        return
    standing = {story_path(slug): story.file for slug, story in library.stories.items()}
    gone = library.withdrawn.values()
    standing |= {path: "what was withdrawn" for each in gone for path in (each.path, *each.old_paths)}
    standing |= library.pages
    standing |= {edition_path(slug): edition.file for slug, edition in library.editions.items()}
    taken = {_place(path): owner for path, owner in standing.items()}
    for file, where, path, hint in old:
        place = _place(path)
        if place in taken:
            yield file, Finding(where, f"the address `{path}` belongs to {taken[place]}", hint)
        taken.setdefault(place, file)


def _place(path: str) -> str:
    """The file at a path, in small letters: some disks ignore case."""
    return file_of(path).casefold()


def _old_addresses(library: Library) -> Iterator[tuple[str, Path, str, str]]:
    """Every valid old address: its file, the field, the path, and a hint for when it is taken."""
    for story in having(library.stories, "renamed_from"):
        hint = "Name the story's first name, which no other has."
        yield story.file, ("renamed_from",), story_path(story.renamed_from or ""), hint
    for edition in library.editions.values():
        if edition.renamed_from:
            hint = "Name the edition's first name, which no other has."
            yield edition.file, ("renamed_from",), edition_path(edition.renamed_from), hint
    items: list[Story | Edition] = [*having(library.stories, "aliases"), *library.editions.values()]
    for item in items:
        for index, alias in enumerate(item.aliases):
            if not alias_fault(alias):
                yield item.file, ("aliases", index), alias_path(alias), "Take the alias out."
    yield from _old_ids(library)


def _old_ids(library: Library) -> Iterator[tuple[str, Path, str, str]]:
    """The earlier addresses of sections, topics, entities and publishers."""
    for kind, words in library.followed.items():
        above = ("sections",) if kind == "section" else ()
        for word in words.values():
            for index, id_ in enumerate(word.was):
                if id_ not in words:
                    where = (*above, word.id, "was", index)
                    yield FILES[kind], where, subject_path(kind, id_), "Take the id out of one of them."


def one_id_twice(library: Library) -> Iterator[tuple[str, Finding]]:
    """An id from an earlier feed that another item has as well: subscribers would see only one of them."""
    items: list[Story | Edition] = [*having(library.stories, "imported"), *library.editions.values()]
    has_ids = any(item.imported and item.imported.id for item in items)
    known = _minted(library, [*library.stories.values(), *library.editions.values()]) if has_ids else {}
    for item in items:
        id_ = item.imported.id if item.imported else None
        if id_ and id_ in known:
            what = f"`{id_}` is the id of {known[id_]} too"
            yield item.file, Finding(("imported", "id"), what, "Leave it where subscribers know it from.")
        elif id_:
            known[id_] = item.file


def _minted(library: Library, items: Iterable[Story | Edition]) -> dict[str, str]:
    """The ids that feeds derive from names, with the files of their items."""
    authority = library.newsletter.authority
    return {minted_id(authority, item): item.file for item in items if not (item.imported and item.imported.id)}
