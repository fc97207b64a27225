"""`citewire schema`: write what an editor needs to complete fields and ids."""

from __future__ import annotations

from pathlib import Path

from generator.cli.console import command, count, failing, project_of, say


@command()
def schema(config: Path) -> None:
    """Write the JSON Schemas by which an editor completes fields and ids.

    They go to content/.schemas/, with the sections, topics, companies and publishers of this newsletter. `citewire new`
    and `citewire cite` write them as well.

    \b
    Example:
      citewire schema
    """
    from generator.desk.schemas import write_schemas

    with failing():
        changed = write_schemas(project_of(config))
    say(f"{count(len(changed), 'schema')} written.")
