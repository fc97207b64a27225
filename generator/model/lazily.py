"""Values that are made when they are first asked for: most builds of an archive ask for few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class Lazily(Mapping[str, T], Generic[S, T]):
    """What is made of other values, under the names of these and in their order, each when it is first asked for."""

    def __init__(self, of: Mapping[str, S], make: Callable[[S], T], made: Mapping[str, T] | None = None) -> None:
        self._of, self._make, self._made = of, make, dict(made or {})

    def replaced(self, of: Mapping[str, S], made: Mapping[str, T]) -> Lazily[S, T]:
        """The same of other values under the same names, of which these are made; what was made before stays."""
        return Lazily(of, self._make, {**self._made, **made})

    def __getitem__(self, name: str) -> T:
        found = self._made.get(name)
        if found is None:
            found = self._made[name] = self._make(self._of[name])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._of)

    def __len__(self) -> int:
        return len(self._of)

    def __contains__(self, name: object) -> bool:
        return name in self._of
