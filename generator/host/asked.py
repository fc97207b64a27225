"""What a build is asked for."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct


class Asked(Struct, frozen=True):
    """What a build is asked for: which site, where, and of which moment."""

    config_file: Path
    site_dir: Path | None
    """The folder of the site, instead of that of the configuration."""
    is_strict: bool
    """Whether a warning stops the build too."""
    now: datetime
    is_by_clock: bool = False
    """Whether the moment is that of the clock: if it was set back, what is out does not go."""
