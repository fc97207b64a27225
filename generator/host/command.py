"""`citewire build` and `citewire serve` through MkDocs, and a build without it where its answer is known."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from generator.configuration import ConfigError, configuration
from generator.files import alone_from_here
from generator.host.failures import UNMADE, log_waiting, refusal, template_fault
from generator.host.kept import NotKeptError, keep, remembered
from generator.host.place import refuse_place
from generator.host.temporary import sweep
from generator.host.untouched import Look, look, set_back, target_of
from generator.link.site import link
from generator.model.out import out
from generator.model.problems import Problem
from generator.options import find
from generator.pipeline import Judgement, judged
from generator.processes import with_reserve
from generator.production import produce_by, recipe_of
from generator.project import Project
from generator.publish.making import Tell
from generator.publish.site import Changes

if TYPE_CHECKING:
    from generator.host.plugin import CitewirePlugin

Report = Callable[[list[Problem]], None]


class HostError(Exception):
    """The host ended the build; its own words are the text."""


class RefusedError(Exception):
    """Nothing was published, for a reason that the editor can mend; the text says so."""


def _quiet_host() -> None:
    """Warnings of the host are shown, its running commentary is not."""
    # Material's note on MkDocs 2 says nothing of this newsletter
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.WARNING)
    if not logger.handlers:
        handler = logging.StreamHandler()
        handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
        logger.addHandler(handler)


def build(
    config_file: Path,
    site_dir: Path | None,
    strict: bool,
    report: Report,
    tell: Tell,
    now: datetime,
    before: Look | None = None,
    by_clock: bool = False,
) -> Changes:
    """Build the site of a moment as `mkdocs build` does; `report` is told of problems in the content.

    `before` is what somebody has seen already of all that it is to be made from. `by_clock` says that the moment is
    that of the clock: if it was set back, what is out does not go.

    Raises `RefusedError` when the content stood in the way, `HostError` with words for the user when the configuration
    or a template is wrong, `OSError` when the disk refuses.
    """
    _quiet_host()
    target = before.target if before else target_of(configuration(config_file), site_dir)
    with alone_from_here(target, log_waiting):
        seen = before or look(configuration(config_file), site_dir, strict)
        project = _project(config_file, seen)
        looked = cache(partial(_judged, project, report, seen))

        def prepare(plugin: CitewirePlugin) -> None:
            press = plugin.press
            press.report, press.tell, press.now, press.judge = _ignore, tell, now, lambda _: looked()
            plugin.keep = partial(keep, project, seen.key)

        def built() -> Changes:
            if by_clock and (gone := set_back(seen, looked().library, now)):
                raise HostError(_back_words(now, gone))
            changes = _without_host(project, looked, seen, strict, tell, now)
            if changes is None:
                changes = _through_host(config_file, site_dir, strict, prepare)
            if remembered(project, seen.key):
                seen.keep(now, looked().library, looked().problems, changes, by_clock)
            return changes

        return with_reserve(built)


def _project(config_file: Path, seen: Look) -> Project:
    """The newsletter, whose site may be written where it is to be. Raises `HostError` where it may not."""
    project = find(config_file)
    try:
        refuse_place(seen.target, project)
    except ConfigError as error:
        raise HostError(str(error)) from error
    return project


def _back_words(now: datetime, gone: Sequence[str]) -> str:
    lost = f"{gone[0]}{f' and {len(gone) - 1} more' if gone[1:] else ''}"
    return (
        f"nothing was published: the clock says {now.isoformat()}, and at the last build it was later, so {lost} "
        "would go off the site again; set it right, or say with --now what time it is"
    )


def _judged(project: Project, report: Report, seen: Look) -> Judgement:
    judgement = judged(project, seen=seen.files)
    if seen.files:
        seen.files.clear()  # nobody looks at them again, and those of a large archive weigh something
    report(judgement.problems)
    return judgement


def _ignore(problems: list[Problem]) -> None:
    """All has been said."""


def _without_host(
    project: Project, looked: Callable[[], Judgement], seen: Look, strict: bool, tell: Tell, now: datetime
) -> Changes | None:
    """Build of what the host gave the last time; None where that is not all that is needed."""
    kept = remembered(project, seen.key)
    if kept is None:
        return None
    sweep(project.cache)
    if reason := refusal(looked().problems, strict):
        raise RefusedError(f"Nothing was published: {reason}.")
    library = out(looked().library, now)
    site = link(library, kept.about.site_url, project.outputs)
    try:
        recipe = recipe_of(site, library, project, kept.host(site))
        return produce_by(recipe, site, seen.target, tell, log_waiting, seen.site)
    except NotKeptError:
        return None
    except UNMADE as error:
        raise HostError(str(error)) from error
    except TemplateError as error:
        raise HostError(_template_words(error)) from error


def _through_host(
    config_file: Path, site_dir: Path | None, strict: bool, prepare: Callable[[CitewirePlugin], None]
) -> Changes:
    """Build as the host does; `prepare` is given our plugin before."""
    from mkdocs.commands import build as host_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from generator.host.plugin import CitewirePlugin, keep_nothing
    from generator.host.press import ContentRefused

    changes: list[Changes] = []
    options = {"site_dir": str(site_dir.absolute())} if site_dir else {}
    try:
        config = load_config(config_file=str(config_file), strict=strict or None, **options)
        plugin = config.plugins["citewire"]
        assert isinstance(plugin, CitewirePlugin)  # noqa: S101 - the configuration was read before
        prepare(plugin)
        plugin.press.published = changes.append
        config.plugins.on_startup(command="build", dirty=False)
        try:
            host_build.build(config)
        finally:  # the host keeps the plugin for whoever builds next in this process
            plugin.press.judge, plugin.keep = judged, keep_nothing
        config.plugins.on_shutdown()
    except ContentRefused as error:
        raise RefusedError(str(error)) from error
    except MkDocsException as error:
        raise HostError(str(error)) from error
    except TemplateError as error:
        raise HostError(_template_words(error)) from error
    return changes[0]


def _template_words(error: TemplateError) -> str:
    file, line, what = template_fault(error)
    return f"{file}:{line}: {what}"


def serve(
    config_file: Path, address: str | None, open_browser: bool, now: datetime | None, *, desk: bool = False
) -> None:
    """Serve the site and build it again whenever something is saved. Returns when it is interrupted.

    Problems in the content are shown in the browser. `now` pins the moment of all builds; None takes that of each. With
    `desk` there is a web desk that writes into the folder of the newsletter.
    Raises `HostError` when the configuration is wrong, `OSError` when the address is taken.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
    from mkdocs.commands import serve as host_serve
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from generator.host.builder import BuilderEndedError
    from generator.host.plugin import CitewirePlugin

    options: dict[str, Any] = {"dev_addr": address} if address else {}
    config = load_config(config_file=str(config_file), **options)
    plugin = config.plugins["citewire"]  # the host keeps it through all builds of a server
    assert isinstance(plugin, CitewirePlugin)  # noqa: S101 - the configuration was read before
    plugin.press.now, plugin.desk = now, desk
    _probe(*config.dev_addr)
    try:
        host_serve.serve(str(config_file), open_in_browser=open_browser, watch_theme=True, **options)
    except (MkDocsException, BuilderEndedError) as error:
        raise HostError(str(error)) from error
    except TemplateError as error:
        raise HostError(_template_words(error)) from error


def _probe(host: str, port: int) -> None:
    """Raise `OSError` when an address is taken: before the first build, which may take a while.

    Raises `HostError` where there is no such port.
    """
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError as error:
            raise HostError(f"{host}:{port} is no place to listen: ports go from 0 to 65535") from error
        except OSError as error:
            raise OSError(error.errno, error.strerror, f"{host}:{port}") from error
