"""`citewire withdraw`: a story or an edition is taken back, and readers are told."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli import completion
from generator.cli.console import (
    EXIT_CODES,
    IO_FAILURE,
    MISUSE,
    PROBLEMS,
    SOUND,
    config_option,
    fail,
    os_words,
    project_of,
    show,
    today_option,
)

if TYPE_CHECKING:
    from generator.model.problems import Problem
    from generator.project import Project


@click.command(epilog=EXIT_CODES)
@config_option
@click.argument("name", metavar="STORY", shell_complete=completion.items)
@click.option("--reason", required=True, metavar="WORDS", help="Why: readers are told it in these words.")
@click.option("--without-title", is_flag=True, help="Leave the headline out of the record: it must go as well.")
@click.option("--dry-run", is_flag=True, help="Say which files would change, and change none.")
@today_option
def withdraw(config: Path, name: str, reason: str, without_title: bool, dry_run: bool, now: datetime) -> NoReturn:
    """Take a published story or edition back: its address says so, and why.

    Its file is deleted, and content/withdrawn.yml has its record. Editions that show the story forget it and get
    `updated`. A sentence of an edition that cites it is for you to take out first: it is told, and nothing is changed
    then. The next build takes the story out of pages, feeds and search.

    \b
    Example:
      citewire withdraw acme-orders-chips --reason "The order on which it rested was forged."
      citewire withdraw 2026-04-11 --reason "It went out before anybody had read it." --dry-run
    """
    from generator.desk.files import DeskError
    from generator.desk.withdraw import withdrawal
    from generator.pipeline import judge

    words = " ".join(reason.split())
    if not words:
        fail("readers are owed a reason: say it with --reason", MISUSE)
    project = project_of(config)
    try:
        library, before = judge(project)
        made = withdrawal(project, name, words, now, library.stories, not without_title)
        if not dry_run:
            with made.written(_say_taken_back):
                _refuse_new(project, before, made.gone.stem)
    except DeskError as error:
        fail(str(error), MISUSE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    would = "would be " if dry_run else ""
    click.echo(f"{made.gone.relative_to(project.root)} ({would}deleted)")
    for path in made.texts:
        click.echo(f"{path.relative_to(project.root)}{' (would be changed)' if dry_run else ''}")
    if dry_run:
        for path in made.resting:
            told = f"{path.relative_to(project.root)} has words that rest on it: take them out first"
            click.echo(f"citewire: {told}", err=True)
    else:
        click.echo("citewire: readers are told with the next `citewire build`; what was mailed stays mailed", err=True)
    sys.exit(SOUND)


def _refuse_new(project: Project, before: Sequence[Problem], slug: str) -> None:
    """The end where the withdrawal leaves something that keeps the site from being published."""
    from msgspec.structs import replace

    from generator.pipeline import judge

    known = {(problem.file, problem.rule, problem.what) for problem in before}
    found = [problem for problem in judge(project)[1] if problem.is_error]
    if left := [problem for problem in found if (problem.file, problem.rule, problem.what) not in known]:
        hint = "Take out what rests on it; where the edition is signed, say so under its `edits`."
        show([replace(p, hint=hint) if f"@{slug}/" in p.what else p for p in left])
        fail("these rest on it: change them first", PROBLEMS)


def _say_taken_back(lost: Sequence[Path]) -> None:
    words = (
        f"not as they were: {', '.join(map(str, lost))}" if lost else "nothing was withdrawn, and no file is changed"
    )
    click.echo(f"citewire: {words}", err=True)
