"""Find out whether anything has changed since the last build. If not, there is nothing to do.

A build leaves a record of all files that it read, and of those in the site's folder at its end. Like all of the cache,
the record only saves work: it is valid while the size and times of every file are the same, and until the next
scheduled item is due.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from generator.cache import YOUNG, Cache, cache_of, name_of
from generator.configuration import Configuration
from generator.files import FileStamps, stamps
from generator.host.key import key_of
from generator.model.fingerprint import fingerprint, numbers
from generator.model.out import later, out
from generator.model.problems import Problem
from generator.processes import answered
from generator.publish.manifest import footprint
from generator.publish.memory import stays
from generator.publish.site import Changes
from generator.webdesk.settings import BUNDLE

if TYPE_CHECKING:
    from generator.model.content import Edition, Story
    from generator.model.library import Library

_MOST_YOUNG = 200
"""How many files to read because they are too young for their times to prove anything. With more, build instead."""


class LastBuild(Struct, frozen=True):
    """The record of the last build: its sources and its result."""

    key: str
    """Fingerprint of everything the host's part is made from, including the configuration (`host.key`)."""
    since: datetime
    """The moment of the build."""
    until: datetime | None
    """The moment at which the next story or edition comes out; None if none is waiting."""
    taken: int
    """When the look at the content was taken, in nanoseconds since 1970."""
    content: str
    site: str
    files: int
    """How many files the site has."""
    problems: tuple[Problem, ...]
    by_clock: bool = False
    """Whether the moment was the clock's, not one given by the user."""


class Look(Struct, frozen=True):
    """Everything a build will be made from, as it was before the build began."""

    config: Configuration
    target: Path
    key: str | None
    taken: int
    files: FileStamps | None
    """The files of the content; None if they cannot be read."""
    listed: str
    """Fingerprint of these files and their stamps."""
    content: str | None
    site: Callable[[], str]
    """Returns the footprint of the site at the time of the look."""

    @property
    def cache(self) -> Cache:
        return cache_of(self.config.root)

    @property
    def last(self) -> LastBuild | None:
        """The record of the last build, even if something has changed since."""
        return self.cache.value(_name(self.target), msgspec.json.Decoder(LastBuild).decode)

    def keep(
        self, now: datetime, library: Library, problems: Iterable[Problem], changes: Changes, by_clock: bool
    ) -> None:
        """Record a successful build.

        A file that changed during the build differs from this look, so the next build includes it.
        """
        if self.key is None or self.content is None:
            return
        waiting: Iterator[Story | Edition] = chain(
            map(library.stories.__getitem__, later(library.stories, now)), library.editions.values()
        )
        until = min((item.published for item in waiting if item.published > now), default=None)
        files = len(changes.written) + changes.unchanged
        made = (self.taken, self.content, changes.footprint, files, tuple(problems), by_clock)
        record = LastBuild(self.key, now, until, *made)
        self.cache.write(_name(self.target), msgspec.json.encode(record, enc_hook=str))


def target_of(config: Configuration, site_dir: Path | None) -> Path:
    """The folder of the site: `site_dir` if given, else the configured one."""
    return site_dir.absolute() if site_dir else config.site_dir


def look(config: Configuration, site_dir: Path | None, strict: bool) -> Look:
    """Look at everything a build will be made from, before it begins."""
    taken = time.time_ns()
    target = target_of(config, site_dir)
    site = answered(partial(footprint, target))  # while the content is looked at here
    files = _files(config)
    listed = _listed(files) if files else ""
    content = _content(files, listed, taken)
    return Look(config, target, key_of(config, site_dir, strict), taken, files, listed, content, site)


def untouched(look: Look, now: datetime) -> LastBuild | None:
    """The record of the last build if this one would do nothing; None otherwise."""
    record = look.last if look.key else None
    if record is None or record.key != look.key or not _is_current(record, now):
        return None
    if record.content != _content(look.files, look.listed, record.taken) or record.site != look.site():
        return None
    stays(look.cache, look.target)
    return record


def set_back(look: Look, library: Library, now: datetime) -> list[str]:
    """The slugs of items that were out at the last build and are not now, because the clock was set back."""
    record = look.last
    if record is None or not record.by_clock or record.since <= now:
        return []
    before, after = out(library, record.since), out(library, now)
    return sorted({*before.stories, *before.editions} - {*after.stories, *after.editions})


def nothing_done(record: LastBuild) -> Changes:
    return Changes((), (), record.files)


def _is_current(record: LastBuild, now: datetime) -> bool:
    """Whether the same stories and editions are out now as in the build."""
    return record.since <= now and (record.until is None or now < record.until)


def _name(target: Path) -> str:
    return f"untouched/{name_of(target)}.json"


def _files(config: Configuration) -> FileStamps | None:
    folders = (str(config.content), *([str(config.root / BUNDLE)] if config.options.get("desk") else ()))
    try:
        return FileStamps.of(stamp for folder in folders for stamp in stamps(folder, folder))
    except OSError:
        return None


def _listed(files: FileStamps) -> str:
    """Fingerprint of files and their stamps."""
    return fingerprint(*files.paths, numbers(files.numbers))


def _content(files: FileStamps | None, listed: str, taken: int) -> str | None:
    """Fingerprint of the content's files as seen by a look at `taken`; None if it cannot be known.

    A file that was young then may have been written again within the same tick of its clock, so its bytes count too.
    """
    if files is None:
        return None
    old = taken - YOUNG
    _, changed, touched = files.columns()
    times = zip(files.paths, changed, touched, strict=True)
    young = [path for path, change, touch in times if change > old or touch > old]
    if len(young) > _MOST_YOUNG:
        return None
    try:
        return fingerprint(listed, *(Path(path).read_bytes().hex() for path in young))
    except OSError:
        return None
