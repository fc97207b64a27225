"""The parameters of a build."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct


class Asked(Struct, frozen=True):
    """The parameters of a build: which site, where, and as of which moment."""

    config_file: Path
    site_dir: Path | None
    """The folder of the site, if not the configured one."""
    is_strict: bool
    """Whether a warning stops the build too."""
    now: datetime
    is_by_clock: bool = False
    """Whether the moment is the clock's. If the clock was set back, the build must not take published items back."""
