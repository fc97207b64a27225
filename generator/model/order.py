"""The order of stories and editions: by time of publication.

Stories of one time stand as their edition names them: its first story comes first where the newest does. That order is
the editor's to change. What must never change goes by `in_time`, where it is the first slug that counts.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain, count, repeat

from generator.model.content import Edition, Story
from generator.model.stories import column, column_of, having, slugs_of


def in_time(item: Story | Edition) -> tuple[datetime, str]:
    """A key for sorting stories and editions, oldest first. No rename and no edition changes it."""
    return item.published, item.first_slug


def slugs_in_time(stories: Mapping[str, Story], oldest_first: Sequence[Edition] = ()) -> list[str]:
    """The slugs of stories, oldest first; those of one time in reverse order of the first edition that shows them.

    `oldest_first` are all editions. What no edition shows stands before the others of its time, by its first slug.
    """
    shown = [*chain.from_iterable(edition.stories for edition in reversed(oldest_first))]
    ranks, first = dict(zip(shown, count(len(shown), -1), strict=False)), first_slugs(stories)
    facts = (column(stories, "moment"), map(ranks.get, stories, repeat(0)), map(first.get, stories, stories), stories)
    return [slug for *_, slug in sorted(zip(*facts, strict=True))]


def first_slugs(stories: Mapping[str, Story]) -> Mapping[str, str]:
    """The first slugs of the stories that have another one by now."""
    return {story.slug: story.first_slug for story in having(stories, "renamed_from")}


def lasting(newest_first: Sequence[Story], first: Mapping[str, str]) -> Sequence[int]:
    """The indexes of stories in reverse order of `in_time`. `first` are the `first_slugs`."""
    slugs = slugs_of(newest_first)
    keys = [*zip(column_of(newest_first, "moment"), map(first.get, slugs, slugs), strict=True)]
    return sorted(range(len(keys)), key=keys.__getitem__, reverse=True)


def shown_in(editions: Iterable[Edition]) -> Mapping[str, tuple[Edition, ...]]:
    """The editions that show each story, in the order in which they are given, by the story's slug."""
    found: dict[str, tuple[Edition, ...]] = {}
    for edition in editions:
        alone = (edition,)  # one object for all its stories, since most are in no other edition
        for slug in edition.stories:
            found[slug] = (*found[slug], edition) if slug in found else alone
    return found


def next_edition(oldest_first: Sequence[Edition], moment: datetime) -> Edition | None:
    """The first edition that is not before a moment; None if that is the oldest one, or there is none."""
    place = bisect_left(oldest_first, moment, key=lambda edition: edition.published)
    return oldest_first[place] if 0 < place < len(oldest_first) else None


def places_at(newest_first: Sequence[Story], moment: datetime) -> range:
    """The indexes of the stories of one time; if there are none, an empty range where they would be inserted."""
    numbers = range(len(newest_first))
    start = bisect_left(numbers, True, key=lambda number: newest_first[number].published <= moment)
    return range(start, bisect_left(numbers, True, start, key=lambda number: newest_first[number].published < moment))
