"""`citewire sign`: the journal of published stories."""

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
@click.argument("stories", nargs=-1)
def sign(config: Path, stories: tuple[str, ...]) -> NoReturn:
    """Write down what published stories say, so that no change goes unsaid.

    STORIES are names of stories; without any, all that an edition shows are signed. The journal lies in
    content/published/ and belongs into the repository. From then on, `citewire check` objects when a signed story says
    something else and tells of no correction and no edit.

    \b
    Example:
      citewire sign
      citewire sign meta-coreweave-21bn
    """
    from generator.sign import UnsoundError
    from generator.sign import sign as write_down

    project = project_of(config)
    try:
        signed = write_down(project, stories or None)
    except UnsoundError as error:
        show([problem for problem in error.problems if problem.is_error])
        fail("nothing was signed", PROBLEMS)
    except KeyError as error:
        fail(f"there is no story `{error.args[0]}`", MISUSE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    say(f"{len(signed.new)} new, {len(signed.changed)} changed.")
    sys.exit(SOUND)
