"""Read the package's YAML files as text: no value is turned into a number or a date."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Keeps values like `no` and `2026-04-11` as text. The C version is faster."""


def table(file: Path) -> Any:
    """Load a YAML file of the package."""
    return yaml.load(file.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - it makes only texts


_MERGE = "tag:yaml.org,2002:merge"


def doubled(mapping: Node) -> list[ScalarNode]:
    """The repeated keys of a mapping; YAML silently takes the last. `<<` may repeat, since all are merged."""
    seen, found = set[str](), list[ScalarNode]()
    for key, _ in mapping.value:
        if isinstance(key, ScalarNode) and key.tag != _MERGE:
            found += [key] if key.value in seen else []
            seen.add(key.value)
    return found
