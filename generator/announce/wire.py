"""Send one HTTP request and report whether it reached its server. Only this module of the package uses the network."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct, field

from generator.web.addresses import host_of
from generator.web.errors import LostError, RefusedError, UnreachableError, WebError
from generator.web.limits import KIB, Limits
from generator.web.reader import Reader

LIMIT = 64 * KIB
"""Bytes of an answer that are read."""
LIMITS = Limits(total=60, size=LIMIT, pause=0)
"""Limits for posting to services. There is no pause, since we do not crawl their pages."""


class NotSentError(Exception):
    """The request did not reach the server."""


class UnsureError(Exception):
    """The request was sent, but no readable answer came: whether the server acted on it is unknown."""


class Request(Struct, frozen=True):
    """What to post, and where."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


class Answer(Struct, frozen=True):
    """A server's answer; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


Post = Callable[[Request], Answer]


def poster(reader: Reader) -> Post:
    """A function that posts through a reader.

    It raises `NotSentError` and `UnsureError`. Redirects are returned like any other answer: a secret is not carried
    elsewhere.
    """

    def post(request: Request) -> Answer:
        _refuse_unreadable(request.url)
        try:
            page = reader.call(request.url, "POST", request.headers, request.body, first=LIMIT)
        except LostError as error:
            raise UnsureError(f"gave no answer that could be read: {error}") from error
        except RefusedError as error:
            raise NotSentError(f"is not told: {error} (`private: true` allows it)") from error
        except UnreachableError as error:
            raise NotSentError(f"could not be reached: {error}") from error
        except WebError as error:
            raise UnsureError(f"gave no answer that could be read: {error}") from error
        return Answer(page.status, page.headers, page.body or b"")

    return post


def _refuse_unreadable(url: str) -> None:
    """Refuse an invalid address without quoting it: the address of a webhook is a secret."""
    try:
        host_of(url)
    except RefusedError:
        raise NotSentError("could not be reached: what it has for an address is none of the web") from None
