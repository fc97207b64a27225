"""Which years share a search index."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 10_000
"""Most stories of earlier years in one index, so that rebuilding it after a correction takes only seconds."""

Years = tuple[int, ...]


def indexes(stories: Mapping[int, int]) -> tuple[Years, ...]:
    """The years of each index, oldest first, by the number of stories that each year has.

    The newest year has an index of its own, since it changes daily. Earlier years share one, up to `MOST` stories: each
    further index costs a reader one more download per word. They are grouped from the oldest, so that a new year moves
    none of them.
    """
    years = sorted(stories)
    shared: list[Years] = []
    for year in years[:-1]:
        last = shared[-1] if shared else ()
        if last and sum(stories[each] for each in (*last, year)) <= MOST:
            shared[-1] = (*last, year)
        else:
            shared.append((year,))
    return (*shared, *((year,) for year in years[-1:]))
