"""The interface of text extraction and its errors, so that callers need not know how texts are extracted."""

from __future__ import annotations

from collections.abc import Callable

from generator.web.response import Response


class NoTextError(Exception):
    """A page has no text to keep. The message says why, for people."""


class MissingError(Exception):
    """The libraries for extraction are not installed. The message says which, and how to install them."""


Extractor = Callable[[Response], str]
"""Returns the main text of a page; raises `NoTextError`."""
