"""The list of the site's files, kept in the site's folder itself, so that it always describes that very tree.

Only files that it names are ever removed. The footprint of the site is a short text made from these files' sizes and
times: while it is the same, nobody has touched any of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.files import bytes_of, size_and_time
from generator.model.artifacts import Order
from generator.model.fingerprint import fingerprint, numbers
from generator.publish.stage import put_in_place

MANIFEST = ".citewire.json"


def is_inside(path: str) -> bool:
    """Whether a path stays inside the site's folder."""
    return path != "" and not path.startswith("/") and (".." not in path or ".." not in path.split("/"))


def read_manifest(target: Path) -> list[str]:
    """The files of the last build, in the order in which they go public; none if the list is missing or damaged."""
    return _files(_read(target))


def _read(target: Path) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(bytes_of(target / MANIFEST))
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return {}
    return found if isinstance(found, dict) else {}


def _files(found: Mapping[str, Any]) -> list[str]:
    files = found.get("files")
    return [path for path in files if isinstance(path, str) and is_inside(path)] if isinstance(files, list) else []


def read_orders(target: Path) -> dict[str, Order] | None:
    """The files of a site in the order in which they go public, with their `Order`; None if that is not listed."""
    found = _read(target)
    files = _files(found)
    orders = [order for order, count in zip(Order, found.get("orders") or (), strict=False) for _ in range(count)]
    return dict(zip(files, orders, strict=True)) if len(orders) == len(files) > 0 else None


def write_manifest(stage: Path, target: Path, paths: Iterable[str], orders: Sequence[int] = ()) -> None:
    """Write the list atomically, by way of the stage, unless it is the same already.

    `orders` has the number of files of each `Order`; it is empty if the list has files that are about to be removed.
    """
    found = {"files": list(paths)} | ({"orders": list(orders)} if orders else {})
    data = msgspec.json.format(msgspec.json.encode(found), indent=0) + b"\n"
    try:
        if bytes_of(target / MANIFEST) == data:
            return
    except OSError:
        pass
    (stage / MANIFEST).write_bytes(data)
    put_in_place(stage / MANIFEST, target / MANIFEST)


def footprint(target: Path) -> str:
    """The footprint of a site's folder, from the files on its list and the list itself."""
    listed = read_manifest(target)
    found = [size_and_time(f"{target}/{path}") for path in listed]
    sizes, times = (array("q", some).tobytes() for some in zip(*found, strict=True)) if found else (b"", b"")
    return footprint_of(target, listed, sizes, times)


def footprint_of(target: Path, listed: Iterable[str], sizes: bytes, times: bytes) -> str:
    """The footprint of a site's folder, given the sizes and times of the listed files as eight-byte numbers."""
    return fingerprint(*listed, sizes.hex(), times.hex(), numbers(size_and_time(f"{target}/{MANIFEST}")))
