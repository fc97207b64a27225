"""What many pages show of the archive as a whole, and what decides how it is cut into pages.

While it is the same, a story that comes or changes shows on few pages. When a new month begins, or a topic has its
first story, all are compared.
"""

from __future__ import annotations

from generator.model.artifacts import Values
from generator.model.site import Site
from generator.render.choices import choices
from generator.words import Words


def around(site: Site) -> Values:
    """The values of which a change has every file compared."""
    return (
        [(kind, *subjects) for kind, subjects in site.subjects.items()],
        sorted(site.stories_of_months),
        sorted({page.edition.day.year for page in site.editions}),
        site.indexes,
        choices(site, Words(site.newsletter.language, site.newsletter.messages)),
    )
