"""A content folder is read to the same values and the same problems, however many processes read it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator import batches, processes
from generator.cache import Cache
from generator.load import items as reading
from generator.load import kept, pictures
from generator.load.library import load
from generator.model.library import Library
from generator.model.problems import Problem
from tests.make import ROOT


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The sample with some mistakes in it."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    stories = sorted((tmp_path / "content/stories").rglob("*.yml"))
    stories[0].write_text(stories[0].read_text("utf-8").replace("section:", "sektion:"), "utf-8")
    stories[1].write_text("title: [", "utf-8")
    stories[2].write_bytes(b"\xff")
    stories[3].write_text("", "utf-8")
    stories[4].write_text(f"{stories[4].read_text('utf-8')}\ntopics: no\n", "utf-8")
    return tmp_path / "content"


def read(content: Path, cache: Cache | None = None) -> tuple[Library, list[Problem]]:
    library, problems, _ = load(content.parent, content, cache=cache)
    return library, problems


@pytest.mark.parametrize("cores", [1, 2])
def test_many_processes_read_what_one_reads(content: Path, monkeypatch: pytest.MonkeyPatch, cores: int):
    alone = read(content)
    assert alone[1]
    for module in (reading, batches):
        monkeypatch.setattr(module, "WORTH", 1)
    monkeypatch.setattr(reading, "BATCH", 3)
    monkeypatch.setattr(processes, "cores", lambda: cores)
    assert read(content) == alone


def test_a_picture_that_did_not_change_is_not_opened_again(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(kept, "YOUNG", 0)
    cache = Cache(tmp_path / "cache", "this")
    first = read(content, cache)
    shown = next(story.image for story in first[0].stories.values() if story.image)
    assert shown.width
    sizes = pictures._read
    monkeypatch.setattr(pictures, "_read", lambda path: (1, 1))
    assert read(content, cache) == first
    monkeypatch.setattr(pictures, "_read", sizes)
    other = next(file for file in (content / "images").iterdir() if file.name != shown.file)
    shutil.copy(other, content / "images" / shown.file)
    assert read(content, cache) == read(content)


def test_what_many_processes_read_is_kept_and_read_again_when_it_changes(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(reading, "WORTH", 1)
    cache = Cache(tmp_path / "cache", "this")
    first = read(content, cache)
    assert read(content, cache) == first
    story = next(item for item in first[0].stories.values() if item.body)
    file = tmp_path / story.file
    file.write_text(file.read_text("utf-8").replace(story.title, "Another title"), "utf-8")
    assert read(content, cache)[0].stories[story.slug].title == "Another title"
    assert read(content, cache) == read(content)


@pytest.mark.parametrize("root", ["/", "."])
def test_a_newsletter_may_lie_at_the_root_of_all_or_be_named_from_here(
    content: Path, monkeypatch: pytest.MonkeyPatch, root: str
):
    monkeypatch.chdir(content.parent)
    library, _, _ = load(Path(root), content if root == "/" else Path("content"))
    assert library.stories.keys() == read(content)[0].stories.keys() != set()
