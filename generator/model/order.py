"""The order of stories and editions: by time of publication, and within one moment by name.

The name is the first one that the item had, so that a rename does not change the order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from datetime import datetime

from generator.model.content import Edition, Story
from generator.model.stories import column, having


def in_time(item: Story | Edition) -> tuple[datetime, str]:
    """The key by which stories and editions are sorted, oldest first."""
    return item.published, item.first_slug


def slugs_in_time(stories: Mapping[str, Story]) -> list[str]:
    """The slugs of stories in that order, oldest first."""
    first = {story.slug: story.first_slug for story in having(stories, "renamed_from")}
    keys = zip(column(stories, "moment"), map(first.get, stories, stories), stories, strict=True)
    return [slug for _, _, slug in sorted(keys)]


def place_in(newest_first: Sequence[Story], story: Story) -> int:
    """Where a story stands among others, or would stand."""
    own, numbers = in_time(story), range(len(newest_first))
    return bisect_left(numbers, True, key=lambda number: in_time(newest_first[number]) <= own)
