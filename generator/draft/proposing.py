"""Propose a section, topics, entities and an earlier story for an event, from the vocabularies and the archive.

The editor decides on all of it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import log

from msgspec import Struct

from generator.draft.account import lead
from generator.draft.grouping import Event
from generator.model.content import Story
from generator.model.library import Library
from generator.model.order import in_time
from generator.trace import names
from generator.trace.context import stems
from generator.trace.vocabulary import Vocabulary

NEWEST = 1000
"""Newest stories of the archive that are considered; before them the newsletter was a different one."""
MENTIONS, TOPICS = 8, 4
"""Most entities and topics that are proposed."""
_TITLE_OF_SECTION = 5
"""How many stories a section's description counts as."""
_NEIGHBOURS, _SHARED = 5, 3
"""Most similar stories that suggest topics, and the fewest words that each must share with an event."""
_RECENT = 21
"""Days within which an event may continue an earlier story."""


class Proposal(Struct, frozen=True):
    """Ids from the newsletter's vocabularies, likeliest first."""

    section: str = ""
    topics: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    updates: str = ""
    """A recent story about the same companies in similar words."""


class Proposer(Struct, frozen=True):
    """The data for proposals, made once for many events."""

    library: Library
    vocabulary: Vocabulary
    stories: tuple[Story, ...]
    """The newest stories, newest first."""
    words: Mapping[str, frozenset[str]]
    """What each story is about, by slug."""
    sections: Mapping[str, Counter[str]]
    """How often each section has each word."""

    def propose(self, event: Event, day: date) -> Proposal:
        """Propose what fits an event on a day."""
        about = {stem for account in event.accounts for stem in _stems_of_event(account.page.title, lead(account.page))}
        mentions = self._mentions(event)
        near = self._near(about | {f"@{id_}" for id_ in mentions})
        text = " ".join(f"{account.page.title} {' '.join(account.page.paragraphs[:20])}" for account in event.accounts)
        return Proposal(
            self._section(about | {f"@{id_}" for id_ in mentions}),
            self._topics(text, [story for _, story in near[:_NEIGHBOURS]]),
            mentions,
            self._updates(near, mentions, day),
        )

    def _mentions(self, event: Event) -> tuple[str, ...]:
        """Entities in a title, or in several accounts; the most frequent first."""
        titles, bodies = Counter[str](), Counter[str]()
        for account in event.accounts:
            titles.update(self._named([account.page.title]))
            bodies.update(self._named(account.page.paragraphs[:20]))
        enough = 1 if len(event.accounts) == 1 else 2
        found = {id_ for id_ in titles.keys() | bodies.keys() if titles[id_] or bodies[id_] >= enough}
        return tuple(sorted(found, key=lambda id_: (-2 * titles[id_] - bodies[id_], id_))[:MENTIONS])

    def _named(self, texts: Iterable[str]) -> set[str]:
        return {name.entity.id for text in texts for name in names.find(text, self.vocabulary) if name.entity}

    def _section(self, about: set[str]) -> str:
        """The section whose stories use such words (naive Bayes with add-one smoothing)."""
        known = {word for counts in self.sections.values() for word in counts}
        if not about & known:
            return ""

        def fitness(id_: str) -> float:
            counts = self.sections[id_]
            whole = sum(counts.values()) + len(known)
            return sum(log((counts[word] + 1) / whole) for word in about & known)

        return max(sorted(self.sections), key=fitness)

    def _near(self, about: set[str]) -> list[tuple[int, Story]]:
        """Stories that share words and names with an event, most similar first, then newest."""
        found = [(len(about & self.words[story.slug]), story) for story in self.stories]
        return sorted((pair for pair in found if pair[0] >= _SHARED), key=lambda pair: -pair[0])

    def _topics(self, text: str, near: Sequence[Story]) -> tuple[str, ...]:
        """Topics that are named, and those of more than one similar story."""
        small = text.casefold()
        named = [t.id for t in self.library.topics.values() if re.search(rf"\b{re.escape(t.name.casefold())}\b", small)]
        often = Counter(topic for story in near for topic in story.topics)
        return tuple(dict.fromkeys([*named, *(topic for topic, times in often.most_common() if times > 1)]))[:TOPICS]

    def _updates(self, near: Sequence[tuple[int, Story]], mentions: Sequence[str], day: date) -> str:
        """The most similar recent story, if it has the same main entity and shares many words."""
        for shared, story in near:
            recent = 0 <= (day - story.published.date()).days <= _RECENT
            if recent and shared >= 2 * _SHARED and mentions and mentions[0] in story.mentions:
                return story.slug
        return ""


def proposer(library: Library, vocabulary: Vocabulary) -> Proposer:
    """Collect the data from the archive."""
    newest = sorted(library.stories.values(), key=in_time, reverse=True)[:NEWEST]
    words = {story.slug: _about(story) for story in newest}
    sections: dict[str, Counter[str]] = defaultdict(Counter)
    for section in library.newsletter.sections.values():
        said = set(stems(f"{section.title} {section.description or ''}"))
        sections[section.id].update(dict.fromkeys(said, _TITLE_OF_SECTION))
    for story in newest:
        if story.section in library.newsletter.sections:
            sections[story.section].update(words[story.slug])
    return Proposer(library, vocabulary, tuple(newest), words, sections)


def _about(story: Story) -> frozenset[str]:
    return frozenset((*stems(f"{story.title} {story.dek}"), *(f"@{id_}" for id_ in story.mentions)))


def _stems_of_event(title: str, sentences: Sequence[str]) -> Iterable[str]:
    return (*stems(title), *(stem for sentence in sentences[:2] for stem in stems(sentence)))
