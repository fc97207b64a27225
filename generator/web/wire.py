"""Send one request and return its response; redirects are not followed here."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

import httpcore
from msgspec import Struct

from generator.web.addresses import Admits, Resolve, refuse_written, wire_address
from generator.web.body import ACCEPTED, read_body
from generator.web.errors import BrokenError, LostError, TimedOutError, UnreachableError, WebError
from generator.web.guard import Budget, Clock, Guard, Lines
from generator.web.limits import Limits
from generator.web.response import Response


class Request(Struct, frozen=True):
    """A request to send, and how much of its response to read."""

    url: str
    method: str = "GET"
    headers: Mapping[str, str] | None = None
    content: bytes | None = None
    limit: int | None = None
    """Most bytes of the response, if it is not a page."""
    cut: bool = False
    """Cut a response that is too long instead of failing."""


Wanted = Callable[[Response], bool]
"""Decides from a response's status and headers whether to read its body."""


class Wire(Struct, frozen=True):
    """Sends requests, each with its own guard."""

    agent: str
    limits: Limits
    lines: Lines
    clock: Clock
    trust: ssl.SSLContext
    ask: Resolve
    admits: Admits
    proxy: str | None = None
    """The address of an HTTP proxy. It resolves names itself, so we can only judge names as they are written."""

    def send(self, request: Request, wanted: Wanted) -> Response:
        """Send a request and return its response. Raises `WebError`."""
        url = httpcore.URL(wire_address(request.url))
        budget = Budget(self.limits.total, self.limits.wire, self.clock)
        with (
            _in_our_words(),
            self._pool(budget, url.host.decode("ascii")) as pool,
            pool.stream(
                request.method, url, headers=self._headers(request), content=request.content, extensions=self._patience
            ) as answer,
        ):
            response = Response(request.url, answer.status, _headers(answer.headers), None)
            if not wanted(response):
                return response
            packed = response.headers.get("content-encoding", "")
            limit = self.limits.size if request.limit is None else request.limit
            body = read_body(answer.iter_stream(), packed, limit, request.cut)
            return Response(request.url, response.status, response.headers, body)

    def _pool(self, budget: Budget, host: str) -> httpcore.ConnectionPool:
        """The connection pool: to the host itself, or to the proxy."""
        admits, proxy = self.admits, None
        if self.proxy is not None:
            refuse_written(host, self.admits)
            admits, proxy = _anywhere, httpcore.Proxy(self.proxy)
        guard = Guard(budget, self.lines, self.ask, admits)
        return httpcore.ConnectionPool(self.trust, proxy, max_connections=1, network_backend=guard)

    @property
    def _patience(self) -> dict[str, dict[str, float]]:
        limits = self.limits
        return {"timeout": {"connect": limits.connect, "read": limits.total, "write": limits.total, "pool": 1}}

    def _headers(self, request: Request) -> list[tuple[bytes, bytes]]:
        given = {
            "Host": urlsplit(wire_address(request.url)).netloc,
            "User-Agent": self.agent,
            "Accept-Encoding": ACCEPTED,
            "Connection": "close",
            **(request.headers or {}),
        }
        if request.content is not None:
            given["Content-Length"] = str(len(request.content))
        return [(name.encode("ascii"), value.encode("ascii", "replace")) for name, value in given.items()]


def _anywhere(address: str) -> bool:
    """Admits the proxy wherever it is, since the user of this reader chose it."""
    return True


def _headers(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        found[key] = f"{found[key]}, {text}" if key in found else text
    return found


@contextmanager
def _in_our_words() -> Iterator[None]:
    """Turn the library's errors into ours."""
    try:
        yield
    except WebError:
        raise
    except httpcore.TimeoutException as error:
        raise TimedOutError("nothing came in time") from error
    except httpcore.ConnectError as error:
        raise UnreachableError(_plain(error)) from error
    except (httpcore.ReadError, httpcore.WriteError) as error:
        raise LostError(_plain(error)) from error
    except httpcore.ProxyError as error:
        raise UnreachableError(f"the proxy does not lead there: {_plain(error)}") from error
    except (httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise BrokenError(f"its server does not speak HTTP as it should: {_plain(error)}") from error


def _plain(error: BaseException) -> str:
    """The first line of the library's message, starting in lower case."""
    text = " ".join(str(error).split())[:200] or type(error).__name__
    return text[0].lower() + text[1:]
