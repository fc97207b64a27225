"""Which kinds of output a site has beside its front page, editions, stories and archive.

All are on, unless the configuration switches one off or a package that it needs is missing. What is off is not made,
and nothing links to it.
"""

from __future__ import annotations

from msgspec import Struct

_FIELDS = {
    "section": "sections",
    "topic": "topics",
    "entity": "entities",
    "publisher": "publishers",
    "source": "publishers",
}
"""The field of each kind of what stories are gathered under."""


class Outputs(Struct, frozen=True):
    """Each field is a key of `outputs` in the plugin's settings."""

    sections: bool = True
    topics: bool = True
    entities: bool = True
    publishers: bool = True
    river: bool = True
    """All stories by month, with filters."""
    subscribe: bool = True
    """The page of the feeds, and `feeds.opml`."""
    feeds: bool = True
    subject_feeds: bool = True
    """Feeds of each section, topic, entity and publisher that has a page."""
    feed_history: bool = True
    """Archive documents behind the feeds of editions, stories and corrections."""
    subject_history: bool = False
    """Archive documents behind those of subjects. They weigh more than all pages: a story is in ten of them or so."""
    redirects: bool = True
    """Pages at old addresses."""
    sitemap: bool = True
    news: bool = True
    """The news sitemap."""
    twins: bool = True
    """Editions and stories in Markdown, beside their pages."""
    checks: bool = True
    """The page that says how the newsletter checks."""
    evidence: bool = True
    """What each edition and story claims, with the evidence, as JSON beside its page."""
    api: bool = True
    llms: bool = True
    """`llms.txt`."""
    search: bool = False
    """A search of all stories. It needs a package that need not be there, and so do cards."""
    cards: bool = False
    """A picture with the headline for each edition and story."""
    security: bool | str = True
    """`.well-known/security.txt`, with the address to write to when it is not the editor's."""

    def has(self, kind: str) -> bool:
        """Whether what stories are gathered under has pages: a section, topic, entity or publisher."""
        is_shown: bool = getattr(self, _FIELDS[kind])
        return is_shown
