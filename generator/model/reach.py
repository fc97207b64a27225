"""How far a change reaches: which files of the site may differ from the last build, and which can be skipped.

Each file belongs to a unit: the story, edition or subject that it shows, or the month or year that it covers. A unit's
name is its kind and its id.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime

from msgspec import Struct, field


class Reach(Struct, frozen=True):
    """The units whose files may differ. Files of other units are not even declared."""

    units: frozenset[str] | None = None
    """The names of the units; None for all."""

    def __contains__(self, unit: str) -> bool:
        return self.units is None or unit in self.units

    def among(self, names: Collection[str], unit: Callable[[str], str]) -> Iterator[str]:
        """The names whose units may differ, in order; `unit` makes the unit of a name."""
        if self.units is None:
            return iter(names)
        kind = unit("")
        reached = {name.removeprefix(kind) for name in self.units if name.startswith(kind)}
        return filter(reached.__contains__, names)

    @property
    def is_whole(self) -> bool:
        return self.units is None


WHOLE = Reach()


class UnitRecord(Struct, frozen=True, array_like=True, gc=False):
    """The fingerprint and place of a unit, by which a later build sees whether it has changed."""

    print: str
    """Fingerprint of everything that the site's files may show of it."""
    place: str
    """Decides where it is shown, and what is shown beside it (`generator.link.places`)."""


UnitRecords = Mapping[str, UnitRecord]
"""Records by unit."""


class Before(Struct, frozen=True):
    """State of the last build; empty if the site's folder is not as that build left it."""

    items: UnitRecords = field(default_factory=dict)
    basis: str = ""
    """Fingerprint of everything the items of stories and editions were made from (`Renewed.now` of that build)."""
    beyond: Callable[[Reach], Iterable[tuple[str, datetime]]] = lambda reach: ()
    """Returns the paths of the pages that a change does not reach, and when their content last changed."""


def story_unit(slug: str) -> str:
    return f"story {slug}"


def edition_unit(slug: str) -> str:
    return f"edition {slug}"


def subject_unit(kind: str, id_: str) -> str:
    """The unit of a section, topic, entity, publisher or source."""
    return f"{kind} {id_}"


def month_unit(month: str) -> str:
    """The unit of all stories of a month (`2026-04`)."""
    return f"month {month}"


def archive_unit(year: int | str) -> str:
    """The unit of all editions of a year."""
    return f"archive {year}"


def index_unit(year: int) -> str:
    """The unit of a year's stories in the search. An index belongs to the unit of its first year."""
    return f"index {year}"


SOURCES = "sources"
"""The unit of files that depend only on citations, and on the names of sources that several stories cite."""
PLACES = "places"
"""The unit of files that depend on the places and dates of items: changed words do not reach it."""
