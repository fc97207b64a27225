"""`citewire publish`: publish an edition."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import completion
from generator.cli.build import built
from generator.cli.console import (
    PROBLEMS,
    by_clock,
    command,
    count,
    dry_run_option,
    fail,
    failing,
    now_option,
    project_of,
    remark,
    show,
    taken_back,
    tell_file,
    writing,
)

if TYPE_CHECKING:
    from generator.desk.release import Release
    from generator.model.content import Edition
    from generator.model.library import Library
    from generator.model.problems import Problem
    from generator.project import Project
    from generator.publish.site import Changes

_SHARED = ("newsletter.yml", "publishers.yml", "entities.yml", "topics.yml")


@command()
@click.argument("day", metavar="DATE", shell_complete=completion.editions)
@click.option(
    "--updated",
    multiple=True,
    metavar="STORY",
    shell_complete=completion.stories,
    help="Stamp `updated` on this story as well. Repeatable.",
)
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="Where to, instead of `site_dir`.")
@click.option(
    "--strict/--no-strict", default=True, show_default=True, help="Let warnings on the edition stand in the way."
)
@dry_run_option
@now_option
def publish(
    config: Path,
    day: str,
    updated: tuple[str, ...],
    site_dir: Path | None,
    strict: bool,
    dry_run: bool,
    now: datetime,
) -> None:
    """Bring an edition out: check it strictly, stamp it, build the site, say what is new.

    Drafts among the edition and its stories lose their mark and get this moment as `published`. An edition of a day
    that is past keeps its own time. One whose time lies ahead keeps it too, and comes out with the first build after
    it. With a problem, or where the site cannot be built, the files stay what they were.

    What is out is signed in content/published/: from then on `citewire check` objects when it says something else and
    tells of no correction and no edit. Keep that folder in the repository.

    \b
    Example:
      citewire publish 2026-04-11
      citewire publish 2026-04-11 --updated meta-coreweave-21bn
    """
    from generator.configuration import configuration
    from generator.desk.files import DeskError
    from generator.desk.release import release
    from generator.host.asked import Asked

    project = project_of(config)
    with writing(project, not dry_run), failing(DeskError):
        made = release(project, day, now, updated)
        library = _judged(project, made, strict)
        if dry_run:
            _tell_tried(made, now)
            return
        with made.rewriting.done(taken_back("nothing was stamped")):
            changes = built(Asked(config, site_dir, False, now, by_clock()), _quiet)
        signed = _signed(project, library, made, now)
        if signed and project.outputs.checks:  # the page on checks says how much is
            built(Asked(config, site_dir, False, now, by_clock()), _quiet)
    _tell(config, library, made, changes, now)
    for slug in _missed(site_dir or configuration(config).site_dir, library, made, now):
        remark(f"{slug} {_TOO_OLD}")
    if signed:
        from generator.files import name_here

        click.echo(f"\nSigned in {', '.join(name_here(path) for path in signed)}")


def _tell_tried(made: Release, now: datetime) -> None:
    """Print what publishing would do, once the check has found nothing in its way."""
    when = "would be scheduled for" if made.published > now else "would be out, with the time"
    click.echo(f"{made.edition.stem} {when} {made.published.isoformat()}")
    for path in made.texts:
        tell_file(path, "changed")
    click.echo("The site would be built" + ("." if made.published > now else ", and what is out signed."))


def _judged(project: Project, made: Release, strict: bool) -> Library:
    """The library as it will be; ends the command if there are problems in the way."""
    from generator.pipeline import judge

    library, problems = judge(project, {path: text.encode() for path, text in made.texts.items()})
    files = {path.relative_to(project.root).as_posix() for path in made.files}
    files |= {(project.content / name).relative_to(project.root).as_posix() for name in _SHARED}
    found = [problem for problem in problems if problem.is_error or (strict and problem.file in files)]
    if found:
        show([made.as_it_stands(problem, project.root) for problem in found])
        weak = all(not problem.is_error for problem in found)
        why = ": a warning counts here, unless you say --no-strict" if weak else ""
        fail(f"nothing was published and nothing was stamped{why}", PROBLEMS)
    return library


def _signed(project: Project, library: Library, made: Release, now: datetime) -> tuple[Path, ...]:
    """Sign what readers see now, so that it does not change silently; return the journal files."""
    from generator.desk.sign import UnsoundError, sign

    slugs = {path.stem for path in (*made.files, *made.texts)}
    items = [item for shelf in (library.stories, library.editions) for slug, item in shelf.items() if slug in slugs]
    if library.editions[made.edition.stem].published > now:
        return ()
    try:
        return sign(project, {item.slug for item in items if item.published <= now and not item.draft}).files
    except (UnsoundError, KeyError):
        remark("something was changed meanwhile, so nothing is signed: run `citewire sign`")
        return ()


_TOO_OLD = (
    "is older than what the feed of stories has room for: who follows it will not meet it. Put it into an edition of "
    "today with today's `published`, and the day of what it tells as `event`, if they should."
)


def _missed(site_dir: Path, library: Library, made: Release, now: datetime) -> list[str]:
    """The new stories that are out and not in the feed of stories; none if there is no such feed."""
    from generator.model.permalinks import feed_path

    feed = site_dir / feed_path("stories", "atom.xml")
    if made.published > now or not feed.is_file():
        return []
    shown = feed.read_text("utf-8")
    stories = (library.stories[path.stem] for path in made.stories if path in made.new)
    return [story.slug for story in stories if f'/{story.path}"' not in shown]


def _quiet(problems: list[Problem]) -> None:
    """Report nothing: all problems have been reported before."""


def _tell(config: Path, library: Library, made: Release, changes: Changes, now: datetime) -> None:
    """Print what is new, and what to announce."""
    from generator.configuration import configuration

    base, edition = f"{configuration(config).site_url.rstrip('/')}/", library.editions[made.edition.stem]
    if edition.published > now:
        click.echo(f"{edition.slug} is scheduled for {edition.published.isoformat()}: build the site again then.")
        return
    fresh = [path.stem for path in made.stories if path in made.new or _is_untold(library, path.stem, edition, now)]
    click.echo(f"{edition.slug} is in the site's folder.")
    if fresh:
        click.echo(f"\nNew, {count(len(fresh), 'story')}:")
    for story in (library.stories[slug] for slug in fresh):
        click.echo(f"  {story.title}\n    {base}{story.path}")
    click.echo(f"\nTo announce, when it is deployed:\n  {edition.title}\n  {edition.one_line}")
    click.echo(f"  {base}{edition.path}")
    if feeds := _feeds(changes.written):
        click.echo(f"\nFeeds that changed: {feeds}")


def _is_untold(library: Library, slug: str, edition: Edition, now: datetime) -> bool:
    """Whether a story published today with its edition was never reported: a killed run had stamped it."""
    from generator.model.journal import signature_of

    story = library.stories[slug]
    is_unsigned = signature_of(library.signed, edition) is None is signature_of(library.signed, story)
    today = now.astimezone(edition.published.tzinfo).date()
    return is_unsigned and story.published.date() == edition.day == today


def _feeds(paths: Iterable[str]) -> str:
    """The names of the changed feeds of the whole site, each once for all formats, and the number of others."""
    from generator.model.permalinks import FEED_ARCHIVES

    files = [path for path in paths if path.startswith("feeds/") and not path.endswith(".html")]
    feeds = {path.partition(".")[0] for path in files if FEED_ARCHIVES not in path}
    of_site = sorted(name for name in (path.removeprefix("feeds/") for path in feeds) if "/" not in name)
    others = len(feeds) - len(of_site)
    return ", ".join(of_site) + (f", and those of {others} sections, topics, companies or sources" if others else "")
