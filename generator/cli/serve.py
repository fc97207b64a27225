"""`citewire serve`: the site while it is written."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.console import EXIT_CODES, IO_FAILURE, PROBLEMS, SOUND, config_option, fail, os_words, project_of


@click.command(epilog=EXIT_CODES)
@config_option
@click.option("-a", "--address", metavar="HOST:PORT", help="Where to listen. [default: 127.0.0.1:8000]")
@click.option("-o", "--open", "open_browser", is_flag=True, help="Open the site in the browser.")
def serve(config: Path, address: str | None, open_browser: bool) -> NoReturn:
    """Show the site while you write; it is built again whenever you save."""
    project_of(config)
    from generator.host.command import RefusedError
    from generator.host.command import serve as host_serve

    try:
        host_serve(config, address, open_browser)
    except RefusedError as error:
        fail(str(error), PROBLEMS)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    sys.exit(SOUND)
