"""Link a site again after a few stories or editions have changed, but only as far as their own pages need."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial

from msgspec.structs import replace

from generator.link.pages import Linker
from generator.link.places import Place, place_of, place_of_edition
from generator.link.subjects import citing
from generator.model.content import Story
from generator.model.library import Library
from generator.model.pages import EditionPage, StoryPage
from generator.model.site import Site
from generator.model.stories import from_last, only


def link_again(before: Site, library: Library, stories: Collection[str], editions: Collection[str]) -> Site | None:
    """Link a site again after only these stories and editions have changed.

    Their pages, and those of editions that show such a story, are as `link` would make them; indexes stay as before.
    Returns None if an item has changed its place among the others, which needs `link`.
    """
    if not _stand_as_they_did(before, library, stories, editions):
        return None
    showing = [page for page in before.editions if _shows(page, stories, editions)]
    beside = {slug for page in showing for slug in page.edition.stories}
    linker = Linker.of(library)
    again = {slug: _story(before.story_pages[slug], linker) for slug in beside.union(stories)}
    told = only(library.stories, before.stories)
    pages = before.story_pages.replaced(told, again)
    shown_again = {page.edition.slug: _edition(page, linker, pages) for page in showing}
    site = replace(
        before,
        stories=told,
        story_pages=pages,
        editions=tuple(shown_again.get(page.edition.slug, page) for page in before.editions),
        find_corrections=linker.corrections,
        ledgers=library.ledgers,
    )
    return site if _cite_as_they_did(before, library, stories) else _cited_again(site, library)


def _stand_as_they_did(before: Site, library: Library, stories: Collection[str], editions: Collection[str]) -> bool:
    """Whether there are the same stories and editions as before, each in its place among the others."""
    held = {page.edition.slug: page.edition for page in before.editions}
    return (
        before.story_pages.keys() == library.stories.keys()
        and held.keys() == library.editions.keys()
        and all(_stands(place_of(before.stories[slug]), place_of(library.stories[slug])) for slug in stories)
        and all(_stands(place_of_edition(held[slug]), place_of_edition(library.editions[slug])) for slug in editions)
    )


def _stands(before: Place, now: Place) -> bool:
    return (before.fixed, before.beside) == (now.fixed, now.beside)


def _cite_as_they_did(before: Site, library: Library, stories: Collection[str]) -> bool:
    """Whether these stories cite the same pages as before."""
    return all(place_of(before.stories[slug]).cited == place_of(library.stories[slug]).cited for slug in stories)


def _cited_again(site: Site, library: Library) -> Site:
    """Index the sources again, since one that one story cited may now be cited by several."""
    return replace(site, **citing(library, from_last(site.stories), site.story_pages, site.outputs))


def _shows(page: EditionPage, stories: Collection[str], editions: Collection[str]) -> bool:
    return page.edition.slug in editions or any(slug in stories for slug in page.edition.stories)


def _story(page: StoryPage, linker: Linker) -> StoryPage:
    now, editions = linker.library.stories, linker.library.editions
    return replace(
        page,
        **linker.story(now[page.story.slug]),
        editions=tuple(editions[edition.slug] for edition in page.editions),
        find_nearest=partial(_now, now, page.find_nearest),
        thread=tuple(now[story.slug] for story in page.thread),
        previous=page.previous and now[page.previous.slug],
        next=page.next and now[page.next.slug],
    )


def _now(stories: Mapping[str, Story], before: Callable[[], tuple[Story, ...]]) -> tuple[Story, ...]:
    """The present versions of stories that were found before."""
    return tuple(stories[story.slug] for story in before())


def _edition(page: EditionPage, linker: Linker, pages: Mapping[str, StoryPage]) -> EditionPage:
    editions = linker.library.editions
    edition = editions[page.edition.slug]
    return replace(
        page,
        edition=edition,
        previous=page.previous and editions[page.previous.slug],
        next=page.next and editions[page.next.slug],
        **linker.edition(edition, pages),
    )
