"""Watch folders for saved files: by system notifications where there are any, and by polling every few seconds.

MkDocs only polls, every file twice a second, since systems send no notifications for network folders or from outside a
container (https://github.com/mkdocs/mkdocs/pull/2477). In a large archive that alone keeps a processor busy, so here
polling is less frequent.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import mkdocs
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from msgspec import Struct
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from generator.files import SizeAndTime, size_and_time

SELDOM, OFTEN = 3.0, 0.5
"""Seconds between polls: with notifications from the system, and without."""
_PACKAGES = Path(mkdocs.__file__).parent.parent
"""Where the host and its themes are installed."""


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

    `saved` is called with the path of each changed file.
    """

    def __init__(self, saved: Callable[[str], None] = lambda path: None) -> None:
        self._saved = saved
        self._watched: list[Watched] = []
        self._observers: list[BaseObserver] = []
        self._known: dict[str, SizeAndTime] = {}

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
        for observer in self._observers:
            observer.stop()

    def join(self) -> None:
        for observer in self._observers:
            observer.join()


def watch_with(
    server: LiveReloadServer, config: MkDocsConfig, saved: Callable[[str], None] = lambda path: None
) -> None:
    """Make one of the host's servers watch its paths with a `Watcher`, which calls `saved` with each changed file.

    The host's own themes are left out: they have more than ten thousand files, and change only when installed again.
    """
    kept = []
    for path in filter(None, (config.docs_dir, config.config_file_path, *config.theme.dirs)):
        with suppress(KeyError):
            server.unwatch(path)
            kept.append(path)
    server.observer = Watcher(saved)  # type: ignore[assignment]
    for path in kept:
        if not Path(path).is_relative_to(_PACKAGES):
            server.watch(path)
