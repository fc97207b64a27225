"""Citewire as a plugin of MkDocs: what happens at which moment of a build.

MkDocs empties the site's folder before it asks any plugin whether the content is sound. Here it is given another
folder to build its own pages into, and the whole site is published from there when everything has been made.
"""

from __future__ import annotations

import gc
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

import jinja2
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from msgspec import Struct
from msgspec.structs import replace

from generator import clock
from generator.configuration import ConfigError, configuration
from generator.dress import Chrome
from generator.host import overlay
from generator.host.chrome import Theme, install
from generator.host.kept import shown, shows_more
from generator.host.key import key_of
from generator.host.passing import UNMADE, log_waiting, refusal
from generator.host.watching import watch_with
from generator.model.content import Library
from generator.model.problems import Problem
from generator.model.site import Site
from generator.pipeline import Project, judge, link, out, preview
from generator.production import Host, produce
from generator.project import project_of
from generator.publish.site import Changes

log = get_plugin_logger("citewire")


class Options(Config):
    """What `plugins: - citewire:` takes in `mkdocs.yml`."""

    content = config_options.Type(str, default="content")
    rules = config_options.Type(dict, default={})
    announce = config_options.Type(dict, default={})
    comments = config_options.Type(dict, default={})
    desk = config_options.Type(dict, default={})
    draft = config_options.Type(dict, default={})
    evidence = config_options.Type(dict, default={})
    mail = config_options.Type(dict, default={})
    outputs = config_options.Type(dict, default={})
    strip = config_options.Type(dict, default={})


SETTLED = 0.05
"""Seconds without another change after which a save counts as done."""
Keep = Callable[[Site, Host, Mapping[tuple[str, int], Chrome]], None]
"""Told what the host gave, with the chrome of each kind and depth, so that it can be kept."""

Judge = Callable[[Project], tuple[Library, list[Problem]]]
"""Reads and checks the content."""


class ContentRefused(Abort):
    """The build ended before anything was published, for a reason that the editor can mend."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing was published: {reason}.")


class _Standing(Struct, frozen=True):
    """What the host gave to a site that is served, and what it was made from."""

    key: str | None
    shown: str
    host: Host


class CitewirePlugin(BasePlugin[Options]):
    """One build is one pass through the methods below, from top to bottom."""

    def __init__(self) -> None:
        self.report: Callable[[list[Problem]], None] = _log_problems
        self.told: Callable[[Changes], None] = lambda changes: None
        self.tell: Callable[[int, int], None] = lambda done, of: None
        self.keep: Keep = keep_nothing
        self.judge: Judge = judge
        self.now: datetime | None = None
        self.desk = False
        self._serving = False
        self._site: Site | None = None
        self._has_shown = False
        self._standing: _Standing | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the newsletter, lend it our theme, and lead the host away from the published folder."""
        if not config.site_url:
            raise ConfigurationError("site_url is needed in mkdocs.yml: feeds and canonical links are absolute")
        self._project = self._find_project(config)
        self._key = self._key_now(config) if self._serving else None
        self._standing = None
        install(config)
        self._target = Path(config.site_dir)
        self._refuse_target(config)
        self._stage = Path(tempfile.mkdtemp(prefix="citewire-"))
        config.site_dir = str(self._stage)
        self._warnings = CountHandler()
        self._warnings.setLevel(logging.WARNING)
        logging.getLogger("mkdocs").addHandler(self._warnings)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Judge first: with an error the build ends here, and what is published stays as it is.

        While the site is served, the last sound one goes on being shown with the problems over it, or a page of
        problems where there is none: the host's server answers nobody after a build that has failed.
        """
        reason = self._look(config)
        if reason and not self._serving:
            raise ContentRefused(reason)

    def _look(self, config: MkDocsConfig) -> str | None:
        """Judge the content and link what is sound; answers why it is not published, if it is not."""
        library, self._problems = self.judge(self._project)
        self.report(self._problems)
        reason = refusal(self._problems, bool(config.strict))
        self._refused = reason is not None
        if self._refused and not self._site:
            library = replace(library, stories={}, editions={})
        if not (self._refused and self._site):
            visible = preview if self._serving else out
            self._library = visible(library, self.now or clock.now())
            self._site = link(self._library, config.site_url or "", self._project.outputs)
        return reason

    def on_env(self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files) -> jinja2.Environment:
        """Take the theme's templates as the host has set them up."""
        self._theme = Theme(env, config, files, self._sound_site)
        env.globals["citewire_desk"] = overlay.SCRIPT if self._serving else None
        return env

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        self._nav = nav
        return nav

    def on_page_context(self, context: Any, *, page: Page, config: MkDocsConfig, nav: Navigation) -> Any:
        """An ordinary Markdown page: give its head what the pages of ours have."""
        context["citewire_head"] = self._theme.ordinary_head(page)
        return context

    @event_priority(-100)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Everything that others make has been made: make the rest and publish the whole."""
        if config.strict and self._warnings.get_counts():
            raise ContentRefused("MkDocs gave warnings, and --strict lets them fail")
        chromes: dict[tuple[str, int], Chrome] = {}
        chrome_of = self._theme.chrome_of(self._nav, chromes)
        host = Host(chrome_of, self._theme.files(self._stage), self._theme.ordinary_paths())
        self._publish(host)
        if not (self._refused or self._warnings.get_counts()):  # they are to be said again by the next build
            self.keep(self._sound_site, host, chromes)
        self._clear(config)
        if self._serving and not self._refused and not shows_more(self._project):
            self._standing = _Standing(self._key, shown(self._sound_site), host)

    def _publish(self, host: Host) -> None:
        """Write the whole site, or show in the browser why it stays as it was."""
        if self._refused:
            overlay.show(self._target, self._problems, whole_page=not self._has_shown)
            log.error("the content has problems: the site stays as it was")
            return
        try:
            changes = produce(
                self._sound_site, self._library, self._project, host, self._target, self.tell, log_waiting
            )
        except UNMADE as error:
            raise PluginError(str(error)) from error
        self._has_shown = True
        if self._serving:
            overlay.clear(self._target)
        log.info("%s", changes)
        self.told(changes)

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        self._clear(None)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the content as well, and our own templates where somebody works on them."""
        watch_with(server, config)
        server.watch(str(self._project.content))
        if self._project.templates and self._project.templates.is_dir():
            server.watch(str(self._project.templates))
        server.builder = partial(self._build_again, server.builder, config)
        server.build_delay = SETTLED
        return server

    def _build_again(self, through_host: Callable[[], None], config: MkDocsConfig) -> None:
        """Build after something was saved: mostly it is content, and what the host gave goes on being right."""
        with _garbage_left_alone():
            standing = self._standing
            if standing is None or standing.key is None or standing.key != self._key_now(config):
                through_host()
                return
            self._look(config)
            if self._refused or shown(self._sound_site) == standing.shown:
                self._publish(standing.host)
            else:
                through_host()

    def _key_now(self, config: MkDocsConfig) -> str | None:
        """Stands for all that the host would be made from."""
        file = Path(config.config_file_path or "mkdocs.yml")
        return key_of(configuration(file), None, bool(config.strict))

    @property
    def _sound_site(self) -> Site:
        assert self._site is not None  # noqa: S101
        return self._site

    def _find_project(self, config: MkDocsConfig) -> Project:
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        custom_dir = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        try:
            options = {**self.config, "desk": {"backend": "local"}} if self.desk else dict(self.config)
            return project_of(root, options, Path(config.docs_dir), custom_dir)
        except ConfigError as error:
            raise ConfigurationError(str(error)) from error

    def _refuse_target(self, config: MkDocsConfig) -> None:
        """A site folder that holds the newsletter itself, or the user's home, is a slip of the pen."""
        target = self._target.resolve()
        for precious in (self._project.content, self._project.root, Path(config.docs_dir), Path.home()):
            if precious.resolve().is_relative_to(target):
                raise ConfigurationError(
                    f"site_dir would be written over {precious}: choose a folder of its own, such as `site`"
                )

    def _clear(self, config: MkDocsConfig | None) -> None:
        if config is not None:
            config.site_dir = str(self._target)
        if hasattr(self, "_stage"):
            shutil.rmtree(self._stage, ignore_errors=True)
            logging.getLogger("mkdocs").removeHandler(self._warnings)


def keep_nothing(site: Site, host: Host, chromes: Mapping[tuple[str, int], Chrome]) -> None:
    """What the host gave is for this build alone."""


@contextmanager
def _garbage_left_alone() -> Iterator[None]:
    """What is read lives to the end of a build: garbage is looked for after it."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _log_problems(problems: Iterable[Problem]) -> None:
    """As the host logs, but without a prefix before the place: editors make a link of `file:line:column`."""
    plain = logging.getLogger("mkdocs.plugins.citewire")
    for problem in problems:
        (plain.error if problem.is_error else plain.warning)("%s", problem)
