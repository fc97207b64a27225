"""Write JSON documents as indented bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec


def as_json(document: Mapping[str, Any]) -> bytes:
    """JSON in UTF-8 with a blank for each level, and a line end. Python's own writer takes ten times as long."""
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"
