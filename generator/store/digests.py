"""Digests of the site's files, remembered by size and time so that unchanged files are not read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

import msgspec

from generator.cache import Cache, name_of

Entry = tuple[int, int, str]
"""Bytes, time of the last change in nanoseconds, digest."""


def digests(site: Path, paths: Iterable[str], cache: Cache) -> dict[str, str]:
    """The digest of each file, in the order of the paths. Raises `OSError`."""
    name = f"stored/{name_of(site)}.json"
    known = cache.value(name, msgspec.json.Decoder(dict[str, Entry]).decode) or {}
    now = {path: _entry(f"{site}/{path}", known.get(path)) for path in paths}
    if now != known:
        cache.write(name, msgspec.json.encode(now))
    return {path: digest for path, (_, _, digest) in now.items()}


def _entry(file: str, known: Entry | None) -> Entry:
    stat = os.stat(file)  # noqa: PTH116 - thousands of times a run
    if known and known[:2] == (stat.st_size, stat.st_mtime_ns):
        return known
    return stat.st_size, stat.st_mtime_ns, _digest(Path(file).read_bytes())


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()
