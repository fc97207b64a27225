"""`citewire build`: the site, once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    from generator.pipeline import Project


@click.command(epilog=EXIT_CODES)
@config_option
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="Where to, from this folder, instead of `site_dir`."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Let the workers of a Dask scheduler make the site, such as tcp://scheduler:8786; `local` for this machine's.",
)
@now_option
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
def build(config: Path, site_dir: Path | None, cluster: str | None, now: datetime, strict: bool) -> NoReturn:
    """Check the content and publish the site.

    With an error in the content nothing is published, and what stands in the site's folder stays as it is. The bytes
    are those of `mkdocs build`.

    \b
    Example:
      citewire build
      citewire build --strict --site-dir /var/www/site
    """
    gc.disable()  # what is read lives until the end: to look for garbage in it took half of a build's time
    project = project_of(config)
    from generator.host.command import HostError, RefusedError
    from generator.host.command import build as host_build

    try:
        with _engine(cluster, project), Progress("Building") as tell:
            changes = host_build(config, site_dir, strict, show, tell, now)
    except RefusedError as error:
        fail(str(error), PROBLEMS)
    except HostError as error:
        fail(str(error), MISUSE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)
    say(f"{changes}.")
    sys.exit(SOUND)


@contextmanager
def _engine(address: str | None, project: Project) -> Iterator[None]:
    """Where the batches of a build are done; or the end, where the cluster cannot do them."""
    if address is None:
        yield
        return
    try:
        from generator.cluster.engine import ClusterError, on_cluster
    except ImportError:
        fail('--cluster needs Dask: pip install "citewire[cluster]"', MISUSE)
    try:
        with on_cluster(address, project.cache.folder / "cluster", _say_waiting):
            yield
    except ClusterError as error:
        fail(f"{error} [{address}]", IO_FAILURE)


def _say_waiting() -> None:
    click.echo("citewire: another build of this newsletter is on a cluster: waiting for its end", err=True)
