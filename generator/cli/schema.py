"""`citewire schema`: what an editor needs to complete fields and ids."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.console import EXIT_CODES, IO_FAILURE, SOUND, config_option, count, fail, os_words, project_of, say


@click.command(epilog=EXIT_CODES)
@config_option
def schema(config: Path) -> NoReturn:
    """Write the JSON Schemas by which an editor completes fields and ids.

    They go to content/.schemas/, with the sections, topics, companies and publishers of this newsletter. `citewire new`
    and `citewire cite` write them as well.

    \b
    Example:
      citewire schema
    """
    from generator.desk.schemas import write_schemas

    try:
        changed = write_schemas(project_of(config))
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    say(f"{count(len(changed), 'schema')} written.")
    sys.exit(SOUND)
