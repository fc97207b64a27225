"""Durations as a clock shows them: `2:17:43`, `27:14.33`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.figures.amounts import Figure
from generator.texts.patterns import late

_TIME = late(
    r"(?<![\w.,:])(?:(?P<hours>\d{1,2}):)?(?P<minutes>[0-5]?\d):(?P<seconds>[0-5]\d)(?P<part>\.\d{1,3})?(?![\d:]|\.\d)"
)


def find(text: str) -> Iterator[Figure]:
    """Find durations. Those of two parts without decimals are left out: they may be a time of day or a score."""
    for found in _TIME.finditer(text) if ":" in text else ():
        hours, part = found["hours"], found["part"]
        if hours or part or text.startswith((" minutes", " mins"), found.end()):
            value = int(hours or 0) * 3600 + int(found["minutes"]) * 60 + int(found["seconds"]) + float(part or 0)
            step = 10.0 ** (1 - len(part)) if part else 1.0
            yield Figure(*found.span(), found[0], "second", value, value, step, step)
