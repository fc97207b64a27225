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
@click.option("--trace", "is_traced", is_flag=True, help="Show each figure, quotation and name with its evidence.")
@click.option("--format", "form", type=click.Choice(("human", "json")), default="human", help="Of --trace.")
def check(config: Path, files: tuple[Path, ...], strict: bool, is_traced: bool, form: str) -> NoReturn:
    """Say what is wrong in the content, with file, line and column.

    FILES bounds what is shown; everything is read, since stories are judged against the rest.

    \b
    Example:
      citewire check
      citewire check content/stories/2026/meta-coreweave-21bn.yml
      citewire check --trace content/stories/2026/meta-coreweave-21bn.yml
    """
    from generator.pipeline import judge, ledgers

    project = project_of(config)
    for file in files:
        if not file.resolve().is_relative_to(project.content.resolve()) or not file.exists():
            fail(f"{file} is not a file of {project.content.name}/", MISUSE)
    try:
        library, problems = judge(project)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    wanted = [file.resolve() for file in files or (project.content,)]

    def is_wanted(file: str) -> bool:
        return any((project.root / file).resolve().is_relative_to(folder) for folder in wanted)

    if files:
        problems = [problem for problem in problems if is_wanted(problem.file)]
    if is_traced:
        from generator.cli.ledger import write

        write([(item, ledger) for item, ledger in ledgers(project, library) if is_wanted(item.file)], form)
    show(problems)
    errors = sum(problem.is_error for problem in problems)
    if not problems:
        say("No problems.")
    sys.exit(PROBLEMS if errors or (strict and problems) else SOUND)
