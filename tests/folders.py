"""A newsletter in a folder: the sample's, the command that is run there, and what it leaves."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import chdir, closing
from pathlib import Path

from click.testing import CliRunner

from generator.cli import main

ROOT = Path(__file__).parent.parent


def sample_in(folder: Path) -> Path:
    """The sample newsletter, in a folder that need not be there."""
    for name in ("content", "overrides"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


def small_in(folder: Path) -> Path:
    """The smallest sound newsletter, which has templates of its own, and not what takes long to make."""
    shutil.copytree(ROOT / "tests/cases/_sound", folder)
    (folder / "overrides").mkdir()
    config = folder / "mkdocs.yml"
    text = config.read_text()
    for line, more in (
        ("  font: false\n", "  custom_dir: overrides\n"),
        ("  - citewire:\n", "      outputs: {cards: false, search: false}\n"),
    ):
        assert line in text
        text = text.replace(line, line + more)
    config.write_text(text)
    return folder


def citewire(
    folder: Path, *words: str, now: str = "", stdin: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, in a pipe. `now` is what it takes for the present."""
    command = [sys.executable, "-m", "generator", *words, *(["--now", now] if now else [])]
    env = {**os.environ, **environment}
    return subprocess.run(command, cwd=folder, env=env, input=stdin, capture_output=True, text=True, check=False)


def citewire_here(
    folder: Path, *words: str, now: str = "", stdin: str = "", **environment: str | None
) -> subprocess.CompletedProcess[str]:
    """The same as `citewire` in the process of the test, where no command costs a second before it begins.

    What builds the site has a process of its own still, since it says for all that follows what MkDocs logs, and where;
    and so has a command in another time zone (`TZ`), which is read when a process begins.
    """
    if words[0] in _BUILD or "TZ" in environment:
        return citewire(folder, *words, now=now, stdin=stdin, **environment)
    arguments = [*words, *(["--now", now] if now else [])]
    with chdir(folder):
        done = CliRunner(env=environment).invoke(main, arguments, input=stdin, catch_exceptions=False)
    return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)


_BUILD = ("build", "publish", "serve")


def answers(file: Path, query: str) -> list[tuple]:
    """What a database in a file answers."""
    with closing(sqlite3.connect(file)) as database:
        return database.execute(query).fetchall()


def tree(folder: Path) -> dict[str, bytes]:
    """Every file with its bytes, but those which are there to save work only."""
    return {name: (folder / name).read_bytes() for name in _names(folder)}


def times(folder: Path) -> dict[str, int]:
    """Every file with the time at which it was written."""
    return {name: (folder / name).stat().st_mtime_ns for name in _names(folder)}


def _names(folder: Path) -> list[str]:
    found, first = list[str](), len(f"{folder}/")
    for place, below, files in os.walk(folder):  # `rglob` takes five times as long
        below[:] = [name for name in below if name != ".cache"]
        found += [f"{place}/{name}"[first:] for name in files if name != ".cache"]
    return sorted(found)


def free_port() -> int:
    """A port of this machine at which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
