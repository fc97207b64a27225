"""Stories and editions that were published and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo

from msgspec import Struct

from generator.model.permalinks import alias_path, edition_path, story_path


class Withdrawal(Struct, frozen=True):
    """A published story or edition that was taken back: its address says so, and its name is never used again."""

    id: str
    """A story's slug; of an edition, `editions/` and its slug, as in the journal."""
    published: date
    """The day, or the moment (a `datetime`), of its publication."""
    withdrawn: date
    """The day, or the moment, of the withdrawal."""
    why: str
    """The reason, in words for readers."""
    title: str | None = None
    """Left out where the headline itself must go."""
    renamed_from: str | None = None
    """The name under which it was first published, as of a story: feeds know it by that name."""
    aliases: tuple[str, ...] = ()
    """Other addresses that led to it."""
    was_in: tuple[str, ...] = ()
    """What showed it: `editions/2026-04-11`, `topics/chips`; empty where nobody says."""
    corrections: tuple[datetime, ...] = ()
    """The dates of the corrections that it had."""
    restored: date | None = None
    """The day, or the moment, from which on it stands again."""

    @property
    def published_on(self) -> date:
        return _day(self.published)

    @property
    def withdrawn_on(self) -> date:
        return _day(self.withdrawn)

    def published_at(self, zone: tzinfo | None) -> datetime:
        """The moment of its publication: the last one that it may have been, in a zone, where only the day is known."""
        return _moment(self.published, zone)

    def changed_at(self, zone: tzinfo | None) -> datetime:
        """The moment at which it went or came back, in the same way: no sooner than what readers saw before it."""
        return _moment(self.restored or self.withdrawn, zone)

    def changes_at(self, zone: tzinfo | None) -> Iterator[datetime]:
        """The moments at which it went and, where it did, came back."""
        yield from (_moment(day, zone) for day in (self.withdrawn, self.restored) if day)

    def left(self, feed: str) -> bool:
        """Whether it stood in a feed (`stories`, `topics/chips`), or may have: where nobody says, in any."""
        if feed == ("editions" if self.is_edition else "stories"):
            return True
        if feed == "corrections":
            return bool(self.corrections) or not self.was_in
        if self.was_in:
            return any(place == feed or place.startswith(f"{feed}/") for place in self.was_in)
        return not self.is_edition

    @property
    def path(self) -> str:
        """The page that says so."""
        return self._path(self.id.rpartition("/")[2])

    @property
    def first_slug(self) -> str:
        return self.renamed_from or self.id.rpartition("/")[2]

    @property
    def first_path(self) -> str:
        """The page of the name under which it was first published."""
        return self._path(self.first_slug)

    @property
    def first_id(self) -> str:
        """The id by its first name."""
        return f"{'editions/' if self.is_edition else ''}{self.first_slug}"

    @property
    def old_paths(self) -> tuple[str, ...]:
        """Addresses that led to it."""
        return (*((self._path(self.renamed_from),) if self.renamed_from else ()), *map(alias_path, self.aliases))

    def _path(self, slug: str) -> str:
        return edition_path(slug) if self.is_edition else story_path(slug)

    @property
    def is_edition(self) -> bool:
        return self.id.startswith("editions/")


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(day: date, zone: tzinfo | None) -> datetime:
    return day if isinstance(day, datetime) else datetime.combine(day, time(23, 59, 59), zone or UTC)
