"""Wait between requests: one request to a host at a time, with a pause between two."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock

from generator.web.errors import StoppedError
from generator.web.guard import Clock


class Turns:
    """Decides who may ask which host now. It can be used by several threads."""

    def __init__(self, clock: Clock, stop: Event) -> None:
        self._clock, self._stop = clock, stop
        self._locks: defaultdict[str, Lock] = defaultdict(Lock)
        self._ended: dict[str, float] = {}
        self._guard = Lock()

    @contextmanager
    def of(self, host: str, pause: float) -> Iterator[None]:
        """Wait for a turn at a host: until no other request runs there, and `pause` seconds after the last one."""
        with self._guard:
            lock = self._locks[host]
        with lock:
            if host in self._ended and self._stop.wait(max(0.0, self._ended[host] + pause - self._clock())):
                raise StoppedError("the reading was stopped")
            try:
                yield
            finally:
                self._ended[host] = self._clock()
