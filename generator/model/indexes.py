"""Which years share an index of the search."""

from __future__ import annotations

from collections.abc import Mapping

MOST = 10_000
"""Stories of earlier years in one index: what a correction of one of them makes anew stays a matter of seconds."""

Years = tuple[int, ...]


def indexes(stories: Mapping[int, int]) -> tuple[Years, ...]:
    """The years of each index, oldest first, by the number of stories that each year has.

    The newest year has an index of its own, since it changes daily. Earlier years share one, as many as it holds: each
    index more costs a reader a part more for each word. They are shared out from the oldest, so that a year that
    follows moves none of them.
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
