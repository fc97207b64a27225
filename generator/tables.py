"""Read the YAML files of the package itself, as text: no value of them is turned into a number or a date."""

from __future__ import annotations

from importlib.resources.abc import Traversable
from typing import Any

import yaml

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Takes words like `no` and `2026-04-11` for what they are. The one in C is the quicker."""


def table(file: Traversable) -> Any:
    """Load a YAML file of the package."""
    return yaml.load(file.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - it makes texts alone
