"""The option `announce` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.model.address import web_fault
from generator.settings import Settings, refuse_faults
from generator.texts.slugs import SLUG

STATE = ".citewire/announced.json"
BLUESKY = "https://bsky.social"
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*\Z")

NEEDS = {
    "slack": ("secret",),
    "discord": ("secret",),
    "json": ("url",),
    "mastodon": ("url", "secret"),
    "bluesky": ("account", "secret"),
}
"""The kinds of channels, with the settings that each requires."""
OF = ("editions", "stories")


class Channel(Struct, frozen=True):
    """Where new editions or stories are posted."""

    name: str
    kind: str
    of: str = "editions"
    url: str = ""
    account: str = ""
    secret: str = ""
    """The environment variable that holds the webhook's address, the token or the password."""


class AnnounceSettings(Struct, frozen=True):
    """The hubs and channels to announce to."""

    hubs: tuple[str, ...] = ()
    """WebSub hubs, which tell subscribers that a feed has changed."""
    channels: tuple[Channel, ...] = ()
    state: str = STATE
    """The record of what was announced, relative to the folder of `mkdocs.yml`. It must outlast a run."""
    private: bool = False
    """Whether hubs and channels may be on a private network."""


def announce_settings(given: Mapping[str, Any]) -> AnnounceSettings:
    """Settings from a mapping. Raises `SettingsError` with every fault."""
    option = Settings("announce", given)
    hubs, channels = option.several("hubs"), option.inner("channels")
    for hub in hubs:
        if fault := web_fault(hub) if isinstance(hub, str) else "it is not a text":
            option.fault("hubs", f"names `{hub}`, which is not an address of the web: {fault}")
    found = AnnounceSettings(
        hubs=tuple(hubs),
        channels=tuple(_channel(channels, name) for name in channels.names) if channels else (),
        state=option.text("state", STATE),
        private=option.switch("private"),
    )
    refuse_faults(option)
    return found


def _channel(channels: Settings, name: Any) -> Channel:
    option = channels.inner(name, needed=True)
    if not isinstance(name, str) or not SLUG.match(name):
        channels.fault(name, "has a name of other letters than a-z, 0-9 and single hyphens")
    if option is None:
        return Channel(name, "")
    kind = option.choice("kind", NEEDS)
    needed = NEEDS.get(kind, ())
    found = Channel(
        name,
        kind,
        option.choice("of", OF, "editions"),
        option.web("url", BLUESKY if kind == "bluesky" else "", needed="url" in needed),
        option.text("account", needed="account" in needed),
        option.text("secret", needed="secret" in needed),
    )
    if found.secret and not _VARIABLE.match(found.secret):
        option.fault("secret", "writes it down: name the variable of the environment that holds it, such as TEAM_HOOK")
    return found
