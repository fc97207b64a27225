"""Where stories and editions stand among each other: what decides it, as a text that can be kept and compared."""

from __future__ import annotations

from generator.model.content import Edition, Story
from generator.prose.briefs import cited

_BETWEEN, _GROUP = "\x1f", "\x1e"
"""Control characters, which no text of the content holds."""


def place_of(story: Story) -> str:
    """What decides what stands beside a story, and where its page is."""
    first, said = story.renamed_from or "", (str(story.draft), str(bool(story.corrections)))
    among = (story.section, story.published.isoformat(), story.updates or "", first, *said)
    return _GROUP.join(map(_BETWEEN.join, (among, story.topics, story.mentions, story.aliases)))


def place_of_edition(edition: Edition) -> str:
    """As `place_of`."""
    first, said = edition.renamed_from or "", (str(edition.draft), str(bool(edition.corrections)))
    among = (edition.published.isoformat(), first, *said)
    return _GROUP.join(map(_BETWEEN.join, (among, edition.stories, edition.aliases)))


def cited_by(story: Story) -> str:
    """Which pages a story cites, and whose they are: what decides on which pages of sources it stands."""
    return _GROUP.join(sorted(_BETWEEN.join((brief.publisher, brief.page)) for brief in cited(story)))
