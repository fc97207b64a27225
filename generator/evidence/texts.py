"""The interface of text extraction, and its errors: others ask for a text without knowing how it is extracted."""

from __future__ import annotations

from typing import Protocol

from generator.web.response import Response


class NoTextError(Exception):
    """A page has no text that could be kept; the text says why, for people."""


class MissingError(Exception):
    """The libraries that extraction needs are not installed; the text says which, and how to install them."""


class Extractor(Protocol):
    """Gives the main text of a page; raises `NoTextError`."""

    def __call__(self, page: Response) -> str: ...
