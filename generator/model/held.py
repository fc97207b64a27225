"""Bytes behind a function, so that they can stay in a file until needed."""

from __future__ import annotations

from collections.abc import Callable

Bytes = Callable[[], bytes]
"""Returns the same bytes on every call; can be pickled."""


class Held:
    """Bytes held in memory."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self) -> bytes:
        return self._data


def nothing() -> bytes:
    """No bytes."""
    return b""
