"""The sources of a story in brief (one line each), and which of them it cites.

They are all that linking and judging an archive needs, so they are written when a story is read, and kept with it.
"""

from __future__ import annotations

from generator import prose
from generator.model.address import page_key
from generator.model.content import Brief, Source, Story


def briefs(story: Story) -> list[Brief]:
    """The sources of a story: the cited ones in order of citation, then the others."""
    return _looked_for(story) if story.briefs is None else Brief.read(story.briefs)


def cited(story: Story) -> list[Brief]:
    """The sources that a story cites in its texts and disputes, each once."""
    return [brief for brief in briefs(story) if brief.is_cited]


def told_of(story: Story) -> str:
    """The sources in brief, in the form in which they are kept."""
    return Brief.written(_looked_for(story))


def _looked_for(story: Story) -> list[Brief]:
    texts = (id_ for _, text in story.texts() for id_ in prose.cited(text))
    disputes = (id_ for dispute in story.disputed for version in dispute.versions for id_ in version.sources)
    sources = story.sources
    cites = dict.fromkeys(id_ for id_ in (*texts, *disputes) if id_ in sources)
    others = (id_ for id_ in sources if id_ not in cites)
    return [*(_brief(sources[id_], True) for id_ in cites), *(_brief(sources[id_], False) for id_ in others)]


def _brief(source: Source, is_cited: bool) -> Brief:
    relays, kept = source.relays or "", (bool(source.passages), bool(source.archive))
    return Brief(source.id, source.publisher, page_key(source.url), relays, is_cited, *kept)
