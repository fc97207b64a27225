"""The option `announce` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from generator.model.address import web_fault
from generator.model.settings import SettingsError

STATE = ".citewire/announced.json"
BLUESKY = "https://bsky.social"
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]*\Z")

NEEDS = {
    "slack": ("secret",),
    "discord": ("secret",),
    "json": ("url",),
    "mastodon": ("url", "secret"),
    "bluesky": ("account", "secret"),
}
"""The kinds of channels, with the settings that each cannot do without."""
OF = ("editions", "stories")
_KEYS = ("kind", "of", "url", "account", "secret")


class Channel(Struct, frozen=True):
    """Where new editions or stories are posted."""

    name: str
    kind: str
    of: str = "editions"
    url: str = ""
    account: str = ""
    secret: str = ""
    """The variable of the environment that holds the webhook's address, the token or the password."""


class AnnounceSettings(Struct, frozen=True):
    """The hubs and channels that are told."""

    hubs: tuple[str, ...] = ()
    """WebSub hubs, which tell subscribers that a feed has changed."""
    channels: tuple[Channel, ...] = ()
    state: str = STATE
    """What was told to whom, from the folder of `mkdocs.yml`. It must outlast a run."""
    private: bool = False
    """Whether hubs and channels may stand in this machine's own network."""


def announce_settings(given: Mapping[str, Any]) -> AnnounceSettings:
    """The settings of a mapping. Raises `SettingsError` that names every fault."""
    faults = list(_faults(given))
    if faults:
        raise SettingsError(f"`announce`: {fault}" for fault in faults)
    channels = given.get("channels") or {}
    return AnnounceSettings(
        hubs=tuple(given.get("hubs") or ()),
        channels=tuple(Channel(name, **_with_defaults(channel)) for name, channel in channels.items()),
        state=str(given.get("state") or STATE),
        private=bool(given.get("private", False)),
    )


def _with_defaults(channel: Mapping[str, str]) -> dict[str, str]:
    found = dict(channel)
    if found["kind"] == "bluesky":
        found.setdefault("url", BLUESKY)
    return found


def _faults(given: Mapping[str, Any]) -> Iterator[str]:
    known = ("hubs", "channels", "state", "private")
    if strangers := sorted(str(key) for key in given if key not in known):
        yield f"there is no setting {', '.join(strangers)}; there are {', '.join(known)}"
    hubs, channels = given.get("hubs") or [], given.get("channels") or {}
    if not isinstance(hubs, list):
        yield "`hubs` is not a list of addresses"
    else:
        yield from (f"the hub `{hub}` {fault}" for hub in hubs if (fault := _web_fault(hub)))
    if not isinstance(given.get("private", False), bool):
        yield "`private` can be true or false"
    if not isinstance(channels, dict):
        yield "`channels` is not a mapping of names to channels"
        return
    for name, channel in channels.items():
        yield from (f"the channel `{name}` {fault}" for fault in _channel_faults(name, channel))


def _channel_faults(name: Any, channel: Any) -> Iterator[str]:
    if not isinstance(name, str) or not _NAME.match(name):
        yield "has a name of other letters than a-z, 0-9 and single hyphens"
    if not isinstance(channel, dict):
        yield "is not a mapping"
        return
    kind = channel.get("kind")
    if kind not in NEEDS:
        yield f"is of the kind `{kind}`; it can be {', '.join(NEEDS)}"
        return
    if strangers := sorted(str(key) for key in channel if key not in _KEYS):
        yield f"has no setting {', '.join(strangers)}; there are {', '.join(_KEYS)}"
    yield from (f"needs `{key}`, since it is of the kind {kind}" for key in NEEDS[kind] if not channel.get(key))
    if channel.get("of", "editions") not in OF:
        yield f"is `of: {channel['of']}`; it can be {' or '.join(OF)}"
    if "url" in channel and (fault := _web_fault(channel["url"])):
        yield f"has the url `{channel['url']}`, which {fault}"
    if channel.get("secret") and not _VARIABLE.match(str(channel["secret"])):
        yield "writes its secret down: `secret` names the variable of the environment that holds it, such as TEAM_HOOK"


def _web_fault(address: Any) -> str | None:
    fault = web_fault(address) if isinstance(address, str) else "it is not text"
    return fault and f"is not an address of the web: {fault}"
