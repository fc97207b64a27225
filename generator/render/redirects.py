"""Pages that redirect: from old addresses, and from addresses that a reader has cut at a slash.

They work on hosts that do not support redirects.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from generator.model.artifacts import Artifact, Order
from generator.model.permalinks import file_of
from generator.typeset.templates import Templates, relative


def led_on(templates: Templates, moved: Iterable[tuple[str, str]]) -> Iterator[Artifact]:
    """Redirects from old paths to the paths of pages."""
    for old, path in moved:
        yield Artifact(file_of(old), Order.PAGE, partial(redirect, templates, old, path), (old, path))


def redirect(templates: Templates, old: str, path: str) -> bytes:
    """A page that sends readers and search engines on; it works without JavaScript."""
    target = relative(old, path)
    body = templates.body("redirect.html", old, target=target, canonical=templates.site.url(path))
    return body.encode()
