"""Set up the reader of the web for a command: its name for other sites, and the proxy of the environment."""

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
"""Holds the address of an HTTP proxy. A name of our own, since behind a proxy the guard sees names only."""
_NOT_IN_A_COMMENT = re.compile(r"[^ -'*-\[\]-~]+")
"""All but printable ASCII without brackets and backslashes: what a comment in a header can hold (RFC 9110, 5.6.5)."""


def web_reader(newsletter: Newsletter, limits: Limits, *, contact: str = "", private: bool = False) -> Reader:
    """A reader that says for whom it reads.

    `private` lets it reach hosts that are not on the public web, and no proxy stands before those.
    """
    mailbox = f"mailto:{newsletter.editor.email}" if newsletter.editor.email else ""
    said = "; ".join(_NOT_IN_A_COMMENT.sub("", part).strip() for part in (newsletter.name, contact or mailbox) if part)
    admits = _anywhere if private else is_public
    return Reader(f"Citewire/{__version__} ({said})", limits, admits=admits, proxy=None if private else _proxy())


def service_reader(newsletter: Newsletter, limits: Limits, url: str, private: bool) -> Reader:
    """A reader for a service at an address, which is reached in this machine's own network if that is allowed.

    On this machine it is reached anyway.
    """
    return web_reader(newsletter, limits, private=private or urlsplit(url).hostname in LOOPBACK)


def _anywhere(address: str) -> bool:
    return True


def _proxy() -> str | None:
    """The proxy of the environment, or the end with a word on what is wrong with it."""
    named = os.environ.get(PROXY_VARIABLE)
    if not named:
        return None
    try:
        host_of(named)
    except RefusedError as error:
        fail(f"{PROXY_VARIABLE} names no proxy: {error}; write it as {SAFE_SCHEMES[0]}://proxy.example:3128", MISUSE)
    return named
