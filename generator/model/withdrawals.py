"""Stories and editions that were published and withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo

from msgspec import Struct

from generator.model.permalinks import edition_path, old_paths, story_path


class Withdrawal(Struct, frozen=True):
    """A published story or edition that was withdrawn: its address says so, and its name is never reused."""

    id: str
    """A story's slug, or `editions/` and an edition's slug, as in the journal."""
    published: date
    """The day, or the moment (a `datetime`), of publication."""
    withdrawn: date
    """The day, or the moment, of withdrawal."""
    why: str
    """The reason, in words for readers."""
    title: str | None = None
    """None if the headline itself must go."""
    renamed_from: str | None = None
    """The slug under which it was first published, as for a story: feeds know it by that slug."""
    aliases: tuple[str, ...] = ()
    """Other addresses that led to it."""
    was_in: tuple[str, ...] = ()
    """The pages that showed it: `editions/2026-04-11`, `topics/chips`; empty if not known."""
    corrections: tuple[datetime, ...] = ()
    """The dates of its corrections."""
    restored: date | None = None
    """The day, or the moment, since which it is back."""

    @property
    def published_on(self) -> date:
        return _day(self.published)

    @property
    def withdrawn_on(self) -> date:
        return _day(self.withdrawn)

    @property
    def days(self) -> dict[str, date]:
        """The days of its publication, its withdrawal and, if it is back, of that, by the names of the fields."""
        moments = {"published": self.published, "withdrawn": self.withdrawn, "restored": self.restored}
        return {name: _day(moment) for name, moment in moments.items() if moment}

    def published_at(self, zone: tzinfo | None) -> datetime:
        """The moment of publication; if only the day is known, the last second of that day in the given zone."""
        return _moment(self.published, zone)

    def changed_at(self, zone: tzinfo | None) -> datetime:
        """The moment of withdrawal, or of restoration if it is back; of a day the last second, as in `published_at`."""
        return _moment(self.restored or self.withdrawn, zone)

    def changes_at(self, zone: tzinfo | None) -> Iterator[datetime]:
        """The moments of withdrawal and, if it is back, of restoration."""
        yield from (_moment(day, zone) for day in (self.withdrawn, self.restored) if day)

    def left(self, feed: str) -> bool:
        """Whether it was, or may have been, in a feed (`stories`, `topics/chips`): a story without `was_in`, in any."""
        if feed == ("editions" if self.is_edition else "stories"):
            return True
        if feed == "corrections":
            return bool(self.corrections) or not self.was_in
        if self.was_in:
            return any(place == feed or place.startswith(f"{feed}/") for place in self.was_in)
        return not self.is_edition

    @property
    def path(self) -> str:
        """The path of the page that says that it was withdrawn."""
        return self._path(self.id.rpartition("/")[2])

    @property
    def first_slug(self) -> str:
        return self.renamed_from or self.id.rpartition("/")[2]

    @property
    def first_path(self) -> str:
        """The path of its page under its first slug."""
        return self._path(self.first_slug)

    @property
    def first_id(self) -> str:
        """The id under its first slug."""
        return f"{'editions/' if self.is_edition else ''}{self.first_slug}"

    @property
    def old_paths(self) -> tuple[str, ...]:
        """Addresses that led to it."""
        return old_paths(self._path, self.renamed_from, self.aliases)

    def _path(self, slug: str) -> str:
        return edition_path(slug) if self.is_edition else story_path(slug)

    @property
    def untitled(self) -> str:
        """The key of the message that stands for a headline that must go."""
        return "withdrawn-untitled-edition" if self.is_edition else "withdrawn-untitled"

    @property
    def is_edition(self) -> bool:
        return self.id.startswith("editions/")


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(day: date, zone: tzinfo | None) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(23, 59, 59), zone or UTC)
