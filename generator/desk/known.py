"""What the desk can find out by itself: the time zone, the newest edition, stories that are not in an edition yet."""

from __future__ import annotations

import re
from datetime import date, datetime, tzinfo
from pathlib import Path

from msgspec import Struct

from generator.desk.edit import fields_of
from generator.desk.files import EDITIONS, STORIES, block_of, field_of, items, read_text
from generator.load.library import load, load_words
from generator.load.pictures import Pictures
from generator.model.library import Library
from generator.project import Project


def newest_edition(content: Path) -> Path | None:
    """The edition of the latest day, by file name."""
    return max(items(content, EDITIONS).values(), key=lambda path: path.stem, default=None)


def published_at(path: Path | None) -> datetime | None:
    """The publication time of a story or an edition; None if it has none."""
    return published_in(read_text(path)) if path else None


def published_in(text: str) -> datetime | None:
    """The publication time in the text of a file; None if it has none.

    Only a file in which it is not found quickly is parsed, such as one with its keys in quotation marks.
    """
    try:
        moment = datetime.fromisoformat(field_of(text, "published") or str(fields_of(text).get("published")))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def in_zone(now: datetime, like: datetime | None) -> datetime:
    """A moment in the newsletter's time zone, to the minute.

    That is this machine's zone, with its current daylight saving time, if the earlier moment `like` fits it; otherwise
    the zone of that moment.
    """
    local = now.astimezone()
    zone: tzinfo | None = local.tzinfo
    if like is not None and like.astimezone().utcoffset() != like.utcoffset():
        zone = like.tzinfo
    return (local if zone is local.tzinfo else now.astimezone(zone)).replace(second=0, microsecond=0)


def at_that_hour(moment: datetime, day: date) -> datetime:
    """The same hour of another day.

    Where the moment fits this machine's zone, that day's daylight saving time counts; otherwise it keeps its offset.
    """
    if moment.astimezone().utcoffset() != moment.utcoffset():
        return datetime.combine(day, moment.timetz())
    return datetime.combine(day, moment.time()).astimezone()


def library_of(project: Project) -> Library:
    """The whole library, read but not checked. Raises `OSError`."""
    pictures = Pictures(project.content / "images", project.cache, are_made=project.outputs.pictures)
    return load(project.root, project.content, None, project.cache, pictures=pictures)[0]


def words_of(project: Project) -> Library:
    """The newsletter and its vocabularies, without its stories."""
    return load_words(project.root, project.content)


class Waiting(Struct, frozen=True):
    """A story that no edition shows."""

    slug: str
    title: str


def waiting(content: Path, day: str) -> list[Waiting]:
    """Stories that no edition shows and that are drafts or of a day (`2026-04-11`), most important first.

    Among those of equal or no importance, the earliest comes first.
    """
    shown = {slug for path in items(content, EDITIONS).values() for slug in _stories_of(read_text(path))}
    found = []
    for slug, path in items(content, STORIES).items():
        if slug not in shown:
            text = read_text(path)
            published = field_of(text, "published") or ""
            if published.startswith(day) or field_of(text, "draft") == "true":
                found.append((-_importance(text), published, slug, field_of(text, "title") or slug))
    return [Waiting(slug, title) for _, _, slug, title in sorted(found)]


def _importance(text: str) -> int:
    """The score of a story, found without parsing; 0 if it has none."""
    found = block_of(text, "importance")
    score = re.search(r"\bscore:\s*(\d{1,2})\b", found[0]) if found else None
    return int(score[1]) if score else 0


def _stories_of(text: str) -> list[str]:
    """The names under `stories` of an edition, found without parsing; comments are skipped."""
    found = block_of(text, "stories")
    return re.findall(r"[a-z0-9][a-z0-9-]*", re.sub(r"\A[\"']?stories[\"']?:|#.*", "", found[0])) if found else []
