"""Fingerprints of values: the same for equal values, in any process, on any machine, on any day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from hashlib import blake2b
from typing import Any

_BETWEEN = "\x1f"
_OPEN, _CLOSE = "\x1d", "\x1e"
"""Control characters, which no text of the content holds."""


def fingerprint(*parts: str) -> str:
    """One short text for several."""
    return blake2b(_BETWEEN.join(parts).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


class Fingerprints:
    """Takes the fingerprints of values that refer to each other, looking at each of them once.

    The values must not change, and must live as long as this does.
    """

    def __init__(self, common: str) -> None:
        self._common = common
        self._known: dict[int, str] = {}

    def of(self, values: tuple[Any, ...]) -> str:
        """The fingerprint of values, and of what is common to all of the site."""
        return fingerprint(self._common, *self._parts(values))

    def _parts(self, value: Any) -> Iterator[str]:
        kind = type(value)
        if kind is str:
            yield value
        elif kind is tuple or kind is list:
            yield _OPEN
            for item in value:
                yield from self._parts(item)
            yield _CLOSE
        elif value is None or isinstance(value, int | float | bytes | Enum):
            yield repr(value)
        elif isinstance(value, date):
            yield value.isoformat()
        elif isinstance(value, Mapping):
            yield from self._parts(tuple(value.items()))
        else:
            yield self._of_object(value)

    def _of_object(self, value: Any) -> str:
        """Of a value of the model: what it says that it is made of, or else all its fields."""
        found = self._known.get(id(value))
        if found is None:
            found = self._known[id(value)] = fingerprint(type(value).__name__, *self._parts(_made_of(value)))
        return found


def _made_of(value: Any) -> tuple[Any, ...]:
    made_of: tuple[Any, ...] | None = getattr(value, "made_of", None)
    if made_of is not None:
        return made_of
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} is not a value")
    return tuple(getattr(value, field.name) for field in fields(value))
