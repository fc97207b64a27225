"""One request over HTTP, bounded in time and size, shut to private addresses. The only place that knows the client."""

from __future__ import annotations

import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from time import monotonic
from urllib.parse import urlsplit

import httpx

SECONDS = 20.0
"""For a connection, and for each piece of an answer."""
ALTOGETHER = 60.0
LIMIT = 64_000
"""Bytes of an answer that are read."""


class NotSentError(Exception):
    """The request did not reach the server."""


class UnsureError(Exception):
    """The request went out, and no answer came that could be read: whether it was heeded is not known."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is posted, and where."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Post = Callable[[Request], Answer]


def poster(private: bool = False, seconds: float = SECONDS) -> Post:
    """A function that posts. `private` lets it reach addresses that are not on the public web.

    It raises `NotSentError` and `UnsureError`. Redirects are answers like any other: a secret is not carried elsewhere.
    """

    def post(request: Request) -> Answer:
        if not private:
            _refuse_private(request.url)
        try:
            with (
                httpx.Client(timeout=seconds, trust_env=False) as client,
                client.stream("POST", request.url, content=request.body, headers=dict(request.headers)) as answer,
            ):
                return Answer(answer.status_code, dict(answer.headers), _body(answer))
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise NotSentError(f"could not be reached: {_plain(error)}") from error
        except httpx.HTTPError as error:
            raise UnsureError(f"gave no answer that could be read: {_plain(error)}") from error

    return post


def _body(answer: httpx.Response) -> bytes:
    """The first bytes of an answer, read for no longer than a minute."""
    until, found = monotonic() + ALTOGETHER, bytearray()
    for piece in answer.iter_raw(8192):
        found += piece
        if len(found) > LIMIT or monotonic() > until:
            break
    return bytes(found[:LIMIT])


def _plain(error: Exception) -> str:
    return str(error) or type(error).__name__


def _refuse_private(url: str) -> None:
    """Refuse a host one of whose addresses is not on the public web."""
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname or "", parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotSentError(f"could not be reached: there is no host {parts.hostname}") from error
    for entry in found:
        if not ip_address(str(entry[4][0]).partition("%")[0]).is_global:
            raise NotSentError(f"leads to {entry[4][0]}, which is not on the public web (`private: true` allows it)")
