"""Commands that write into the content do it one after the other; who only reads waits for nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from generator.files import alone
from tests.folders import citewire, small_in

NOW = "2026-04-12T08:00:00-04:00"
STORY = "content/stories/2026/meta-coreweave.yml"
WRITING = {
    "publish": ("publish", "2026-04-09"),
    "withdraw": ("withdraw", "meta-coreweave", "--reason", "It was forged."),
    "rename": ("rename", "meta-coreweave", "coreweave"),
    "sign": ("sign",),
    "entities --merge": ("entities", "--merge", "nvidia", "meta"),
    "check --fix": ("check", "--fix"),
    "new": ("new", "story", "Acme orders chips"),
}
READING = {
    "check": ("check",),
    "check --diff": ("check", "--diff"),
    "publish --dry-run": ("publish", "2026-04-09", "--dry-run"),
    "rename --dry-run": ("rename", "meta-coreweave", "coreweave", "--dry-run"),
    "withdraw --dry-run": ("withdraw", "meta-coreweave", "--reason", "Forged.", "--dry-run"),
    "entities": ("entities",),
    "build": ("build",),
    "export": ("export", "meta-coreweave", "--as", "bibtex"),
    "doctor": ("doctor",),
}
PATIENCE = 60
"""Seconds after which a test says that a command waits for ever."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="folders cannot be locked there")


def begun(root: Path, words: Sequence[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "generator", *words]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1775995200"}
    return subprocess.Popen(
        command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


@pytest.mark.parametrize("words", WRITING.values(), ids=WRITING)
def test_of_two_commands_that_write_the_second_waits_and_says_so(words: Sequence[str], tmp_path: Path):
    root = small_in(tmp_path / "news")
    with alone(root / "content", lambda: None):
        second = begun(root, words)
        assert second.stderr is not None
        said = second.stderr.readline()
        assert second.poll() is None
    assert said == "citewire: another command is writing into the content: waiting for its end\n"
    second.communicate(timeout=PATIENCE)
    assert second.returncode in {0, 1, 2}


@pytest.mark.parametrize("words", READING.values(), ids=READING)
def test_a_command_that_only_reads_waits_for_nobody(words: Sequence[str], tmp_path: Path):
    root = small_in(tmp_path / "news")
    with alone(root / "content", lambda: None):
        said, told = begun(root, words).communicate(timeout=PATIENCE)
    assert "waiting" not in said + told
    assert "Usage" not in told


def test_what_a_killed_command_held_is_free(tmp_path: Path):
    root = small_in(tmp_path / "news")
    code = "import pathlib, time; from generator.files import alone\n"
    code += "with alone(pathlib.Path('content'), lambda: None): print('held', flush=True); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], cwd=root, stdout=subprocess.PIPE, text=True) as holding:
        assert holding.stdout is not None
        assert holding.stdout.readline() == "held\n"
        holding.kill()
    done = citewire(root, "sign")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_command_that_a_publication_itself_starts_does_not_wait_for_it(tmp_path: Path):
    root = small_in(tmp_path / "news")
    (root / "hook.py").write_text(
        "import subprocess, sys\n"
        "def on_post_build(config):\n"
        f"    subprocess.run([sys.executable, '-m', 'generator', 'sign'], check=True, timeout={PATIENCE})\n"
    )
    with (root / "mkdocs.yml").open("a") as config:
        config.write("hooks: [hook.py]\n")
    done = citewire(root, "publish", "2026-04-09", now=NOW)
    assert (done.returncode, "waiting" in done.stderr) == (0, False), done.stderr
    assert [*root.glob("content/published/2026-*.txt")] != []


def test_two_that_sign_at_once_lose_nothing_of_each_other(tmp_path: Path):
    root = small_in(tmp_path / "news")
    both = [begun(root, ("sign", name)) for name in ("meta-coreweave", "2026-04-09")]
    assert [(each.communicate(timeout=PATIENCE), each.returncode)[1] for each in both] == [0, 0]
    (journal,) = root.glob("content/published/2026-*.txt")
    assert {line.split()[0] for line in journal.read_text().splitlines() if not line.startswith("#")} >= {
        "meta-coreweave",
        "editions/2026-04-09",
    }
