"""`citewire sign`: the journal of what was published."""

from __future__ import annotations

from pathlib import Path

import click

from generator.cli import completion
from generator.cli.console import MISUSE, PROBLEMS, command, fail, failing, file_meant, project_of, say, show, writing


@command()
@click.argument("names", nargs=-1, shell_complete=completion.items)
def sign(config: Path, names: tuple[str, ...]) -> None:
    """Write down what published stories and editions say, so that no change goes unsaid.

    NAMES are those of stories and editions; without any, all editions but drafts are signed with their stories. The
    journal lies in content/published/ and belongs into the repository. From then on, `citewire check` objects when
    something signed says something else and tells of no correction and no edit.

    \b
    Example:
      citewire sign
      citewire sign meta-coreweave-21bn 2026-04-11
    """
    from generator.desk.files import slug_in
    from generator.desk.sign import UnsoundError
    from generator.desk.sign import sign as write_down

    project = project_of(config)
    with writing(project), failing():
        try:
            signed = write_down(project, [*map(slug_in, names)] or None)
        except UnsoundError as error:
            show([problem for problem in error.problems if problem.is_error])
            fail("nothing was signed", PROBLEMS)
        except KeyError as error:
            slug = error.args[0]
            fail(f"there is no story and no edition `{slug}`{file_meant(project, Path(slug))}", MISUSE)
    say(f"{len(signed.new)} new, {len(signed.changed)} changed.")
