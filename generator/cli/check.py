"""`citewire check`: check the content and, on request, fix what needs no judgement."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click
from msgspec import Struct

from generator.cli.console import (
    MISUSE,
    PROBLEMS,
    SOUND,
    command,
    count,
    fail,
    failing,
    file_meant,
    from_here,
    keep_all,
    moment,
    project_of,
    say,
    show,
    taken_back,
    writing,
)

if TYPE_CHECKING:
    from generator.model.library import Library
    from generator.model.problems import Problem
    from generator.project import Project

Wanted = Callable[[str], bool]

_ROUNDS = 5
"""Rounds of fixing: adjacent replacements need two."""


@command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["human", "json", "sarif", "github"]),
    default="human",
    show_default=True,
    help="For a person, a program, a code host, or GitHub's workflow log. All but the first go to standard output.",
)
@click.option("--trace", "traced", is_flag=True, help="Show each figure, quotation and name with its evidence.")
@click.option("--open", "is_open", is_flag=True, help="Show what no kept words prove, source by source.")
@click.option("--fix", is_flag=True, help="Mend what needs no judgement, and show each change.")
@click.option(
    "--watch", is_flag=True, help="Check again whenever something is saved, until Ctrl-C, which is exit code 0."
)
@click.option("--now", type=moment, metavar="TIME", help="Say as well what is not out at this time, and why.")
@click.option("--diff", "--dry-run", "diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def check(
    config: Path,
    files: tuple[Path, ...],
    strict: bool,
    form: str,
    traced: bool,
    is_open: bool,
    fix: bool,
    watch: bool,
    now: datetime | None,
    diff: bool,
) -> NoReturn:
    """Say what is wrong in the content, with file, line and column.

    FILES bounds what is judged, shown and mended; everything is read, since stories are judged against the rest.

    \b
    Example:
      citewire check
      citewire check content/stories/2026/meta-coreweave-21bn.yml
      citewire check --trace content/stories/2026/meta-coreweave-21bn.yml
      citewire check --open content/editions/2026-04-11.yml
      citewire check --fix
      citewire check --format sarif > citewire.sarif
      citewire check --watch
      citewire check --now 2026-04-12T07:00:00-04:00
    """
    project = project_of(config)
    if traced and (fix or diff or form in ("sarif", "github")):
        fail("--trace shows claims, for a person or as json, and mends nothing", MISUSE)
    if is_open and (traced or fix or diff or form != "human"):
        fail("--open shows to a person what is to be proved, and nothing else", MISUSE)
    work = _Work(project, _wanted(project, files), form)
    if watch:
        from generator.cli.watch import again_and_again

        again_and_again(project, config)
    keep_all()
    with writing(project, fix and not diff), failing():
        library, problems = work.judged()
        if fix or diff:
            problems = work.mended(problems, writes=not diff)
    if traced or is_open:
        work.show_ledgers(library, is_open)
    work.tell(problems, "human" if traced else form)
    if not problems and form == "human":
        say("No problems.")
    if now:
        work.tell_held(library, now)
    sys.exit(PROBLEMS if any(problem.is_error for problem in problems) or (strict and problems) else SOUND)


def _wanted(project: Project, files: Sequence[Path]) -> Wanted:
    """A function that tells whether a file is among `files` or below one; ends the command for other files."""
    for file in files:
        if not file.resolve().is_relative_to(project.content.resolve()) or not file.exists():
            fail(f"{file} is not a file of {project.content.name}/{file_meant(project, file)}", MISUSE)
    names = [Path(os.path.relpath(file.resolve(), project.root.resolve())).as_posix() for file in files]
    return lambda file: not names or any(file == name or file.startswith(f"{name}/") for name in names)


class _Work(Struct, frozen=True):
    """One run of the command: the newsletter, which of its files are wanted, and the output format."""

    project: Project
    wanted: Wanted
    form: str

    def judged(self) -> tuple[Library, list[Problem]]:
        """The whole library, including drafts with errors, and the problems of the wanted files."""
        from generator.pipeline import judged

        judgement = judged(self.project, only=self.wanted)
        return judgement.whole, [problem for problem in judgement.problems if self.wanted(problem.file)]

    def mended(self, problems: list[Problem], writes: bool) -> list[Problem]:
        """Show each fix, and return the problems that are left."""
        from generator.desk.files import DeskError
        from generator.desk.mend import mend, mending

        total = 0
        for _ in range(_ROUNDS):
            mended = mend(self.project.root, problems)
            if mended and writes:
                before = ("no more was mended", f"the {count(total, 'place')} before stay mended")
                undone = taken_back(*before) if total else taken_back("nothing was mended")
                with failing(DeskError):
                    mending(self.project.root, mended).write(undone)
            for file in mended:
                click.echo(file.diff(), nl=False, err=self.form != "human")
                total += file.count
            if not mended or not writes:
                break
            _, problems = self.judged()
        if total:
            click.echo(f"{count(total, 'place')} {'mended' if writes else 'can be mended'}", err=True)
        return problems

    def show_ledgers(self, library: Library, is_open: bool) -> None:
        """Show each claim with its evidence, or those without any."""
        from generator.cli.ledger import write
        from generator.cli.unproved import show as show_unproved

        assert library.ledgers is not None  # noqa: S101 - it was judged
        meant = (item for item in library.items if self.wanted(item.file))
        ledgers = [(self._here(item.file), item, library.ledgers.of(item)) for item in meant]
        if is_open:
            show_unproved(ledgers, library.stories)
        else:
            write(ledgers, self.form)

    def tell(self, problems: list[Problem], form: str) -> None:
        """Print the problems in one of the formats."""
        if form == "human":
            show(problems)
            return
        from generator.pipeline import rules
        from generator.report import WRITERS

        if form == "sarif":
            from generator.desk.mend import placed

            problems = placed(self.project.root, problems)
        click.echo(WRITERS[form](from_here(problems), rules()), nl=False)

    def tell_held(self, library: Library, now: datetime) -> None:
        """Print what is not published at a moment, and why."""
        from generator.model.out import held

        for item, why in held(library, now):
            if self.wanted(item.file):
                click.echo(f"{self._here(item.file)}: not out at {now.isoformat()}: {why}", err=True)

    def _here(self, file: str) -> str:
        """A file's path relative to the current folder."""
        from generator.files import name_here

        return name_here(self.project.root / file)
