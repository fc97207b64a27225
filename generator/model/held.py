"""Bytes behind a function, so that they can stay in a file until somebody needs them."""

from __future__ import annotations

from collections.abc import Callable

Bytes = Callable[[], bytes]
"""Answers with the same whenever it is asked; it can be pickled."""


class Held:
    """Bytes at hand."""

    __slots__ = ("_data",)

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __call__(self) -> bytes:
        return self._data


def nothing() -> bytes:
    """No bytes."""
    return b""
