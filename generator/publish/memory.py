"""What each published file was made from, remembered from build to build.

It is only ever a way to skip work: a site built without it has the same bytes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct, field

from generator.cache import Cache, name_of
from generator.model.artifacts import Artifact
from generator.model.fingerprint import Fingerprints

Standing = tuple[str, int, int]
"""Of a published file: the fingerprint of what it was made from, its size, and its time when it was."""


class Memory(Struct):
    """Of one site's folder: by path, the fingerprint of what a file was made from, its size and time when it was."""

    target: Path
    cache: Cache | None
    prints: Fingerprints
    known: dict[str, Standing]
    _taken: dict[str, str] = field(default_factory=dict)
    _stood: dict[str, Standing] = field(default_factory=dict)
    """What was found to stand, which is not touched by this build."""

    @classmethod
    def of(cls, cache: Cache | None, target: Path, common: str) -> Memory:
        """What is remembered of a folder; nothing where there is no cache, or it is damaged."""
        data = cache.read(_name(target)) if cache else b""
        try:
            found = msgspec.json.decode(data, type=dict[str, Standing]) if data else {}
        except msgspec.MsgspecError:
            found = {}
        return cls(target, cache, Fingerprints(common), found)

    def stands(self, artifact: Artifact) -> bool:
        """Whether the published file was made from just this, and nobody has touched it since."""
        known = self.known.get(artifact.path)
        if artifact.made_of is None or known is None or known[0] != self._print(artifact):
            return False
        if known[1:] != _stamp(f"{self.target}/{artifact.path}"):
            return False
        self._stood[artifact.path] = known
        return True

    def _standing(self, artifact: Artifact) -> Standing:
        return self._print(artifact), *_stamp(f"{self.target}/{artifact.path}")

    def _print(self, artifact: Artifact) -> str:
        if artifact.path not in self._taken:
            self._taken[artifact.path] = self.prints.of(artifact.made_of or ())
        return self._taken[artifact.path]

    def keep(self, artifacts: Iterable[Artifact]) -> None:
        """Remember what stands now."""
        if self.cache is None:
            return
        sure = [artifact for artifact in artifacts if artifact.made_of is not None]
        found = {a.path: self._stood.get(a.path) or self._standing(a) for a in sure}
        if found != self.known:
            self.cache.write(_name(self.target), msgspec.json.encode(found))


def _name(target: Path) -> str:
    return f"published/{name_of(target)}.json"


def _stamp(path: str) -> tuple[int, int]:
    """Size in bytes and time of the last change in nanoseconds; (-1, -1) for a file that is not there."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten thousand times a build
    except OSError:
        return -1, -1
    return stat.st_size, stat.st_mtime_ns
