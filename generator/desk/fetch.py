"""A small reader of pages behind the seam `Fetch`: bounded in time, size and hops, and for the public web only."""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import SplitResult, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, getproxies, proxy_bypass

from generator.desk.page import FetchError
from generator.model.address import web_fault

TIMEOUT = 15.0
"""Seconds for a connection to answer, and for a whole page to arrive."""
SIZE_LIMIT = 8 * 1024 * 1024
"""Bytes of a page."""
_HEADERS = {"User-Agent": "citewire", "Accept": "text/html,application/pdf;q=0.9,*/*;q=0.5"}
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Reads pages of the web. `allow_private` opens hosts of one's own network, which tests need."""

    allow_private: bool = False
    clock: Callable[[], float] = time.monotonic

    def __call__(self, url: str) -> tuple[str, str, bytes]:
        """The final address, the type of the content, and the bytes. Raises `FetchError`."""
        self.guard(url)
        opener = build_opener(_Guarded(self))
        request = Request(url, headers=_HEADERS)  # noqa: S310 - guarded above
        try:
            with opener.open(request, timeout=TIMEOUT) as answer:
                return answer.geturl(), answer.headers.get("Content-Type", ""), self._body(answer)
        except HTTPError as error:
            raise FetchError(f"{url} answers {error.code} {error.reason}") from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            raise FetchError(f"{url} cannot be read: {getattr(error, 'reason', None) or error}") from error

    def guard(self, url: str) -> None:
        """Raise `FetchError` for an address that is not of the public web."""
        parts = urlsplit(url)
        if self.allow_private and parts.scheme in ("http", "https"):
            return
        if fault := web_fault(url):
            raise FetchError(f"{url} is not the address of a page: {fault}")
        if not all(ipaddress.ip_address(number).is_global for number in _numbers(parts)):
            raise FetchError(f"{parts.hostname} is a host of a private network")

    def _body(self, answer: Any) -> bytes:
        end, data = self.clock() + TIMEOUT, b""
        while chunk := answer.read1(_CHUNK):
            data += chunk
            if len(data) > SIZE_LIMIT:
                raise FetchError(f"{answer.geturl()} has more than {SIZE_LIMIT // 1024 // 1024} MB")
            if self.clock() > end:
                raise FetchError(f"{answer.geturl()} takes longer than {TIMEOUT:.0f} seconds")
        return data


def _numbers(parts: SplitResult) -> list[str]:
    """The numbers of a host. Behind a proxy only one that is written out: there the proxy alone looks names up."""
    host = parts.hostname or ""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        if parts.scheme in getproxies() and not proxy_bypass(host):
            return []
    try:
        return [str(entry[4][0]) for entry in socket.getaddrinfo(host, parts.port or 443, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise FetchError(f"there is no host {host}") from error


class _Guarded(HTTPRedirectHandler):
    """Looks at every address that a page sends on to."""

    max_redirections = 5

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        self._fetcher.guard(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)
