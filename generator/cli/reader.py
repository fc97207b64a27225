"""Set up the web reader for a command: its name for other sites, and the environment's proxy."""

from __future__ import annotations

import os
import re
from urllib.parse import urlsplit

from generator import __version__
from generator.cli.console import MISUSE, fail
from generator.model.address import SAFE_SCHEMES
from generator.model.vocabulary import Newsletter
from generator.web.addresses import LOOPBACK, host_of, is_public
from generator.web.errors import RefusedError
from generator.web.limits import Limits
from generator.web.reader import Reader

PROXY_VARIABLE = "CITEWIRE_PROXY"
"""The environment variable with the address of an HTTP proxy. The name is our own, since behind a proxy the guard only
sees names."""
_NOT_IN_A_COMMENT = re.compile(r"[^ -'*-\[\]-~]+")
"""Anything that a comment in a header cannot hold: all but printable ASCII without brackets and backslashes (RFC 9110,
5.6.5)."""


def web_reader(newsletter: Newsletter, limits: Limits, *, contact: str = "", private: bool = False) -> Reader:
    """A reader that identifies the newsletter.

    `private` lets it reach hosts that are not on the public web; it then uses no proxy.
    """
    mailbox = f"mailto:{newsletter.editor.email}" if newsletter.editor.email else ""
    said = "; ".join(_NOT_IN_A_COMMENT.sub("", part).strip() for part in (newsletter.name, contact or mailbox) if part)
    admits = _anywhere if private else is_public
    return Reader(f"Citewire/{__version__} ({said})", limits, admits=admits, proxy=None if private else _proxy())


def service_reader(newsletter: Newsletter, limits: Limits, url: str, private: bool) -> Reader:
    """A reader for a service, which may be on a private network if `private` is true.

    A service on this machine can always be reached.
    """
    return web_reader(newsletter, limits, private=private or urlsplit(url).hostname in LOOPBACK)


def _anywhere(address: str) -> bool:
    return True


def _proxy() -> str | None:
    """The environment's proxy; ends the command if it is invalid."""
    named = os.environ.get(PROXY_VARIABLE)
    if not named:
        return None
    try:
        host_of(named)
    except RefusedError as error:
        fail(f"{PROXY_VARIABLE} names no proxy: {error}; write it as {SAFE_SCHEMES[0]}://proxy.example:3128", MISUSE)
    return named
