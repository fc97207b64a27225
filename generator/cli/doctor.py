"""`citewire doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from shutil import which
from typing import TYPE_CHECKING

import click

from generator import __version__
from generator.cli.console import command, count, counted, failing, keep_all, now_option, project_of, without_words
from generator.extras import EXTRAS, PARTS_OF_PILLOW, how_to_get, not_built, not_installed, unbuilt_words

if TYPE_CHECKING:
    from generator.model.library import Library
    from generator.project import Project

_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markdown", "pyyaml", "click")
_PROGRAMS = {
    "yaml-language-server": ("completion in editors", "npm install --global yaml-language-server"),
    "git": ("deploying", "apt install git"),
}
_SLOW = 2000
"""Files from which a check takes noticeable time: about a second."""
_NAMED = 5
"""Stories without a card that are named; the others are counted."""


@command()
@now_option
def doctor(config: Path, now: datetime) -> None:
    """Look at the installation: versions, configuration, extras, what is slow, what is missing.

    \b
    Example:
      citewire doctor
    """
    keep_all()
    for line in (*_versions(), *_there()):
        click.echo(line)
    project = project_of(config)
    with failing():
        for line in _newsletter(project, now):
            click.echo(line)


def _versions() -> Iterator[str]:
    yield f"citewire {__version__}, Python {python_version()}"
    for name in _PACKAGES:
        try:
            yield f"  {name} {version(name)}"
        except PackageNotFoundError:
            yield f"  {name} is missing: install citewire again"
    import yaml

    if not hasattr(yaml, "CSafeLoader"):
        yield "  pyyaml is without libyaml: reading takes ten times as long; install a wheel of it"


def _there() -> Iterator[str]:
    for name, extra in EXTRAS.items():
        yield f"extra {name} ({extra.use}): " + (f"missing; {how_to_get(name)}" if not_installed(name) else "there")
    if libraries := [library for output in PARTS_OF_PILLOW for library in not_built(output)]:
        yield f"  {unbuilt_words(*libraries)}"
    for name, (use, how) in _PROGRAMS.items():
        yield f"{name} ({use}): " + ("there" if which(name) else f"missing; {how}")


def _newsletter(project: Project, now: datetime) -> Iterator[str]:
    from time import perf_counter

    from generator.desk.files import EDITIONS, SCHEMAS, STORIES, items
    from generator.model.out import held
    from generator.pipeline import judge

    start = perf_counter()
    library, problems = judge(project)
    took = perf_counter() - start
    stories, editions = items(project.content, STORIES), items(project.content, EDITIONS)
    there = f"{count(len(stories), 'story')}, {count(len(editions), 'edition')}"
    yield f"{project.content.name}/: {there}, checked in {took:.1f} s"
    yield f"  {counted(problems)}{'; `citewire check` shows them' if problems else ''}"
    is_sound = not any(problem.is_error for problem in problems)
    unfinished = {*stories, *editions} - {*library.stories, *library.editions} if is_sound else ()
    waiting = [item.slug for item, _ in held(library, now)] + [f"{slug} (not finished)" for slug in sorted(unfinished)]
    yield from (f"  {note}" for note in without_words(library.newsletter.language))
    yield f"  not out yet: {', '.join(waiting) or 'nothing'}"
    if not (project.content / SCHEMAS).is_dir():
        yield "  no schemas for editors: citewire schema"
    if len(stories) > _SLOW:
        yield "  large: `citewire check FILE` shows one file, `citewire new` and `cite` do not read the archive"
    yield from _cards(project, library)


def _cards(project: Project, library: Library) -> Iterator[str]:
    """Stories and editions with headlines that the cards' type lacks letters for."""
    if not project.outputs.cards or not_installed("cards"):
        return
    from generator.production import without_card

    found = without_card(project, library)
    for slug, letters in list(found.items())[:_NAMED]:
        yield f"  {slug} is shared with the newsletter's card, since the type of cards lacks {' '.join(letters[:8])}"
    if len(found) > _NAMED:
        yield f"  {len(found) - _NAMED} more are shared with that card too"
