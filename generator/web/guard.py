"""A network backend for httpcore that checks and limits every connection, since every byte passes through it.

It resolves the host, refuses what is not public, connects to that very address (so a name that resolves differently a
moment later has no effect), and closes the connection when its time or size is used up, even during headers and
handshakes.
"""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from threading import Lock
from typing import Any

import httpcore

from generator.web.addresses import Admits, Resolve, admitted
from generator.web.errors import StoppedError, TimedOutError, TooLargeError, UnreachableError

Clock = Callable[[], float]
"""Returns seconds that never decrease."""
_TRIED = 4
"""How many addresses of a host are tried."""


class Budget:
    """Time and bytes of one connection."""

    def __init__(self, seconds: float, size: int, clock: Clock) -> None:
        self._seconds, self._size, self._clock = seconds, size, clock
        self._end = clock() + seconds
        self.spent = 0
        """Bytes received."""

    def remaining(self, most: float | None) -> float:
        """Seconds that the next step may take, at most `most`. Raises `TimedOutError` if none are left."""
        left = self._end - self._clock()
        if left <= 0:
            raise TimedOutError(f"it took longer than {self._seconds:g} seconds")
        return left if most is None else min(left, most)

    def take(self, size: int) -> None:
        self.spent += size
        if self.spent > self._size:
            raise TooLargeError(f"it is larger than {self._size:,} bytes")


class Lines:
    """The open connections, so that all can be cut at once."""

    def __init__(self) -> None:
        self._open: set[socket.socket] = set()
        self._lock = Lock()
        self.cut = False

    def add(self, line: socket.socket) -> None:
        with self._lock:
            self._open.add(line)
        self.refuse()

    def remove(self, line: socket.socket) -> None:
        with self._lock:
            self._open.discard(line)

    def refuse(self) -> None:
        if self.cut:
            raise StoppedError("the reading was stopped")

    def close(self) -> None:
        """End what is in progress, and let nothing new begin."""
        self.cut = True
        with self._lock:
            for line in self._open:
                try:
                    line.shutdown(socket.SHUT_RDWR)
                except OSError:
                    continue


class Stream(httpcore.NetworkStream):
    """A connection whose bytes and time are counted."""

    def __init__(self, inner: httpcore.NetworkStream, budget: Budget, lines: Lines) -> None:
        self._inner, self._budget, self._lines = inner, budget, lines
        self._socket = inner.get_extra_info("socket")
        try:
            lines.add(self._socket)
        except StoppedError:
            self.close()
            raise

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        try:
            data = self._inner.read(max_bytes, self._budget.remaining(timeout))
        finally:
            self._lines.refuse()
        self._budget.take(len(data))
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._budget.remaining(timeout))

    def close(self) -> None:
        self._lines.remove(self._socket)
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        self._lines.remove(self._socket)
        try:
            inner = self._inner.start_tls(ssl_context, server_hostname, self._budget.remaining(timeout))
        except BaseException:
            self.close()
            raise
        return Stream(inner, self._budget, self._lines)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Guard(httpcore.NetworkBackend):
    """Opens the connection of one request."""

    def __init__(self, budget: Budget, lines: Lines, ask: Resolve, admits: Admits) -> None:
        self._budget, self._lines, self._ask, self._admits = budget, lines, ask, admits
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        self._lines.refuse()
        bare = host.strip("[]")
        refusal: httpcore.ConnectError | httpcore.ConnectTimeout | None = None
        for address in admitted(bare, port, self._ask, self._admits)[:_TRIED]:
            try:
                inner = self._inner.connect_tcp(address, port, self._budget.remaining(timeout), local_address)
                return Stream(inner, self._budget, self._lines)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                refusal = error
        raise UnreachableError(f"nobody answers at {bare}") from refusal
