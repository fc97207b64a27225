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
    """The response of a page's server or of a service."""

    at: str
    """The address that responded, at the end of the redirects."""
    status: int
    headers: Mapping[str, str]
    """Names in lower case; the values of a repeated name are joined with a comma."""
    body: bytes | None
    """The bytes of the page; None if it was not read because its type was not wanted or the response is not a page."""
    hops: tuple[Hop, ...] = ()

    @property
    def kind(self) -> str:
        """The media type, in lower case and without parameters; empty if the server names none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the server names; empty if it names none."""
        _, _, parameters = self.headers.get("content-type", "").partition(";")
        named = (p.partition("=")[2] for p in parameters.split(";") if p.strip().lower().startswith("charset="))
        return next(named, "").strip().strip("\"'")

    @property
    def is_sound(self) -> bool:
        """Whether there is a page: 200, and not an empty response such as 204."""
        return self.status == HTTPStatus.OK

    @property
    def status_words(self) -> str:
        """`404 Not Found`."""
        known = next((status.phrase for status in HTTPStatus if status == self.status), "")
        return f"{self.status} {known}".strip()

    @property
    def moved_for_good(self) -> str | None:
        """The page's new address if every redirect was permanent."""
        return self.at if self.hops and all(hop.status in PERMANENT for hop in self.hops) else None
