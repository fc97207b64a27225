"""Citewire as a plugin of MkDocs: what happens at which moment of a build.

MkDocs empties the site's folder before it asks any plugin whether the content is sound. Here it is given another
folder to build its own pages into, and the whole site is published from there when everything has been made.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Literal

import jinja2
from jinja2 import TemplateError
from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError, MkDocsException, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler
from msgspec import Struct
from msgspec.structs import replace

from generator import clock
from generator.ahead import Ahead, Built, ahead, is_written
from generator.configuration import CONFIG, ConfigError, Configuration, configuration
from generator.dress import Chrome
from generator.files import home
from generator.host import overlay
from generator.host.chrome import Theme, install
from generator.host.keeper import Done, start
from generator.host.kept import shown, shows_more
from generator.host.key import has_code, key_of
from generator.host.passing import UNMADE, breaking_off, log_waiting, refusal
from generator.host.server import SETTLED, Server
from generator.host.watching import watch_with
from generator.link.site import link
from generator.model.out import out, preview
from generator.model.problems import Problem
from generator.model.site import Site
from generator.options import judge_site_url, project_of
from generator.pipeline import Judgement, judged
from generator.processes import can_fork, garbage_left_alone, uninterrupted
from generator.production import Host, produce_by, recipe_of
from generator.project import Project
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


Keep = Callable[[Site, Host, Mapping[tuple[str, int], Chrome]], None]
"""Is told what the host gave, with the chrome of each kind and depth, so that it can be kept."""

Judge = Callable[[Project], Judgement]
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
        self.published: Callable[[Changes], None] = lambda changes: None
        self.tell: Callable[[int, int], None] = lambda done, of: None
        self.keep: Keep = keep_nothing
        self.judge: Judge = judged
        self.now: datetime | None = None
        self.desk = False
        self._serving = False
        self._site: Site | None = None
        self._has_shown = False
        self._standing: _Standing | None = None
        self._built: Built | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self._serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the newsletter, lend it our theme, and lead the host away from the published folder."""
        self._project = self._find_project(config)
        self._key = self._key_now(config) if self._serving else None
        self._standing = None
        install(config)
        self._target = Path(config.site_dir)
        self._refuse_target(config)
        self._stage = tempfile.TemporaryDirectory(prefix="citewire-", ignore_cleanup_errors=True)
        config.site_dir = self._stage.name
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
        self._judgement = self.judge(self._project)
        library, self._problems = self._judgement.library, self._judgement.problems
        self.report(self._problems)
        self._is_strict = bool(config.strict)
        reason = refusal(self._problems, self._is_strict)
        self._refused = reason is not None
        if self._refused and not self._site:
            library = replace(library, stories={}, editions={})
        if not (self._refused and self._site):
            visible = preview if self._serving else out
            self._moment = self.now or clock.now()
            self._library = visible(library, self._moment)
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
        host = Host(chrome_of, self._theme.files(Path(self._stage.name)), self._theme.ordinary_paths())
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
            recipe = recipe_of(self._sound_site, self._library, self._project, host)
            changes = produce_by(recipe, self._sound_site, self._target, self.tell, log_waiting)
        except UNMADE as error:
            raise PluginError(str(error)) from error
        self._has_shown = True
        if self._serving:
            overlay.clear(self._target)
            self._built = Built(self._judgement, self._sound_site, recipe, self._moment, self._is_strict)
        log.info("%s", changes)
        self.published(changes)

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        self._clear(None)

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch the content as well, and our own templates where somebody works on them.

        Where nobody else's code has a hand in the site, it is built beside the server.
        """
        build = partial(self._build_again, server.builder, config)
        if not has_code(self._configuration(config)) and can_fork():
            server = Server(server, start(partial(self._make, build), self._look_ahead))
            self._forget()
            watch_with(server, config, server.saved)
        else:
            watch_with(server, config)
            server.builder = build
            server.build_delay = SETTLED
        server.watch(str(self._project.content))
        if self._project.templates and self._project.templates.is_dir():
            server.watch(str(self._project.templates))
        return server

    def _forget(self) -> None:
        """The builder has a copy of all this."""
        self._site = self._built = self._standing = None
        del self._judgement, self._theme
        self.__dict__.pop("_library", None)

    def _make(self, build: Callable[[], None]) -> Done:
        """Build after something was saved, in the process of the builder; why that fails is shown in the browser."""
        changes: list[Changes] = []
        self.published = changes.append
        try:
            build()
        except Exception as error:
            problem = breaking_off(error, self._project.root / CONFIG)
            is_known = isinstance(error, TemplateError | MkDocsException)
            log.error("%s", problem) if is_known else log.exception("the build broke off")
            overlay.show(self._target, [problem], whole_page=not self._has_shown)
            return Done(shows_problems_alone=not self._has_shown)
        if self._refused:
            return Done(shows_problems_alone=not self._has_shown)
        return Done(True, written=frozenset(path for one in changes for path in (*one.written, *one.removed)))

    def _look_ahead(self, changed: Collection[str], saved: Collection[str]) -> Ahead | None:
        """What is shown of a save before the build; nothing where more was saved than stories and editions."""
        built, standing = self._built, self._standing
        if built is None or standing is None or standing.key is None:
            return None
        now, all_ = self._named(saved, built), self._named(changed, built)
        if not now or not all(
            is_written(built, file) and (built.recipe.project.root / file).is_file() for file in all_
        ):
            return None
        return ahead(built, all_, now, lambda site: shown(site) == standing.shown)

    def _named(self, paths: Iterable[str], built: Built) -> set[str]:
        """Saved files as problems name them, but for those that programs have taken away again."""
        root = built.recipe.project.root
        named = {file.relative_to(root).as_posix() for path in paths if (file := Path(path)).is_relative_to(root)}
        others = {path for path in paths if not Path(path).is_relative_to(root)}
        return others | {file for file in named if is_written(built, file) or (root / file).exists()}

    def _build_again(self, through_host: Callable[[], None], config: MkDocsConfig) -> None:
        """Build after something was saved: mostly it is content, and what the host gave goes on being right."""
        with garbage_left_alone():
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
        """Fingerprint of all that the host would be made from; None where it cannot be told."""
        return key_of(self._configuration(config), None, bool(config.strict))

    def _configuration(self, config: MkDocsConfig) -> Configuration:
        return configuration(Path(config.config_file_path or "mkdocs.yml"))

    @property
    def _sound_site(self) -> Site:
        assert self._site is not None  # noqa: S101
        return self._site

    def _find_project(self, config: MkDocsConfig) -> Project:
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        custom_dir = Path(config.theme.custom_dir) if config.theme.custom_dir else None
        try:
            judge_site_url(config.site_url)
            options = {**self.config, "desk": {"backend": "local"}} if self.desk else dict(self.config)
            return project_of(root, options, Path(config.docs_dir), custom_dir)
        except ConfigError as error:
            raise ConfigurationError(str(error)) from error

    def _refuse_target(self, config: MkDocsConfig) -> None:
        """A site folder that holds the newsletter itself, or the user's home, is a slip of the pen."""
        target = self._target.resolve()
        for precious in (self._project.content, self._project.root, Path(config.docs_dir), home()):
            if precious and precious.resolve().is_relative_to(target):
                raise ConfigurationError(
                    f"site_dir would be written over {precious}: choose a folder of its own, such as `site`"
                )

    def _clear(self, config: MkDocsConfig | None) -> None:
        if config is not None:
            config.site_dir = str(self._target)
        if hasattr(self, "_stage"):
            with uninterrupted():
                self._stage.cleanup()
            logging.getLogger("mkdocs").removeHandler(self._warnings)


def keep_nothing(site: Site, host: Host, chromes: Mapping[tuple[str, int], Chrome]) -> None:
    """What the host gave is for this build alone."""


def _log_problems(problems: Iterable[Problem]) -> None:
    """Log problems as the host does, with no prefix before the place: editors make a link of `file:line:column`."""
    plain = logging.getLogger("mkdocs.plugins.citewire")
    for problem in problems:
        (plain.error if problem.is_error else plain.warning)("%s", problem)
