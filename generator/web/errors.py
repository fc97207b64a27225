"""Errors of reading a page. Their texts are for the user."""

from __future__ import annotations


class WebError(Exception):
    """A page could not be read; the text says why, and begins with a small letter."""


class RefusedError(WebError):
    """We do not go there: another scheme than http(s), or an address that is not on the public web."""


class RobotsError(WebError):
    """The site's robots.txt asks not to read the page, or could not be asked."""


class UnreachableError(WebError):
    """The host does not exist or does not answer, or its certificate is not valid."""


class LostError(UnreachableError):
    """The connection broke after it stood: whether the server heeded what was asked is not known."""


class TimedOutError(WebError):
    """The whole took longer than it may, however it was spread."""


class TooLargeError(WebError):
    """The page, packed or unpacked, is larger than it may be."""


class BrokenError(WebError):
    """What came is not HTTP, ends too early, or is packed in a way that cannot be undone."""


class StoppedError(WebError):
    """The reader was closed while it was at work."""
