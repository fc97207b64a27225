"""Rules on addresses of sources: the page itself, at its permanent address."""

from __future__ import annotations

from collections.abc import Iterator

from generator.check.rules import Finding
from generator.model.address import is_home, is_made_up, is_shelf, is_shortened, tidy, tracking_in
from generator.model.content import Source, Story
from generator.model.library import Library


def untidy_address(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if not tracking_in(source.url) and (better := tidy(source.url)) != source.url:
            yield _at(source, "the address is not in its plain form", f"Write {better}", better)


def tracking_address(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if found := tracking_in(source.url):
            better = tidy(source.url)
            what = f"the address tells on whoever follows it: `{'`, `'.join(found)}`"
            yield _at(source, what, f"Write {better}", better)


def short_address(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if is_shortened(source.url):
            what = f"`{source.url[:80]}` hides where it leads"
            yield _at(source, what, "Follow it, and write the address at which you arrive.")


def home_page(story: Story, library: Library) -> Iterator[Finding]:
    for source in story.sources.values():
        if is_home(source.url):
            what = f"`{source.url[:80]}` is a front page, which says something else tomorrow"
            yield _at(source, what, "Cite the page of the article itself.")
        elif is_made_up(source.url):
            what = f"`{source.url[:80]}` was never filled in"
            yield _at(source, what, "Write the address of the page that was read.")
        elif is_shelf(source.url):
            what = f"`{source.url[:80]}` is a list of what is new, which says something else tomorrow"
            yield _at(source, what, "Cite the page of the article itself.")


def _at(source: Source, what: str, hint: str, mend: str | None = None) -> Finding:
    return Finding(("citations", source.id, "url"), what, hint, excerpt=source.url if mend else "", mend=mend)
