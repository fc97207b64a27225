"""`citewire rename`: rename a story or edition without breaking links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import completion
from generator.cli.console import command, dry_run_option, failing, project_of, remark, taken_back, tell_file, writing

if TYPE_CHECKING:
    from generator.desk.rename import Renaming


@command()
@click.argument("old", shell_complete=completion.items)
@click.argument("new")
@dry_run_option
def rename(config: Path, old: str, new: str, dry_run: bool) -> None:
    """Give a story or an edition another name, without breaking a link.

    The file gets the NEW name, and so does all that names it. What was public keeps its id in feeds, and its OLD
    address leads on. An edition is published on its new day, at the hour that it had; not one that readers have where
    the year would be another one, or the new day lies behind its own corrections, edits or update.

    \b
    Example:
      citewire rename meta-coreweave meta-coreweave-21bn
    """
    from generator.desk.files import DeskError
    from generator.desk.rename import renaming
    from generator.desk.schemas import write_schemas

    project = project_of(config)
    with writing(project, not dry_run), failing(DeskError):
        made = renaming(project, old, new)
        if dry_run:
            _tell(made, dry_run)
            return
        with made.rewriting.done(taken_back("nothing was renamed")):
            pass
        _tell(made)  # first: it is renamed, whether or not the schemas can be written
        write_schemas(project)


def _tell(made: Renaming, dry_run: bool = False) -> None:
    """Print the files that were changed, or would be, the renamed one first, and what is left to do."""
    is_due = dry_run and bool(made.rewriting.files)  # nothing is, if it was renamed already
    for path in made.rewriting.files or (made.new,):
        tell_file(path, ("written" if path == made.new else "changed") if is_due else "")
    for path in (path for path, text in made.rewriting.after.items() if text is None and dry_run):
        tell_file(path, "deleted")
    if made.note:
        remark(made.note)
