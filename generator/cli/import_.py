"""`citewire import`: import an archive from elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli import completion
from generator.cli.console import (
    IO_FAILURE,
    MISUSE,
    PROBLEMS,
    SOUND,
    command,
    count,
    fail,
    failing,
    needing,
    private_option,
    project_of,
    writing,
)
from generator.importers import FORMATS

if TYPE_CHECKING:
    from generator.importers.plan import Plan
    from generator.importers.value import Imported, OldSite, Unread
    from generator.project import Project

SHOWN = 10
"""Entries of a list in the report; the rest are counted."""


@command("import")
@click.argument("named", metavar="PATH-OR-ADDRESS...", nargs=-1, required=True)
@click.option("--from", "format_", type=click.Choice(list(FORMATS)), help="What it is. [default: seen from the files]")
@click.option("--address", metavar="URL", default="", help="Where the old site is or was, as https://old.example/.")
@click.option("--permalink", metavar="PATTERN", default="", help="How it made addresses, as /{year}/{month}/{slug}/.")
@click.option(
    "--section",
    default="",
    shell_complete=completion.sections,
    help="The section of all stories. [default: that which a tag names, else the first]",
)
@click.option(
    "--zone", metavar="NAME", help="The newsletter's time zone, as Europe/London. [default: as it is written]"
)
@click.option(
    "--editions",
    "machine",
    type=click.Choice(("none", "assisted", "drafted")),
    help="Make an edition of each day of mailed posts; the word says what part a machine had in them.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written and what is guessed; write nothing.")
@private_option
def import_(
    config: Path,
    named: tuple[str, ...],
    format_: str | None,
    address: str,
    permalink: str,
    section: str,
    zone: str | None,
    machine: str | None,
    dry_run: bool,
    allow_private: bool,
) -> NoReturn:
    """Bring an archive over: a feed, Markdown files, or an export of Ghost, Substack or Buttondown.

    Posts become stories with their old dates and ids, links and footnotes become citations, and old addresses lead on.
    What cannot be known is guessed and told. Running it again adds what is new and touches nothing that is there.

    \b
    Example:
      citewire import export.zip --address https://old.example/ --dry-run
      citewire import export.zip https://old.example/feed --address https://old.example/ --editions none
      citewire import ~/blog/content/posts --address https://old.example/ --permalink /{year}/{month}/{slug}/
    """
    from generator.desk.files import DeskError
    from generator.files import name_here
    from generator.importers.value import UnreachedError, UnreadableError

    with needing("import"):
        from generator.importers.plan import Wanted, planned, write
    project = project_of(config)
    with failing(UnreachedError, code=IO_FAILURE), failing(UnreadableError, DeskError):
        old = _old_site(project, _site(address), _permalink(permalink), allow_private)
        plan = planned(project, _read(named, format_, old), Wanted(section, _zone(zone), machine or ""))
        with writing(project, not dry_run):
            changed = [] if dry_run else write(project, plan)
    for path in plan.files if dry_run else changed:
        click.echo(name_here(path))
    _report(project, plan, dry_run)
    sys.exit(PROBLEMS if plan.faulty else SOUND)


def _old_site(project: Project, site: str, permalink: str, allow_private: bool) -> OldSite:
    """What the editor says about the old site, with a way to read further pages of it."""
    from generator.cli.reader import web_reader
    from generator.desk.known import words_of
    from generator.importers.fetched import LIMITS, fetch_by
    from generator.importers.value import OldSite

    reader = web_reader(words_of(project).newsletter, LIMITS, private=allow_private)
    return OldSite(site, permalink, fetch_by(reader))


def _read(named: tuple[str, ...], format_: str | None, old: OldSite) -> Iterator[Imported | Unread]:
    """All posts from everything that is named."""
    from generator.importers.bundle import opened
    from generator.importers.recognise import posts_of

    assert old.fetch is not None  # noqa: S101
    for name in named:
        yield from posts_of(opened(name, old.fetch), old, format_ or "")


def _site(address: str) -> str:
    from generator.model.address import web_fault

    if address and (fault := web_fault(address)):
        fail(f"--address {address} is not that of a site: {fault}", MISUSE)
    return address.rstrip("/") + "/" if address else ""


def _permalink(pattern: str) -> str:
    import re

    from generator.importers.files import PLACES

    if strange := [place for place in re.findall(r"\{([^{}]*)\}", pattern) if place not in PLACES]:
        known = ", ".join(f"{{{place}}}" for place in PLACES)
        fail(f"--permalink {pattern}: {{{strange[0]}}} is filled in by nothing; known: {known}", MISUSE)
    return pattern


def _zone(name: str | None) -> tzinfo | None:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        fail(f"there is no time zone {name}: write it as Europe/London or America/New_York", MISUSE)


def _report(project: Project, plan: Plan, dry_run: bool) -> None:
    """Report what was guessed, what was left out, and what is left to do."""
    from generator.files import name_here

    written = count(len([path for path in plan.files if path.parent != project.content]), "file")
    click.echo(f"{written} {'would be written' if dry_run else 'written'}, {len(plan.there)} there already.", err=True)
    _list("New publishers, please look at their names and kinds", plan.publishers)
    _list("New topics, made of tags", plan.topics)
    _list("Guessed", [f"{words} ({count(n, 'story')})" for words, n in plan.guesses.items()])
    _list("Not kept", [f"{words} ({count(n, 'time')})" for words, n in plan.lost.items()])
    drafts = [f"{name_here(path)}: {why}" for path, why in plan.drafts.items()]
    _list("Drafts, which readers do not see", drafts)
    for title, is_lost in (("Not read, mend these and run it again", True), ("Left out, since it is no story", False)):
        _list(title, [f"{item.where}: {item.why}" for item in plan.unread if item.is_lost == is_lost])
    if plan.mailed:
        click.echo(
            f"Of these, {plan.mailed} went out by mail. To make an edition of each such day, say --editions with the "
            "part that a machine had in writing them: none, assisted or drafted.",
            err=True,
        )


def _list(title: str, lines: list[str]) -> None:
    from generator.texts.characters import one_line

    if not lines:
        return
    click.echo(f"{title}:", err=True)
    for line in lines[:SHOWN]:
        click.echo(f"  {one_line(line)}", err=True)
    if len(lines) > SHOWN:
        click.echo(f"  and {len(lines) - SHOWN} more", err=True)
