"""Related stories, in bounded work: a new story touches its neighbours, never the whole archive."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from generator.model.content import Story
from generator.model.lazily import Lazily
from generator.model.site import Subject

RELATED_LIMIT = 4
WINDOW = 20
"""How many stories before and after, of each topic and entity, are looked at."""
_TOPIC_WEIGHT, _MENTION_WEIGHT = 3, 2
_LEAST = 5
"""The least that two stories must share: a topic and an entity, say, or two topics."""


class Neighbours:
    """Finds the stories that share most with a story, near to it in time."""

    def __init__(
        self, in_order: Sequence[Story], topics: Mapping[str, Subject], entities: Mapping[str, Subject]
    ) -> None:
        self._stories = in_order
        self._topics, self._entities = (Lazily(subjects, self._positions) for subjects in (topics, entities))

    @cached_property
    def _position(self) -> dict[str, int]:
        return {story.slug: position for position, story in enumerate(self._stories)}

    def _positions(self, subject: Subject) -> list[int]:
        """Where the stories of a subject stand among all, oldest first."""
        return [self._position[story.slug] for story in reversed(subject.stories)]

    def of(self, story: Story, leave_out: Iterable[str]) -> tuple[Story, ...]:
        """At most `RELATED_LIMIT` stories, the nearest in content first, then the nearest in time."""
        here = self._position[story.slug]
        near = [(_TOPIC_WEIGHT, _around(self._topics[topic], here)) for topic in story.topics]
        near += [(_MENTION_WEIGHT, _around(self._entities[entity], here)) for entity in story.mentions]
        several = _in_several([positions for _, positions in near])
        several -= {self._position[slug] for slug in (story.slug, *leave_out)}
        found = []
        for position in several:
            score = sum(weight for weight, positions in near if position in positions)
            if score >= _LEAST:
                found.append((-score, abs(position - here), position))
        return tuple(self._stories[position] for _, _, position in sorted(found)[:RELATED_LIMIT])


def _around(positions: list[int], here: int) -> set[int]:
    """Those of some positions that are near to one."""
    place = bisect_left(positions, here)
    return set(positions[max(0, place - WINDOW) : place + WINDOW + 1])


def _in_several(sets: list[set[int]]) -> set[int]:
    """What is in more than one: what is in one alone shares too little, whatever it is."""
    once: set[int] = set()
    several: set[int] = set()
    for each in sets:
        several |= once & each
        once |= each
    return several
