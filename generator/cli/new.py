"""`citewire new`: begin a story or an edition."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from shlex import split
from shutil import which
from typing import TYPE_CHECKING

import click

from generator.cli import completion
from generator.cli.console import (
    EXIT_CODES,
    IO_FAILURE,
    MISUSE,
    config_option,
    fail,
    failing,
    project_of,
    today_option,
    writing,
)

if TYPE_CHECKING:
    from generator.project import Project

_edit_option = click.option(
    "--edit/--no-edit", default=None, help="Open it in $EDITOR. [default: on a terminal, where $EDITOR is set]"
)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        from generator.desk.files import day_words

        hint = "leave it out for today's edition" if text.lower() == "today" else day_words(text)
        raise click.BadParameter(f"`{text}` is not a day: {hint}.") from error


@click.group(epilog=EXIT_CODES)
def new() -> None:
    """Begin a story or an edition: the right file, filled with what is known.

    \b
    Example:
      citewire new story "Meta commits another $21 billion"
      citewire new edition
    """


@new.command(epilog=EXIT_CODES)
@config_option
@click.argument("title")
@click.option("--name", default="", help="The file's name, which is the address. [default: made from the title]")
@click.option("--section", default="", shell_complete=completion.sections, help="Its section, an id of newsletter.yml.")
@_edit_option
@today_option
def story(config: Path, title: str, name: str, section: str, edit: bool | None, now: datetime) -> None:
    """Begin a story: a draft named after its TITLE.

    \b
    Example:
      citewire new story "Meta commits another $21 billion" --section big-tech
    """
    from generator.desk.files import DeskError
    from generator.desk.new import new_story

    project = project_of(config)
    with failing(DeskError):
        with writing(project):
            begun = new_story(project, title, now, name, section)
        _ready(begun, project, edit)


@new.command(epilog=EXIT_CODES)
@config_option
@click.argument("day", type=_day, required=False, metavar="[DATE]")
@_edit_option
@today_option
def edition(config: Path, day: date | None, edit: bool | None, now: datetime) -> None:
    """Begin the edition of a DATE (today's, unless one is given) with the stories that wait for one.

    \b
    Example:
      citewire new edition 2026-04-11
    """
    from generator.desk.files import DeskError
    from generator.desk.new import new_edition

    project = project_of(config)
    with failing(DeskError):
        with writing(project):
            begun = new_edition(project, day, now)
        _ready(begun, project, edit)


def _ready(path: Path, project: Project, edit: bool | None) -> None:
    """Print the file's name, and open it."""
    from generator.desk.schemas import write_schemas
    from generator.files import name_here

    click.echo(name_here(path))  # first: it exists, whether or not the schemas can be written
    write_schemas(project)
    has_editor = bool(os.environ.get("VISUAL") or os.environ.get("EDITOR"))
    if edit or (edit is None and has_editor and sys.stdout.isatty() and sys.stdin.isatty()):
        _open(path)


def _open(path: Path) -> None:
    """Open a file in the environment's editor; ends the command if that fails."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if named and (words := split(named)) and not which(words[0]):
        fail(f"there is no program `{words[0]}`, which EDITOR or VISUAL names; open {path.name} with another", MISUSE)
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        fail(error.format_message(), IO_FAILURE)
