"""`citewire build`: the site, once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
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
    from generator.publish.site import Changes


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
@click.option(
    "--to",
    metavar="URL",
    help="Then bring a store to what the site's folder is, such as s3://bucket/folder: only what differs is uploaded.",
)
@now_option
@click.option("--strict", is_flag=True, help="Let warnings fail as well.")
def build(
    config: Path, site_dir: Path | None, cluster: str | None, to: str | None, now: datetime, strict: bool
) -> NoReturn:
    """Check the content and publish the site.

    With an error in the content nothing is published, and what stands in the site's folder stays as it is. The bytes
    are those of `mkdocs build`.

    \b
    Example:
      citewire build
      citewire build --strict --site-dir /var/www/site
      citewire build --cluster tcp://scheduler:8786 --to s3://bucket
    """
    gc.disable()  # what is read lives until the end: to look for garbage in it took half of a build's time
    project = project_of(config)
    target = site_dir.absolute() if site_dir else project.site_dir
    assert target is not None  # noqa: S101 - the project was found by its configuration
    with _engine(cluster, project):
        upload = _upload(to, target, project) if to else None
        say(f"{_built(config, site_dir, strict, now)}.")
        if upload:
            say(f"{to}: {upload()}.")
    sys.exit(SOUND)


def _built(config: Path, site_dir: Path | None, strict: bool, now: datetime) -> Changes:
    """What was changed in the site's folder; or the end, with a word on why it was not."""
    from generator.host.command import HostError, RefusedError
    from generator.host.command import build as host_build

    try:
        with Progress("Building") as tell:
            return host_build(config, site_dir, strict, show, tell, now)
    except RefusedError as error:
        fail(str(error), PROBLEMS)
    except HostError as error:
        fail(str(error), MISUSE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)


def _upload(url: str, site: Path, project: Project) -> Callable[[], Changes]:
    """What brings the store to what the site's folder is; or the end, where there can be no such store."""
    try:
        from generator.store.mirror import mirror, refuse_itself
        from generator.store.place import NoStoreError, Store, StoreError
    except ModuleNotFoundError:
        fail('--to needs fsspec: pip install "citewire[store]"', MISUSE)
    store = Store(url)
    try:
        refuse_itself(store, site)
    except NoStoreError as error:
        fail(str(error), MISUSE)

    def upload() -> Changes:
        try:
            with Progress("Uploading") as tell:
                return mirror(site, store, project.cache, tell, _say_waiting)
        except StoreError as error:
            fail(f"{error} (every object there is whole, and the next run goes on)", IO_FAILURE)
        except OSError as error:
            fail(os_words(error), IO_FAILURE)

    return upload


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
        fail(f"--cluster {address}: {error}", IO_FAILURE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)


def _say_waiting() -> None:
    click.echo("citewire: another build of this newsletter is going on: waiting for its end", err=True)
