"""The error of a capability's options in `mkdocs.yml`."""

from __future__ import annotations

from collections.abc import Iterable


class SettingsError(Exception):
    """The settings of a capability are wrong; each fault is a sentence for the user, who is told the file."""

    def __init__(self, faults: Iterable[str]) -> None:
        super().__init__("\n".join(f"mkdocs.yml: {fault}" for fault in faults))
