"""What each published file was made from, remembered from build to build.

It is only ever a way to skip work: a site built without it has the same bytes.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from generator.model.artifacts import Artifact
from generator.model.fingerprint import Fingerprints

VERSION = 1
"""Of the file in which this is kept."""


@dataclass(slots=True)
class Memory:
    """Of one site's folder: by path, the fingerprint of what a file was made from, its size and time when it was."""

    target: Path
    file: Path | None
    prints: Fingerprints
    known: dict[str, list[Any]]
    _taken: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, cache: Path | None, target: Path, common: str) -> Memory:
        """What is remembered of a folder; nothing where there is no cache, or it is damaged."""
        if cache is None:
            return cls(target, None, Fingerprints(common), {})
        name = blake2b(os.fsencode(target.resolve()), digest_size=8).hexdigest()
        file = cache / f"published-{name}.json"
        try:
            found = json.loads(file.read_bytes())
        except (OSError, ValueError):
            found = None
        sound = isinstance(found, dict) and found.get("version") == VERSION and isinstance(found.get("files"), dict)
        return cls(target, file, Fingerprints(common), found["files"] if sound else {})

    def stands(self, artifact: Artifact) -> bool:
        """Whether the published file was made from just this, and nobody has touched it since."""
        known = self.known.get(artifact.path)
        if artifact.made_of is None or known is None or known[0] != self._print(artifact):
            return False
        return known[1:] == _stamp(f"{self.target}/{artifact.path}")

    def _print(self, artifact: Artifact) -> str:
        if artifact.path not in self._taken:
            self._taken[artifact.path] = self.prints.of(artifact.made_of or ())
        return self._taken[artifact.path]

    def keep(self, artifacts: Iterable[Artifact]) -> None:
        """Remember what stands now."""
        if self.file is None:
            return
        sure = [artifact for artifact in artifacts if artifact.made_of is not None]
        found = {a.path: [self._print(a), *_stamp(f"{self.target}/{a.path}")] for a in sure}
        if found == self.known:
            return
        self.file.parent.mkdir(parents=True, exist_ok=True)
        beside = self.file.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({"version": VERSION, "files": found}, separators=(",", ":")))
        beside.replace(self.file)


def _stamp(path: str) -> list[int]:
    """Size in bytes and time of the last change in nanoseconds; nothing for a file that is not there."""
    try:
        stat = os.stat(path)  # noqa: PTH116 - ten thousand times a build
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]
