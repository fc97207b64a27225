"""The text of a page, as a value that others ask for without knowing how it is got."""

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
