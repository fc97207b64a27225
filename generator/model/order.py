"""The order of stories and editions: by time of publication, then by slug.

It is the first slug that counts, so that a rename does not change the order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime

from generator.model.content import Edition, Story
from generator.model.stories import column, having


def in_time(item: Story | Edition) -> tuple[datetime, str]:
    """The key for sorting stories and editions, oldest first."""
    return item.published, item.first_slug


def slugs_in_time(stories: Mapping[str, Story]) -> list[str]:
    """The slugs of stories in the order of `in_time`, oldest first."""
    first = {story.slug: story.first_slug for story in having(stories, "renamed_from")}
    keys = zip(column(stories, "moment"), map(first.get, stories, stories), stories, strict=True)
    return [slug for _, _, slug in sorted(keys)]


def next_edition(oldest_first: Sequence[Edition], moment: datetime) -> Edition | None:
    """The first edition that is not before a moment; None if that is the oldest one, or there is none."""
    place = bisect_left(oldest_first, moment, key=lambda edition: edition.published)
    return oldest_first[place] if 0 < place < len(oldest_first) else None


def place_in(newest_first: Sequence[Story], story: Story) -> int:
    """The index of a story among others, or where it would be inserted."""
    own, numbers = in_time(story), range(len(newest_first))
    return bisect_left(numbers, True, key=lambda number: in_time(newest_first[number]) <= own)
