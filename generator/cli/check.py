"""`citewire check`: judge the content, and mend what needs no judgement when asked to."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.console import (
    EXIT_CODES,
    IO_FAILURE,
    MISUSE,
    PROBLEMS,
    SOUND,
    config_option,
    count,
    fail,
    os_words,
    project_of,
    say,
    show,
)

if TYPE_CHECKING:
    from generator.model.problems import Problem
    from generator.pipeline import Project

_ROUNDS = 5
"""Two replacements that touch each other need two."""


@click.command(epilog=EXIT_CODES)
@config_option
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
@click.option("--fix", is_flag=True, help="Mend what needs no judgement, and show each change.")
@click.option("--diff", "--dry-run", "diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def check(config: Path, files: tuple[Path, ...], strict: bool, form: str, fix: bool, diff: bool) -> NoReturn:
    """Say what is wrong in the content, with file, line and column.

    FILES bounds what is shown and mended; everything is read, since stories are judged against the rest.

    \b
    Example:
      citewire check
      citewire check content/stories/2026/meta-coreweave-21bn.yml
      citewire check --fix
      citewire check --format sarif > citewire.sarif
    """
    project = project_of(config)
    for file in files:
        if not file.resolve().is_relative_to(project.content.resolve()) or not file.exists():
            fail(f"{file} is not a file of {project.content.name}/", MISUSE)
    try:
        problems = _problems(project, files)
        if fix or diff:
            problems = _mended(project, files, problems, writes=not diff, to_stderr=form != "human")
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    _tell(problems, form, project)
    if not problems and form == "human":
        say("No problems.")
    errors = sum(problem.is_error for problem in problems)
    sys.exit(PROBLEMS if errors or (strict and problems) else SOUND)


def _problems(project: Project, files: Sequence[Path]) -> list[Problem]:
    """What is wrong, in the given files where there are any."""
    from generator.pipeline import judge

    _, problems = judge(project)
    if not files:
        return problems
    wanted = [file.resolve() for file in files]
    return [p for p in problems if any((project.root / p.file).resolve().is_relative_to(w) for w in wanted)]


def _mended(
    project: Project, files: Sequence[Path], problems: list[Problem], writes: bool, to_stderr: bool
) -> list[Problem]:
    """Show what is mended, and answer with the problems that are left."""
    from generator.mend import mend, write

    total = 0
    for _ in range(_ROUNDS):
        mended = mend(project.root, problems)
        for file in mended:
            click.echo(file.diff(), nl=False, err=to_stderr)
            total += file.count
        if not mended or not writes:
            break
        for file in mended:
            write(project.root, file)
        problems = _problems(project, files)
    if total:
        click.echo(f"{count(total, 'place')} {'mended' if writes else 'can be mended'}", err=True)
    return problems


def _tell(problems: list[Problem], form: str, project: Project) -> None:
    if form == "human":
        show(problems)
        return
    from generator.pipeline import rules
    from generator.report import WRITERS

    here = Path(os.path.relpath(project.root)).as_posix()
    placed = [replace(p, file=p.file if here == "." else f"{here}/{p.file}") for p in problems]
    click.echo(WRITERS[form](placed, rules()), nl=False)
