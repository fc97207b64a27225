"""Make the pages of stories and editions that were just saved before the site is built, for `citewire serve`.

They are made from the state that the last build left in memory, by the same functions as in a build, and are never
written to the site's folder.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from generator.link.again import link_again
from generator.link.site import link
from generator.model.content import Edition, Story
from generator.model.out import preview
from generator.model.problems import Problem
from generator.model.site import Site
from generator.pipeline import Judgement, judged_again
from generator.production import Recipe, sees_all


class Built(Struct, frozen=True):
    """The state that the last sound build left in memory."""

    judgement: Judgement
    site: Site
    recipe: Recipe
    now: datetime
    """The moment of the build."""
    is_strict: bool = False
    """Whether a warning stops a build too."""


class Ahead(Struct, frozen=True):
    """What to show before the next build: pages, or the problems that prevent them."""

    pages: Mapping[str, bytes]
    """The bytes of pages by path in the site."""
    problems: tuple[Problem, ...] = ()


def is_written(built: Built, file: str) -> bool:
    """Whether a file, named as in problems, is that of a story or an edition that the build has read."""
    library, slug = built.judgement.whole, Path(file).stem
    return any(item and item.file == file for item in (library.story(slug), library.edition(slug)))


def ahead(
    built: Built, changed: Collection[str], saved: Collection[str], fits: Callable[[Site], bool] = lambda site: True
) -> Ahead | None:
    """Make the pages that show some saved files; return None if that needs a whole build.

    `changed` are all files that differ from those of the build, including the saved ones; each must exist, and satisfy
    `is_written`. `fits` says whether the pages of a newly linked site still have the same chrome.
    """
    project, before = built.recipe.project, built.judgement
    if sees_all(project):
        return None
    now = judged_again(project, before, changed)
    if any(built.is_strict or problem.is_error for problem in now.problems):
        return Ahead({}, tuple(now.problems))
    library = preview(now.library, built.now)
    stories, editions = _slugs(library.stories, changed), _slugs(library.editions, changed)
    site = link_again(built.site, library, stories, editions)
    if site is None:
        site = link(library, built.site.base_url, built.site.outputs)
        if not fits(site):
            return None
    fresh = _slugs(library.stories, saved)
    showing = {page.edition.slug for page in site.editions if not fresh.isdisjoint(page.edition.stories)}
    pages = built.recipe.some(site, fresh, showing | _slugs(library.editions, saved))
    return Ahead({page.path: page.make() for page in pages})


def _slugs(items: Mapping[str, Story] | Mapping[str, Edition], files: Collection[str]) -> set[str]:
    """The slugs of the items in some files."""
    return {slug for file in files if (slug := Path(file).stem) in items and items[slug].file == file}
