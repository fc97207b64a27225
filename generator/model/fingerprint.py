"""Fingerprints of values: equal for equal values, in any process, on any machine, at any time."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping
from datetime import date
from enum import Enum
from hashlib import blake2b
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

_BETWEEN = "\x1f"
_OPEN, _CLOSE = "\x1d", "\x1e"
"""Control characters, which no text of the content contains."""


def fingerprint(*parts: str) -> str:
    """The fingerprint of several texts, as a short text."""
    return blake2b(_BETWEEN.join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def numbers(some: Iterable[int]) -> str:
    """Encode many 64-bit integers as one text."""
    return array("q", some).tobytes().hex()


_REMEMBERED = 50_000
"""How many fingerprints are remembered. Those of a large archive would fill the memory of a build."""


class Fingerprints:
    """Fingerprints values that refer to each other. Each one is computed once, as long as it is remembered.

    The values must not change.
    """

    def __init__(self, common: str) -> None:
        self._common = common
        self._known: dict[int, str] = {}
        self._seen: list[Any] = []
        """Keeps the known values alive, so that no other value gets the `id()` of one."""

    def of(self, values: tuple[Any, ...]) -> str:
        """The fingerprint of values, together with `common`."""
        if len(self._seen) > _REMEMBERED:
            self._known.clear()
            self._seen.clear()
        parts = [self._common]
        self._add_all(values, parts)
        return fingerprint(*parts)

    def _add_all(self, values: Iterable[Any], parts: list[str]) -> None:
        """Append texts for the values, in order, such that different values never give the same texts.

        A page of an archive has hundreds of known values, so these are looked up first, without a call.
        """
        known, add = self._known, parts.append
        add(_OPEN)
        for value in values:
            if type(value) is str:
                add(value)
            elif (found := known.get(id(value))) is not None:
                add(found)
            else:
                self._add(value, parts)
        add(_CLOSE)

    def _add(self, value: Any, parts: list[str]) -> None:
        """Append texts for a value that is not a text and not known yet."""
        kind = type(value)
        if kind is tuple or kind is list:
            self._add_all(value, parts)
        elif value is None or isinstance(value, int | float | bytes | Enum):
            parts.append(repr(value))
        elif isinstance(value, date):
            parts.append(value.isoformat())
        elif isinstance(value, Mapping):
            self._add_all(value.items(), parts)
        else:
            parts.append(self._of_object(value))

    def _of_object(self, value: Any) -> str:
        """The fingerprint of a model value: of its `made_of` if it has one, else of all its fields."""
        parts = [type(value).__name__]
        self._add_all(_made_of(value), parts)
        found = self._known[id(value)] = fingerprint(*parts)
        self._seen.append(value)
        return found


def _made_of(value: Any) -> tuple[Any, ...]:
    made_of: tuple[Any, ...] | None = getattr(value, "made_of", None)
    if made_of is not None:
        return made_of
    if not isinstance(value, Struct):
        raise TypeError(f"{type(value).__name__} is not a value")
    return astuple(value)
