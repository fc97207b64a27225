"""Related stories and threads, in bounded work: a new story touches its neighbours, never the whole archive."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from generator.model.content import Library, Story
from generator.model.site import Related

RELATED_LIMIT = 4
WINDOW = 20
"""How many stories before and after, of each topic and entity, are looked at."""
_TOPIC_WEIGHT, _MENTION_WEIGHT = 3, 2
_LEAST = 5
"""The least that two stories must share: a topic and an entity, say, or two topics."""


class Neighbours:
    """Finds the stories that share most with a story, near to it in time."""

    def __init__(self, library: Library, in_order: Iterable[Story]) -> None:
        self._library = library
        self._position: dict[str, int] = {}
        self._stories: list[Story] = []
        self._postings: dict[tuple[str, str], list[int]] = defaultdict(list)
        for position, story in enumerate(in_order):
            self._position[story.slug] = position
            self._stories.append(story)
            for key in _keys(story):
                self._postings[key].append(position)

    def of(self, story: Story, leave_out: Iterable[str]) -> tuple[Related, ...]:
        """At most `RELATED_LIMIT` stories, the nearest in content first, then the nearest in time."""
        here = self._position[story.slug]
        scores: dict[int, int] = defaultdict(int)
        for key in _keys(story):
            postings, weight = self._postings[key], _TOPIC_WEIGHT if key[0] == "topic" else _MENTION_WEIGHT
            place = bisect_left(postings, here)
            for position in postings[max(0, place - WINDOW) : place + WINDOW + 1]:
                scores[position] += weight
        barred = {self._position[slug] for slug in (story.slug, *leave_out)}
        found = [(-score, position) for position, score in scores.items() if score >= _LEAST and position not in barred]
        nearest = sorted(found, key=lambda scored: (scored[0], abs(scored[1] - here), scored[1]))
        return tuple(self._shared(story, self._stories[position]) for _, position in nearest[:RELATED_LIMIT])

    def _shared(self, story: Story, other: Story) -> Related:
        return Related(
            other,
            tuple(self._library.topics[t] for t in story.topics if t in other.topics),
            tuple(self._library.entities[m] for m in story.mentions if m in other.mentions),
        )


def _keys(story: Story) -> Iterable[tuple[str, str]]:
    yield from (("topic", topic) for topic in story.topics)
    yield from (("entity", entity) for entity in story.mentions)
