"""Manners towards the sites we read: what their robots.txt asks (RFC 9309), and a pause between two requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import Event, Lock
from urllib.parse import urlsplit

from protego import Protego

from generator.web.errors import RefusedError, RobotsError, StoppedError, TimedOutError, UnreachableError, WebError
from generator.web.guard import Clock
from generator.web.response import Response


class Turns:
    """Lets one request at a time go to each host. Thread-safe."""

    def __init__(self, clock: Clock, stop: Event) -> None:
        self._clock, self._stop = clock, stop
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._ended: dict[str, float] = {}
        self._guard = Lock()

    @contextmanager
    def of(self, host: str, pause: float) -> Iterator[None]:
        """Wait for a turn at a host: until no other request to it runs, and `pause` seconds after the last one."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            if host in self._ended and self._stop.wait(max(0.0, self._ended[host] + pause - self._clock())):
                raise StoppedError("the reading was stopped")
            try:
                yield
            finally:
                self._ended[host] = self._clock()


Fetch = Callable[[str], Response]
"""Reads a robots.txt, following redirects and cutting one that is too long."""


class Robots:
    """The robots.txt of each site, read once."""

    def __init__(self, name: str, fetch: Fetch) -> None:
        self._name, self._fetch = name, fetch
        self._known: dict[str, Protego | WebError] = {}
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._guard = Lock()

    def heed(self, url: str) -> float:
        """The pause that a site asks for, in seconds, or 0. Raises `RobotsError` if the page must not be read."""
        rules = self._rules(_origin(url))
        if isinstance(rules, WebError):
            raise type(rules)(str(rules))
        if not rules.can_fetch(url, self._name):
            raise RobotsError("its robots.txt asks not to read this page")
        return float(rules.crawl_delay(self._name) or 0)

    def _rules(self, origin: str) -> Protego | WebError:
        """A site's rules, or why it cannot be read at all."""
        with self._guard:
            lock = self._locks[origin]
        with lock:
            if origin not in self._known:
                self._known[origin] = self._asked(origin)
            return self._known[origin]

    def _asked(self, origin: str) -> Protego | WebError:
        """A site's rules: no file allows all; a server that fails or is not reached forbids all (section 2.3.1)."""
        try:
            page = self._fetch(f"{origin}/robots.txt")
        except StoppedError:
            raise
        except (RefusedError, TimedOutError, UnreachableError) as error:
            return error
        except WebError as error:
            return RobotsError(f"its robots.txt could not be asked: {error}")
        if page.status >= HTTPStatus.INTERNAL_SERVER_ERROR or page.status == HTTPStatus.TOO_MANY_REQUESTS:
            return RobotsError(f"its robots.txt could not be asked: {page.status_words}")
        text = (page.body or b"").decode("utf-8", "replace") if page.is_sound else ""
        return Protego.parse(text.removeprefix("\ufeff"))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}"
