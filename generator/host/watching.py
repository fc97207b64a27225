"""Watch folders for saved files: by system notifications where there are any, and by polling every few seconds.

MkDocs only polls, every file twice a second, since systems send no notifications for network folders or from outside a
container (https://github.com/mkdocs/mkdocs/pull/2477). In a large archive that alone keeps a processor busy, so here
polling is less frequent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from msgspec import Struct
from watchdog.events import FileModifiedEvent, FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from generator.files import SizeAndTime, is_below, size_and_time, stamps

SELDOM, OFTEN = 3.0, 0.5
"""Seconds between polls: with notifications from the system, and without."""
_PACKAGES = Path(mkdocs.__file__).parent.parent
"""Where the host and its themes are installed."""


class Looked(Struct, frozen=True):
    """How the files in some folders stood at a moment, and some files themselves."""

    places: tuple[str, ...] = ()
    files: dict[str, SizeAndTime] = {}

    @classmethod
    def at(cls, places: Iterable[Path | None]) -> Looked:
        """How they stand now. What cannot be read counts as not there."""
        named = tuple(str(place.absolute()) for place in places if place)
        files: dict[str, SizeAndTime] = {}
        for place in named:
            if Path(place).is_file():
                files[place] = size_and_time(place)
                continue
            with suppress(OSError):
                for path, (size, changed, _) in stamps(place):
                    files[path] = size, changed
        return cls(named, files)

    def changed(self) -> list[str]:
        """The files that do not stand as they did, by path."""
        now = Looked.at(map(Path, self.places)).files
        return sorted(path for path in now.keys() | self.files.keys() if now.get(path) != self.files.get(path))


def _identity(path: str) -> tuple[int, int] | None:
    """What tells a folder or file from another one of the same path; None if there is none."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - it is a text here
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


class Watched(Struct, frozen=True):
    """A path, and the handler of its changes."""

    handler: FileSystemEventHandler
    path: str
    recursive: bool


class Changed(FileSystemEventHandler):
    """Passes on each change of a file once. Opening and closing, which some systems report too, are no changes.

    Polling finds a change seconds after the system reported it; it must not be built and shown a second time.
    """

    def __init__(
        self, told: Callable[[FileSystemEvent], None], known: dict[str, SizeAndTime], saved: Callable[[str], None]
    ) -> None:
        self._told, self._known, self._saved = told, known, saved
        self.on_created = self.on_modified = self.on_deleted = self.on_moved = self._changed  # type: ignore[method-assign]

    def _changed(self, event: FileSystemEvent) -> None:
        found = {path: size_and_time(path) for path in map(os.fsdecode, (event.src_path, event.dest_path)) if path}
        changed = [path for path, now in found.items() if self._known.get(path) != now]
        if changed:
            self._known |= found
            self._told(event)
        for path in changed if not event.is_directory else ():
            self._saved(path)


class Watcher:
    """Like an observer of watchdog, but uses both system notifications and polling.

    `saved` is called with the path of each changed file. `before` is how the files stood when they were read for the
    first time: what was saved between then and the start of the watcher is told when it starts.
    """

    def __init__(self, saved: Callable[[str], None] = lambda path: None, before: Looked | None = None) -> None:
        self._saved, self._before = saved, before or Looked()
        self._watched: list[Watched] = []
        self._observers: list[BaseObserver] = []
        self._known: dict[str, SizeAndTime] = {}
        self._ended = Event()

    def schedule(self, handler: FileSystemEventHandler, path: str, recursive: bool = False) -> Watched:
        watched = Watched(Changed(handler.on_any_event, self._known, self._saved), path, recursive)
        self._watched.append(watched)
        for observer in self._observers:
            observer.schedule(watched.handler, watched.path, recursive=watched.recursive)
        return watched

    def unschedule(self, watched: Watched) -> None:
        """Do not watch a path any more; observers already running go on until they stop."""
        self._watched.remove(watched)

    def start(self) -> None:
        told = self._begin(Observer())
        self._begin(PollingObserver(timeout=SELDOM if told else OFTEN))
        for path in self._before.changed():
            for watched in self._watched:
                if is_below(path, watched.path):
                    watched.handler.dispatch(FileModifiedEvent(path))
                    break

        Thread(target=self._look_after, daemon=True).start()

    def _look_after(self) -> None:
        """Watch again what was taken away and has come back, as by a checkout: watching ends with what is watched."""
        before = {watched.path: _identity(watched.path) for watched in self._watched}
        while not self._ended.wait(SELDOM):
            for watched in self._watched:
                now = _identity(watched.path)
                if now and now != before[watched.path]:
                    self._again(watched)
                before[watched.path] = now

    def _again(self, watched: Watched) -> None:
        for observer in self._observers:
            with suppress(KeyError):
                observer.unschedule(ObservedWatch(watched.path, recursive=watched.recursive))
            with suppress(OSError):  # it is gone once more
                observer.schedule(watched.handler, watched.path, recursive=watched.recursive)
        watched.handler.dispatch(FileModifiedEvent(watched.path))

    def _begin(self, observer: BaseObserver) -> bool:
        """Start an observer. Return whether that worked: systems limit the number of folders with notifications."""
        try:
            for watched in self._watched:
                observer.schedule(watched.handler, watched.path, recursive=watched.recursive)
            observer.start()
        except OSError:
            with suppress(RuntimeError):  # its thread was not started
                observer.stop()
            return False
        self._observers.append(observer)
        return True

    def stop(self) -> None:
        self._ended.set()
        for observer in self._observers:
            observer.stop()

    def join(self) -> None:
        for observer in self._observers:
            observer.join()


def watch_with(
    server: LiveReloadServer, config: MkDocsConfig, before: Looked, saved: Callable[[str], None] = lambda path: None
) -> None:
    """Make one of the host's servers watch its paths with a `Watcher`, which is given `before` and `saved`.

    The host's own themes are left out: they have more than ten thousand files, and change only when installed again.
    """
    kept = []
    for path in filter(None, (config.docs_dir, config.config_file_path, *config.theme.dirs)):
        with suppress(KeyError):
            server.unwatch(path)
            kept.append(path)
    server.observer = Watcher(saved, before)  # type: ignore[assignment]
    for path in kept:
        if not Path(path).is_relative_to(_PACKAGES):
            server.watch(path)
