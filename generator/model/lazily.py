"""A mapping whose values are made on first use, since most builds need few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class Lazily(Mapping[str, T], Generic[S, T]):
    """A mapping with the keys and order of another one, whose values are made from that one's on first use.

    They are remembered; with `most`, all are forgotten whenever that many have been made.
    """

    def __init__(
        self, of: Mapping[str, S], make: Callable[[S], T], most: int | None = None, given: Mapping[str, T] | None = None
    ) -> None:
        """`given` are values that exist already and need not be made."""
        self._of, self._make, self._most, self._given = of, make, most, given or {}
        self._made: dict[str, T] = {}

    def replaced(self, of: Mapping[str, S], made: Mapping[str, T]) -> Lazily[S, T]:
        """A copy over other values of the same keys: `made` holds those made already, and earlier ones are kept."""
        other = Lazily(of, self._make, self._most, {**self._given, **made})
        other._made.update((name, each) for name, each in self._made.items() if name not in made)
        return other

    def __getitem__(self, name: str) -> T:
        found = self._made.get(name) or self._given.get(name)
        if found is None:
            if self._most is not None and len(self._made) >= self._most:
                self._made.clear()
            found = self._made[name] = self._make(self._of[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def __contains__(self, name: object) -> bool:
        return name in self._of
