"""Which addresses we may connect to: those of the public web only."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import quote, urlsplit

from generator.model.address import SAFE_SCHEMES
from generator.web.errors import RefusedError, UnreachableError

Resolve = Callable[[str, int], list[str]]
"""Returns the addresses of a host."""
Admits = Callable[[str], bool]
"""Whether we may connect to an address."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""Names of this machine. A configuration that gives one means it."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""IPv4 inside IPv6 (RFC 6052)."""


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host from the system's resolver, without duplicates. Raises `UnreachableError`."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        is_sure = error.errno == socket.EAI_NONAME
        raise UnreachableError(f"there is no host {host}" if is_sure else f"{host} cannot be looked up now") from error
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"{host} cannot be looked up") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is on the public web: not local, private, reserved, for tests, multicast, or unspecified."""
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and (inside := list(_inside(ip))):
        return all(_is_public(embedded) for embedded in inside)
    return _is_public(ip)


def _is_public(ip: IPv4Address | IPv6Address) -> bool:
    is_of_a_site = isinstance(ip, IPv6Address) and ip.is_site_local
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or is_of_a_site)


def _inside(ip: IPv6Address) -> Iterator[IPv4Address]:
    """The IPv4 addresses embedded in an IPv6 address: mapped, 6to4, Teredo, NAT64."""
    for embedded in (ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())):
        if embedded is not None:
            yield embedded
    if ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)


def admitted(host: str, port: int, ask: Resolve, admits: Admits) -> list[str]:
    """The addresses of a host if we may connect to all of them. Raises `RefusedError`, `UnreachableError`."""
    found = ask(host, port)
    if refused := [address for address in found if not admits(address)]:
        raise RefusedError(f"{host} leads to {refused[0]}, which is not on the public web")
    return found


def refuse_written(host: str, admits: Admits) -> None:
    """Refuse a host whose name or written address shows that it is not on the public web. Raises `RefusedError`."""
    bare = host.strip("[]").rstrip(".")
    try:
        is_allowed = admits(str(ip_address(_in_full(bare))))
    except ValueError:
        is_allowed = "." in bare and not bare.endswith(".localhost")
    if not is_allowed:
        raise RefusedError(f"{host} is not on the public web")


def _in_full(host: str) -> str:
    """An IPv4 address in full, from any form that a system accepts (`127.1`, `0x7f.0.0.1`); other hosts unchanged."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return host


def wire_address(address: str) -> str:
    """An address as HTTP carries it: ASCII, host in punycode, no fragment. Raises `RefusedError`."""
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").encode("idna").decode("ascii"), parts.port
    except (ValueError, UnicodeError) as error:
        raise RefusedError(f"{address[:200]!r} cannot be read as an address") from error
    if parts.scheme.lower() not in SAFE_SCHEMES or not host:
        raise RefusedError(f"{address[:200]!r} is not an address of the web")
    if "@" in parts.netloc:
        raise RefusedError(f"the address at {host} holds a user name")
    netloc = f"[{host}]" if ":" in host else host
    netloc += f":{port}" if port else ""
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=-._~")
    query = f"?{quote(parts.query, safe='/%:@!$&()*+,;=-._~?')}" if parts.query else ""
    return f"{parts.scheme.lower()}://{netloc}{path}{query}"


def host_of(address: str) -> str:
    """The host of an address as HTTP carries it. Raises `RefusedError`."""
    return urlsplit(wire_address(address)).hostname or ""
