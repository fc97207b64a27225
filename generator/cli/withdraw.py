"""`citewire withdraw`: withdraw a story or an edition, and tell readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli import completion
from generator.cli.console import (
    MISUSE,
    PROBLEMS,
    command,
    dry_run_option,
    fail,
    failing,
    project_of,
    remark,
    show,
    taken_back,
    tell_file,
    today_option,
    writing,
)

if TYPE_CHECKING:
    from generator.desk.withdraw import Withdrawing
    from generator.model.problems import Problem
    from generator.project import Project


@command()
@click.argument("name", metavar="STORY", shell_complete=completion.items)
@click.option("--reason", required=True, metavar="WORDS", help="Why: readers are told it in these words.")
@click.option("--without-title", is_flag=True, help="Leave the headline out of the record: it must go as well.")
@dry_run_option
@today_option
def withdraw(config: Path, name: str, reason: str, without_title: bool, dry_run: bool, now: datetime) -> None:
    """Take a published story or edition back: its address says so, and why.

    Its file is deleted, and content/withdrawn.yml has its record. Editions that show the story forget it and get
    `updated`. A sentence of an edition that cites it is for you to take out first: it is told, and nothing is changed
    then. The next build takes the story out of pages, feeds and search.

    \b
    Example:
      citewire withdraw acme-orders-chips --reason "The order on which it rested was forged."
      citewire withdraw 2026-04-11 --reason "It went out before anybody had read it." --dry-run
    """
    words = " ".join(reason.split())
    if not words:
        fail("readers are owed a reason: say it with --reason", MISUSE)
    project = project_of(config)
    made = _made(project, name, words, not without_title, now, dry_run)
    _tell(made, dry_run)


def _made(project: Project, name: str, reason: str, titled: bool, now: datetime, dry_run: bool) -> Withdrawing:
    """The withdrawal, carried out unless it is a dry run; ends the command if something is in its way."""
    from generator.desk.files import DeskError
    from generator.desk.withdraw import withdrawal
    from generator.pipeline import judge

    with writing(project, not dry_run), failing(DeskError):
        library, before = judge(project)
        made = withdrawal(project, name, reason, now, library.stories, titled)
        if made.is_done and (left := [p for p in before if p.is_error and f"@{made.gone.stem}/" in p.what]):
            _refuse(left, made.gone.stem)
        if not (made.is_done or dry_run):
            with made.rewriting.done(taken_back("nothing was withdrawn")):
                _refuse_new(project, before, made.gone.stem)
    return made


def _tell(made: Withdrawing, dry_run: bool) -> None:
    """Print the files that were changed, or would be, and what is left to do."""
    from generator.files import name_here

    if made.is_done:
        remark(f"`{made.gone.stem}` is withdrawn already, and nothing is left to do")
        return
    would = "would be " if dry_run else ""
    click.echo(f"{name_here(made.gone)} ({would}deleted)")
    for path in made.rewriting.files:
        tell_file(path, "changed" if dry_run else "")
    loses = "would lose" if dry_run else "loses"
    for path in made.unchanging:
        remark(f"{name_here(path)} {loses} `change` with `updates`: no earlier story is left for it")
    if not dry_run:
        remark("readers are told with the next `citewire build`; what was mailed stays mailed")
        return
    for path in made.resting:
        remark(f"{name_here(path)} has words that rest on it: take them out first")


def _refuse_new(project: Project, before: Sequence[Problem], slug: str) -> None:
    """End the command if the withdrawal causes an error that keeps the site from being published."""
    from generator.pipeline import judge

    known = {(problem.file, problem.rule, problem.what) for problem in before}
    found = [problem for problem in judge(project)[1] if problem.is_error]
    if left := [problem for problem in found if (problem.file, problem.rule, problem.what) not in known]:
        _refuse(left, slug)


def _refuse(left: Sequence[Problem], slug: str) -> NoReturn:
    from msgspec.structs import replace

    hint = "Take out what rests on it; where the edition is signed, say so under its `edits`."
    show([replace(p, hint=hint) if f"@{slug}/" in p.what else p for p in left])
    fail("these rest on it: change them first", PROBLEMS)
