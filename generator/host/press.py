"""One build in this process: judge the content, link it, publish the site.

Between the builds of a server it remembers the last sound site, which stays visible while the content has errors.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import get_plugin_logger
from msgspec import Struct
from msgspec.structs import replace

from generator import clock
from generator.files import name_here
from generator.host import overlay
from generator.host.ahead import Built
from generator.host.failures import UNMADE, log_waiting, refusal
from generator.link.site import link
from generator.model.library import Library
from generator.model.out import out, preview
from generator.model.problems import Problem
from generator.model.site import Site
from generator.pipeline import Judgement, judged
from generator.production import Host, produce_by, recipe_of
from generator.project import Project
from generator.publish.making import Tell
from generator.publish.site import Changes

log = get_plugin_logger("citewire")

NO_CHANGES = Changes((), (), 0)


def _keep_nothing(site: Site, host: Host) -> None:
    """Do not keep the host's output."""


class Orders(Struct, frozen=True):
    """Parameters of a build, apart from the configuration."""

    judge: Callable[[Project], Judgement] = judged
    """Reads and checks the content."""
    keep: Callable[[Site, Host], None] = _keep_nothing
    """Called with the host's output for a site, to keep it."""
    tell: Tell = lambda done, of: None
    now: datetime | None = None
    """The moment of all builds; with None each takes its own."""
    is_quiet: bool = False
    """Whether problems in the content, and what else keeps a site from being made, are reported elsewhere."""
    has_desk: bool = False
    """Whether there is a web desk that writes into the folder of the newsletter."""


class ContentRefused(Abort):
    """The build ended before anything was published, for a reason that the editor can fix."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"Nothing was published: {reason}.")


class Task(Struct, frozen=True):
    """What to build, from the configuration."""

    config_file: Path
    project: Project
    target: Path
    """The folder of the site."""
    site_url: str
    is_strict: bool
    """Whether a warning stops a build too."""


class _Judged(Struct, frozen=True):
    """The result of the last `Press.judge`."""

    task: Task
    judgement: Judgement
    library: Library
    """The part of the content that is shown at `moment`."""
    moment: datetime


class Press:
    """Judges the content and links the sound part (`judge`), then publishes it (`publish`)."""

    def __init__(self) -> None:
        self.orders = Orders()
        self.is_serving = False
        self.is_refused = False
        """Whether the last `judge` found the content unfit to publish."""
        self.has_shown = False
        """Whether there is a sound page to lay problems over."""
        self.changes = NO_CHANGES
        """The changes of the last build to the published folder."""
        self.built: Built | None = None
        """The state that the last build of a served site left."""
        self._site: Site | None = None
        self._judged: _Judged | None = None

    @property
    def site(self) -> Site:
        """The last sound site. While serving a newsletter that never was sound, an empty one."""
        assert self._site is not None  # noqa: S101
        return self._site

    def judge(self, task: Task) -> str | None:
        """Judge the content and link the sound part. Return why it is not published; None if it is."""
        judgement, moment = self.orders.judge(task.project), self.orders.now or clock.now()
        if not self.orders.is_quiet:
            _log_problems(judgement.problems, task.project.root)
        reason = refusal(judgement.problems, task.is_strict)
        self.is_refused = reason is not None
        library = replace(judgement.library, stories={}, editions={}) if self.is_refused else judgement.library
        library = (preview if self.is_serving else out)(library, moment)
        self._judged = _Judged(task, judgement, library, moment)
        if not (self.is_refused and self._site):
            self._site = link(library, task.site_url, task.project.outputs)
        return reason

    def publish(self, host: Host) -> None:
        """Publish the whole site, or show the problems in the browser over the site as it was."""
        assert self._judged is not None  # noqa: S101 - `judge` comes first
        found, task = self._judged, self._judged.task
        if self.is_refused:
            overlay.show(task.target, found.judgement.problems, whole_page=not self.has_shown)
            log.error("the content has problems: the site stays as it was")
            return
        try:
            recipe = recipe_of(self.site, found.library, task.project, host)
            self.changes = produce_by(recipe, self.site, task.target, self.orders.tell, log_waiting)
        except UNMADE as error:
            if self.orders.is_quiet:
                raise
            raise PluginError(str(error)) from error
        self.has_shown = True
        if self.is_serving:
            overlay.clear(task.target)
            self.built = Built(found.judgement, self.site, recipe, found.moment, task.is_strict)
            for file in sorted(found.judgement.unfinished):
                words = "this draft is shown once what would keep it from being published is mended"
                log.info("%s: %s", name_here(task.project.root / file), words)
        log.info("%s", self.changes)

    def forget(self) -> None:
        """Drop everything read and made, since another process has a copy."""
        self._site = self.built = self._judged = None


def _log_problems(problems: Iterable[Problem], root: Path) -> None:
    """Log problems as the host does, but without a prefix, since editors turn `file:line:column` into a link."""
    plain = logging.getLogger("mkdocs.plugins.citewire")
    for problem in problems:
        told = replace(problem, file=name_here(root / problem.file))
        (plain.error if problem.is_error else plain.warning)("%s", told)
