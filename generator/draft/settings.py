"""The option `draft` of the plugin: which model to ask. All mistakes in it are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

from generator.settings import Settings, refuse_faults
from generator.web.addresses import wire_address
from generator.web.errors import RefusedError

KEY_VARIABLE = "CITEWIRE_DRAFT_KEY"
"""The environment variable with the endpoint's key, which is never in a file."""


class Endpoint(Struct, frozen=True):
    """A server compatible with OpenAI's, and the model to use there."""

    address: str
    """Up to `/v1`, without a final slash."""
    model: str
    private: bool = False
    """Whether it may be on this machine or a private network."""
    seconds: float = 120
    """Most seconds for one answer."""


def endpoint(given: Mapping[str, Any], key: str = "") -> Endpoint | None:
    """The endpoint; None if none is configured. Raises `SettingsError` with every fault."""
    if not given:
        return None
    option = Settings("draft", given)
    address, model = option.text("address", needed=True).rstrip("/"), option.text("model", needed=True)
    found = Endpoint(address, model, option.switch("private"), option.number("seconds", 120, 5, 600))
    if address and (fault := _address_fault(address, bool(key) and not found.private)):
        option.fault("address", fault)
    refuse_faults(option)
    return found


def _address_fault(address: str, in_the_open: bool) -> str:
    try:
        wire_address(address)
    except RefusedError as error:
        return f"cannot be: {error}; write it as https://api.openai.com/v1"
    is_open = in_the_open and urlsplit(address).scheme.lower() != "https"
    return "is one without https, over which the key would go in the open" if is_open else ""
