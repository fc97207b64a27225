"""Threads: the stories of one event over time, linked by their `updates` field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from generator.model.content import Story
from generator.model.order import in_time
from generator.model.stories import having


def threads(stories: Mapping[str, Story]) -> dict[str, tuple[Story, ...]]:
    """Map each story's slug to its thread, oldest first. A story without a thread has no entry."""
    root_of: dict[str, str] = {}

    def root(slug: str) -> str:
        seen = [slug]
        while (earlier := stories[slug].updates) in stories and slug not in root_of and earlier not in seen:
            slug = str(earlier)
            seen.append(slug)
        found = root_of.get(slug, slug)
        root_of.update(dict.fromkeys(seen, found))
        return found

    groups: dict[str, set[str]] = defaultdict(set)
    for slug in [story.slug for story in having(stories, "updates") if story.updates in stories]:
        first = root(slug)
        groups[first] |= {first, slug}
    result: dict[str, tuple[Story, ...]] = {}
    for group in groups.values():
        if len(group) > 1:
            thread = tuple(sorted(map(stories.__getitem__, group), key=in_time))
            result.update((story.slug, thread) for story in thread)
    return result
