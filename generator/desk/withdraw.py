"""`citewire withdraw`: record that a story or an edition is taken back, mend what names it, and delete its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.desk.edit import Plain, about, drop, drop_entry, fields_of, put, sound_fields, with_entries
from generator.desk.files import EDITIONS, STORIES, DeskError, containing, is_edition, item, items, read_text, slug_in
from generator.desk.known import in_zone, published_at
from generator.desk.listed import without
from generator.desk.rewriting import Rewriting
from generator.model.content import Story
from generator.model.permalinks import subject_path
from generator.model.stories import having
from generator.project import Project

FILE = "withdrawn.yml"
_HEAD = "# What was published and taken back: its address says so, and its name is never used again.\n"


class Withdrawing(Struct, frozen=True):
    """A withdrawal, before anything is written."""

    gone: Path
    """The file that goes."""
    rewriting: Rewriting
    """The record, what named the story without it, and the file that goes."""
    resting: tuple[Path, ...] = ()
    """Files with words that cite it, which nobody but their author can take out."""
    is_done: bool = False
    """Whether all was written before, by a run that was killed or by an earlier one."""


def withdrawal(
    project: Project, name: str, reason: str, now: datetime, stories: Mapping[str, Story], titled: bool = True
) -> Withdrawing:
    """Take a story or an edition back at `now`, for a reason that readers are told.

    An edition that shows a story forgets it and gets `updated`; a story that updates it updates what it updated.
    `stories` are those that can be read, as they stand: by them the record says what showed the story, and other
    stories are known to say nothing of it. Raises `DeskError` for what does not exist, what nobody has read, and what
    names it in a way that cannot be changed safely.
    """
    if done := _done(project.content, name, reason, titled):
        return done
    folder, path = item(project.content, name)
    text = read_text(path)
    with about(path):
        value = sound_fields(text)
    published = _published(path, value, now)
    moment = in_zone(now, published)
    naming = _naming(project.content, path, stories) if folder == STORIES else {}
    others = _others(project.content, naming, path.stem, value, moment)
    shown_in = [f"{EDITIONS}/{other.stem}" for other in others if is_edition(project.content, other)]
    key = path.stem if folder == STORIES else f"{EDITIONS}/{path.stem}"
    kept = project.content / FILE
    before = read_text(kept) if kept.exists() else None
    earlier = _earlier(before, key, published)
    known = stories.get(path.stem) if folder == STORIES else None
    was_in = sorted({*shown_in, *(_subjects(known) if known else ()), *(earlier.get("was_in") or ())})
    record: dict[str, Plain] = {"published": published, "withdrawn": moment, "why": reason}
    record |= _remaining(value, was_in, titled)
    with about(kept):
        after = drop_entry(before, key) if before and earlier else before
        recorded = with_entries(_HEAD if after is None else after, {key: record})
    texts = {kept: recorded, **others, path: None}
    held = {kept: before, **{other: naming[other] for other in others}, path: text}
    cites = (other for other, text in naming.items() if f"@{path.stem}/" in text)
    resting = tuple(other for other in cites if is_edition(project.content, other))
    return Withdrawing(path, Rewriting(texts, held), resting)


def _done(content: Path, name: str, reason: str, titled: bool) -> Withdrawing | None:
    """The withdrawal of what is withdrawn already; None where it is not.

    Raises `DeskError` where the record says something else of it.
    """
    slug = slug_in(name)
    kept = content / FILE
    if not kept.exists() or any(slug in items(content, folder) for folder in (STORIES, EDITIONS)):
        return None
    records = fields_of(read_text(kept))
    record = next((found for key in (slug, f"{EDITIONS}/{slug}") if (found := records.get(key))), None)
    if not isinstance(record, dict) or record.get("restored"):
        return None
    if record.get("why") != reason or (record.get("title") and not titled):
        raise DeskError(f"`{slug}` is withdrawn already, and {FILE} says otherwise of it: change its record there")
    return Withdrawing(Path(slug), Rewriting({}, {}), is_done=True)


def _published(path: Path, value: Mapping[str, Any], now: datetime) -> datetime:
    """When a file was published. Raises `DeskError` where readers have not seen it yet."""
    published = published_at(path)
    if published is None or published > now or value.get("draft") == "true":
        raise DeskError(f"`{path.stem}` was not published, so nobody has to be told: delete its file")
    return published


def _remaining(value: Mapping[str, Any], was_in: Sequence[str], titled: bool) -> dict[str, Plain]:
    """The fields that the record keeps of a deleted file, since pages and feeds still need them."""
    corrected = [note["date"] for note in value.get("corrections") or () if isinstance(note, dict)]
    fields: dict[str, Plain] = {
        "title": str(value["title"]) if titled and value.get("title") else "",
        **{field: value.get(field, "") for field in ("renamed_from", "aliases")},
        "was_in": list(was_in),
        "corrections": corrected,
    }
    return {name: kept for name, kept in fields.items() if kept}


def _earlier(text: str | None, key: str, published: datetime) -> Mapping[str, Any]:
    """The record that another takes the place of: of what stood again, or one left by a withdrawal that was cut off.

    The latter says when this very item was published, and what it was taken out of already. Raises `DeskError` for the
    record of something else.
    """
    found = fields_of(text or "").get(key)
    if not isinstance(found, dict):
        return {}
    if found.get("restored"):
        return {**found, "was_in": ()}
    if _moment(found.get("published")) != published:
        raise DeskError(f"{FILE} has `{key}` already: take that entry out, or give the file another name")
    return found


def _moment(value: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError:
        return None


def _subjects(story: Story) -> Iterator[str]:
    """The pages of what a story is about and whom it cites, without the slash at their end."""
    sources = story.sources.values()
    publishers = {name for source in sources for name in (source.publisher, source.relays) if name}
    named = (("topic", story.topics), ("entity", story.mentions), ("publisher", publishers))
    for kind, ids in (("section", (story.section,)), *named):
        yield from (subject_path(kind, id_).rstrip("/") for id_ in ids)


def _naming(content: Path, path: Path, stories: Mapping[str, Story]) -> dict[Path, str]:
    """The files that may name a story, with their texts: of stories that can be read, those that update it."""
    later = {story.slug for story in having(stories, "updates") if story.updates == path.stem}
    but = stories.keys() - later
    return {other: read_text(other) for other, _ in containing(content, path.stem, but) if other != path}


def _others(
    content: Path, naming: Mapping[Path, str], slug: str, value: Mapping[str, Any], moment: datetime
) -> dict[Path, str]:
    """New texts of the files that name a story."""
    found = {}
    for other, text in naming.items():
        in_list = is_edition(content, other)
        with about(other):
            after = _forgotten(other, text, slug, moment) if in_list else _led_past(text, slug, value)
        if after != text:
            found[other] = after
    return found


def _forgotten(edition: Path, text: str, slug: str, moment: datetime) -> str:
    """An edition without a story, which says when it was changed if somebody has read it."""
    value = fields_of(text)
    listed = value.get("stories")
    if not isinstance(listed, list) or slug not in listed:
        return text
    if len(listed) == 1:
        raise DeskError(f"`{slug}` is its only story: withdraw the edition first")
    after = without(text, "stories", slug)
    published = published_at(edition)
    is_out = published is not None and published <= moment and value.get("draft") != "true"
    return put(after, ("updated",), moment, behind="published") if is_out else after


def _led_past(text: str, slug: str, gone: Mapping[str, Any]) -> str:
    """A story that updates one that goes: it updates what that one updated."""
    if fields_of(text).get("updates") != slug:
        return text
    return put(text, ("updates",), str(gone["updates"])) if gone.get("updates") else drop(text, "updates")
