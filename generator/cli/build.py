"""`citewire build`: the site, once."""

from __future__ import annotations

import gc
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.console import (
    EXIT_CODES,
    IO_FAILURE,
    MISUSE,
    PROBLEMS,
    SOUND,
    Progress,
    config_option,
    fail,
    now_option,
    os_words,
    project_of,
    say,
    show,
)

if TYPE_CHECKING:
    from generator.host.untouched import Look


@click.command(epilog=EXIT_CODES)
@config_option
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="Where to, from this folder, instead of `site_dir`."
)
@now_option
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
def build(config: Path, site_dir: Path | None, now: datetime, strict: bool) -> NoReturn:
    """Check the content and publish the site.

    With an error in the content nothing is published, and what stands in the site's folder stays as it is. The bytes
    are those of `mkdocs build`.

    \b
    Example:
      citewire build
      citewire build --strict --site-dir /var/www/site
    """
    gc.disable()  # what is read lives until the end: to look for garbage in it took half of a build's time
    if not (seen := _look(config, site_dir, strict, now)):
        sys.exit(SOUND)
    project_of(config)
    from generator.host.command import HostError, RefusedError
    from generator.host.command import build as host_build

    try:
        with Progress("Building") as tell:
            changes = host_build(config, site_dir, strict, show, tell, now, seen)
    except RefusedError as error:
        fail(str(error), PROBLEMS)
    except HostError as error:
        fail(str(error), MISUSE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    say(f"{changes}.")
    sys.exit(SOUND)


def _look(config: Path, site_dir: Path | None, strict: bool, now: datetime) -> Look | None:
    """What the site is to be made from; None, and all is said, where nothing has changed since the last build."""
    from generator.configuration import ConfigError, configuration
    from generator.host.untouched import look, nothing_done, untouched

    try:
        seen = look(configuration(config), site_dir, strict)
    except ConfigError as error:
        fail(str(error), MISUSE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    record = untouched(seen, now)
    if record is None:
        return seen
    show(record.problems)
    say(f"{nothing_done(record)}.")
    return None
