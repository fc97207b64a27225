"""Which of its sources a story cites."""

from __future__ import annotations

from generator import prose
from generator.model.content import Story


def cites(story: Story) -> tuple[str, ...]:
    """The ids of the sources that a story cites in its texts and disputes, each once."""
    texts = (id_ for _, text in story.texts() for id_ in prose.cited(text))
    disputes = (id_ for dispute in story.disputed for version in dispute.versions for id_ in version.sources)
    return tuple(dict.fromkeys((*texts, *disputes)))
