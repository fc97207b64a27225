"""Checking again whenever something is saved: each time in a process of its own, so that nothing old is left over."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import click

from generator.cli.console import SOUND
from generator.files import PACKAGE

INTERVAL = 0.5
"""Seconds between two looks at the folder: an editor does not notice, and neither does the machine."""
_LEFT_OUT = frozenset((".git", ".venv", ".cache", "site", "__pycache__"))


def again_and_again(root: Path, config: Path) -> NoReturn:
    """Run `citewire check` with the words of this command line now and after each change, until Ctrl-C."""
    command = [sys.executable, "-P", "-m", "generator", *(word for word in sys.argv[1:] if word != "--watch")]
    try:
        for _ in changes(root, lambda: time.sleep(INTERVAL)):
            if sys.stdout.isatty():
                click.clear()
            done = subprocess.run(command, check=False, env=_with_this_program())  # noqa: S603 - this very command
            click.echo("No errors; watching." if done.returncode == SOUND else "Watching.", err=True)
    except KeyboardInterrupt:
        pass
    sys.exit(SOUND)


def _with_this_program() -> dict[str, str]:
    """The environment in which `generator` is this program, whatever has that name in the folder of the newsletter."""
    paths = (str(PACKAGE.parent), os.environ.get("PYTHONPATH", ""))
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}


def changes(root: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Once at the start, and then whenever a file under `root` was saved, made or taken away."""
    seen: dict[Path, int] | None = None
    while True:
        now = _state(root)
        if now != seen:
            yield
        seen = now
        wait()


def _state(root: Path) -> dict[Path, int]:
    return dict(_times(root.iterdir()))


def _times(entries: Iterable[Path]) -> Iterator[tuple[Path, int]]:
    for path in entries:
        if path.name in _LEFT_OUT or path.name.startswith("."):
            continue
        if path.is_dir():
            yield from _times(path.iterdir())
        elif path.suffix in (".yml", ".yaml", ".md") or path.parent.name == "images":
            try:
                yield path, path.stat().st_mtime_ns
            except FileNotFoundError:  # taken away while it was looked at
                continue
