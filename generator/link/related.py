"""Find related stories among those published near in time, so a new story never requires a search of the archive."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator.model.content import Story
from generator.model.stories import slugs_of
from generator.model.subjects import Subject

RELATED_LIMIT = 4
WINDOW = 20
"""How many stories before and after are considered, for each topic and entity."""
_TOPIC_WEIGHT, _MENTION_WEIGHT = 3, 2
_LEAST = 5
"""The least score for being related: a shared topic and entity, or two topics."""


class Neighbours:
    """Finds the stories that share most with a given one, among those near in time."""

    def __init__(
        self, newest_first: Sequence[Story], topics: Mapping[str, Subject], entities: Mapping[str, Subject]
    ) -> None:
        self._stories, self._topics, self._entities = newest_first, topics, entities
        self._last: tuple[Story, tuple[Story, ...], tuple[Story, ...]] | None = None
        """Arguments and result of the last `of`, which is called once to make a page and again to fingerprint it."""

    @cached_property
    def _position(self) -> dict[str, int]:
        return {slug: position for position, slug in enumerate(slugs_of(self._stories))}

    def beside(self, story: Story, subject: Subject) -> tuple[Story | None, Story | None]:
        """The neighbours of a story in a subject: the newer and the older one."""
        here, among = bisect_left(subject.positions, self._position[story.slug]), subject.stories
        return among[here - 1] if here else None, among[here + 1] if here + 1 < len(among) else None

    def of(self, story: Story, leave_out: tuple[Story, ...]) -> tuple[Story, ...]:
        """At most `RELATED_LIMIT` stories, ordered by similarity, then by nearness in time."""
        if self._last is None or self._last[0] is not story or self._last[1] is not leave_out:
            self._last = story, leave_out, self._found(story, leave_out)
        return self._last[2]

    def _found(self, story: Story, leave_out: Iterable[Story]) -> tuple[Story, ...]:
        here = self._position[story.slug]
        near = [(_TOPIC_WEIGHT, _around(self._topics[topic].positions, here)) for topic in story.topics]
        near += [(_MENTION_WEIGHT, _around(self._entities[entity].positions, here)) for entity in story.mentions]
        several = _in_several([positions for _, positions in near])
        several -= {self._position[slug] for slug in (story.slug, *(other.slug for other in leave_out))}
        found = []
        for position in several:
            score = sum(weight for weight, positions in near if position in positions)
            if score >= _LEAST:
                found.append((-score, abs(position - here), -position))
        return tuple(self._stories[-position] for _, _, position in sorted(found)[:RELATED_LIMIT])


def _around(positions: Sequence[int], here: int) -> set[int]:
    """The positions near a given one: up to `WINDOW` before and after it."""
    place = bisect_left(positions, here)
    return set(positions[max(0, place - WINDOW) : place + WINDOW + 1])


def _in_several(sets: list[set[int]]) -> set[int]:
    """The members of more than one set. One shared topic or entity is never enough."""
    once: set[int] = set()
    several: set[int] = set()
    for each in sets:
        several |= once & each
        once |= each
    return several
