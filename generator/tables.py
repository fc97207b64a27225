"""Read YAML as text: no value of it is turned into a number or a date. The files of the package are read so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import Node, ScalarNode

LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Takes words like `no` and `2026-04-11` for what they are. The one in C is the quicker."""


def table(file: Path) -> Any:
    """Load a YAML file of the package."""
    return yaml.load(file.read_text("utf-8"), Loader=LOADER)  # noqa: S506 - it makes texts alone


_MERGE = "tag:yaml.org,2002:merge"


def doubled(mapping: Node) -> list[ScalarNode]:
    """The keys of a mapping where they stand in it again: of these YAML takes the last in silence, but of `<<` all."""
    seen, found = set[str](), list[ScalarNode]()
    for key, _ in mapping.value:
        if isinstance(key, ScalarNode) and key.tag != _MERGE:
            found += [key] if key.value in seen else []
            seen.add(key.value)
    return found
