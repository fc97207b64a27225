"""What many pages show of the archive as a whole, such as its months and its subjects.

While it is the same, a new or changed story affects few pages. When it changes (a new month, the first story of a
topic), all pages are compared.
"""

from __future__ import annotations

from generator.model.artifacts import Values
from generator.model.site import Site
from generator.render.choices import choices
from generator.words import Words


def around(site: Site) -> Values:
    """Values that affect every file: when one of them changes, all files are compared."""
    return (
        [(kind, *subjects) for kind, subjects in site.subjects.items()],
        sorted(site.stories_of_months),
        sorted({page.edition.day.year for page in site.editions}),
        site.indexes,
        choices(site, Words(site.newsletter.language, site.newsletter.messages)),
    )
