"""`citewire withdraw`: record that a story or an edition is withdrawn, fix references to it, and delete its file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.desk.edit import Plain, about, drop, drop_entry, fields_of, put, sound_fields, with_entries
from generator.desk.files import (
    EDITIONS,
    STORIES,
    DeskError,
    containing,
    is_edition,
    item,
    items,
    read_text,
    slug_in,
    text_there,
)
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
    """The file to delete."""
    rewriting: Rewriting
    """The record, the files with references removed, and the deletion."""
    resting: tuple[Path, ...] = ()
    """Files whose text cites it, which only their author can change."""
    unchanging: tuple[Path, ...] = ()
    """Stories that update none any more and therefore lose `change` as well."""
    is_done: bool = False
    """Whether everything was already written, by an earlier run."""


def withdrawal(
    project: Project, name: str, reason: str, now: datetime, stories: Mapping[str, Story], titled: bool = True
) -> Withdrawing:
    """Withdraw a story or an edition at `now`, for a reason that readers are shown.

    An edition that shows the story drops it and gets `updated`; a story that updates it now updates its predecessor.
    `stories` are the readable ones: they tell the record where the story was shown, and which other stories do not
    refer to it. Raises `DeskError` for what does not exist, what was never published, and references that cannot be
    changed safely.
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
    before = text_there(kept)
    earlier = _earlier(before, key, published)
    known = stories.get(path.stem) if folder == STORIES else None
    was_in = sorted({*shown_in, *(subjects_of(known) if known else ()), *(earlier.get("was_in") or ())})
    record: dict[str, Plain] = {"published": published, "withdrawn": moment, "why": reason}
    record |= _remaining(value, was_in, titled)
    with about(kept):
        after = drop_entry(before, key) if before and earlier else before
        recorded = with_entries(_HEAD if after is None else after, {key: record})
    texts = {kept: recorded, **others, path: None}
    held = {kept: before, **{other: naming[other] for other in others}, path: text}
    cites = (other for other, text in naming.items() if f"@{path.stem}/" in text)
    resting = tuple(other for other in cites if is_edition(project.content, other))
    unchanging = tuple(other for other, after in others.items() if _has_change(naming[other]) > _has_change(after))
    return Withdrawing(path, Rewriting(texts, held), resting, unchanging)


def _done(content: Path, name: str, reason: str, titled: bool) -> Withdrawing | None:
    """The withdrawal of something already withdrawn; None if it is not.

    Raises `DeskError` if the record differs.
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
    """When a file was published. Raises `DeskError` if readers have not seen it yet."""
    published = published_at(path)
    if published is None or published > now or value.get("draft") == "true":
        raise DeskError(f"`{path.stem}` was not published, so nobody has to be told: delete its file")
    return published


def _remaining(value: Mapping[str, Any], was_in: Sequence[str], titled: bool) -> dict[str, Plain]:
    """The fields of a deleted file that the record keeps, since pages and feeds still need them."""
    corrected = [note["date"] for note in value.get("corrections") or () if isinstance(note, dict)]
    fields: dict[str, Plain] = {
        "title": str(value["title"]) if titled and value.get("title") else "",
        **{field: value.get(field, "") for field in ("renamed_from", "aliases")},
        "was_in": list(was_in),
        "corrections": corrected,
    }
    return {name: kept for name, kept in fields.items() if kept}


def _earlier(text: str | None, key: str, published: datetime) -> Mapping[str, Any]:
    """The existing record to be replaced: of a restored item, or from a withdrawal that was interrupted.

    The latter has the same publication time, and lists what it was already removed from. Raises `DeskError` if the
    record is about something else.
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


def subjects_of(story: Story) -> Iterator[str]:
    """The pages of a story's subjects and publishers, without their final slashes."""
    publishers = {source.publisher for source in story.sources.values() if source.publisher}
    named = (("topic", story.topics), ("entity", story.mentions), ("publisher", publishers))
    for kind, ids in (("section", (story.section,)), *named):
        yield from (subject_path(kind, id_).rstrip("/") for id_ in ids)


def _naming(content: Path, path: Path, stories: Mapping[str, Story]) -> dict[Path, str]:
    """The files that may refer to a story, with their texts; of readable stories, only those that update it."""
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
    """An edition without a story, marked as updated if it was published."""
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
    """A story whose predecessor is withdrawn now updates the predecessor of that one.

    If there is none, `change` goes as well: it says what is new since an earlier story.
    """
    if fields_of(text).get("updates") != slug:
        return text
    if gone.get("updates"):
        return put(text, ("updates",), str(gone["updates"]))
    return drop(drop(text, "updates"), "change")


def _has_change(text: str) -> bool:
    return "change" in fields_of(text)
