"""What `mkdocs.yml` says of a capability, when it cannot be."""

from __future__ import annotations


class SettingsError(Exception):
    """The settings of a capability are wrong; the text is for the user, a fault a line."""
