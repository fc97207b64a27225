"""Making artifacts, and finding out which of them differ from what is published."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.model.artifacts import Artifact
from generator.processes import in_batches

Tell = Callable[[int, int], None]
"""Told how many artifacts of how many are made."""

BATCH = 100


@dataclass(frozen=True, slots=True)
class _Work:
    artifacts: Sequence[Artifact]
    stage: Path
    target: Path

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
        with open(file, "wb") as out:  # noqa: PTH123
            out.write(data)
        return True


def make_all(artifacts: Sequence[Artifact], stage: Path, target: Path, tell: Tell) -> list[Artifact]:
    """Make everything; those that differ from what is published lie in the stage when this returns, and are named."""
    work = _Work(artifacts, stage, target)
    differing: list[Artifact] = []
    for done, numbers in enumerate(in_batches(work.batch, len(artifacts), BATCH), start=1):
        differing += (artifacts[number] for number in numbers)
        tell(min(done * BATCH, len(artifacts)), len(artifacts))
    return differing


def _same(path: str, data: bytes) -> bool:
    try:
        if os.stat(path).st_size != len(data):  # noqa: PTH116
            return False
        with open(path, "rb") as file:  # noqa: PTH123
            return file.read() == data
    except OSError:
        return False
