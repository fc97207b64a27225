"""Limits on what reading may cost: time, bytes, redirects, hosts at a time."""

from __future__ import annotations

from msgspec import Struct

KIB = 1024
MIB = 1024 * KIB


class Limits(Struct, frozen=True):
    """Limits on one reading, and on the pace of several."""

    connect: float = 10
    """Seconds to establish a connection."""
    total: float = 30
    """Seconds for one response, from connecting to the last byte."""
    size: int = 10 * MIB
    """Bytes of a page, both packed and unpacked."""
    redirects: int = 8
    pause: float = 1
    """Seconds between two requests to one host."""
    hosts: int = 4
    """Hosts that are read in parallel."""
    robots: int = 500 * KIB
    """Bytes of a robots.txt that are read; the rest is ignored (RFC 9309, section 2.5)."""
    crawl_delay: float = 10
    """The longest pause that a robots.txt can ask for, in seconds."""

    @property
    def wire(self) -> int:
        """Bytes that one connection may receive: a page, its headers (h11 limits them to 100 KiB), and framing."""
        return self.size + 256 * KIB
