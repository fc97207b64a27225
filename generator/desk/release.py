"""`citewire publish`: decide which files change when an edition is published, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.desk.edit import about, drop, put, sound_fields
from generator.desk.files import EDITIONS, STORIES, DeskError, item, items, read_text, slug_in
from generator.desk.known import in_zone, newest_edition, published_at
from generator.desk.rewriting import Rewriting
from generator.load.days import day_meant
from generator.model.permalinks import day_named
from generator.model.problems import Problem
from generator.project import Project


class Release(Struct, frozen=True):
    """An edition to publish."""

    edition: Path
    published: datetime
    stories: tuple[Path, ...]
    """The files of all its stories."""
    new: frozenset[Path]
    """Those that are published with it for the first time."""
    texts: dict[Path, str]
    """The new texts of changed files."""
    before: dict[Path, str]
    """The texts of these files as they were read."""

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.edition, *self.stories)

    @property
    def rewriting(self) -> Rewriting:
        """The new texts, to be written together."""
        return Rewriting(self.texts, self.before)

    def as_it_stands(self, problem: Problem, root: Path) -> Problem:
        """A problem of the new texts, with its line number in the current file."""
        path = root / problem.file
        if path not in self.texts:
            return problem
        new, old = self.texts[path].splitlines(), self.before[path].splitlines()
        for _, start, end, begins, ends in SequenceMatcher(None, new, old, autojunk=False).get_opcodes():
            if start < problem.line <= end:
                return replace(problem, line=min(begins + problem.line - start, max(ends, 1)))
        return problem


def release(project: Project, name: str, now: datetime, updated: Sequence[str] = ()) -> Release:
    """Publish an edition and its drafts at `now`, or at its own time if that is in the future.

    A draft loses its mark and gets the time, as does anything without a time. `updated` are stories with news: they get
    the time as `updated`, and so does an edition that was published before and shows a new story. Raises `DeskError`
    for unknown names, for an edition of another day without a time, and for an update of a story that was never
    published.
    """
    latest = published_at(newest_edition(project.content))
    folder, path = item(project.content, _day_in(name, in_zone(now, latest).date()))
    if folder != EDITIONS:
        raise DeskError(f"`{path.stem}` is a story: name the edition that shows it")
    text = read_text(path)
    value = _fields(path, text)
    moment = in_zone(now, published_at(path) or latest)
    published = _time_of(path, moment, _waits(value))
    is_out = not _waits(value) and published <= now
    stories = _stories(project, value)
    found = {story: read_text(story) for story in stories}
    new = frozenset(story for story, text in found.items() if _waits(_fields(story, text)))
    texts = {story: _stamped(story, found[story], moment if is_out else published) for story in stories if story in new}
    if _waits(value):  # last: while the edition waits, a run after one that was killed starts from the beginning
        texts[path] = _stamped(path, text, published)
    elif texts and is_out:  # first: while a story waits, such a run sees that the edition shows a new one
        texts = {path: _updated(path, text, moment), **texts}
    for slug in updated:
        story = item(project.content, slug)[1]
        held = found.setdefault(story, read_text(story))
        if _waits(_fields(story, held)) or (published_at(story) or now) > now:
            raise DeskError(f"`{story.stem}` was never out, so there is nothing of which it could be an update")
        texts[story] = _updated(story, texts.get(story) or held, moment)
    before = {file: text if file == path else found[file] for file in texts}
    return Release(path, published, stories, new, texts, before)


def _day_in(name: str, today: date) -> str:
    """The name of an edition. Raises `DeskError` for a day that is written in another form."""
    slug = slug_in(name)
    if slug.lower() == "today":
        raise DeskError(f"an edition is named after its day: write {today} for `{slug}`")
    if (meant := day_meant(slug)) and str(meant) != slug:
        raise DeskError(f"an edition is named after its day: write {meant} for `{slug}`")
    return name


def _waits(value: dict[str, Any]) -> bool:
    """Whether something is a draft, or has no time yet."""
    return value.get("draft") == "true" or not value.get("published")


def _time_of(path: Path, moment: datetime, is_new: bool) -> datetime:
    """When an edition is published: at its own time if that is ahead or it is out, else at this time of its day."""
    written = published_at(path)
    if written and (not is_new or written > moment):
        return written
    day = day_named(path.stem)
    if day is None:
        raise DeskError(f"{path.name} is not named after a day, as 2026-04-11.yml")
    if day == moment.date():
        return moment
    if written and written.date() == day:
        return written
    raise DeskError(f"{path.stem} is not today ({moment.date()}): write the edition's `published` yourself")


def _fields(file: Path, text: str) -> dict[str, Any]:
    with about(file):
        return sound_fields(text)


def _stamped(file: Path, text: str, moment: datetime) -> str:
    with about(file):
        return drop(put(text, ("published",), moment), "draft")


def _updated(file: Path, text: str, moment: datetime) -> str:
    with about(file):
        return put(text, ("updated",), moment, behind="published")


def _stories(project: Project, value: dict[str, Any]) -> tuple[Path, ...]:
    """The files of an edition's stories that exist; the check reports the others."""
    listed = value.get("stories")
    known = items(project.content, STORIES)
    return tuple(known[slug] for slug in listed if slug in known) if isinstance(listed, list) else ()
