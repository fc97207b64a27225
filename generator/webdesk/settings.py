"""The option `desk` of the plugin. All mistakes in it are reported at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.model.settings import Settings, refuse_faults

BACKENDS = ("local", "github", "gitlab", "gitea", "git-gateway")
"""Where the desk writes: into the folder on this machine, or through the service that keeps the repository."""
_NEEDS_REPO = ("github", "gitlab", "gitea")
BUNDLE = ".cache/desk"
"""Where `make desk` puts what npm has, below the folder of the newsletter."""
HOSTS = Path(__file__).with_name("hosts.cjs")
"""What node loads before decap-server, so that it answers nobody but this machine."""
PORT = 8081
"""The port on which decap-server listens unless it is told otherwise."""


class DeskSettings(Struct, frozen=True):
    backend: str
    repo: str = ""
    branch: str = "main"
    auth: str = ""
    """The server through which people sign in."""
    api: str = ""
    """The service's own interface, where it is one of your own."""
    app: str = ""
    """The id under which the service knows the desk."""
    port: int = PORT

    @property
    def decap(self) -> dict[str, Any]:
        """The settings as Decap takes them (https://decapcms.org/docs/backends-overview/)."""
        if self.backend == "local":
            return {"name": "proxy", "proxy_url": f"{self.local}", "branch": self.branch}
        given = {"repo": self.repo, "base_url": self.auth, "api_root": self.api, "app_id": self.app}
        return {"name": self.backend, "branch": self.branch, **{name: value for name, value in given.items() if value}}

    @property
    def local(self) -> str:
        """The address of the local backend."""
        return f"http://localhost:{self.port}/api/v1"


def desk_settings(given: Mapping[str, Any]) -> DeskSettings:
    """The settings of a mapping. Raises `SettingsError`."""
    told = Settings("desk", given)
    found = DeskSettings(
        backend=told.choice("backend", BACKENDS),
        repo=told.text("repo"),
        branch=told.text("branch", "main"),
        auth=told.web("auth"),
        api=told.web("api"),
        app=told.text("app"),
        port=told.whole("port", PORT, 1, 65535),
    )
    if found.backend in _NEEDS_REPO and not found.repo:
        told.fault("repo", "is missing: the repository, as owner/newsletter")
    refuse_faults(told)
    return found
