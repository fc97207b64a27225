"""Prepare the posts to be written: their names and times, and which of them exist already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from generator.desk.cite import free_id
from generator.desk.edit import fields_of
from generator.desk.files import EDITIONS, STORIES, containing, field_of, is_edition, items, read_text
from generator.importers.dates import settled
from generator.importers.value import Imported, Unread
from generator.model.address import canonical
from generator.model.content import Origin
from generator.model.permalinks import is_of_digits
from generator.texts.slugs import slug_from


class Post(Struct, frozen=True):
    """One post with its name and time in this newsletter."""

    item: Imported
    slug: str
    published: datetime
    updated: datetime | None
    guesses: tuple[str, ...] = ()
    is_there: bool = False
    """Whether the newsletter has it already, so that it is not written."""

    @property
    def origin(self) -> Origin:
        return Origin(self.item.page or self.item.where, self.item.id or None)


def merged(found: Iterable[Imported]) -> tuple[list[Imported], list[Unread]]:
    """Merge posts with the same address, from an export and a feed: text from the first, id from the feed.

    A different post with the same address is reported, and not imported.
    """
    known: dict[str, Imported] = {}
    left: list[Unread] = []
    for item in found:
        key = canonical(item.page) if item.page else item.address or item.where
        first = known.get(key)
        if first is None:
            known[key] = item
        elif item.is_id_told and not first.is_id_told:
            known[key] = replace(first, id=item.id, is_id_told=True)
        elif item.title.casefold() != first.title.casefold():
            why = f"it has the address of “{first.title}”: give it one of its own"
            left.append(Unread(item.where, why, is_lost=True))
    return list(known.values()), left


def named(content: Path, found: Iterable[Imported], zone: tzinfo | None) -> list[Post]:
    """Give each post a unique name, from the earliest post to the latest."""
    before = _brought(content)
    stories = items(content, STORIES)
    taken = {*stories, *items(content, EDITIONS)}
    posts: list[Post] = []
    timed = [(*settled(item.published, zone), item) for item in found if item.published]
    for published, guesses, item in sorted(timed, key=lambda entry: (entry[0], entry[2].where)):
        wanted, more = _name(item, published)
        there = next((before[key] for key in _keys(item) if key in before), "") or _same(stories.get(wanted), published)
        slug = there or free_id(wanted, taken)
        taken.add(slug)
        updated = settled(item.updated, zone or published.tzinfo)[0] if item.updated else None
        told = (*item.guesses, *guesses, *more)
        posts.append(
            Post(item, slug, published, updated if updated and updated > published else None, told, bool(there))
        )
    return posts


def _name(item: Imported, published: datetime) -> tuple[str, tuple[str, ...]]:
    """A name from the old address, else from the title, else from the day."""
    last = re.sub(r"\.\w{1,5}\Z", "", urlsplit(item.address).path.rstrip("/").rpartition("/")[2])
    for wanted in (slug_from(last), slug_from(item.title)):
        if wanted and not is_of_digits(wanted):
            return wanted, ()
    return f"of-{published:%Y-%m-%d}", ("the name: the address and the title have no Latin letters, and it is the day",)


def _keys(item: Imported) -> list[str]:
    return [
        key for key in (_place(item.address), _worldwide(item.id), "" if _place(item.address) else item.where) if key
    ]


def _worldwide(id_: str) -> str:
    """An id if it is globally unique, else empty: a plain number may be another post's id in another feed."""
    return id_ if re.match(r"(?:https?://|tag:|urn:)", id_) else ""


def _place(where: str) -> str:
    return canonical(where) if "://" in where else ""


def _brought(content: Path) -> Mapping[str, str]:
    """The names of what was imported before, by old addresses and ids."""
    found: dict[str, str] = {}
    for path, text in containing(content, "imported:"):
        origin = fields_of(text).get("imported")
        if isinstance(origin, dict) and not is_edition(content, path):
            where, id_ = str(origin.get("from") or ""), str(origin.get("id") or "")
            found |= {key: path.stem for key in (_place(where) or where, _worldwide(id_)) if key}
    return found


def _same(path: Path | None, published: datetime) -> str:
    """The story with the wanted name, if it has the same time: an editor may have removed its origin."""
    written = field_of(read_text(path), "published") if path else None
    return path.stem if path and written == published.isoformat() else ""
