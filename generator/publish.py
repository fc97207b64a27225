"""Stage six: artifacts become files, whole and in a safe order.

Everything is made before anything that readers see is touched. What did not change is not written, so that its time
stays and caches hold. A list of what was written lies beside it; only what that list knows is ever removed.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.model.artifacts import Artifact, Order, PathTakenError

MANIFEST = ".citewire.json"
"""The list of the site's files, in the site's folder itself."""

Tell = Callable[[int, int], None]
"""Told how many artifacts of how many are made."""


class PublishError(Exception):
    """The site cannot be written where it should be."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a build did to the published folder. Paths are relative to it."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int

    def __str__(self) -> str:
        total = len(self.written) + self.unchanged
        parts = [f"{total} files", f"{len(self.written)} written", f"{self.unchanged} unchanged"]
        return ", ".join([*parts, f"{len(self.removed)} removed"] if self.removed else parts)


def publish(artifacts: Sequence[Artifact], target: Path, tell: Tell = lambda done, of: None) -> Changes:
    """Write the site into `target`.

    Raises `PathTakenError` when two artifacts claim a path, and whatever making an artifact raises; in both cases the
    folder is as it was. Raises `OSError` when the disk refuses.
    """
    _refuse_collisions(artifacts)
    before = _read_manifest(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    stage = _stage_beside(target)
    try:
        made, staged = _make_all(artifacts, stage, target, tell)
        gone = sorted(path for path in before if path not in made and (target / path).is_file())
        blocking = _in_the_way(gone, made)
        for path in blocking:
            _remove(target, path)
        for path, _ in sorted(staged, key=lambda item: (item[1], item[0])):
            _move(stage / path, target / path)
        for path in gone:
            if path not in blocking:
                _remove(target, path)
        _write_manifest(stage, target, made)
    finally:
        shutil.rmtree(stage, ignore_errors=True)
    written = tuple(path for path, _ in staged)
    return Changes(written, tuple(gone), len(made) - len(written))


def _refuse_collisions(artifacts: Iterable[Artifact]) -> None:
    taken: set[str] = set()
    for artifact in artifacts:
        if not _is_inside(artifact.path) or artifact.path == MANIFEST:
            raise PublishError(f"`{artifact.path}` is not a path inside the site")
        if artifact.path in taken:
            raise PathTakenError(artifact.path)
        taken.add(artifact.path)
    for file in taken:
        for folder in PurePosixPath(file).parents:
            if folder.as_posix() in taken:
                raise PathTakenError(folder.as_posix())


def _is_inside(path: str) -> bool:
    """Whether a path stays in the site's folder."""
    return path != "" and not PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts


def _make_all(
    artifacts: Sequence[Artifact], stage: Path, target: Path, tell: Tell
) -> tuple[set[str], list[tuple[str, Order]]]:
    """Make everything; keep in the stage what differs from what is published."""
    made: set[str] = set()
    staged: list[tuple[str, Order]] = []
    for number, artifact in enumerate(artifacts, start=1):
        data = artifact.make()
        made.add(artifact.path)
        if not _same(target / artifact.path, data):
            file = stage / artifact.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            staged.append((artifact.path, artifact.order))
        tell(number, len(artifacts))
    return made, staged


def _in_the_way(gone: Iterable[str], made: set[str]) -> set[str]:
    """Files that must go first: a file where a folder will be, or files in a folder where a file will be."""
    folders = {folder.as_posix() for path in made for folder in PurePosixPath(path).parents}
    return {p for p in gone if p in folders or any(f.as_posix() in made for f in PurePosixPath(p).parents)}


def _same(file: Path, data: bytes) -> bool:
    try:
        return file.stat().st_size == len(data) and file.read_bytes() == data
    except OSError:
        return False


def _move(source: Path, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    source.replace(file)


def _remove(target: Path, path: str) -> None:
    """Remove a file and the folders that are empty without it."""
    file = target / path
    file.unlink(missing_ok=True)
    for folder in file.parents:
        if folder == target or any(folder.iterdir()):
            return
        folder.rmdir()


def _read_manifest(target: Path) -> list[str]:
    """The files that the last build wrote; none where the list is missing or damaged."""
    try:
        found = json.loads((target / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return []
    files = found.get("files") if isinstance(found, dict) else None
    return [path for path in files if isinstance(path, str) and _is_inside(path)] if isinstance(files, list) else []


def _write_manifest(stage: Path, target: Path, made: Iterable[str]) -> None:
    data = (json.dumps({"files": sorted(made)}, indent=0) + "\n").encode()
    if not _same(target / MANIFEST, data):
        (stage / MANIFEST).write_bytes(data)
        _move(stage / MANIFEST, target / MANIFEST)


def _stage_beside(target: Path) -> Path:
    """A new folder on the same disk, so that files can be renamed into place. Those of dead processes are removed."""
    for old in target.parent.glob(f".{target.name}-stage-*"):
        pid = old.name.rpartition("-")[2].partition("_")[0]
        if not (pid.isdigit() and _is_alive(int(pid))):
            shutil.rmtree(old, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f".{target.name}-stage-{os.getpid()}_", dir=target.parent))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
