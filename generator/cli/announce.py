"""`citewire announce`: tell hubs, channels and networks what is new on the published site."""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.console import (
    IO_FAILURE,
    MISUSE,
    SOUND,
    command,
    count,
    fail,
    failing,
    now_option,
    project_of,
    say,
    site_of,
)

if TYPE_CHECKING:
    from generator.announce.run import Announcement, Outcome
    from generator.announce.settings import AnnounceSettings
    from generator.announce.state import State
    from generator.project import Project


@command()
@click.option("--dry-run", is_flag=True, help="Say what would be told; tell nobody, and need no secrets.")
@click.option(
    "--within",
    type=click.IntRange(1, 24 * 30),
    default=24,
    show_default=True,
    metavar="HOURS",
    help="Post editions and stories that were published in the last hours, and no older ones.",
)
@click.option(
    "--again",
    multiple=True,
    metavar="NAME",
    help="Switch a hub or a channel on again, and post what may not have arrived there.",
)
@click.option("-d", "--site-dir", type=click.Path(path_type=Path), help="The published site, instead of `site_dir`.")
@now_option
def announce(
    config: Path, dry_run: bool, within: int, again: tuple[str, ...], site_dir: Path | None, now: datetime
) -> NoReturn:
    """Tell hubs which feeds have changed, and post new editions or stories to channels.

    Run it after the site has been deployed. Who is told stands under `announce` in mkdocs.yml. What was told to whom is
    kept in .citewire/announced.json, so that nobody is told anything twice; keep that file with the content.

    \b
    Examples:
      citewire announce --dry-run
      citewire announce
      citewire announce --again team
    """
    from generator.announce.patience import Clock
    from generator.announce.run import Announcement
    from generator.announce.state import StateError, only_one, read

    project = project_of(config)
    settings = _settings(project)
    folder = site_dir or project.site_dir or project.root / "site"
    if not folder.is_dir():
        fail(f"there is no {folder}: build the site and deploy it, then announce it", MISUSE)
    file = project.root / settings.state
    with failing(StateError, code=IO_FAILURE):
        site = site_of(project, "nobody was told", now)
        clock = Clock(datetime.now(UTC), sleep)  # a server's waiting time depends on the real time only
        run = partial(Announcement, site, folder, settings, clock=clock, now=now, within=timedelta(hours=within))
        if dry_run:
            _end(list(run(state=read(file)).due()))
        with only_one(file):
            state = read(file)
            _switch_on(state, settings, again)
            _end(_told(run(state=state)))


def _settings(project: Project) -> AnnounceSettings:
    from generator.announce.settings import announce_settings

    settings = announce_settings(project.settings.get("announce", {}))  # sound: `options` has read it
    if not settings.hubs and not settings.channels:
        fail("nobody is to be told: name hubs or channels under `announce` in mkdocs.yml", MISUSE)
    return settings


def _switch_on(state: State, settings: AnnounceSettings, names: tuple[str, ...]) -> None:
    """Forget the failures of hubs and channels."""
    known = [*settings.hubs, *(channel.name for channel in settings.channels)]
    if strangers := [name for name in names if name not in known]:
        fail(f"there is no hub or channel {', '.join(strangers)}; there are {', '.join(known)}", MISUSE)
    for name in names:
        told = state.of(name)
        told.off, told.failures, told.unsure, told.sending = None, 0, {}, None


def _told(announcement: Announcement) -> list[Outcome]:
    """Announce, with the secrets in the environment; if one is missing, nothing is announced to anybody."""
    from generator.announce.wire import LIMITS, poster
    from generator.cli.reader import web_reader

    settings = announcement.settings
    needed = sorted({channel.secret for channel in settings.channels if channel.secret})
    if missing := [name for name in needed if not os.environ.get(name)]:
        fail(f"nobody was told: the environment has no {', '.join(missing)}", MISUSE)
    secrets = {name: os.environ[name] for name in needed}
    reader = web_reader(announcement.site.newsletter, LIMITS, private=settings.private)
    return list(announcement.run(poster(reader), secrets))


def _end(outcomes: list[Outcome]) -> NoReturn:
    """Report every outcome, and exit."""
    from generator.announce.patience import Result

    for outcome in outcomes:
        line = f"{outcome.to}: {outcome.what}: {outcome.result.value}"
        if outcome.result is Result.DUE:
            click.echo(line)
        elif outcome.result is Result.TOLD:
            say(line)
        else:
            _complain(line, outcome)
    bad = [outcome for outcome in outcomes if outcome.result not in (Result.TOLD, Result.DUE)]
    say(f"{count(len(outcomes) - len(bad), 'announcement')}." if outcomes else "Nothing is new.")
    sys.exit(IO_FAILURE if bad else SOUND)


def _complain(line: str, outcome: Outcome) -> None:
    from generator.announce.patience import Result

    click.echo(f"{line}: {outcome.said}", err=True)
    if outcome.result in (Result.OFF, Result.UNKNOWN):
        click.echo(f"    When you have looked: citewire announce --again {outcome.to}", err=True)
