"""The response to an HTTP request: its status, headers and body, and the redirects that led to it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from msgspec import Struct

PERMANENT = (301, 308)


class Hop(Struct, frozen=True):
    """One redirect that was followed."""

    status: int
    to: str


class Response(Struct, frozen=True):
    """What a server answered, be it with a page or as a service."""

    asked: str
    at: str
    """The address that answered, at the end of the redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in small letters; the values of one name that stands twice are joined with a comma."""
    body: bytes | None
    """The bytes of the page; None when it was not read: it is of no wanted kind, or the answer is not a page."""
    hops: tuple[Hop, ...] = ()

    @property
    def kind(self) -> str:
        """The media type, in small letters, without its parameters; empty when the server does not say."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server names; empty when it names none."""
        _, _, parameters = self.headers.get("content-type", "").partition(";")
        named = (p.partition("=")[2] for p in parameters.split(";") if p.strip().lower().startswith("charset="))
        return next(named, "").strip().strip("\"'")

    @property
    def is_sound(self) -> bool:
        """Whether there is a page: 200, and not an empty answer such as 204."""
        return self.status == HTTPStatus.OK

    @property
    def status_words(self) -> str:
        """`404 Not Found`."""
        known = next((status.phrase for status in HTTPStatus if status == self.status), "")
        return f"{self.status} {known}".strip()

    @property
    def moved_for_good(self) -> str | None:
        """Where the page now is, when each redirect said that it is for good."""
        return self.at if self.hops and all(hop.status in PERMANENT for hop in self.hops) else None
