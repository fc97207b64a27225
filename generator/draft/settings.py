"""The option `draft` of the plugin: which model is asked. All mistakes in it are reported at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from generator.model.settings import SettingsError
from generator.web.addresses import wire_address
from generator.web.errors import RefusedError

KEY_VARIABLE = "CITEWIRE_DRAFT_KEY"
"""Holds the key of the endpoint, which never stands in a file."""
SECONDS = (5, 600)
"""The least and the most that an answer may take."""
_KNOWN = ("address", "model", "private", "seconds")


class Endpoint(Struct, frozen=True):
    """A server that speaks as OpenAI's does, and what is asked of it."""

    address: str
    """Up to `/v1`, without a slash at its end."""
    model: str
    private: bool = False
    """Whether it may stand on this machine or in its network."""
    seconds: float = 120
    """Seconds that one answer may take."""


def endpoint(given: Mapping[str, Any], key: str = "") -> Endpoint | None:
    """The endpoint; None where none is configured. Raises `SettingsError` with all that is wrong."""
    if not given:
        return None
    if faults := list(_faults(given, key)):
        raise SettingsError(f"`draft` {fault}" for fault in faults)
    return Endpoint(
        str(given["address"]).rstrip("/"), given["model"], given.get("private", False), given.get("seconds", 120)
    )


def _faults(given: Mapping[str, Any], key: str) -> Iterator[str]:
    if strangers := sorted(str(name) for name in given if name not in _KNOWN):
        yield f"has no {', '.join(strangers)}; there are {', '.join(_KNOWN)}"
    if not isinstance(given.get("model"), str) or not given["model"]:
        yield "needs `model`, the name by which the server knows it"
    if not isinstance(given.get("private", False), bool):
        yield "has `private` that is neither true nor false"
    seconds = given.get("seconds", 120)
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not SECONDS[0] <= seconds <= SECONDS[1]:
        yield f"has `seconds: {seconds}`; it must be a number from {SECONDS[0]} to {SECONDS[1]}"
    yield from _address_faults(given.get("address"), bool(key) and given.get("private") is not True)


def _address_faults(address: Any, in_the_open: bool) -> Iterator[str]:
    if not isinstance(address, str) or not address:
        yield "needs `address`, such as https://api.openai.com/v1"
        return
    try:
        wire_address(address)
    except RefusedError as error:
        yield f"has an address that cannot be: {error}"
        return
    if in_the_open and urlsplit(address).scheme.lower() != "https":
        yield "has an address without https, over which the key would go in the open"
