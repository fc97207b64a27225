"""Find which files of the site may differ after some stories and editions have been changed or added.

It handles the daily changes: words change, a story is added, a new edition shows it, a source is added. After any other
change the whole site must be compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from msgspec import Struct

from generator.link.places import Cited, Place, place_of, place_of_edition
from generator.link.related import WINDOW
from generator.model.content import Story
from generator.model.fingerprint import fingerprint
from generator.model.items import changed
from generator.model.order import next_edition, places_at
from generator.model.pages import EditionPage, StoryPage
from generator.model.reach import (
    PLACES,
    SOURCES,
    WHOLE,
    Before,
    Reach,
    UnitRecord,
    UnitRecords,
    archive_unit,
    edition_unit,
    index_unit,
    month_unit,
    story_unit,
    subject_unit,
)
from generator.model.site import Site
from generator.model.stories import column, moment_of
from generator.model.subjects import oldest

COMMENTS = "comments"
"""The unit of all comment counts: while its item is the same, no edition differs because of comments."""
MOST = 50
"""If more stories and editions than this have changed, the whole site is compared."""


class _MovedError(Exception):
    """A change that this module does not handle, so the whole site must be compared."""


def items_of(site: Site, before: Before) -> tuple[UnitRecords, Collection[str]]:
    """The items of a site's stories and editions by unit, and the units that may differ from `before`.

    `before` is the state of the last build; unchanged stories and editions keep their items. Both results are empty if
    any story or edition was not read from a file, since a later build could not recognise it.
    """
    doubted = _doubted(site, before)
    counted = UnitRecord(fingerprint(*(f"{slug} {count}" for slug, count in sorted(site.comments.items()))), "")
    new = {COMMENTS: counted}
    slugs = site.stories if doubted is None else Reach(doubted).among(site.stories, story_unit)
    for story in map(site.stories.__getitem__, slugs):
        if not story.digest:
            return {}, ()
        unit, print_ = story_unit(story.slug), f"{story.digest} {site.print_of(story)}"
        new[unit] = _item(before, unit, print_, partial(place_of, story))
    is_said_as_before = doubted is not None and before.items.get(COMMENTS) == counted
    for edition in (page.edition for page in site.editions if not is_said_as_before or page.unit in (doubted or ())):
        if not edition.digest:
            return {}, ()
        unit, print_ = edition_unit(edition.slug), f"{edition.digest} {site.comments.get(edition.slug, 0)}"
        new[unit] = _item(before, unit, print_, partial(place_of_edition, edition))
    now = new if doubted is None else changed(before.items, new, doubted)
    looked_at = before.items.keys() | new.keys() if doubted is None else doubted | new.keys()
    return now, looked_at - {COMMENTS}


def _item(before: Before, unit: str, print_: str, place: Callable[[], Place]) -> UnitRecord:
    """The old item of a unit if its fingerprint is the same, else a new one."""
    old = before.items.get(unit)
    return old if old and old.print == print_ else UnitRecord(print_, place().written())


def _doubted(site: Site, before: Before) -> frozenset[str] | None:
    """The units of the stories and editions that may differ from `before`; None if any may."""
    renewed = site.renewed
    if renewed is None or not before.basis or renewed.before != before.basis:
        return None
    slugs = {Path(file).stem for file in renewed.files}
    return frozenset(unit(slug) for slug in slugs for unit in (story_unit, edition_unit))


def reach(site: Site, before: UnitRecords, now: UnitRecords, compared: Collection[str]) -> Reach:
    """The units whose files may differ, given the items `before` and `now`.

    Only the units `compared` may differ. Returns `WHOLE` for a change that this module does not handle.
    """
    pairs = ((unit, before.get(unit), now.get(unit)) for unit in compared)
    differing = {unit for unit, old, item in pairs if item is not old and item != old}
    if not before or differing - now.keys() or len(differing) > MOST:
        return WHOLE
    stories = [*Reach(frozenset(differing)).among(site.stories, story_unit)]
    editions = [page for page in site.editions if page.unit in differing]
    if len(differing) > len(stories) + len(editions):
        return WHOLE  # items that are neither are shown everywhere
    told = _Differing(site, before, now, differing)
    try:
        units = chain(*(told.by_story(site.story_pages[slug]) for slug in stories), *map(told.by_edition, editions))
        return Reach(frozenset(units))
    except _MovedError:
        return WHOLE


class _Differing(Struct, frozen=True):
    """Finds the units that a changed story or edition reaches. Raises `_MovedError` for changes it does not handle."""

    site: Site
    before: UnitRecords
    now: UnitRecords
    units: Collection[str]
    """All units that differ."""

    def by_story(self, page: StoryPage) -> Iterator[str]:
        now, old = self._places(page.unit)
        yield from _of_story(self.site, page, now)
        yield from self._telling(now, old)
        if old == now:
            return
        yield PLACES
        if old is None or old.beside != now.beside:
            subjects = {*now.beside, *(old.beside if old else ())}
            yield from subjects
            # the story shifts the windows in which related stories are searched
            yield from (story_unit(other.slug) for other in _around(self.site, subjects, page.story))
        if old is None or old.cited != now.cited:
            yield from self._by_citing(page, set(now.cited), set(old.cited if old else ()))

    def by_edition(self, page: EditionPage) -> Iterator[str]:
        now, old = self._places(page.unit)
        if old is None and any(edition_unit(other.edition.slug) in self.before for other in _newer(self.site, page)):
            raise _MovedError  # it changes the numbers of later editions
        yield from _of_edition(page)
        yield from self._telling(now, old)
        if old != now:
            yield PLACES
            yield from old.beside if old else ()
            yield from self._by_order(now.beside, old.beside if old else ())

    def _by_order(self, now: Sequence[str], old: Sequence[str]) -> Iterator[str]:
        """The units affected by the order of an edition's stories, in which those of one time stand everywhere."""
        stayed = {*now} & {*old}
        is_ordered = [unit for unit in now if unit in stayed] == [unit for unit in old if unit in stayed]
        moved = {*now} ^ {*old} if is_ordered else {*now, *old}
        known = frozenset(moved & self.before.keys())
        moments = Counter(column(self.site.stories, "moment") if known else ())
        for slug in Reach(known).among(self.site.stories, story_unit):
            story, place = self.site.stories[slug], Place.read(self.now[story_unit(slug)].place)
            if moments[moment_of(story.published)] > 1:
                yield from _of_story(self.site, self.site.story_pages[slug], place)
                yield from (story_unit(other.slug) for other in _around(self.site, place.beside, story))
                section = (subject_unit("section", story.section),)  # of which pages name the next one only
                yield from (story_unit(other.slug) for other in _around(self.site, section, story, 0))

    def _places(self, unit: str) -> tuple[Place, Place | None]:
        now, was = Place.read(self.now[unit].place), self.before.get(unit)
        old = Place.read(was.place) if was else None
        if old and old.fixed != now.fixed:
            raise _MovedError
        return now, old

    def _telling(self, now: Place, old: Place | None) -> Iterator[str]:
        """The units of the editions that tell, or told, of its corrections."""
        noted = {*now.noted, *(old.noted if old else ())}
        oldest_first = [page.edition for page in self.site.editions[::-1]] if noted else []
        for moment in map(datetime.fromisoformat, noted):
            if edition := next_edition(oldest_first, moment):
                yield edition_unit(edition.slug)

    def _by_citing(self, page: StoryPage, now: set[Cited], old: set[Cited]) -> Iterator[str]:
        """The units affected by a story's changed citations. A source has no page until a second story cites it."""
        yield SOURCES
        yield from (subject_unit("publisher", cited.publisher) for cited in now ^ old)
        if any(cited.key in item.place for cited in old - now for unit, item in self.now.items() if unit != page.unit):
            raise _MovedError
        for cited in now - old:
            if source := self.site.shared.get(cited.key):
                known = [place for place in source.places if place.page.unit not in self.units]
                if len(known) > 1 and oldest(source.places).page.unit in self.units:
                    raise _MovedError  # the oldest place decides the page's id
                yield subject_unit("source", source.id)
                for place in source.places if len(known) < 2 else ():
                    yield place.page.unit
                    yield subject_unit("publisher", place.publisher.id)
                    yield from (edition_unit(edition.slug) for edition in place.page.editions)


def _newer(site: Site, page: EditionPage) -> Iterator[EditionPage]:
    for other in site.editions:
        if other is page:
            return
        yield other


def _of_edition(page: EditionPage) -> Iterator[str]:
    """The units that show an edition: its own, its neighbours, its stories (whose pages name it), and its year."""
    shown = (page.edition, *filter(None, (page.previous, page.next)))
    yield from (edition_unit(edition.slug) for edition in shown)
    yield from (story_unit(story.story.slug) for story in page.pages)
    yield archive_unit(page.edition.day.year)


def _of_story(site: Site, page: StoryPage, place: Place) -> Iterator[str]:
    """The units that show a story."""
    story = page.story
    beside = (story, *page.thread, *filter(None, (page.previous, page.next)), *_near(site, story, place))
    yield from (story_unit(other.slug) for other in beside)
    for edition in page.editions:
        yield edition_unit(edition.slug)
        yield archive_unit(edition.day.year)
    yield subject_unit("section", story.section)
    yield from place.beside
    for cited in place.cited:
        yield subject_unit("publisher", cited.publisher)
        if source := site.shared.get(cited.key):
            yield subject_unit("source", source.id)
            yield SOURCES
    yield month_unit(story.month)
    yield from map(index_unit, next(years for years in site.indexes if story.published.year in years))


def _near(site: Site, story: Story, place: Place) -> Iterator[Story]:
    """The stories that have this one among their nearest ones; they are around it."""
    around = {other.slug: other for other in _around(site, place.beside, story)}
    return (
        other for other in around.values() if any(n.slug == story.slug for n in site.story_pages[other.slug].nearest)
    )


def _around(site: Site, subjects: Iterable[str], story: Story, window: int = WINDOW) -> Iterator[Story]:
    """The stories that have this one in their window in some subject, or had it before the change."""
    for unit in subjects:
        kind, _, id_ = unit.partition(" ")
        if subject := site.subjects[kind].get(id_):
            here = places_at(subject.stories, story.published)
            yield from subject.stories[max(0, here.start - window - 1) : here.stop + window + 2]
