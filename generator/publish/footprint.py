"""How the files of a site stand, as one short text: while it is the same, nobody has touched any of them."""

from __future__ import annotations

import os
from array import array
from collections.abc import Iterable
from pathlib import Path

from generator.model.fingerprint import fingerprint, numbers
from generator.publish.manifest import MANIFEST, read_manifest

Stamp = tuple[int, int]
"""A file's size in bytes, and the time of its last change in nanoseconds."""
NO_FILE: Stamp = (-1, -1)


def stamp(path: str) -> Stamp:
    """The stamp of a file; `NO_FILE` for one that is not there."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten thousand times a build
    except OSError:
        return NO_FILE
    return stat.st_size, stat.st_mtime_ns


def footprint(target: Path) -> str:
    """The footprint of a site's folder: of the files that its list names, and of the list itself."""
    listed = read_manifest(target)
    stamps = [stamp(f"{target}/{path}") for path in listed]
    sizes, times = (array("q", some).tobytes() for some in zip(*stamps, strict=True)) if stamps else (b"", b"")
    return footprint_of(target, listed, sizes, times)


def footprint_of(target: Path, listed: Iterable[str], sizes: bytes, times: bytes) -> str:
    """The footprint of a site's folder of which the listed files are known already: numbers of eight bytes."""
    return fingerprint(*listed, sizes.hex(), times.hex(), numbers(stamp(f"{target}/{MANIFEST}")))
