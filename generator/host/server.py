"""The development server: shows a saved text before the site is built, and reloads a page only if that page changed.

It replaces MkDocs's server, which answers no requests while it builds. Builds run in a process of their own
(`host.builder`), which is informed of each save and returns the pages to show.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Mapping
from ipaddress import ip_address
from pathlib import Path
from posixpath import normpath
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Any
from urllib.parse import unquote, urlsplit

from mkdocs.livereload import LiveReloadServer

from generator.host import overlay
from generator.host.builder import Answer, Build, Builder, BuilderEndedError, Done, Saved
from generator.host.shown import Shown
from generator.model.address import is_readable

log = logging.getLogger("mkdocs.livereload")
SETTLED = 0.05
"""Seconds without another change after which a save counts as done."""
_ASKS_FOR_NEWS = re.compile(r"/livereload/([0-9]+)/[0-9]+")
Start = Callable[[str, list[tuple[str, str]]], Any]


_NOT_ANSWERED = (
    b"This server answers to names of this machine and to addresses of numbers alone, since drafts are shown here.\n"
    b"Who leads another name here has to ask by one of these (an option such as --host-header of the tunnel).\n"
)


def is_answered(asked: str, host: str) -> bool:
    """Whether a server at `host` answers a request with this `Host` header (RFC 9110, 7.2).

    A hostile page can point its own name to this machine and then read everything served here, including drafts (DNS
    rebinding). It cannot do so with an IP address, or with a name that no other network knows.
    """
    try:
        name = (urlsplit(f"//{asked}").hostname or "").rstrip(".")
    except ValueError:
        return False
    if name == host or "." not in name or name.endswith((".localhost", ".local")):
        return True
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


class Server(LiveReloadServer):
    """The server that replaces MkDocs's own, which has not been started."""

    def __init__(self, other: LiveReloadServer, builder: Builder) -> None:
        host, port = other.server_address[:2]
        super().__init__(other.builder, str(host), int(port), other.root, other.mount_path)
        self.error_handler = other.error_handler
        self._host = str(host)
        self._builder = builder
        self._last = self._wanted_epoch
        self._events: SimpleQueue[str | Answer | Done | None] = SimpleQueue()
        """Saved paths, and messages from the builder; None when it has ended."""
        self._shown = Shown(Path(self.root))
        self._saves = 0
        self._built: int | None = None
        """The last save included in the running build; None if none is running."""
        for path in other._watched_paths:
            self.watch(path)

    def saved(self, path: str) -> None:
        """Note that a file was saved."""
        self._events.put(path)

    def shutdown(self, wait: bool = False) -> None:
        super().shutdown(wait)
        self._builder.stop()

    def _build_loop(self) -> None:
        """Replace the build loop of MkDocs's server: the builder builds, not this process."""
        Thread(target=self._listen, daemon=True).start()
        while not self._shutdown:
            try:
                event = self._events.get(timeout=self.shutdown_delay)
            except Empty:  # the timeout lets interrupts through on every system
                self._builder.look_after()
                continue
            self._take_save(event) if isinstance(event, str) else self._heard(event)

    def _listen(self) -> None:
        try:
            while True:
                self._events.put(self._builder.hear())
        except (EOFError, OSError):
            self._events.put(None)

    def _take_save(self, path: str) -> None:
        """Inform the builder of a save, with all files written at once. Requests for pages wait from now on."""
        log.info("Detected file changes")
        paths = {path}
        while True:
            try:
                event = self._events.get(timeout=SETTLED)
            except Empty:
                break
            if isinstance(event, str):
                paths.add(event)
            else:
                self._heard(event)
        self._saves += 1
        self._wanted_epoch = self._moment()
        self._builder.tell(Saved(self._saves, frozenset(paths)))
        self._build_if_due()

    def _build_if_due(self) -> None:
        if self._built is None:
            self._built = self._saves
            self._builder.tell(Build())

    def _heard(self, message: Answer | Done | None) -> None:
        if message is None and not self._shutdown:
            raise BuilderEndedError
        if isinstance(message, Answer):
            self._heard_answer(message)
        elif message is not None:
            self._heard_done(message)

    def _heard_answer(self, answer: Answer) -> None:
        """Show the pages of an answer, and serve pages again unless there are later saves."""
        if answer.ahead is None:
            return
        problems = overlay.script(answer.ahead.problems)
        with self._epoch_cond:
            self._shown.show(answer.ahead.pages, problems, answer.number, self._moment())
        self._hand_out(answer.number)

    def _heard_done(self, done: Done) -> None:
        assert self._built is not None  # noqa: S101 - a build was asked for
        save, self._built = self._built, None
        with self._epoch_cond:
            if done.is_sound:
                self._shown.built(save, done.written, self._moment())
            elif save == self._saves:  # otherwise a file may have been read half-written
                self._shown.refused(self._moment(), done.shows_problems_alone)
        self._hand_out(save)
        if save < self._saves:
            self._build_if_due()

    def _hand_out(self, save: int) -> None:
        """Note that all saves up to this one are shown. If it is the last, serve pages again and notify browsers."""
        with self._epoch_cond:
            if save == self._saves:
                self._visible_epoch = self._wanted_epoch = self._moment()
            self._epoch_cond.notify_all()

    def _moment(self) -> int:
        """The current time in milliseconds, later than any returned before."""
        self._last = max(round(monotonic() * 1000), self._wanted_epoch + 1, self._last + 1)
        return self._last

    def _serve_request(self, environ: Mapping[str, Any], start_response: Start) -> Iterable[bytes] | None:
        if not is_answered(str(environ.get("HTTP_HOST", "")), self._host):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [_NOT_ANSWERED]
        path = str(environ["PATH_INFO"]).encode("latin-1").decode("utf-8", "ignore")
        if found := _ASKS_FOR_NEWS.fullmatch(path):
            return self._news(int(found[1]), environ.get("HTTP_REFERER"), start_response)
        file = self._file(path)
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._visible_epoch == self._wanted_epoch)
            epoch, data = self._visible_epoch, self._shown.read(file)
        if data is None:  # MkDocs answers for addresses without a file
            return super()._serve_request(environ, start_response)
        if str(file).endswith(".html"):
            data = self._inject_js_into_html(data, epoch)  # type: ignore[no-untyped-call]
        type_ = self._guess_type(file)  # type: ignore[no-untyped-call]
        start_response("200 OK", [("Content-Type", type_), ("Content-Length", str(len(data)))])
        return [data]

    def _news(self, epoch: int, referrer: str | None, start_response: Start) -> Iterable[bytes]:
        """Keep a browser waiting until its page changes, or for a minute. Answer with the moment of the last change."""
        start_response("200 OK", [("Content-Type", "text/plain")])
        page = self._file(unquote(urlsplit(referrer).path)) if referrer and is_readable(referrer) else None
        with self._epoch_cond:
            self._epoch_cond.wait_for(lambda: self._shown.news(page) > epoch, timeout=self.poll_response_timeout)
            return [b"%d" % max(epoch, self._shown.news(page))]

    def _file(self, path: str) -> str | None:
        """The site's file for an address; None if it is not on the site."""
        if not path.startswith(self.mount_path):
            return None
        inside = path[len(self.mount_path) :]
        return normpath("/" + (f"{inside}index.html" if path.endswith("/") else inside)).lstrip("/")
