"""Which kinds of output a site has beside its front page, editions, stories and archive.

Most are on by default, and those that need an extra if it is installed. An output that is off is not made, and nothing
links to it.
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
"""The field for each kind of subject."""


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
    """Archive documents of the feeds of editions, stories and corrections."""
    subject_history: bool = False
    """Archive documents of the feeds of subjects. They are larger than all pages: a story is in about ten of them."""
    redirects: bool = True
    """Pages at old addresses."""
    sitemap: bool = True
    news: bool = True
    """The news sitemap."""
    twins: bool = True
    """Editions and stories in Markdown, beside their pages."""
    checks: bool = True
    """The page on how the newsletter checks its content."""
    evidence: bool = True
    """The claims of each edition and story, with the evidence, as JSON beside its page."""
    api: bool = True
    llms: bool = True
    """`llms.txt`."""
    search: bool = False
    """A search of all stories. Like `cards`, it needs an optional package."""
    cards: bool = False
    """A picture with the headline for each edition and story."""
    pictures: bool = False
    """Smaller versions of the stories' pictures, for phones; like `cards`, they need Pillow."""
    security: bool | str = True
    """`.well-known/security.txt`; a text is the contact address, which is the editor's by default."""

    def has(self, kind: str) -> bool:
        """Whether a kind of subject has pages: a section, topic, entity, publisher or source."""
        is_shown: bool = getattr(self, _FIELDS[kind])
        return is_shown
