"""The order in which stories and editions stand: by the moment of publication, and of two at one moment by name."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from datetime import datetime
from operator import attrgetter

from generator.model.content import Edition, Story

in_time: Callable[[Story | Edition], tuple[datetime, str]] = attrgetter("published", "slug")
"""Answers with that by which they are sorted, oldest first."""


def place_in(newest_first: Sequence[Story], story: Story) -> int:
    """Where a story stands among others, or would stand."""
    own, numbers = in_time(story), range(len(newest_first))
    return bisect_left(numbers, True, key=lambda number: in_time(newest_first[number]) <= own)
