"""The option `desk` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.settings import Settings, refuse_faults

BACKENDS = ("local", "github", "gitlab", "gitea", "git-gateway")
"""Where the desk writes: into the folder on this machine, or through the service that hosts the repository."""
_NEEDS_REPO = ("github", "gitlab", "gitea")
BUNDLE = ".cache/desk"
"""Where `make desk` puts the files from npm, relative to the newsletter's folder."""
HOSTS = Path(__file__).with_name("hosts.cjs")
"""The script that node loads before decap-server, so that it only answers this machine."""
PORT = 8081
"""The default port of decap-server."""


class DeskSettings(Struct, frozen=True):
    backend: str
    repo: str = ""
    branch: str = "main"
    auth: str = ""
    """The server that people sign in through."""
    api: str = ""
    """The API of a self-hosted service."""
    app: str = ""
    """The desk's id at the service."""
    port: int = PORT

    @property
    def decap(self) -> dict[str, Any]:
        """The settings in Decap's form (https://decapcms.org/docs/backends-overview/)."""
        if self.backend == "local":
            return {"name": "proxy", "proxy_url": f"{self.local}", "branch": self.branch}
        given = {"repo": self.repo, "base_url": self.auth, "api_root": self.api, "app_id": self.app}
        return {"name": self.backend, "branch": self.branch, **{name: value for name, value in given.items() if value}}

    @property
    def local(self) -> str:
        """The address of the local backend."""
        return f"http://localhost:{self.port}/api/v1"


def desk_settings(given: Mapping[str, Any]) -> DeskSettings:
    """Settings from a mapping. Raises `SettingsError`."""
    option = Settings("desk", given)
    found = DeskSettings(
        backend=option.choice("backend", BACKENDS),
        repo=option.text("repo"),
        branch=option.text("branch", "main"),
        auth=option.web("auth"),
        api=option.web("api"),
        app=option.text("app"),
        port=option.whole("port", PORT, 1, 65535),
    )
    if found.backend in _NEEDS_REPO and not found.repo:
        option.fault("repo", "is missing: the repository, as owner/newsletter")
    refuse_faults(option)
    return found
