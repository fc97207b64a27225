"""Gather all corrections, and find the edition that tells of each to those who read only the editions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec.structs import replace

from generator.model.content import Edition, Story
from generator.model.corrected import Corrected, Since
from generator.model.library import Library
from generator.model.order import in_time, next_edition
from generator.model.stories import having
from generator.model.withdrawals import Withdrawal


def corrections(library: Library) -> tuple[Corrected, ...]:
    """The corrections of all stories and of editions' own texts, newest first."""
    sections, stories = library.newsletter.sections, having(library.stories, "corrections")
    found = [Corrected(story, note, sections[story.section]) for story in stories for note in story.corrections]
    found += [Corrected(edition, note) for edition in library.editions.values() for note in edition.corrections]
    return tuple(sorted(found, key=lambda c: (c.changed, c.first_path), reverse=True))


def since_last(library: Library, newest_first: Sequence[Corrected]) -> Mapping[str, Since]:
    """What each edition tells of the time since the one before, by slug; editions with nothing to tell are left out.

    `newest_first` are all corrections. What happened before the first edition, or after the last, is told by none.
    """
    editions = sorted(library.editions.values(), key=in_time)
    zone = editions[0].published.tzinfo if editions else None  # newer editions must not move what older ones tell
    corrected = defaultdict[str, list[Corrected]](list)
    for note in newest_first:
        edition = next_edition(editions, note.correction.date)
        if edition and not _shows(edition, note):
            corrected[edition.slug].append(note)
    gone = (*library.withdrawn.values(), *library.restored.values())  # what is back was withdrawn all the same
    withdrawn = _told(editions, ((next(each.changes_at(zone)), each) for each in gone))
    returned = ((each, item) for each in library.restored.values() if (item := _back(library, each)))
    titled = (replace(each, title=each.title or item.title) for each, item in returned)
    restored = _told(editions, ((each.changed_at(zone), each) for each in titled))

    def since(slug: str) -> Since:
        back = restored.get(slug, [])
        known = {each.id for each in back}
        only_gone = (each for each in withdrawn.get(slug, ()) if each.id not in known)
        return Since(tuple(corrected[slug]), tuple(only_gone), tuple(back))

    return {slug: since(slug) for slug in corrected.keys() | withdrawn.keys() | restored.keys()}


def _told(editions: Sequence[Edition], moments: Iterable[tuple[datetime, Withdrawal]]) -> dict[str, list[Withdrawal]]:
    """Withdrawals by the slug of the edition that tells of their moments, newest first."""
    found = defaultdict[str, list[Withdrawal]](list)
    for moment, each in sorted(moments, key=lambda told: (told[0], told[1].id), reverse=True):
        if edition := next_edition(editions, moment):
            found[edition.slug].append(each)
    return found


def _back(library: Library, restored: Withdrawal) -> Story | Edition | None:
    """What came back, if it is out under the name that its record has."""
    items: Mapping[str, Story | Edition] = library.editions if restored.is_edition else library.stories
    return items.get(restored.id.rpartition("/")[2])


def _shows(edition: Edition, note: Corrected) -> bool:
    """Whether the corrected item is on the edition's page, with the correction."""
    return note.item is edition if isinstance(note.item, Edition) else note.item.slug in edition.stories
