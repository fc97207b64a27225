"""Check again whenever a file is saved, each time in a new process, so that no old state is left."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.cli.console import SOUND
from generator.files import PACKAGE, FileStamp, Stamp, stamp_of, stamps

if TYPE_CHECKING:
    from generator.project import Project

INTERVAL = 0.5
"""Seconds between two looks at the folder: short enough for an editor, and no load on the machine."""


def again_and_again(project: Project, config: Path) -> NoReturn:
    """Run `citewire check` with the same arguments now and after each change, until Ctrl-C."""
    command = [sys.executable, "-P", "-m", "generator", *(word for word in sys.argv[1:] if word != "--watch")]
    try:
        watched = [path for path in (config, project.content, project.pages, project.custom_dir) if path]
        for _ in changes(watched, lambda: time.sleep(INTERVAL)):
            if sys.stdout.isatty():
                click.clear()
            done = subprocess.run(command, check=False, env=_with_this_program())  # noqa: S603 - this very command
            click.echo("No errors; watching." if done.returncode == SOUND else "Watching.", err=True)
    except KeyboardInterrupt:
        pass
    sys.exit(SOUND)


def _with_this_program() -> dict[str, str]:
    """The environment in which `generator` is this program, even if the newsletter's folder has one of that name."""
    paths = (str(PACKAGE.parent), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def changes(watched: Sequence[Path], wait: Callable[[], None]) -> Iterator[None]:
    """Yields once at the start, and then whenever one of some files, or a file in one of some folders, has changed."""
    seen: dict[str, Stamp] | None = None
    while True:
        now = _state(watched)
        if now != seen:
            yield
        seen = now
        wait()


def _state(watched: Sequence[Path]) -> dict[str, Stamp]:
    """The stamps of all files except hidden ones, which editors keep beside those that they write."""
    while True:
        try:
            return {
                path: stamp for each in watched for path, stamp in _stamps(each) if "/." not in path[len(str(each)) :]
            }
        except FileNotFoundError:  # deleted in the meantime
            continue


def _stamps(path: Path) -> Iterable[FileStamp]:
    return [(str(path), stamp_of(path.stat()))] if path.is_file() else stamps(str(path))
