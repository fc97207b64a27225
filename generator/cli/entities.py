"""`citewire entities`: names that recur in the texts but have no entity."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import completion
from generator.cli.console import command, failing, project_of, taken_back, writing

if TYPE_CHECKING:
    from generator.project import Project

_PLACES = 3
"""Stories that are listed for each name."""


@command()
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="In how many stories it must be.")
@click.option("--yaml", "as_yaml", is_flag=True, help="Show them as entries for entities.yml.")
@click.option(
    "--merge",
    nargs=2,
    metavar="GONE KEPT",
    shell_complete=completion.entities,
    help="Put the second entity in the place of the first.",
)
def entities(config: Path, least: int, as_yaml: bool, merge: tuple[str, str] | None) -> None:
    """Show names in the texts that recur and that no entity has; merge two entities.

    A merged entity becomes another name of the one that stays.

    \b
    Example:
      citewire entities --least 3
      citewire entities --merge facebook meta
    """
    from generator.desk.files import DeskError

    project = project_of(config)
    with writing(project, merge is not None), failing(DeskError):
        if merge:
            _merge(project, *merge)
        else:
            _show(project, least, as_yaml)


def _show(project: Project, least: int, as_yaml: bool) -> None:
    from generator.desk.known import library_of
    from generator.desk.names import unknown_names

    library = library_of(project)
    for unknown in unknown_names(library, least, project.cache):
        if as_yaml:
            click.echo(f"{unknown.proposal}    # a guess\n")
            continue
        places = ", ".join(unknown.stories[:_PLACES]) + (", ..." if len(unknown.stories) > _PLACES else "")
        click.echo(f"{len(unknown.stories):4}  {unknown.name}  ({places})")


def _merge(project: Project, gone: str, kept: str) -> None:
    from generator.desk.names import merging
    from generator.files import name_here

    made = merging(project, gone, kept)
    with made.done(taken_back("nothing was merged")):
        pass
    for path in made.files:
        click.echo(name_here(path))
