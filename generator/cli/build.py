"""`citewire build`: the site, once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.console import (
    IO_FAILURE,
    PROBLEMS,
    Progress,
    by_clock,
    command,
    fail,
    failing,
    keep_all,
    needing,
    now_option,
    os_words,
    remark,
    say,
    show,
)

if TYPE_CHECKING:
    from generator.cache import Cache
    from generator.host.asked import Asked
    from generator.host.untouched import Look
    from generator.model.problems import Problem
    from generator.publish.site import Changes


def _scheduler(ctx: click.Context, param: click.Parameter, text: str | None) -> str | None:
    """Validate a scheduler's address, or `local`, before anything is built."""
    if text is None or text == "local" or re.fullmatch(r"(?:\w+://\S+|[^\s/]+:\d+)", text):
        return text
    raise click.BadParameter(f"`{text}` is no scheduler: write it as tcp://scheduler:8786, or `local` for this machine")


@command()
@click.option(
    "-d", "--site-dir", type=click.Path(path_type=Path), help="Where to, from this folder, instead of `site_dir`."
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    callback=_scheduler,
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
) -> None:
    """Check the content and publish the site.

    With an error in the content nothing is published, and what stands in the site's folder stays as it is. The bytes
    are those of `mkdocs build`.

    \b
    Example:
      citewire build
      citewire build --strict --site-dir /var/www/site
      citewire build --cluster tcp://scheduler:8786 --to s3://bucket
    """
    from generator.host.asked import Asked

    keep_all()
    asked = Asked(config, site_dir, strict, now, by_clock())
    with _look(asked) as seen:
        upload = _upload(to, seen.target, seen.cache) if to else None
        nothing = _nothing_done(seen, now)
        with _engine(None if nothing else cluster, seen.cache):
            changes = nothing or built(asked, show, seen)
            say(f"{changes}.")
            if upload:
                say(f"{to}: {upload()}.")


@contextmanager
def _look(asked: Asked) -> Iterator[Look]:
    """What the site is made from. While this context lasts, nobody else can build it."""
    from generator.configuration import ConfigError, configuration
    from generator.files import alone_from_here
    from generator.host.untouched import look, target_of

    with ExitStack() as stack:
        with failing(ConfigError):
            target = target_of(configuration(asked.config_file), asked.site_dir)
            stack.enter_context(alone_from_here(target, _say_waiting))
            config = configuration(asked.config_file)  # it may have been changed while this waited
            seen = look(config, asked.site_dir, asked.is_strict)
        yield seen


def _nothing_done(seen: Look, now: datetime) -> Changes | None:
    """Changes that say there is nothing to do; None if anything has changed since the last build."""
    from generator.host.untouched import nothing_done, untouched

    record = untouched(seen, now)
    if record is None:
        return None
    show(record.problems)
    return nothing_done(record)


def built(asked: Asked, report: Callable[[list[Problem]], None], seen: Look | None = None) -> Changes:
    """Build and return what changed in the site's folder; end the command with the reason if that fails.

    `report` is called with problems in the content. `seen` is the result of `look`, if already known.
    """
    from generator.host.command import HostError, UnpublishedError
    from generator.host.command import build as host_build

    with failing(UnpublishedError, code=PROBLEMS), failing(HostError), Progress("Building") as tell:
        return host_build(asked, report, tell, seen)


def _upload(url: str, site: Path, cache: Cache) -> Callable[[], Changes]:
    """Return a function that uploads the site to the store; end the command if there can be no such store."""
    with needing("store"):
        from generator.store.mirror import mirror, refuse_itself
        from generator.store.place import NoStoreError, Store, StoreError
    store = Store(url)
    with failing(NoStoreError):
        refuse_itself(store, site)

    def upload() -> Changes:
        try:
            with Progress("Uploading") as tell:
                return mirror(site, store, cache, tell, _say_waiting)
        except StoreError as error:
            fail(f"{error} (every object there is whole, and the next run goes on)", IO_FAILURE)
        except OSError as error:
            fail(os_words(error), IO_FAILURE)

    return upload


@contextmanager
def _engine(address: str | None, cache: Cache) -> Iterator[None]:
    """Where the batches of a build run; ends the command if the cluster cannot run them."""
    if address is None:
        yield
        return
    with needing("cluster"):
        from generator.cluster.engine import ClusterError, on_cluster
    try:
        with on_cluster(address, cache.folder, _say_waiting):
            yield
    except ClusterError as error:
        fail(f"--cluster {address}: {error}", IO_FAILURE)
    except OSError as error:
        fail(os_words(error), IO_FAILURE)


def _say_waiting() -> None:
    remark("another build of this newsletter is going on: waiting for its end")
