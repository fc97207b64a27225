"""Citewire as an MkDocs plugin: what it does at each event of a build.

MkDocs empties the site's folder before any plugin can say whether the content is sound. So it is given another folder
to build its own pages into, and the whole site is published from there once everything has been made.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import jinja2
from mkdocs.config.base import LegacyConfig
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import ConfigurationError
from mkdocs.plugins import BasePlugin, event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from generator import clock
from generator.configuration import CONFIG, CONTENT, ConfigError, configuration
from generator.files import alone_from_here
from generator.host import overlay
from generator.host.chrome import Theme, install
from generator.host.failures import log_waiting
from generator.host.place import refuse_place
from generator.host.press import ContentRefused, Press, Task
from generator.host.temporary import mark, sweep
from generator.options import MAPPINGS, judge_site_url, project_of
from generator.processes import uninterrupted
from generator.production import Host
from generator.project import Project

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

    from generator.host.serving import Serving


class ClockError(ConfigurationError):
    """The requested time is not valid."""

    exit_code = 2


class CitewirePlugin(BasePlugin[LegacyConfig]):
    """One build is one pass through the methods below, from top to bottom."""

    config_scheme = (
        ("content", Type(str, default=CONTENT)),
        *((name, Type(dict, default={})) for name in MAPPINGS),
    )

    def __init__(self) -> None:
        self.press = Press()
        self.serving: Serving | None = None
        self._held = ExitStack()
        """Resources released when a build ends: the temporary folder with its mark, the count of warnings, the lock."""
        self._task: Task
        self._stage: Path
        """The temporary folder into which the host builds."""
        self._warnings: CountHandler
        self._theme: Theme
        self._nav: Navigation

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.press.is_serving = command == "serve"
        self.serving = _serving(self.press) if self.press.is_serving else None
        try:
            clock.now()
        except ValueError as error:
            raise ClockError(str(error)) from error

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the newsletter, install our theme, and direct the host away from the published folder."""
        config_file = Path(config.config_file_path or CONFIG)
        project = self._find_project(config_file, config)
        self._task = Task(config_file, project, Path(config.site_dir), config.site_url or "", bool(config.strict))
        if self.serving:
            self.serving.begins(self._task)
        install(config)
        if config.validation.links.unrecognized_links == logging.INFO:  # it does not know the pages that we make
            config.validation.links.unrecognized_links = logging.DEBUG
        _refuse_place(self._task)
        sweep(project.cache)
        with uninterrupted():  # until its removal is registered
            stage = tempfile.TemporaryDirectory(prefix="citewire-", ignore_cleanup_errors=True)
            self._held.callback(mark(project.cache, Path(stage.name)))
            config.site_dir = self._held.enter_context(stage)
        self._stage = Path(config.site_dir)
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        host_log = logging.getLogger("mkdocs")
        host_log.addHandler(self._warnings)
        self._held.callback(host_log.removeHandler, self._warnings)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Judge first: with an error the build ends here, and the published site stays as it is.

        While serving, the last sound site stays visible with the problems over it, or a page of problems if there is
        none: the host's server answers no requests after a failed build.
        """
        self._held.enter_context(alone_from_here(self._task.target, log_waiting))
        reason = self.press.judge(self._task)
        if reason and not self.press.is_serving:
            raise ContentRefused(reason)

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Get the theme's templates as set up by the host."""
        self._theme = Theme(env, config, files, self.press.site)
        env.globals["citewire_desk"] = overlay.SCRIPT if self.press.is_serving else None
        return env

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._nav = nav
        return nav

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """Give an ordinary Markdown page the same head as our pages, and the same quotation marks."""
        page.content = self._theme.printed(page.content or "")
        context["citewire_head"] = self._theme.ordinary_head(page)
        return context

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Finish an ordinary Markdown page after it has been rendered."""
        return self._theme.finished(output)

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Finish one of the theme's own pages, such as 404.html, after it has been rendered."""
        return self._theme.finished(output_content)

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Make the rest and publish the whole, now that the host and others have made their part."""
        if config.strict and self._warnings.get_counts():
            raise ContentRefused("MkDocs gave warnings, and --strict lets them fail")
        written = self._theme.files(self._stage)
        host = Host(self._theme.chromes(self._nav), written, self._theme.ordinary_paths())
        self.press.publish(host)
        if not (self.press.is_refused or self._warnings.get_counts()):  # the next build should give warnings again
            self.press.orders.keep(self.press.site, host)
        self._clear(config)
        if self.serving and not self.press.is_refused:
            self.serving.gave(host)

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        self._clear(None)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the content too, and use our own way of building again."""
        assert self.serving  # noqa: S101 - it began so
        del self._theme
        return self.serving.served_by(server, config, partial(self._through_host, server.builder))

    def _through_host(self, build: Callable[[], None]) -> None:
        """Build through the host, and clean up after any exception: the host reports errors to plugins, not exits."""
        try:
            build()
        except BaseException:
            self._clear(None)
            raise

    def _find_project(self, config_file: Path, config: MkDocsConfig) -> Project:
        custom_dir = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        try:
            if config_file.is_file():
                configuration(config_file)  # for duplicate keys, of which the host silently takes the last
            judge_site_url(config.site_url)
            options = {**self.config, "desk": {"backend": "local"}} if self.press.orders.has_desk else dict(self.config)
            return project_of(config_file.resolve().parent, options, Path(config.docs_dir), custom_dir)
        except ConfigError as error:
            raise ConfigurationError(str(error)) from error

    def _clear(self, config: MkDocsConfig | None) -> None:
        if config is not None:
            config.site_dir = str(self._task.target)
        with uninterrupted():
            self._held.close()


def _serving(press: Press) -> Serving:
    from generator.host.serving import Serving  # it loads the host's server, for which a build need not wait

    return Serving(press)


def _refuse_place(task: Task) -> None:
    try:
        refuse_place(task.target, task.project)
    except ConfigError as error:
        raise ConfigurationError(str(error)) from error
