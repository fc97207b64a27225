"""A server on this machine that says exactly the bytes it is told to: sound pages, and what hostile ones send."""

from __future__ import annotations

import socketserver
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread

Say = Callable[[bytes], None]
Answer = bytes | Callable[[Say, "Asked"], None]

MOST = 64 * 1024 * 1024
"""Bytes that one answer can have at most, so that a test that fails ends nevertheless."""


def is_loopback(address: str) -> bool:
    """What the reader may connect to in tests."""
    return address == "127.0.0.1"


@dataclass(frozen=True)
class Asked:
    """A request as it came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Site:
    """What a server answers by path, and what it was asked."""

    answers: dict[str, Answer]
    asked: list[Asked] = field(default_factory=list)
    sent: int = 0
    at_once: int = 0
    most_at_once: int = 0
    lock: Lock = field(default_factory=Lock)
    base: str = ""

    @property
    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]


def answer(
    body: bytes | str = b"", status: str = "200 OK", kind: str = "text/html; charset=utf-8", **headers: str
) -> bytes:
    """A whole answer with a true length."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(data)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + data


def redirect(to: str, status: str = "302 Found") -> bytes:
    return answer(status=status, Location=to)


class _Handler(socketserver.StreamRequestHandler):
    timeout = 20

    def handle(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        asked = self._asked()
        if asked is None:
            return
        with site.lock:
            site.asked.append(asked)
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
        self._is_open = True
        try:
            self._answer(site, asked)
        except OSError:
            pass  # the other side has gone, as it should
        finally:
            self._over(site)

    def _over(self, site: Site) -> None:
        if self._is_open:
            self._is_open = False
            with site.lock:
                site.at_once -= 1

    def _asked(self) -> Asked | None:
        try:
            first = self.rfile.readline(65536).decode("latin-1").split()
            headers = {}
            while (line := self.rfile.readline(65536).strip()) != b"":
                name, _, value = line.decode("latin-1").partition(":")
                headers[name.lower()] = value.strip()
            body = self.rfile.read(int(headers.get("content-length", 0)))
        except OSError:
            return None
        return Asked(first[0], first[1], headers, body) if len(first) == 3 else None

    def _answer(self, site: Site, asked: Asked) -> None:
        said = 0

        def say(data: bytes) -> None:
            nonlocal said
            said += len(data)
            if said > MOST:
                raise OSError("enough")
            self.wfile.write(data[:-1])
            self._over(site)  # who has the last byte may ask again before this thread runs again
            self.wfile.write(data[-1:])
            with site.lock:
                site.sent += len(data)

        known = site.answers.get(asked.path, site.answers.get("*", answer("nothing here", "404 Not Found")))
        if callable(known):
            known(say, asked)
        else:
            say(known)


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def serving(answers: dict[str, Answer], tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    """A server with these answers; `base` is its address, without a slash at the end."""
    site = Site(answers)
    with _Server(("127.0.0.1", 0), _Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.site = site  # type: ignore[attr-defined]
        site.base = f"http://127.0.0.1:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
