"""The list of the site's files, in the site's folder itself, so that it always describes that very tree.

Only what it names is ever removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.model.artifacts import Order
from generator.publish.stage import put_in_place

MANIFEST = ".citewire.json"


def is_inside(path: str) -> bool:
    """Whether a path stays in the site's folder."""
    return path != "" and not path.startswith("/") and (".." not in path or ".." not in path.split("/"))


def read_manifest(target: Path) -> list[str]:
    """The files that the last build wrote, in the order in which they go public; none where the list is missing or
    damaged."""
    return _files(_read(target))


def _read(target: Path) -> dict[str, Any]:
    try:
        found = msgspec.json.decode((target / MANIFEST).read_bytes())
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _files(found: Mapping[str, Any]) -> list[str]:
    files = found.get("files")
    return [path for path in files if isinstance(path, str) and is_inside(path)] if isinstance(files, list) else []


def read_orders(target: Path) -> dict[str, Order] | None:
    """The files of a site in the order in which they go public, with their `Order`; None where that is not listed."""
    found = _read(target)
    files = _files(found)
    orders = [order for order, count in zip(Order, found.get("orders") or (), strict=False) for _ in range(count)]
    return dict(zip(files, orders, strict=True)) if len(orders) == len(files) > 0 else None


def write_manifest(stage: Path, target: Path, paths: Iterable[str], orders: Sequence[int] = ()) -> None:
    """Write the list, whole, by way of the stage. Where it says this already, it is left alone.

    `orders` says how many of the files are of each `Order`; nothing where files are listed that are to be removed.
    """
    found = {"files": list(paths)} | ({"orders": list(orders)} if orders else {})
    data = msgspec.json.format(msgspec.json.encode(found), indent=0) + b"\n"
    try:
        if (target / MANIFEST).read_bytes() == data:
            return
    except OSError:
        pass
    (stage / MANIFEST).write_bytes(data)
    put_in_place(stage / MANIFEST, target / MANIFEST)
