"""Which of its sources a story cites.

An archive is linked by it, so it is found out when a story is read, and kept with it as one line of text a source.
"""

from __future__ import annotations

from generator import prose
from generator.model.address import page_key
from generator.model.content import Cite, Source, Story


def cited(story: Story) -> list[Cite]:
    """The sources that a story cites in its texts and disputes, each once."""
    told = told_of(story) if story.cites is None else story.cites
    return [Cite.of(line) for line in told.splitlines()]


def told_of(story: Story) -> str:
    """The same as text; what is no source of the story is left out."""
    texts = (id_ for _, text in story.texts() for id_ in prose.cited(text))
    disputes = (id_ for dispute in story.disputed for version in dispute.versions for id_ in version.sources)
    sources = story.sources
    return "\n".join(str(_cite(sources[id_])) for id_ in dict.fromkeys((*texts, *disputes)) if id_ in sources)


def _cite(source: Source) -> Cite:
    """What is told of a source."""
    kept = bool(source.passages), bool(source.archive)
    return Cite(source.id, source.publisher, page_key(source.url), source.relays or "", *kept)
