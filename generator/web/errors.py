"""Errors of reading a page. Their texts are for the user."""

from __future__ import annotations


class WebError(Exception):
    """A page could not be read. The message says why, and begins in lower case."""


class RefusedError(WebError):
    """We do not go there: the scheme is not http(s), or the address is not on the public web."""


class RobotsError(WebError):
    """The site's robots.txt asks not to read the page, or could not be read."""


class UnreachableError(WebError):
    """The host does not exist or does not answer, or its certificate is not valid."""


class LostError(UnreachableError):
    """The connection broke after it was made: whether the server acted on the request is unknown."""


class TimedOutError(WebError):
    """The whole request took too long, wherever the time went."""


class TooLargeError(WebError):
    """The page, packed or unpacked, is too large."""


class BrokenError(WebError):
    """The response is not HTTP, ends too early, or cannot be unpacked."""


class StoppedError(WebError):
    """The reader was closed while reading."""
