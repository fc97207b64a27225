"""Making artifacts, and finding out which of them differ from what is published."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct

from generator.model.artifacts import Artifact
from generator.processes import in_batches

Tell = Callable[[int, int], None]
"""Told how many artifacts of how many are made."""

BATCH = 100


Again = Callable[[], Sequence[Artifact]]
"""Declares the artifacts of a site once more. It can be pickled, as they cannot: they hold the whole site."""


class _Work(Struct, frozen=True):
    artifacts: Sequence[Artifact]
    stage: Path
    target: Path
    again: Again | None = None
    beside: str = ""
    """A file of this worker alone, which becomes the artifact when it is whole: another may make the same by now."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _work, ([artifact.path for artifact in self.artifacts], self.stage, self.target, self.again)

    def batch(self, start: int, end: int) -> list[int]:
        """Make a batch; the numbers of those that differ from what is published, which lie in the stage now."""
        return [number for number in range(start, end) if self.differs(number)]

    def differs(self, number: int) -> bool:
        artifact = self.artifacts[number]
        data = artifact.make()
        if _same(f"{self.target}/{artifact.path}", data):
            return False
        file = f"{self.stage}/{artifact.path}"
        os.makedirs(file.rpartition("/")[0], exist_ok=True)  # noqa: PTH103 - thousands of times a build
        with open(self.beside or file, "wb") as out:  # noqa: PTH123
            out.write(data)
        if self.beside:
            os.replace(self.beside, file)  # noqa: PTH105
        return True


def _work(paths: Sequence[str], stage: Path, target: Path, again: Again) -> _Work:
    """The work on another machine. Raises `FileNotFoundError` where that does not see the stage."""
    stage.stat()
    declared = {artifact.path: artifact for artifact in again()}
    return _Work([declared[path] for path in paths], stage, target, again, f"{stage}/.{uuid4().hex}")


def make_all(
    artifacts: Sequence[Artifact], stage: Path, target: Path, tell: Tell, again: Again | None = None
) -> list[Artifact]:
    """Make everything; those that differ from what is published lie in the stage when this returns, and are named."""
    artifacts = _beside_each_other(artifacts)
    work = _Work(artifacts, stage, target, again)
    differing: list[Artifact] = []
    batches = in_batches(work.batch, len(artifacts), BATCH, is_sent=again is not None)
    for done, numbers in enumerate(batches, start=1):
        differing += (artifacts[number] for number in numbers)
        tell(min(done * BATCH, len(artifacts)), len(artifacts))
    return differing


def _beside_each_other(artifacts: Sequence[Artifact]) -> list[Artifact]:
    """Artifacts in the order in which they are made: those that are best made near each other are."""
    first: dict[str, int] = {}
    order = (first.setdefault(item.near, number) if item.near else number for number, item in enumerate(artifacts))
    return [artifact for _, artifact in sorted(zip(order, artifacts, strict=True), key=lambda pair: pair[0])]


def _same(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False
