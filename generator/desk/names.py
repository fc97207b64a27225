"""`citewire entities`: names that recur in the texts but have no entity, and entities that may be the same."""

from __future__ import annotations

import re
from calendar import day_name, month_name
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path

from msgspec import Struct

from generator.cache import Cache
from generator.cache.buckets import Buckets
from generator.desk.edit import about, append, drop_entry, fields_of
from generator.desk.files import DeskError, containing, is_edition, near, read_text
from generator.desk.known import words_of
from generator.desk.listed import renamed, without
from generator.desk.rewriting import Rewriting
from generator.model.content import Story
from generator.model.library import Library
from generator.model.stories import column
from generator.project import Project
from generator.texts.slugs import slug_from

_WORD = r"[A-Z][\w&-]*(?:\.\d+)*"
_NAME = re.compile(rf"(?<![\w-]){_WORD}(?: (?:(?:of|for) )?(?:{_WORD}|\d+(?:\.\d+)*))*")
_STARTS = re.compile(r"(?:[.!?:;]\s+|\n\s*|[\"“(]\s*)\Z")
_REACH = 8
"""Characters before a name that are searched for the beginning of a sentence."""
_OTHERS = ("The", "A", "An", "In", "On", "At", "It", "Its", "But", "And", "For", "What", "When", "Who", "Why", "How")
_COMMON = frozenset((*day_name, *month_name, *_OTHERS, "AI", "CEO", "US", "UK", "EU"))
"""Capitalised words that are not names by themselves."""
_MARKS = re.compile(r"\[@[^\]]*\]|\*+|\]\([^)]*\)")


class Unknown(Struct, frozen=True):
    """A recurring name, and the stories that have it."""

    name: str
    stories: tuple[str, ...]

    @property
    def proposal(self) -> str:
        """A new entry of entities.yml for the name."""
        return f"{slug_from(self.name)}:\n  name: {self.name}\n  kind: company"


def unknown_names(library: Library, least: int = 2, cache: Cache | None = None) -> list[Unknown]:
    """Capitalised names in at least `least` stories that no entity, publisher or topic has; most frequent first.

    The names of each story are cached by its digest.
    """
    kept = Buckets[list[str]](cache, "names", list[str])
    now: dict[str, list[str]] = {}
    known, stories = _known(library), library.stories
    found: dict[str, list[str]] = defaultdict(list)
    for slug, digest in zip(stories, column(stories, "digest"), strict=True):
        names = kept.before.get(digest)
        if names is None:
            names = sorted(set(_names_in(stories[slug])))
        for name in names:
            found[name].append(slug)
        now[digest] = names
    kept.save({digest: names for digest, names in now.items() if digest})
    often = ((name, stories) for name, stories in found.items() if len(stories) >= least)
    unknown = [
        Unknown(name, tuple(stories)) for name, stories in often if name.casefold() not in known and slug_from(name)
    ]
    return sorted(unknown, key=lambda one: (-len(one.stories), one.name))


def _known(library: Library) -> set[str]:
    names = [name for e in library.entities.values() for name in (e.name, *e.also, *e.name.split())]
    names += [publisher.name for publisher in library.publishers.values()]
    names += [topic.name for topic in library.topics.values()]
    return {name.casefold() for name in (*names, *_COMMON)}


def _names_in(story: Story) -> Iterator[str]:
    """The names in a story's texts, except a single word at the start of a sentence, which may be any word."""
    for _, text in story.texts():
        plain = _MARKS.sub("", text)
        for found in _NAME.finditer(plain):
            name = _core(found[0])
            if len(name) > 2 and (" " in name or not _begins(plain, found.start())):
                yield name


def _begins(text: str, at: int) -> bool:
    """Whether a sentence begins at an offset."""
    return at == 0 or _STARTS.search(text, max(0, at - _REACH), at) is not None


def _core(name: str) -> str:
    """A name without days, months and numbers before or after it."""
    words = name.split()
    while words and (words[0] in _COMMON or words[0][0].isdigit()):
        words.pop(0)
    while words and words[-1] in _COMMON:
        words.pop()
    return " ".join(words)


def merging(project: Project, gone: str, kept: str) -> Rewriting:
    """New texts of the files after one entity is merged into another, of which it becomes another name.

    The page and the feed of the entity that goes redirect, since its id is added to `was`.

    Stories are written first, so that an interrupted command can be run again: the entity that goes still exists.
    Raises `DeskError` if one of them does not exist or a file cannot be changed safely.
    """
    known = words_of(project).entities
    for id_ in (gone, kept):
        if id_ not in known:
            into = next((entity.id for entity in known.values() if id_ in entity.was), None)
            said = f"; it was merged into `{into}`" if into else near(id_, known)
            raise DeskError(f"there is no entity `{id_}` in entities.yml{said}")
    if gone == kept:
        raise DeskError("these are one entity already")
    path = project.content / "entities.yml"
    before = read_text(path)
    other = known[gone]
    with about(path):
        text = drop_entry(before, gone)
        for name in dict.fromkeys((other.name, *other.also)):
            if name != known[kept].name and name not in known[kept].also:
                text = append(text, (kept, "also"), name)
        for id_ in (gone, *other.was):
            if id_ != kept and id_ not in known[kept].was:
                text = append(text, (kept, "was"), id_)
    stories = _mentioning(project.content, gone)
    new = {story: _with_one(story, *found, gone, kept) for story, found in stories.items()}
    return Rewriting({**new, path: text}, {**{story: old for story, (old, _) in stories.items()}, path: before})


def _mentioning(content: Path, gone: str) -> dict[Path, tuple[str, Collection[str]]]:
    """The stories that mention an entity, with their texts and everything they mention."""
    found = {}
    for path, text in containing(content, gone):
        mentions = () if is_edition(content, path) else fields_of(text).get("mentions") or ()
        listed = [mentions] if isinstance(mentions, str) else mentions
        if gone in listed:
            found[path] = read_text(path), listed
    return found


def _with_one(story: Path, text: str, mentions: Collection[str], gone: str, kept: str) -> str:
    """A story with the mention of one entity replaced by the other, without duplicates."""
    with about(story):
        return without(text, "mentions", gone) if kept in mentions else renamed(text, "mentions", gone, kept)
