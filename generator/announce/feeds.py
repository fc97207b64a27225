"""Which feeds of the published site have changed since a hub was told of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from generator.model.permalinks import FEED_ARCHIVES

FOLDER = "feeds"
ENDINGS = (".rss.xml", ".atom.xml", ".json")


def digests(site_dir: Path) -> dict[str, str]:
    """Each feed of the published site by its path there, with the SHA-256 of its bytes. Raises `OSError`.

    Archive documents (RFC 5005, section 4) are left out: nobody subscribes to them.
    """
    found = {path.relative_to(site_dir).as_posix(): path for path in sorted(_feeds(site_dir))}
    return {name: _digest(path) for name, path in found.items() if not name.startswith(FEED_ARCHIVES)}


def changed(found: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """The paths of feeds that are new or other than when they were told of."""
    return [path for path, digest in found.items() if told.get(path) != digest]


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _feeds(site_dir: Path) -> Iterator[Path]:
    for file in (site_dir / FOLDER).rglob("*"):
        if file.name.endswith(ENDINGS) and file.is_file():
            yield file
