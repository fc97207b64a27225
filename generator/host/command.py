"""`citewire build` and `citewire serve` through MkDocs, and builds without it if its output is known."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError
from msgspec import Struct

from generator.cache.buckets import DamagedCacheError
from generator.configuration import ConfigError, configuration
from generator.files import alone_from_here
from generator.heap import with_reserve
from generator.host.asked import Asked
from generator.host.failures import UNFIT, log_waiting, refusal, template_fault
from generator.host.kept import NotKeptError, keep, remembered
from generator.host.place import refuse_place
from generator.host.temporary import sweep
from generator.host.untouched import Look, look, set_back, target_of
from generator.link.site import link
from generator.model.out import out
from generator.model.problems import Problem
from generator.options import find
from generator.pipeline import Judgement, judged
from generator.production import produce_by, recipe_of
from generator.project import Project
from generator.publish.making import Tell
from generator.publish.site import Changes

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from generator.host.plugin import CitewirePlugin

Report = Callable[[list[Problem]], None]


class HostError(Exception):
    """The host ended the build; the text is its own message."""


class UnpublishedError(Exception):
    """Nothing was published, for a reason that the editor can fix; the text says so."""


def build(asked: Asked, report: Report, tell: Tell, before: Look | None = None) -> Changes:
    """Build the site as of a moment, as `mkdocs build` does. Passes problems in the content to `report`.

    `before` is an earlier look at everything that the site is made from, if there was one.

    Raises `UnpublishedError` if the content has problems, `HostError` with a text for the user if the configuration
    or a template is wrong, `OSError` if the disk refuses.
    """
    with _quiet_host(), _in_words(ConfigError):
        target = before.target if before else target_of(configuration(asked.config_file), asked.site_dir)
        with alone_from_here(target, log_waiting):
            report = _once(report)
            with suppress(DamagedCacheError):
                return _built(asked, before, report, tell)
            return _built(asked, None, report, tell)  # what was damaged is gone


def _built(asked: Asked, before: Look | None, report: Report, tell: Tell) -> Changes:
    """Build once. Raises `DamagedCacheError` too; the site is whole then."""
    seen = before or look(configuration(asked.config_file), asked.site_dir, asked.is_strict)
    project = find(asked.config_file)
    refuse_place(seen.target, project)
    return with_reserve(_Build(asked, seen, project, report, tell).changes)


def _once(report: Report) -> Report:
    """Report the problems of the first time only."""
    left = [report]
    return lambda problems: left.pop()(problems) if left else None


@contextmanager
def _quiet_host() -> Iterator[None]:
    """Within this context, show the host's warnings, but not its progress messages."""
    # Material's note on MkDocs 2 does not concern this newsletter
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logger, handler = logging.getLogger("mkdocs"), logging.StreamHandler()
    level, handlers = logger.level, [*logger.handlers]
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    logger.setLevel(logging.WARNING)
    logger.handlers = handlers or [handler]
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.handlers = handlers


@contextmanager
def _in_words(*kinds: type[Exception]) -> Iterator[None]:
    """Within this context, errors of these kinds and errors in templates become a `HostError` with a text."""
    try:
        yield
    except kinds as error:
        raise HostError(str(error)) from error
    except TemplateError as error:
        file, line, what = template_fault(error)
        raise HostError(f"{file}:{line}: {what}") from error


class _Build(Struct, frozen=True, dict=True):
    """One build, with the host or without it."""

    asked: Asked
    seen: Look
    project: Project
    report: Report
    tell: Tell

    @cached_property
    def judgement(self) -> Judgement:
        """The judgement of the content, which is read on first use. Its problems are reported then."""
        found = judged(self.project, seen=self.seen.files)
        if self.seen.files:
            self.seen.files.clear()  # not needed again, and large for an archive
        self.report(found.problems)
        return found

    def changes(self) -> Changes:
        """Build the site, and record the build. Raises `UnpublishedError`, `HostError`, `OSError`."""
        asked, seen = self.asked, self.seen
        if asked.is_by_clock and (gone := set_back(seen, self.judgement.library, asked.now)):
            raise HostError(_back_words(asked.now, gone))
        changes = self._without_host() or self._through_host()
        if remembered(self.project, seen.key):
            seen.keep(asked.now, self.judgement.library, self.judgement.problems, changes, asked.is_by_clock)
        return changes

    def _without_host(self) -> Changes | None:
        """Build from the host's last output; None if something more is needed from it."""
        project, seen = self.project, self.seen
        kept = remembered(project, seen.key)
        if kept is None:
            return None
        sweep(project.cache)
        if reason := refusal(self.judgement.problems, self.asked.is_strict):
            raise UnpublishedError(f"Nothing was published: {reason}.")
        library = out(self.judgement.library, self.asked.now)
        site = link(library, kept.about.site_url, project.outputs)
        try:
            with _in_words(*UNFIT):
                recipe = recipe_of(site, library, project, kept.host(site))
                return produce_by(recipe, site, seen.target, self.tell, log_waiting, seen.site)
        except NotKeptError:
            return None

    def _through_host(self) -> Changes:
        """Build by running the host."""
        from mkdocs.commands import build as host_build
        from mkdocs.exceptions import MkDocsException

        from generator.host.press import ContentRefused, Orders

        asked = self.asked
        options = {"site_dir": str(asked.site_dir.absolute())} if asked.site_dir else {}
        with _in_words(MkDocsException, *UNFIT):
            config, plugin = _loaded(asked.config_file, strict=asked.is_strict or None, **options)
            keep_it = partial(keep, self.project, self.seen.key)
            plugin.press.orders = Orders(lambda _: self.judgement, keep_it, self.tell, asked.now, is_quiet=True)
            config.plugins.on_startup(command="build", dirty=False)
            try:
                host_build.build(config)
            except ContentRefused as error:
                raise UnpublishedError(str(error)) from error
            finally:  # the host keeps the plugin for the next build in this process
                plugin.press.orders = Orders()
            config.plugins.on_shutdown()
        return plugin.press.changes


def _back_words(now: datetime, gone: Sequence[str]) -> str:
    lost = f"{gone[0]}{f' and {len(gone) - 1} more' if gone[1:] else ''}"
    return (
        f"nothing was published: the clock says {now.isoformat()}, and at the last build it was later, so {lost} "
        "would go off the site again; set it right, or say with --now what time it is"
    )


def _loaded(config_file: Path, **options: Any) -> tuple[MkDocsConfig, CitewirePlugin]:
    """The configuration as loaded by the host, and our plugin in it."""
    from mkdocs.config import load_config

    from generator.host.plugin import CitewirePlugin

    config = load_config(config_file=str(config_file), **options)
    plugin = config.plugins["citewire"]
    assert isinstance(plugin, CitewirePlugin)  # noqa: S101 - the configuration was read before
    return config, plugin


def serve(
    config_file: Path, address: str | None, open_browser: bool, now: datetime | None, *, desk: bool = False
) -> None:
    """Serve the site and build it again whenever something is saved. Returns when interrupted.

    Problems in the content are shown in the browser. `now` pins the moment of all builds; with None each takes its own.
    With `desk` there is a web desk that writes into the folder of the newsletter.
    Raises `HostError` if the configuration is wrong, `OSError` if the address is taken.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
    from mkdocs.commands import serve as host_serve
    from mkdocs.exceptions import MkDocsException

    from generator.host.builder import BuilderEndedError
    from generator.host.press import Orders

    options: dict[str, Any] = {"dev_addr": address} if address else {}
    with _in_words(MkDocsException, BuilderEndedError):
        config, plugin = _loaded(config_file, **options)
        plugin.press.orders = Orders(now=now, has_desk=desk)  # the host keeps the plugin through all builds of a server
        _probe(*config.dev_addr)
        host_serve.serve(str(config_file), open_in_browser=open_browser, watch_theme=True, **options)


def _probe(host: str, port: int) -> None:
    """Raise `OSError` if an address is taken, before the first build, which may take a while.

    Raises `HostError` if there is no such port.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise HostError(f"{host}:{port} is no place to listen: ports go from 0 to 65535") from error
        except OSError as error:
            raise OSError(error.errno, error.strerror, f"{host}:{port}") from error
