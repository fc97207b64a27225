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
"""Stories of the archive that are looked at: older ones were another newsletter."""
MENTIONS, TOPICS = 8, 4
"""Entities and topics that are proposed at most."""
_TITLE_OF_SECTION = 5
"""How many stories the description of a section weighs as much as."""
_NEIGHBOURS, _SHARED = 5, 3
"""Stories that are near enough to speak for a topic, and the words that they share with an event at least."""
_RECENT = 21
"""Days in which an event may go on from an earlier story."""


class Proposal(Struct, frozen=True):
    """Ids of the newsletter's vocabularies, the likeliest first."""

    section: str = ""
    topics: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    updates: str = ""
    """A story that tells of the same companies and words, a few days ago."""


class Proposer(Struct, frozen=True):
    """What proposals are made from. It is made once for many events."""

    library: Library
    vocabulary: Vocabulary
    stories: tuple[Story, ...]
    """The newest, newest first."""
    words: Mapping[str, frozenset[str]]
    """What each of them is about, by its slug."""
    sections: Mapping[str, Counter[str]]
    """How often each section has each word."""

    def propose(self, event: Event, day: date) -> Proposal:
        """What fits an event of a day."""
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
        """Entities in a title, or in more than one of the accounts; those that most tell of first."""
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
        """The section whose stories are told in such words (naive Bayes, each word counted once more than it is)."""
        known = {word for counts in self.sections.values() for word in counts}
        if not about & known:
            return ""

        def fitness(id_: str) -> float:
            counts = self.sections[id_]
            whole = sum(counts.values()) + len(known)
            return sum(log((counts[word] + 1) / whole) for word in about & known)

        return max(sorted(self.sections), key=fitness)

    def _near(self, about: set[str]) -> list[tuple[int, Story]]:
        """Stories that share words and names with an event, the nearest first, of equals the newest."""
        found = [(len(about & self.words[story.slug]), story) for story in self.stories]
        return sorted((pair for pair in found if pair[0] >= _SHARED), key=lambda pair: -pair[0])

    def _topics(self, text: str, near: Sequence[Story]) -> tuple[str, ...]:
        """Topics that are named, and those that more than one near story has."""
        small = text.casefold()
        named = [t.id for t in self.library.topics.values() if re.search(rf"\b{re.escape(t.name.casefold())}\b", small)]
        often = Counter(topic for story in near for topic in story.topics)
        return tuple(dict.fromkeys([*named, *(topic for topic, times in often.most_common() if times > 1)]))[:TOPICS]

    def _updates(self, near: Sequence[tuple[int, Story]], mentions: Sequence[str], day: date) -> str:
        """The nearest story of the last days, where it mentions the same and shares much."""
        for shared, story in near:
            recent = 0 <= (day - story.published.date()).days <= _RECENT
            if recent and shared >= 2 * _SHARED and mentions and mentions[0] in story.mentions:
                return story.slug
        return ""


def proposer(library: Library, vocabulary: Vocabulary) -> Proposer:
    """Read what the newsletter has told."""
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
