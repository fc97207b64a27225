"""Serve the newsletter: build again after each save, and show saved texts before that build has ended.

If no third-party code has a part in the site, it is built in a process beside the server (`host.builder`), and MkDocs
is used again only if something of its own has changed.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from functools import partial
from pathlib import Path

from jinja2 import TemplateError
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.livereload import LiveReloadServer
from msgspec import Struct

from generator.configuration import ConfigError, configuration
from generator.files import alone_from_here
from generator.heap import garbage_left_alone
from generator.host import overlay
from generator.host.ahead import Ahead, Built, ahead, is_written
from generator.host.builder import Done, start
from generator.host.failures import breaking_off, log_waiting
from generator.host.kept import masthead_print, shows_more
from generator.host.key import has_code, key_of
from generator.host.press import Press, Task
from generator.host.server import SETTLED, Server
from generator.host.temporary import mark
from generator.host.watching import Looked, watch_with
from generator.processes import can_fork
from generator.production import Host

log = logging.getLogger("mkdocs.plugins.citewire")

HostBuild = Callable[[], None]
"""Builds through the host."""


class _Given(Struct, frozen=True):
    """The host's output for the served site, and its key."""

    key: str
    shown: str
    host: Host


class Serving:
    """A newsletter that is served."""

    def __init__(self, press: Press) -> None:
        self._press = press
        self._given: _Given | None = None
        self._is_marked = False
        """Whether the served folder has its mark, by which the next sweep removes it if this server was killed."""
        self._looked: Looked
        """How the files stood before the first build, which may read them long before they are watched."""
        self._task: Task
        self._key: str | None
        """The key of the host's part (`host.key`); None if it has none."""

    def begins(self, task: Task) -> None:
        """Prepare for a build by the host, which reads its sources from here on."""
        if not self._is_marked:
            mark(task.project.cache, task.target)
            self._is_marked = True
            project = task.project
            self._looked = Looked.at((task.config_file, project.content, project.pages, project.custom_dir))
        self._task, self._key, self._given = task, self._key_now(task), None

    def gave(self, host: Host) -> None:
        """Remember the host's output, unless something that no key covers can change it."""
        if self._key is not None and not shows_more(self._task.project):
            self._given = _Given(self._key, masthead_print(self._press.site), host)

    def served_by(self, server: LiveReloadServer, config: MkDocsConfig, through_host: HostBuild) -> LiveReloadServer:
        """Return a server that watches the content, and the newsletter's own templates if there are any."""
        project, build = self._task.project, partial(self.build_again, through_host)
        if not has_code(configuration(self._task.config_file)) and can_fork():
            server = Server(server, start(partial(self._make, build), self._look_ahead))
            self._given = None
            self._press.forget()  # the builder has a copy
            watch_with(server, config, self._looked, server.saved)
        else:
            watch_with(server, config, self._looked)
            server.builder = build
            server.build_delay = SETTLED
        server.watch(str(project.content))
        if project.templates and project.templates.is_dir():
            server.watch(str(project.templates))
        return server

    def build_again(self, through_host: HostBuild) -> None:
        """Build after a save. Mostly only content has changed, so the host's output can be reused."""
        with garbage_left_alone(), alone_from_here(self._task.target, log_waiting):
            given = self._given
            if given is None or given.key != self._key_now(self._task):
                through_host()
                return
            self._press.judge(self._task)
            if self._press.is_refused or masthead_print(self._press.site) == given.shown:
                self._press.publish(given.host)
            else:
                through_host()

    def _make(self, build: HostBuild) -> Done:
        """Build in the builder's process. Failures are shown in the browser."""
        press, task = self._press, self._task
        try:
            build()
        except Exception as error:
            problem = breaking_off(error, task.config_file)
            is_known = isinstance(error, TemplateError | MkDocsException | ConfigError | OSError)
            log.error("%s", problem) if is_known else log.exception("the build broke off")
            overlay.show(task.target, [problem], whole_page=not press.has_shown)
            return Done(shows_problems_alone=not press.has_shown)
        if press.is_refused:
            return Done(shows_problems_alone=not press.has_shown)
        return Done(True, written=frozenset((*press.changes.written, *press.changes.removed)))

    def _look_ahead(self, changed: Collection[str], saved: Collection[str]) -> Ahead | None:
        """Make the pages of saved files before the build; None if anything but stories and editions was saved."""
        built, given = self._press.built, self._given
        if built is None or given is None:
            return None
        now, all_ = _named(saved, built), _named(changed, built)
        if not now or not all(
            is_written(built, file) and (built.recipe.project.root / file).is_file() for file in all_
        ):
            return None
        return ahead(built, all_, now, lambda site: masthead_print(site) == given.shown)

    def _key_now(self, task: Task) -> str | None:
        """The present key of the host's part; None if it has none."""
        return key_of(configuration(task.config_file), None, task.is_strict)


def _named(paths: Iterable[str], built: Built) -> set[str]:
    """Saved files, named as in problems, except temporary ones that are gone again."""
    root = built.recipe.project.root
    named = {file.relative_to(root).as_posix() for path in paths if (file := Path(path)).is_relative_to(root)}
    others = {path for path in paths if not Path(path).is_relative_to(root)}
    return others | {file for file in named if is_written(built, file) or (root / file).exists()}
