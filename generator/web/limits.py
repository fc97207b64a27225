"""Limits on what reading may cost: time, bytes, redirects, hosts at a time."""

from __future__ import annotations

from msgspec import Struct

KIB = 1024
MIB = 1024 * KIB


class Limits(Struct, frozen=True):
    """Bounds of one reading, and manners between readings."""

    connect: float = 10
    """Seconds until a connection stands."""
    total: float = 30
    """Seconds for one answer, from the connection to the last byte."""
    size: int = 10 * MIB
    """Bytes of a page, packed and unpacked alike."""
    redirects: int = 8
    pause: float = 1
    """Seconds between two requests to one host."""
    hosts: int = 4
    """Hosts that are read at a time."""
    robots: int = 500 * KIB
    """Bytes of a robots.txt that are read; what follows is not looked at (RFC 9309, section 2.5)."""
    crawl_delay: float = 10
    """Seconds: the longest pause that a robots.txt can ask for."""

    @property
    def wire(self) -> int:
        """Bytes that may come over one connection: a page, its headers (h11 bounds them to 100 KiB), its frame."""
        return self.size + 256 * KIB
