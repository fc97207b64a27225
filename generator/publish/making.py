"""Make artifacts, and find out which of them differ from the published files."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct

from generator.batches import in_batches
from generator.model.artifacts import Artifact

Tell = Callable[[int, int], None]
"""Called with the number of artifacts made so far, and the total."""

BATCH = 100


PrintOf = Callable[[Artifact], str]
"""Returns the fingerprint of everything an artifact is made of; empty if not known here."""
Made = tuple[int, bool, str]
"""An artifact's index, whether it differs from the published file, and the fingerprint of everything it is made of."""

Again = Callable[[], Sequence[Artifact]]
"""Declares the artifacts of a site again. Unlike them, it can be pickled: they hold the whole site."""


def _unknown(artifact: Artifact) -> str:
    return ""


class _Work(Struct, frozen=True):
    artifacts: Sequence[Artifact]
    stage: Path
    target: Path
    again: Again | None = None
    print_of: PrintOf = _unknown
    beside: str = ""
    """A file that only this worker writes, renamed when complete: another may be making the same artifact."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _work, ([artifact.path for artifact in self.artifacts], self.stage, self.target, self.again)

    def batch(self, start: int, end: int) -> list[Made]:
        """Make a batch of artifacts, and write those that differ from the published files into the stage."""
        artifacts = self.artifacts
        return [(number, self.differs(number), self.print_of(artifacts[number])) for number in range(start, end)]

    def differs(self, number: int) -> bool:
        artifact = self.artifacts[number]
        data = artifact.make()
        if _same(f"{self.target}/{artifact.path}", data):
            return False
        file = f"{self.stage}/{artifact.path}"
        try:
            self._write(file, data)
        except OSError as error:  # the error of a full disk does not name the file
            raise OSError(error.errno, error.strerror, error.filename or artifact.path) from error
        return True

    def _write(self, file: str, data: bytes) -> None:
        if not os.path.isdir(folder := file.rpartition("/")[0]):  # noqa: PTH112 - thousands of times a build
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103
        with open(self.beside or file, "wb") as out:  # noqa: PTH123
            out.write(data)
        if self.beside:
            os.replace(self.beside, file)  # noqa: PTH105


def _work(paths: Sequence[str], stage: Path, target: Path, again: Again) -> _Work:
    """Unpickle work on another machine. Raises `FileNotFoundError` if that machine does not see the stage."""
    stage.stat()
    declared = {artifact.path: artifact for artifact in again()}
    return _Work([declared[path] for path in paths], stage, target, again, beside=f"{stage}/.{uuid4().hex}")


def make_all(
    artifacts: Sequence[Artifact],
    stage: Path,
    target: Path,
    tell: Tell,
    again: Again | None = None,
    print_of: PrintOf = _unknown,
) -> Iterator[tuple[Artifact, bool, str]]:
    """Make all artifacts. Yield each one, whether it differs from the published file, and its fingerprint.

    Those that differ are in the stage. The fingerprint covers everything an artifact is made of, and is taken by the
    process that made it.
    """
    artifacts = _beside_each_other(artifacts)
    work = _Work(artifacts, stage, target, again, print_of)
    weights, done = [artifact.weight for artifact in artifacts], 0
    for made in in_batches(work.batch, len(artifacts), BATCH, weights=weights, is_sent=again is not None):
        yield from ((artifacts[number], differs, print_) for number, differs, print_ in made)
        done += len(made)
        tell(done, len(artifacts))


def _beside_each_other(artifacts: Sequence[Artifact]) -> list[Artifact]:
    """Sort artifacts into the order of making, with the same `near` next to each other."""
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
