"""The reader of the web, used for every request of every command."""

from __future__ import annotations

import ssl
import time
from collections.abc import Collection, Mapping
from functools import cache
from threading import Event
from urllib.parse import urljoin, urlsplit

import httpcore
from msgspec.structs import replace

from generator.model.address import SAFE_SCHEMES
from generator.web.addresses import Admits, Resolve, host_of, is_public, resolve, wire_address
from generator.web.errors import BrokenError, RefusedError
from generator.web.guard import Clock, Lines
from generator.web.limits import MIB, Limits
from generator.web.manners import Robots, Turns
from generator.web.response import Hop, Response
from generator.web.wire import Request, Wanted, Wire

REDIRECTS = (301, 302, 303, 307, 308)
PAGES = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "")
"""Media types of pages with text, and servers that name none; a PDF may come as any of them."""
CALL_LIMIT = MIB
"""Bytes of a service's response."""


@cache
def _trust() -> ssl.SSLContext:
    """The certificate authorities of this system and of Mozilla."""
    return httpcore.default_ssl_context()


class Reader:
    """Reads pages and calls services. Thread-safe; close it to cut whatever is in progress.

    `agent` is sent as User-Agent, and its first word is our name for robots.txt. `admits` says which addresses we may
    connect to: those of the public web, and in tests those of this machine. `trust` are the certificate authorities.
    `proxy` is the address of an HTTP proxy to go through.
    """

    def __init__(
        self,
        agent: str,
        limits: Limits | None = None,
        *,
        admits: Admits = is_public,
        ask: Resolve = resolve,
        clock: Clock = time.monotonic,
        trust: ssl.SSLContext | None = None,
        proxy: str | None = None,
    ) -> None:
        self.limits = limits or Limits()
        self._stop = Event()
        self._lines = Lines()
        self._turns = Turns(clock, self._stop)
        self._wire = Wire(agent, self.limits, self._lines, clock, trust or _trust(), ask, admits, proxy)
        self._robots = Robots(agent.partition("/")[0], self._robots_page)

    def read(self, url: str, kinds: Collection[str] = PAGES, *, is_named: bool = False) -> Response:
        """Read a page, following redirects, as far as robots.txt of each site on the way allows.

        For a page that a person has named, robots.txt is ignored: it addresses programs that find pages by themselves
        (RFC 9309, section 1). The body is only read if the status is 200 and the media type one of `kinds`. Raises
        `WebError`.
        """
        return self._follow(Request(url), lambda page: page.is_sound and page.kind in kinds, heed=not is_named)

    def call(
        self,
        url: str,
        method: str = "GET",
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
        *,
        first: int | None = None,
    ) -> Response:
        """Call a service and return its response, whatever its status: no robots.txt, no redirects. Raises `WebError`.

        With `first`, a longer response is cut to that many bytes.
        """
        cut = first is not None
        return self._send(Request(url, method, headers, content, first or CALL_LIMIT, cut), lambda page: True, 0)

    def close(self) -> None:
        """End what is in progress; from now on every reading ends with `StoppedError`."""
        self._stop.set()
        self._lines.close()

    def _robots_page(self, url: str) -> Response:
        request = Request(url, limit=self.limits.robots, cut=True)
        return self._follow(request, lambda page: page.is_sound, heed=False)

    def _follow(self, request: Request, wanted: Wanted, heed: bool) -> Response:
        hops = list[Hop]()
        while True:
            pause = self._robots.heed(wire_address(request.url)) if heed else 0
            response = self._send(request, wanted, min(pause, self.limits.crawl_delay))
            to = response.headers.get("location")
            if response.status not in REDIRECTS or not to:
                return replace(response, hops=tuple(hops))
            if len(hops) == self.limits.redirects:
                raise BrokenError(f"it redirects more than {self.limits.redirects} times")
            hops.append(Hop(response.status, _target(request.url, to)))
            request = replace(request, url=hops[-1].to)

    def _send(self, request: Request, wanted: Wanted, pause: float) -> Response:
        with self._turns.of(host_of(request.url), max(pause, self.limits.pause)):
            return self._wire.send(request, wanted)


def _target(base: str, location: str) -> str:
    """The address that a redirect leads to, decoded from the header as UTF-8. Raises `RefusedError`."""
    try:
        to = urljoin(base, location.encode("latin-1").decode("utf-8", "replace").strip())
        scheme = urlsplit(to).scheme.lower()
    except ValueError as error:
        raise RefusedError("it redirects to something that is no address") from error
    if scheme not in SAFE_SCHEMES:
        raise RefusedError(f"it redirects to `{scheme}:`")
    return to
