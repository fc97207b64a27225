"""Non-overlapping parts of a text."""

from __future__ import annotations

from bisect import bisect_right


class Spans:
    """Keeps the parts that are taken, and quickly tells whether another would overlap one."""

    __slots__ = ("_ends", "_starts")

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Take a part unless it overlaps one that is taken; return whether it was taken."""
        if self.overlap(start, end):
            return False
        at = bisect_right(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, end)
        return True

    def overlap(self, start: int, end: int) -> bool:
        """Whether a part overlaps one that is taken."""
        at = bisect_right(self._starts, start)
        return (at > 0 and self._ends[at - 1] > start) or (at < len(self._starts) and self._starts[at] < end)
