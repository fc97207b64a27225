"""A mapping whose values are made when they are first asked for: most builds ask for few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class Lazily(Mapping[str, T], Generic[S, T]):
    """A mapping with the names and order of another one, whose values are made from that one's when first asked for.

    They are remembered; with `most`, all are forgotten each time that so many have been made.
    """

    def __init__(
        self, of: Mapping[str, S], make: Callable[[S], T], most: int | None = None, given: Mapping[str, T] | None = None
    ) -> None:
        """`given` are values that come from elsewhere, and are not made here."""
        self._of, self._make, self._most, self._given = of, make, most, given or {}
        self._made: dict[str, T] = {}

    def replaced(self, of: Mapping[str, S], made: Mapping[str, T]) -> Lazily[S, T]:
        """A copy for other values of the same names, of which `made` are made already; the rest stays as made."""
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
