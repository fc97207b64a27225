"""A file is written whole or not at all, whoever is killed and whoever else writes it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.files import stamps, write_whole

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def in_a_child(file: Path, text: bytes, at_the_disk: Callable[[], object]) -> int:
    """Write a file in another process, which does something when the bytes are to go to the disk."""
    child = os.fork()
    if child == 0:
        calls = iter([at_the_disk])
        os.fsync = lambda number: next(calls, int)()
        write_whole(file, text)
        os._exit(0)
    return child


def signalled(number: signal.Signals) -> Callable[[], object]:
    return lambda: os.kill(os.getpid(), number)


def test_what_a_killed_process_left_is_gone_when_the_file_has_been_written_again(tmp_path: Path):
    file = tmp_path / "a.yml"
    for _ in range(2):
        os.waitpid(in_a_child(file, b"a longer text", signalled(signal.SIGKILL)), 0)
        assert not file.exists()
    write_whole(file, b"text")
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"text", 0o644)


def test_two_processes_that_write_a_file_at_once_do_not_meet(tmp_path: Path):
    file = tmp_path / "a.yml"
    child = in_a_child(file, b"first", signalled(signal.SIGSTOP))
    os.waitpid(child, os.WUNTRACED)
    write_whole(file, b"second")
    assert file.read_bytes() == b"second"
    os.kill(child, signal.SIGCONT)
    assert os.waitpid(child, 0)[1] == 0
    assert file.read_bytes() == b"first"
    assert [path.name for path in tmp_path.iterdir()] == ["a.yml"]


def test_a_link_beside_a_file_leads_no_text_elsewhere(tmp_path: Path):
    file, precious = tmp_path / "a.yml", tmp_path / "precious"
    precious.write_text("keep")
    (tmp_path / ".a.yml.new").symlink_to("precious")
    write_whole(file, b"text")
    (tmp_path / ".a.yml.new").unlink()
    os.link(precious, tmp_path / ".a.yml.new")
    write_whole(file, b"another")
    assert (file.read_bytes(), precious.read_text()) == (b"another", "keep")


def test_a_file_with_the_longest_name_can_be_written(tmp_path: Path):
    file = tmp_path / ("a" * 251 + ".yml")
    write_whole(file, b"text")
    assert file.read_bytes() == b"text"


def test_a_file_that_goes_while_its_folder_is_read_is_in_nobodys_way(tmp_path: Path):
    for name in ("a.yml", "b.yml.swp", "c.yml"):
        (tmp_path / name).write_text("text")
    read = stamps(str(tmp_path))
    first = next(read)[0]
    (tmp_path / "b.yml.swp").unlink()
    assert [first, *(path for path, _ in read)] == [f"{tmp_path}/a.yml", f"{tmp_path}/c.yml"]
