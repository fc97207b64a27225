"""The stage: the folder where a build writes before it publishes."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from generator.processes import uninterrupted


@contextmanager
def stage_beside(target: Path) -> Iterator[Path]:
    """A new folder on the same disk, so that files can be renamed into place; it is removed when the build ends.

    It is beside the site's folder, or inside if that is a mount point.
    """
    folder = target.resolve()
    place = folder.parent if _are_on_one_disk(folder, folder.parent) else folder
    with new_stage(folder, place) as stage:
        yield stage


@contextmanager
def new_stage(folder: Path, place: Path) -> Iterator[Path]:
    """A new folder in `place`, named after `folder` and removed when this context ends.

    Those that killed builds have left there are removed first, so the caller must be the only build that makes them.
    """
    beginning = f".{folder.name}-stage-"
    for old in place.glob(f"{escape(beginning)}*"):
        shutil.rmtree(old, ignore_errors=True)
    stage: Path | None = None
    try:
        with uninterrupted():  # until it is assigned
            stage = Path(tempfile.mkdtemp(prefix=beginning, dir=place))
        yield stage
    finally:
        with uninterrupted():
            if stage:
                shutil.rmtree(stage, ignore_errors=True)


def put_in_place(staged: Path, file: Path) -> None:
    """Rename a file from the stage into place. Raises an `OSError` that names the final path, not the stage."""
    try:
        staged.replace(file)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(file)) from error


def _are_on_one_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev
