"""Turn a sound library into a linked site."""

from __future__ import annotations

from collections.abc import Container
from functools import cache, partial

from generator.link.pages import Linker, StoryPages, edition_pages
from generator.link.subjects import citing, emptied, recurring, subjects
from generator.model.lazily import Lazily
from generator.model.library import Library
from generator.model.order import in_time, slugs_in_time
from generator.model.outputs import Outputs
from generator.model.site import GlossaryEntry, Site
from generator.model.stories import from_last, only

REMEMBERED_STORIES = 2048
"""How many linked stories are remembered. Those of a large archive would fill the memory of a build."""


def link(library: Library, base_url: str, outputs: Outputs | None = None) -> Site:
    """Link a library: number the citations of every page and build the indexes.

    The library must have passed `check` without errors: ids are looked up here without checking.
    """
    editions = sorted(library.editions.values(), key=in_time)
    stories = only(library.stories, slugs_in_time(library.stories, editions))
    newest_first = from_last(stories)
    wanted = outputs or Outputs()
    gathered = subjects(library, stories, newest_first)
    linker = Linker.of(library)
    most = None if wanted.publishers else REMEMBERED_STORIES  # publishers' places hold the pages of all stories anyway
    pages = Lazily(stories, StoryPages.of(linker, newest_first, gathered, editions), most)
    whom = citing(library, newest_first, pages, wanted)

    def with_stories(kind: str) -> Container[str]:
        return whom["find_publishers"]() if kind == "publisher" else gathered[kind]

    return Site(
        newsletter=library.newsletter,
        base_url=base_url if base_url.endswith("/") else base_url + "/",
        stories=stories,
        story_pages=pages,
        editions=tuple(reversed(edition_pages(linker, editions, pages))),
        subjects=gathered,
        **whom,
        find_corrections=linker.corrections,
        recurring=recurring(newest_first, gathered, editions[-1].published) if editions else (),
        outputs=wanted,
        glossary=_glossary(library),
        withdrawn=tuple(library.withdrawn[slug] for slug in sorted(library.withdrawn)),
        find_emptied=cache(partial(emptied, library, wanted, with_stories)),
        restored=tuple(library.restored[slug] for slug in sorted(library.restored)),
        comments=library.comments,
        fates=library.fates,
        ledgers=library.ledgers,
        renewed=library.renewed,
    )


def _glossary(library: Library) -> tuple[GlossaryEntry, ...]:
    terms = sorted(library.glossary.values(), key=lambda term: (term.term.casefold(), term.id))
    return tuple(GlossaryEntry(t, library.publishers[t.source.publisher] if t.source else None) for t in terms)
