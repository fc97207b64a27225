"""`citewire check`: judge the content, write nothing."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

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
    say,
    show,
)


@click.command(epilog=EXIT_CODES)
@config_option
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
@click.option("--watch", is_flag=True, help="Check again whenever something is saved, until you end it.")
def check(config: Path, files: tuple[Path, ...], strict: bool, watch: bool) -> NoReturn:
    """Say what is wrong in the content, with file, line and column.

    FILES bounds what is shown; everything is read, since stories are judged against the rest.

    \b
    Example:
      citewire check
      citewire check content/stories/2026/meta-coreweave-21bn.yml
      citewire check --watch
    """
    if watch:
        from generator.cli.watch import again_and_again

        again_and_again(project_of(config).root, config)
    from generator.pipeline import judge

    project = project_of(config)
    for file in files:
        if not file.resolve().is_relative_to(project.content.resolve()) or not file.exists():
            fail(f"{file} is not a file of {project.content.name}/", MISUSE)
    try:
        _, problems = judge(project)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    if files:
        wanted = [file.resolve() for file in files]
        problems = [p for p in problems if any((project.root / p.file).resolve().is_relative_to(w) for w in wanted)]
    show(problems)
    errors = sum(problem.is_error for problem in problems)
    if not problems:
        say("No problems.")
    sys.exit(PROBLEMS if errors or (strict and problems) else SOUND)
