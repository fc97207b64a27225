"""`citewire rename`: rename the file of a story or edition and references to it; its old address keeps working."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.desk.edit import about, append, drop, drop_entry, fields_of, put, sound_fields
from generator.desk.files import (
    EDITIONS,
    STORIES,
    DeskError,
    containing,
    field_of,
    is_edition,
    item,
    items,
    read_text,
    slug_in,
)
from generator.desk.known import at_that_hour, published_in
from generator.desk.listed import renamed
from generator.desk.rewriting import Rewriting
from generator.files import name_here
from generator.model.permalinks import alias_path, day_named, edition_path, is_of_digits, story_path
from generator.project import Project
from generator.texts.slugs import near_slug, slug_fault


class Renaming(Struct, frozen=True):
    """A renaming, before anything is written."""

    new: Path
    rewriting: Rewriting
    """The file under its new name, the files that refer to it, and the removal of the old file."""
    note: str = ""
    """What is left to do by hand."""


def renaming(project: Project, old: str, new: str) -> Renaming:
    """Rename a story or an edition.

    An edition that was published on the day of its old name is published on that of its new one.

    What was public keeps its id through `renamed_from`, which also makes its first address redirect; later addresses
    become aliases. Under its first name again it needs neither. A renaming that was killed is completed by running it
    again, which changes nothing if nothing was left to do.

    Raises `DeskError` if the old name does not exist, or the new one is invalid or taken.
    """
    content = project.content
    slug = slug_in(new)
    if done := _done(content, slug_in(old), slug):
        return done
    folder, path = item(content, old)
    if fault := slug_fault(slug):
        near = near_slug(new)
        raise DeskError(f"`{slug}` is not a name: {fault}{f'; write it like `{near}`' if near else ''}")
    if folder == EDITIONS and day_named(slug) is None:
        raise DeskError(f"`{slug}` is not a day: an edition is named after its own, as 2026-04-11")
    address = story_path if folder == STORIES else edition_path
    new_path = path.with_name(f"{slug}.yml")
    before = read_text(path)
    with about(path):
        moved = _of_its_day(before, path.stem, slug) if folder == EDITIONS else before
        text = _remembered(moved, (path.stem, slug), (address(path.stem), address(slug)))
    taken = {**items(content, STORIES), **items(content, EDITIONS)}.get(slug)
    if taken and not (taken == new_path != path and read_text(taken) == text):  # as a killed renaming left it
        raise DeskError(f"`{slug}` is the name of {name_here(taken)}")
    if folder == STORIES and is_of_digits(slug):
        raise DeskError(f"`{slug}` is made of digits alone, which addresses keep for years and months: add a word")
    for other, theirs in containing(content, slug):
        if other != path and field_of(theirs, "renamed_from") == slug:
            raise DeskError(f"`{slug}` is the first name of {name_here(other)}, which readers know it by")
    others = _naming(content, path, slug) if folder == STORIES else {}
    rewriting = Rewriting(
        {new_path: text, **{other: now for other, (_, now) in others.items()}, path: None},
        {new_path: text if taken else None, **{other: was for other, (was, _) in others.items()}, path: before},
    )
    return Renaming(new_path, rewriting, _of_day(text, slug) if folder == EDITIONS else "")


def _done(content: Path, old: str, new: str) -> Renaming | None:
    """The result of a renaming already done: nobody has the old name, and the new one records it; else None.

    Raises `DeskError` if a draft has the new name, since drafts do not record old names.
    """
    for folder, address in ((STORIES, story_path), (EDITIONS, edition_path)):
        known = items(content, folder)
        if new not in known or old in known:
            continue
        fields = fields_of(read_text(known[new]))
        aliases = fields.get("aliases")
        had = [alias_path(str(alias)) for alias in aliases] if isinstance(aliases, list) else []
        if fields.get("renamed_from") == old or address(old) in had:
            note = _of_day(read_text(known[new]), new) if folder == EDITIONS else ""
            return Renaming(known[new], Rewriting({}, {}), note or f"`{old}` has the name `{new}` already")
        if fields.get("draft") == "true":
            kept = "a draft, which remembers no other name: if it had this one, nothing is left to do"
            raise DeskError(f"there is no story or edition `{old}`; there is `{new}`, {kept}")
    return None


def _of_its_day(edition: str, old: str, new: str) -> str:
    """The text of an edition published on the day of its new name, at the same hour, if its old name was its day.

    What readers may have keeps its year, which its id in feeds holds, and is not published behind its own changes.
    """
    published, day = published_in(edition), day_named(new)
    if published is None or day is None or published.date() != day_named(old):
        return edition
    if published.year != day.year and fields_of(edition).get("draft") != "true":
        return edition
    if day > published.date() and not sound_fields(edition).keys().isdisjoint(("updated", "corrections", "edits")):
        return edition
    return put(edition, ("published",), at_that_hour(published, day))


def _of_day(edition: str, slug: str) -> str:
    """A note that an edition's name is its day, if the new name is not. `edition` is the text of its file."""
    published, day = published_in(edition), day_named(slug)
    if published is None or day is None or published.date() == day:
        return ""
    told = f"an edition is named after its day, and `published` says {published.date()}"
    if published.year != day.year:
        return f"{told}, whose year is in its id in feeds: with another one, every subscriber has it anew"
    return f"{told}: change that as well"


def _remembered(text: str, names: tuple[str, str], addresses: tuple[str, str]) -> str:
    """The text of a file with its old name or address recorded, given old and new names and paths.

    Drafts are left unchanged: nobody has read them.
    """
    value = sound_fields(text)
    if value.get("draft") == "true":
        return text
    (old, new), (before, now) = names, addresses
    aliases = value.get("aliases") or []
    if not isinstance(aliases, list):
        raise DeskError("`aliases` is not a list: run `citewire check` and mend it first")
    if any(alias_path(alias) == now for alias in map(str, aliases)):
        text = drop_entry(text, "aliases")
        for alias in map(str, aliases):
            text = text if alias_path(alias) == now else append(text, ("aliases",), alias)
    if not (first := value.get("renamed_from")):
        return put(text, ("renamed_from",), old, behind="published")
    return append(drop(text, "renamed_from") if first == new else text, ("aliases",), before.rstrip("/"))


def _naming(content: Path, story: Path, new: str) -> dict[Path, tuple[str, str]]:
    """The files that refer to a story, each with its text and its text with the new name."""
    found = {}
    for path, _ in containing(content, story.stem):
        if path != story:
            text = read_text(path)
            change = _in_edition if is_edition(content, path) else _in_story
            with about(path):
                changed = change(text, story.stem, new)
            if changed != text:
                found[path] = text, changed
    return found


def _in_story(text: str, old: str, new: str) -> str:
    return put(text, ("updates",), new) if fields_of(text).get("updates") == old else text


def _in_edition(text: str, old: str, new: str) -> str:
    """Replace the name in the list of stories and in citations. The result must read back as intended."""
    cited = re.compile(rf"(?<=@){re.escape(old)}(?=/)")
    listed = renamed(text, "stories", old, new)
    changed = cited.sub(new, listed)
    if fields_of(changed) != _mapped(fields_of(listed), lambda words: cited.sub(new, words)):
        raise DeskError(f"it cites `{old}` in a way that cannot be changed safely: change it by hand")
    return changed


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """A value with all its texts changed."""
    if isinstance(value, dict):
        return {key: _mapped(entry, change) for key, entry in value.items()}
    if isinstance(value, list):
        return [_mapped(entry, change) for entry in value]
    return change(value)
