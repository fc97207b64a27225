"""Pages at old addresses, which lead on to the new ones on hosts that know no redirects."""

from __future__ import annotations

from generator.typeset.templates import Templates, relative


def redirect(templates: Templates, old: str, path: str) -> bytes:
    """A page that sends readers and search engines on; it works without JavaScript."""
    target = relative(old, path)
    body = templates.body("redirect.html", old, target=target, canonical=templates.site.url(path))
    return body.encode()
