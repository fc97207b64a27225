"""Pages that redirect: from old addresses, and from addresses that a reader has cut at a slash.

They work on hosts that do not support redirects.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import partial

from generator.model.artifacts import Artifact, Order
from generator.model.permalinks import file_of
from generator.typeset.templates import Templates, relative


def led_on(templates: Templates, moved: Iterable[tuple[str, str]], unit: str = "") -> Iterator[Artifact]:
    """Redirects of a unit from old paths to the paths of pages, if the site has redirects; else `moved` is not read."""
    for old, path in moved if templates.site.outputs.redirects else ():
        yield Artifact(file_of(old), Order.PAGE, partial(_redirect, templates, old, path), (old, path), unit=unit)


def from_emptied(
    templates: Templates, path: Callable[..., str], left: Iterable[str | int], paged: Container[str | int]
) -> Iterator[Artifact]:
    """Redirects to the first page of a list from the months or years that have no page since things were withdrawn.

    `path` makes the path of a period's page, and that of the first page without a period. `left` are the periods of
    what was withdrawn, `paged` those that have pages.
    """
    former = sorted({period for period in left if period not in paged})
    return led_on(templates, ((path(period), path()) for period in former))


def _redirect(templates: Templates, old: str, path: str) -> bytes:
    """A page that sends readers and search engines on; it works without JavaScript."""
    target = relative(old, path)
    body = templates.body("redirect.html", old, target=target, canonical=templates.site.url(path))
    return body.encode()
