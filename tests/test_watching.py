"""A save is noticed at once, and once; by looking alone where the system tells of nothing."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from watchdog.events import FileSystemEventHandler

from generator.host import watching
from generator.host.watching import Looked, Watcher

PATIENCE = 20.0
"""Seconds after which a change that nobody was told of is given up."""


class Told(FileSystemEventHandler):
    """How MkDocs is told: of anything, and not of folders."""

    def __init__(self) -> None:
        self.files: list[str] = []

    def on_any_event(self, event) -> None:
        if not event.is_directory:
            self.files.append(Path(event.src_path).name)

    def wait(self, count: int) -> list[str]:
        end = time.monotonic() + PATIENCE
        while len(self.files) < count and time.monotonic() < end:
            time.sleep(0.02)
        return self.files


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[Told]:
    monkeypatch.setattr(watching, "SELDOM", 0.3)
    if getattr(request, "param", "") == "silent":

        class Silent(watching.Observer):
            def start(self) -> None:
                raise OSError(28, "inotify watch limit reached")

        monkeypatch.setattr(watching, "Observer", Silent)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories/one.yml").write_text("title: One\n")
    handler, watcher = Told(), Watcher()
    watcher.schedule(handler, str(tmp_path), recursive=True)
    watcher.start()
    time.sleep(0.7)  # until those who look have looked for the first time
    yield handler
    watcher.stop()
    watcher.join()


def test_a_save_is_told_once_though_two_ways_watch(told: Told, tmp_path: Path):
    (tmp_path / "stories/one.yml").write_text("title: Other\n")
    assert set(told.wait(1)) == {"one.yml"}
    time.sleep(1.0)  # three looks
    before = len(told.files)
    time.sleep(1.0)
    assert len(told.files) == before <= 2  # that it was emptied, and that it was written


def test_to_read_a_file_is_no_change(told: Told, tmp_path: Path):
    (tmp_path / "stories/one.yml").read_text()
    time.sleep(1.0)
    assert told.files == []


@pytest.mark.parametrize("told", ["", "silent"], indirect=True)
def test_new_files_and_files_that_are_gone_are_told_of(told: Told, tmp_path: Path):
    (tmp_path / "stories/two.yml").write_text("title: Two\n")
    assert "two.yml" in told.wait(1)
    seen = len(told.files)
    (tmp_path / "stories/one.yml").unlink()
    assert "one.yml" in told.wait(seen + 1)[seen:]


def test_what_is_saved_between_the_first_reading_and_the_watching_is_told(tmp_path: Path):
    """The first build of a large archive takes a minute, and who waits for it goes on writing."""
    for name in ("same", "saved", "gone"):
        (tmp_path / f"{name}.yml").write_text(f"title: {name}\n")
    before = Looked.at((tmp_path, tmp_path / "missing", None))
    (tmp_path / "saved.yml").write_text("title: Other words\n")
    (tmp_path / "gone.yml").unlink()
    (tmp_path / "new.yml").write_text("title: New\n")
    saved: list[str] = []
    handler, watcher = Told(), Watcher(saved.append, before)
    watcher.schedule(handler, str(tmp_path), recursive=True)
    watcher.start()
    try:
        assert sorted(handler.files) == ["gone.yml", "new.yml", "saved.yml"]
        assert sorted(saved) == [str(tmp_path / name) for name in ("gone.yml", "new.yml", "saved.yml")]
    finally:
        watcher.stop()
        watcher.join()


@pytest.mark.parametrize("told", ["", "silent"], indirect=True)
def test_a_folder_that_was_taken_away_and_has_come_back_is_watched_again(told: Told, tmp_path: Path):
    kept = tmp_path.with_name(f"{tmp_path.name}-kept")
    shutil.copytree(tmp_path, kept)
    shutil.rmtree(tmp_path)
    time.sleep(1.0)
    before = len(told.files)
    shutil.copytree(kept, tmp_path)
    told.wait(before + 1)
    time.sleep(1.0)
    before = len(told.files)
    assert before
    (tmp_path / "stories/one.yml").write_text("title: One, once more\n")
    assert "one.yml" in told.wait(before + 1)[before:]
